/** A convening's facts, appended as the commands would have: over HTTP this takes longer than all that is measured. */
import { join } from 'node:path';
import { Secret } from '../dist/access/secret.js';
import { conveningCatalogue, conveningStream } from '../dist/convening/convening.events.js';
import { Codec } from '../dist/event-store/codec.js';
import { newId } from '../dist/event-store/new-id.js';
import { Sealing } from '../dist/event-store/sealing.js';
import { SqliteEventStore } from '../dist/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../dist/event-store/sqlite/sqlite-keys.js';

const perAppend = 200;
/** Who asked for all of it. */
export const organiser = '4c1f8f3e-20d1-4f1b-8a55-000000999999';
/** The first fact's instant; each that follows is a quarter of an hour later. */
const begins = Date.parse('2026-01-05T08:00:00Z');
const step = 15 * 60_000;

/** When the fact of this revision was recorded. @param {number} revision */
export const recordedAt = (revision) => new Date(begins + revision * step).toISOString();

/**
 * Puts it into the data folder of a node that does not run.
 * @param {string} folder @param {string} id
 * @param {Iterable<import('../dist/convening/convening.events.js').ConveningEvent>} events
 * @param {readonly string[]} [people] whose credits are in them
 */
export const layConvening = async (folder, id, events, people = []) => {
  const store = await SqliteEventStore.open(join(folder, 'events.db'));
  const keys = SqliteKeys.open(join(folder, 'keys.db'), Secret.in(folder).text);
  const sealing = new Sealing(keys);
  await sealing.obtain(people);
  const codec = new Codec(conveningCatalogue, sealing, newId);
  const stream = conveningStream(id);
  let [hash, told, waiting] = [null, 0, []];
  const append = async () => {
    await store.append(stream, told === waiting.length ? 'none' : told - waiting.length - 1, waiting);
    waiting = [];
  };
  for (const event of events) {
    const encoded = await codec.encode(stream, [event], { at: recordedAt(told), commandId: newId(), correlationId: newId(), actor: organiser }, hash);
    waiting.push(...encoded.facts);
    hash = encoded.hash;
    told += 1;
    if (waiting.length === perAppend) await append();
  }
  if (waiting.length > 0) await append();
  await store.close();
  await keys.close();
};
