import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conveningDecider } from '../../src/convening/convening.decider.js';
import { conveningCatalogue, conveningStream, type ConveningEvent } from '../../src/convening/convening.events.js';
import type { Convening, Session } from '../../src/convening/convening.js';
import { ConveningReadModel, type ConveningProjector } from '../../src/convening/convening.projection.js';
import { ConveningQueries } from '../../src/convening/convening.queries.js';
import { Codec } from '../../src/event-store/codec.js';
import { Sealing } from '../../src/event-store/sealing.js';
import { openDatabase } from '../../src/event-store/sqlite/database.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import { factsBetween, type Moment } from '../../src/projecting/kept-states.js';
import { Past } from '../../src/projecting/past.js';
import { story, textOf, type Told } from './story.js';

const id = 'arusha-2013';
const stream = conveningStream(id);
const told = story(4_000);
/** Of each revision the state that its prefix folds to. */
const folds: string[] = [];
let folder: string;
let store: SqliteEventStore;
let keys: SqliteKeys;
let readModel: ConveningReadModel;
let queries: ConveningQueries;

/** A node started afresh: nothing is in memory. */
const start = async () => {
  const sealing = new Sealing(keys);
  const codec = new Codec<ConveningEvent>(conveningCatalogue, sealing, randomUUID);
  readModel = new ConveningReadModel({ store, folder: join(folder, 'read'), codec });
  queries = new ConveningQueries(readModel, store, sealing, codec);
  await readModel.start();
  while (!readModel.serving) await new Promise((resolve) => setImmediate(resolve));
  await readModel.reached(await store.head(), 10_000);
};
const restart = async () => {
  await readModel.stop();
  await start();
};
const factOf = ({ type, data, recorded }: Told) => ({ id: randomUUID(), type, data: JSON.stringify(data), metadata: JSON.stringify({ at: recorded.at, schema: 1 }) });
/** Appends this part of the story in turns of many lengths, as commands would. */
const tell = async (from: number, to: number) => {
  for (let n = from, turn = 1; n < to; n += turn, turn = (turn * 7) % 61) {
    const { position } = await store.append(stream, n === 0 ? 'none' : n - 1, told.slice(n, Math.min(to, n + turn)).map(factOf));
    if (turn % 3 === 0) await readModel.reached(position, 10_000);
  }
  await readModel.reached(await store.head(), 10_000);
};
const then = async (moment: Moment): Promise<string | undefined> => (await queries.asOf(id, moment, textOf))?.seen;
const at = (revision: number) => queries.at(id, revision, textOf);
/** Every one, in an order that jumps. */
const jumping = (length: number, by = 1_009) => Array.from({ length }, (_, n) => (n * by) % length);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-'));
  store = await SqliteEventStore.open(join(folder, 'log.db'));
  keys = SqliteKeys.open(join(folder, 'keys.db'), 'a secret for tests');
  const convening = conveningDecider.initial();
  for (const event of told) {
    conveningDecider.evolve(convening, event, event.recorded);
    folds.push(textOf(convening));
  }
  await start();
  await tell(0, 1_500);
}, 60_000);
afterAll(async () => {
  await readModel.stop();
  await store.close();
  await keys.close();
  rmSync(folder, { recursive: true });
});

describe('a convening of thousands of commands', () => {
  it('has a past worth the name', () => expect([told.length > 3 * factsBetween, new Set(folds).size]).toEqual([true, told.length]));

  it('is at every revision the fold of that prefix, while it goes on and after a restart', async () => {
    const early = await queries.at(id, 1_200, (convening) => convening);
    await tell(1_500, told.length);
    const wrong = [];
    for (const revision of jumping(told.length)) if ((await at(revision)) !== folds[revision]) wrong.push(revision);
    await restart();
    for (const revision of jumping(told.length, 2_003).slice(0, 200)) if ((await at(revision)) !== folds[revision]) wrong.push(revision);
    expect([wrong, textOf(early)]).toEqual([[], folds[1_200]]);
  }, 60_000);

  it('is at every instant the longest prefix until then: of facts of one millisecond all or none', async () => {
    const lastAt = new Map(told.map(({ recorded }) => [recorded.at, recorded.revision]));
    const wrong = [];
    for (const [instant, revision] of [...lastAt].filter((_, n) => n % 9 === 0)) {
      const before = new Date(Date.parse(instant) - 1).toISOString();
      const first = told.findIndex(({ recorded }) => recorded.at === instant);
      if ((await then({ instant })) !== folds[revision] || (await then({ instant: before })) !== folds[first - 1]) wrong.push(instant);
    }
    expect([wrong, lastAt.size < told.length, await then({ instant: '2013-01-01T00:00:00.000Z' })]).toEqual([[], true, undefined]);
  }, 60_000);

  it('has a session that nothing changed from one moment to another only once, also where a checkpoint lies between them', async () => {
    const sessionsAt = (revision: number) => queries.at(id, revision, ({ sessions }) => sessions);
    // A publication may change any session without naming it.
    const calm = (n: number) => told.slice(n + 1, n + 4).every(({ type }) => type !== 'AgendaPublished');
    const wrong = [];
    for (const revision of [1_200, 2 * factsBetween - 2, 2 * factsBetween, 1_534, 1_535, 2_046].filter(calm)) {
      const [before, after] = [await sessionsAt(revision), await sessionsAt(revision + 3)];
      const changed = told.slice(revision + 1, revision + 4).map(({ data }) => ('session' in data ? data.session : undefined));
      for (const [session, part] of before) if (after.has(session) && (after.get(session) === part) === changed.includes(session)) wrong.push([revision, session]);
    }
    expect([wrong, [2 * factsBetween - 2, 1_534].some(calm)]).toEqual([[], true]);
  });

  it('is past its end what it is', async () => expect([await at(told.length + 5), await then({ instant: '2014-01-01T00:00:00.000Z' })]).toEqual([folds.at(-1), folds.at(-1)]));

  it('is the same from a read database that was built anew, and while there is none', async () => {
    const some = jumping(told.length, 97).slice(0, 60);
    const look = async () => (await Promise.all(some.map(at))).every((text, n) => text === folds[some[n]!]);
    await readModel.stop();
    const without = await look();
    rmSync(join(folder, 'read'), { recursive: true });
    await start();
    expect([without, await look()]).toEqual([true, true]);
  });

  it('is the same where the checkpoints cannot be read', async () => {
    await readModel.stop();
    const database = openDatabase(join(folder, 'read', 'convenings-4.1.db'));
    database.exec("UPDATE checkpoints SET spine = substr(spine, 1, 20) WHERE revision < 1100; UPDATE parts SET text = '' WHERE since BETWEEN 1200 AND 1300");
    database.close();
    await start();
    const seen = [];
    for (const revision of [700, 1_400, 1_600]) seen.push((await at(revision)) === folds[revision]);
    expect(seen).toEqual([true, true, true]);
  });

  it('is read from the log only since the last checkpoint', async () => {
    while (!readModel.serving) await new Promise((resolve) => setImmediate(resolve));
    await restart();
    const read: number[] = [];
    const codec = new Codec<ConveningEvent>(conveningCatalogue, new Sealing(keys), randomUUID);
    const past = new Past<Convening, Session, ConveningEvent, ConveningProjector>(
      store, readModel, ({ states }) => states, readModel.read(({ states }) => states.parts), (fact) => (read.push(fact.revision), codec.event(fact)),
    );
    await past.at(stream, { revision: 1_100 });
    await past.at(stream, { revision: 1_100 });
    await past.at(stream, { instant: told[1_100]!.recorded.at });
    expect([read[0], read.slice(0, 77).at(-1), read.every((revision) => revision >= 2 * factsBetween)]).toEqual([1_024, 1_100, true]);
  });
});
