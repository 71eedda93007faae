/** Building the read model of 400 convenings from a log of 200,000 facts, next to a raw scan of the log's table in pages. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { conveningCatalogue, conveningStream } from '../dist/convening/convening.events.js';
import { ConveningReadModel } from '../dist/convening/convening.projection.js';
import { defaultPolicy } from '../dist/convening/policy.events.js';
import { Codec } from '../dist/event-store/codec.js';
import { newId } from '../dist/event-store/new-id.js';
import { Sealing } from '../dist/event-store/sealing.js';
import { openDatabase } from '../dist/event-store/sqlite/database.js';
import { SqliteEventStore } from '../dist/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../dist/event-store/sqlite/sqlite-keys.js';
import { inFolder, median, progress, sideBySide, table, watchingTheLoop, whole } from './measure.js';

const events = 200_000;
const convenings = 400;
const rounds = 5;

/** The facts of one convening as its organisers would make them: sessions, slots, and speakers proposed, invited and confirmed. */
function* factsOf(id, people) {
  yield [{
    type: 'ConveningPlanned',
    data: {
      convening: id, title: { en: `The meeting ${id}` }, description: { en: 'Two days on what was learnt and what comes next. '.repeat(4) }, languages: ['en'],
      organisers: [{ name: { en: 'An institute' } }], links: [], start: '2026-05-27', end: '2026-05-28', zone: 'Africa/Dar_es_Salaam', policy: defaultPolicy,
    },
  }];
  for (let n = 0; n < 6; n++) yield [{ type: 'RoomAdded', data: { room: `hall-${n}`, name: { en: `Hall ${n}` }, capacity: 100 + n } }];
  for (let n = 0; ; n++) {
    const session = `session-${n}`;
    const hour = String(8 + (n % 9)).padStart(2, '0');
    const slot = { room: `hall-${n % 6}`, start: `2026-05-${27 + (n % 2)}T${hour}:00+03:00`, end: `2026-05-${27 + (n % 2)}T${hour}:45+03:00` };
    yield [{
      type: 'SessionPlanned',
      data: { session, kind: 'panel', title: { en: `Panel ${n}: what works` }, abstract: { en: 'The panel looks at three cases and asks the same questions of each. '.repeat(3) }, interpretation: ['fr'], audience: 'public', links: [] },
    }];
    yield [{ type: 'SessionScheduled', data: { session, slot } }];
    for (let a = 0; a < 3; a++) {
      const person = people[(n * 3 + a) % people.length];
      const seat = { session, appearance: `a${a}` };
      const credit = { of: person, value: { honorific: 'Dr.', name: `Speaker ${a} of ${n}`, position: { en: 'Director of research' }, organisation: { en: 'An institute of some renown' }, country: 'TZ' } };
      yield [{ type: 'AppearanceProposed', data: { ...seat, role: a ? 'panellist' : 'moderator', person, credit } }];
      yield [{ type: 'AppearanceInvited', data: { ...seat, by: person, way: 'email' } }];
      yield [{ type: 'AppearanceConfirmed', data: { ...seat, by: person, way: 'email', slot } }];
    }
  }
}

/** A log of so many facts, the convenings' commands mixed. */
export const fill = async (store, codec, sealing, events) => {
  const actor = randomUUID();
  const peopleOf = Array.from({ length: convenings }, () => Array.from({ length: 60 }, () => randomUUID()));
  // All keys in one go: making one is a commit of its own.
  await sealing.obtain(peopleOf.flat());
  const streams = Array.from({ length: convenings }, (_, n) => {
    const id = `meeting-${n}`;
    return { stream: conveningStream(id), commands: factsOf(id, peopleOf[n]), revision: 'none', hash: null };
  });
  const metadata = () => ({ at: '2026-01-05T09:00:00.000Z', commandId: newId(), correlationId: newId(), actor, request: { key: 'k'.repeat(64), body: 'b'.repeat(64) } });
  // Ten commands share an append, so that filling is not a bench of the disk.
  const turn = async (each) => {
    const facts = [];
    for (let n = 0; n < 10; n++) {
      const encoded = await codec.encode(each.stream, each.commands.next().value, metadata(), each.hash);
      facts.push(...encoded.facts);
      each.hash = encoded.hash;
    }
    each.revision = (await store.append(each.stream, each.revision, facts)).revision;
  };
  for (let n = 0; n < events; n += convenings * 10) await Promise.all(streams.slice(0, (events - n) / 10).map(turn));
};

/** How many facts a second. @param {() => unknown} work @param {number} events */
export const rate = async (work, events) => {
  const began = performance.now();
  await work();
  return (events / (performance.now() - began)) * 1_000;
};

const scan = (path) => {
  const database = openDatabase(path, { readOnly: true });
  const page = database.prepare('SELECT position, stream, revision, id, type, data, metadata FROM events WHERE position > ? ORDER BY position LIMIT 1000');
  for (let rows = page.all(0); rows.length > 0; rows = page.all(rows.at(-1).position));
  database.close();
};

/** Until it serves. */
export const built = async (readModel) => {
  await readModel.start();
  while (!readModel.serving) await new Promise((resolve) => setTimeout(resolve, 1));
};

export const measureRebuild = () =>
  inFolder(async (folder) => {
    progress(`writing ${whole(events)} facts`);
    const path = join(folder, 'log.db');
    const store = await SqliteEventStore.open(path);
    const keys = SqliteKeys.open(join(folder, 'keys.db'), 'a secret for the bench');
    const sealing = new Sealing(keys);
    const codec = new Codec(conveningCatalogue, sealing, newId);
    await fill(store, codec, sealing, events);
    const late = [];
    const lateMost = [];
    const read = join(folder, 'read');
    const result = await sideBySide({
      rounds,
      baseline: () => rate(() => scan(path), events),
      ours: async () => {
        rmSync(read, { recursive: true, force: true });
        const readModel = new ConveningReadModel({ store, folder: read, codec });
        const watched = await watchingTheLoop(() => rate(() => built(readModel), events));
        late.push(watched.late99);
        lateMost.push(watched.lateMost);
        await readModel.stop();
        return watched.result;
      },
    });
    await store.close();
    await keys.close();
    const rows = [{ what: `${convenings} convenings`, 'raw scan/s': result.baseline, 'facts/s': result.ours, ratio: result.ratio, aim: 0.5, 'loop p99 ms': median(late), 'loop most ms': median(lateMost) }];
    table(`Building the read model from ${whole(events)} facts`, rows);
    return rows;
  });
