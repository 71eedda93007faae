import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { v7 } from 'uuid';
import { conveningCatalogue, conveningStream } from '../dist/convening/convening.events.js';
import { ConveningReadModel } from '../dist/convening/convening.projection.js';
import { defaultPolicy } from '../dist/convening/policy.events.js';
import { Codec } from '../dist/event-store/codec.js';
import { Sealing } from '../dist/event-store/sealing.js';
import { openDatabase } from '../dist/event-store/sqlite/database.js';
import { SqliteEventStore } from '../dist/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../dist/event-store/sqlite/sqlite-keys.js';

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
const fill = async (store, codec, events, convenings) => {
  const actor = randomUUID();
  const streams = Array.from({ length: convenings }, (_, n) => {
    const id = `meeting-${n}`;
    return { stream: conveningStream(id), commands: factsOf(id, Array.from({ length: 60 }, () => randomUUID())), revision: 'none', hash: null };
  });
  const metadata = () => ({ at: '2026-01-05T09:00:00.000Z', commandId: v7(), correlationId: v7(), actor, request: { key: 'k'.repeat(64), body: 'b'.repeat(64) } });
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

const scan = (path) => {
  const database = openDatabase(path, { readOnly: true });
  const page = database.prepare('SELECT position, stream, revision, id, type, data, metadata FROM events WHERE position > ? ORDER BY position LIMIT 1000');
  let count = 0;
  for (let rows = page.all(0); rows.length > 0; rows = page.all(rows.at(-1).position)) count += rows.length;
  database.close();
  return count;
};

const rebuild = async (store, codec, folder) => {
  rmSync(folder, { recursive: true, force: true });
  const readModel = new ConveningReadModel({ store, folder, codec });
  await readModel.start();
  while (!readModel.serving) await new Promise((resolve) => setImmediate(resolve));
  return readModel;
};

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const seconds = async (work) => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

/** Building the read model from the log, next to a raw scan of the log's table in pages of 1,000: facts a second, the ratio, and the event loop's delay. */
export const benchRebuild = async ({ events = 200_000, convenings = 400, rounds = 5 } = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'baraza-bench-'));
  const path = join(folder, 'log.db');
  const store = await SqliteEventStore.open(path);
  const keys = SqliteKeys.open(join(folder, 'keys.db'), 'a secret for the bench');
  try {
    const codec = new Codec(conveningCatalogue, new Sealing(keys), v7);
    await fill(store, codec, events, convenings);
    const delays = [];
    const scans = [];
    const rebuilds = [];
    for (let round = 0; round < rounds; round++) {
      scans.push(await seconds(() => scan(path)));
      let readModel;
      const loop = monitorEventLoopDelay({ resolution: 1 });
      await new Promise((resolve) => setImmediate(resolve));
      loop.enable();
      rebuilds.push(await seconds(async () => (readModel = await rebuild(store, codec, join(folder, 'read')))));
      loop.disable();
      delays.push(loop.max / 1e6);
      await readModel.stop();
    }
    const [scanned, rebuilt] = [median(scans), median(rebuilds)];
    const rows = [
      { what: 'raw scan', 'facts/s': Math.round(events / scanned), seconds: scanned },
      { what: 'rebuild', 'facts/s': Math.round(events / rebuilt), seconds: rebuilt, ratio: scanned / rebuilt, 'loop held at most, ms': median(delays) },
    ];
    console.log(`Rebuild of ${convenings} convenings from ${events} facts, median of ${rounds}; aim: half as fast as the raw scan`);
    console.table(rows);
    return rows;
  } finally {
    await store.close();
    await keys.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

if (process.argv[1] === new URL(import.meta.url).pathname) await benchRebuild();
