import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { conveningCatalogue, type ConveningEvent } from '../../src/convening/convening.events.js';
import { ConveningReadModel } from '../../src/convening/convening.projection.js';
import { ConveningQueries } from '../../src/convening/convening.queries.js';
import { Codec } from '../../src/event-store/codec.js';
import { Sealing } from '../../src/event-store/sealing.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import { Changes } from '../../src/history/changes.queries.js';
import { HistoryReadModel } from '../../src/history/history.projection.js';
import { Listener, mostUnsent } from '../../src/history/listener.queries.js';
import { afternoon, morning, moved, planned, scheduled, talk } from '../convening/arusha.js';
import { now, organiser } from '../given.js';

const folder = mkdtempSync(join(tmpdir(), 'baraza-'));
let store: SqliteEventStore;
let keys: SqliteKeys;
let codec: Codec<ConveningEvent>;
let readModel: ConveningReadModel;
let changes: Changes;
let last = -1;

/** Tells these facts of the convening. */
const tell = async (...events: ConveningEvent[]) => {
  const { facts } = await codec.encode('convening-arusha-2013', events, { at: now, commandId: randomUUID(), correlationId: randomUUID(), actor: organiser }, null);
  await store.append('convening-arusha-2013', last < 0 ? 'none' : last, facts);
  last += events.length;
};

/** Reads what comes, a step at a time: until this fact has come, then gives the ids of all that came so far. */
const reading = (listener: Readable) => {
  const parts = listener.iterator({ destroyOnReturn: false });
  let text = '';
  return async (upTo: number): Promise<readonly number[]> => {
    while (!text.includes(`id: ${upTo}\ndata`)) text += String((await parts.next()).value);
    return [...text.matchAll(/^id: (\d+)\ndata/gm)].map(([, id]) => Number(id));
  };
};

beforeAll(async () => {
  store = await SqliteEventStore.open(join(folder, 'log.db'));
  keys = SqliteKeys.open(join(folder, 'keys.db'), 'a secret for tests');
  const sealing = new Sealing(keys);
  codec = new Codec<ConveningEvent>(conveningCatalogue, sealing, randomUUID);
  readModel = new ConveningReadModel({ store, folder: join(folder, 'read'), codec });
  // The history is not served here, so it is not waited for.
  changes = new Changes(store, new ConveningQueries(readModel, store, sealing, codec), new HistoryReadModel({ store, folder: join(folder, 'read') }));
  await readModel.start();
});
afterAll(async () => {
  await changes.onModuleDestroy();
  await readModel.stop();
  await store.close();
  await keys.close();
  rmSync(folder, { recursive: true });
});

describe('one who has not read all that happened before', () => {
  it('hears what happens meanwhile after it, and goes on with what happens then', async () => {
    await tell(planned, talk, scheduled('talk', morning));
    // More than is held for one who does not read.
    await tell(...Array.from({ length: 500 }, (_, turn) => (turn % 2 === 0 ? moved('talk', morning, afternoon) : moved('talk', afternoon, morning))));
    const before = last;
    const [late, prompt] = [reading(await changes.listen('arusha-2013', 'internal', 0, 0n)), reading(await changes.listen('arusha-2013', 'internal', before, 0n))];
    await tell(moved('talk', morning, afternoon));
    // Who hears it was told after the one who came first.
    expect(await prompt(last)).toEqual([last]);
    expect(await late(before)).toEqual(Array.from({ length: before }, (_, place) => place + 1));
    await tell(moved('talk', afternoon, morning));
    expect(await late(last)).toEqual(Array.from({ length: last }, (_, place) => place + 1));
  });
});

describe('one who does not read', () => {
  it('is let go when too much waits for them, and who reads as it comes is not', () => {
    const [silent, listening] = [new Listener(), new Listener()];
    listening.resume();
    const text = 'x'.repeat(1_024);
    let told = 0;
    while (!silent.destroyed && told < 10_000) {
      silent.tell(text);
      listening.tell(text);
      listening.read();
      told += 1;
    }
    expect([told, listening.destroyed]).toEqual([mostUnsent / 1_024 + 1, false]);
    listening.destroy();
  });
});
