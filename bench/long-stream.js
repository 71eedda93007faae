/** A convening of 2,000 sessions and 20,000 facts, appended as the commands would have: over HTTP this takes longer than all that is measured. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Secret } from '../dist/access/secret.js';
import { conveningCatalogue, conveningStream } from '../dist/convening/convening.events.js';
import { defaultPolicy } from '../dist/convening/policy.events.js';
import { Codec } from '../dist/event-store/codec.js';
import { newId } from '../dist/event-store/new-id.js';
import { Sealing } from '../dist/event-store/sealing.js';
import { SqliteEventStore } from '../dist/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../dist/event-store/sqlite/sqlite-keys.js';

const sessions = 2_000;
const facts = 20_000;
const perAppend = 200;

/** @param {number} n which fact @param {string} id of the convening */
const eventOf = (n, id) => {
  if (n === 0) return { type: 'ConveningPlanned', data: { convening: id, title: { en: 'Measured' }, languages: ['en'], organisers: [], links: [], start: '2027-03-08', end: '2027-03-12', zone: 'Africa/Kampala', policy: defaultPolicy } };
  const session = `s${(n - 1) % sessions}`;
  const title = (/** @type {number} */ of) => ({ title: { en: `Title ${of}` } });
  if (n <= sessions) return { type: 'SessionPlanned', data: { session, kind: 'talk', ...title(n), abstract: { en: 'What a talk of this kind says of itself in two lines. '.repeat(4) }, interpretation: [], audience: 'public', links: [] } };
  return { type: 'SessionDetailsChanged', data: { session, from: title(n - sessions), to: title(n) } };
};

/** Puts it into the data folder of a node that does not run. @param {string} folder @param {string} id */
export const layLongStream = async (folder, id) => {
  const store = await SqliteEventStore.open(join(folder, 'events.db'));
  const keys = SqliteKeys.open(join(folder, 'keys.db'), Secret.in(folder).text);
  const codec = new Codec(conveningCatalogue, new Sealing(keys), newId);
  const stream = conveningStream(id);
  const actor = randomUUID();
  const at = new Date().toISOString();
  for (let hash = null, n = 0; n < facts; ) {
    const expected = n === 0 ? 'none' : n - 1;
    const appended = [];
    for (const end = n + perAppend; n < end; n += 1) {
      const encoded = await codec.encode(stream, [eventOf(n, id)], { at, commandId: newId(), correlationId: newId(), actor }, hash);
      appended.push(...encoded.facts);
      hash = encoded.hash;
    }
    await store.append(stream, expected, appended);
  }
  await store.close();
  await keys.close();
};
