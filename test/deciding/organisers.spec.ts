import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Convening } from '../../src/convening/convening.js';
import { conveningDecider, type ConveningCommand } from '../../src/convening/convening.decider.js';
import { conveningCatalogue, conveningStream, type ConveningEvent } from '../../src/convening/convening.events.js';
import { SystemClock } from '../../src/deciding/clock.js';
import { Failure } from '../../src/deciding/failure.js';
import { Handling } from '../../src/deciding/handling.js';
import { Refusal } from '../../src/deciding/refusal.js';
import type { Ended } from '../../src/deciding/remembered.js';
import { hashOf } from '../../src/event-store/chain.js';
import { Codec, type Decoded } from '../../src/event-store/codec.js';
import { Sealing } from '../../src/event-store/sealing.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import { Unreliable } from './unreliable.js';

const stream = conveningStream('large');
const rooms = 10;
/** Where it is not the crowd that is tried. */
const few = 60;
/** Milliseconds: hundreds of commands on a busy machine. */
const patience = 60_000;

let folder: string;
let keys: SqliteKeys;
let store: Unreliable;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-'));
  store = new Unreliable(await SqliteEventStore.open(join(folder, 'log.db')));
  keys = SqliteKeys.open(join(folder, 'keys.db'), 'a secret for tests');
});
afterEach(async () => {
  await store.close();
  await keys.close();
  rmSync(folder, { recursive: true });
});

const aMoment = () => new Promise<void>((resolve) => void setImmediate(resolve));
const codec = () => new Codec<ConveningEvent>(conveningCatalogue, new Sealing(keys), randomUUID);
const node = () => {
  const sealing = new Sealing(keys);
  return new Handling<Convening, ConveningCommand, ConveningEvent>({
    store, sealing, codec: new Codec(conveningCatalogue, sealing, randomUUID), decider: conveningDecider, clock: new SystemClock(), pause: aMoment,
  });
};
type Node = ReturnType<typeof node>;

/** Asks as a client does: who is told that it is not known, or not possible now, asks again with the same key. */
const ask = async (at: Node, command: ConveningCommand): Promise<Ended> => {
  const asked = { command, commandId: randomUUID(), correlationId: 'c', actor: randomUUID(), request: { key: randomUUID(), body: 'b' } };
  for (;;)
    try {
      return await at.handle(stream, { ...asked, deadline: Date.now() + 30_000 });
    } catch (error) {
      if (!(error instanceof Failure) || !['store-unavailable', 'outcome-unknown'].includes(error.code)) throw error;
      await aMoment();
    }
};
const prepared = async (at: Node) => {
  await ask(at, { type: 'PlanConvening', data: { convening: 'large', title: 'Large', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' } });
  for (let n = 0; n < rooms; n++) await ask(at, { type: 'AddRoom', data: { room: `room-${n}`, name: `Room ${n}` } });
};
/** Two want the same slot, each with a speaker of their own. */
const work = async (at: Node, n: number, slots: number) => {
  const session = `s${n}`;
  const hour = String(8 + Math.floor((n % slots) / rooms)).padStart(2, '0');
  const person = randomUUID();
  return [
    await ask(at, { type: 'PlanSession', data: { session, kind: 'talk', title: session } }),
    await ask(at, { type: 'ProposeAppearance', data: { session, appearance: 'a1', role: 'speaker', person, credit: { name: `Speaker ${n}` } } }),
    await ask(at, { type: 'ScheduleSession', data: { session, slot: { room: `room-${n % rooms}`, start: `2013-05-27T${hour}:00`, end: `2013-05-27T${hour}:50` } } }),
  ];
};
const inTheLog = async (): Promise<Decoded<ConveningEvent>[]> => {
  const decoded: Decoded<ConveningEvent>[] = [];
  let prev: string | null = null;
  for await (const page of store.readStream(stream))
    for (const fact of page) {
      const event = codec().decode(fact);
      expect(event.metadata.prev).toEqual(prev);
      prev = hashOf(fact);
      decoded.push(event);
    }
  return decoded;
};

/** All at once; what they were told, against what the log says. */
const everybodyWorks = async (nodes: readonly Node[], organisers = 200) => {
  const slots = organisers / 2;
  const results = await Promise.allSettled(Array.from({ length: organisers }, (_, n) => work(nodes[n % nodes.length]!, n, slots)));
  const log = await inTheLog();
  const state = conveningDecider.initial();
  for (const event of log) conveningDecider.evolve(state, event, event.recorded);

  const done = results.flatMap((result, n) => (result.status === 'fulfilled' ? [`s${n}`] : []));
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as Refusal).code] : []));
  expect([done.length, refused]).toEqual([slots, Array<string>(slots).fill('room-taken')]);
  expect([...state.sessions.values()].filter(({ slot }) => slot).map(({ id }) => id).sort()).toEqual(done.sort());
  expect([...state.sessions.values()].map(({ appearances }) => appearances.size)).toEqual(Array(organisers).fill(1));
  // Two facts of each, one more of those who got their slot: none lost, none twice.
  expect(log.length).toEqual(1 + rooms + 2 * organisers + slots);
  for (const ended of results.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])))
    expect(log[ended.revision]?.metadata.commandId).toEqual(ended.commandId);
  const taken = [...state.sessions.values()].flatMap(({ slot }) => (slot ? [`${slot.room} ${slot.start}`] : []));
  expect(new Set(taken).size).toEqual(slots);
};

describe('organisers at once', () => {
  it('are all answered, two hundred of them, none lost, none decided on an old state', async () => {
    const one = node();
    await prepared(one);
    await everybodyWorks([one]);
    expect(store.appends).toBeLessThan(60);
  }, patience);

  it('may work through two nodes', async () => {
    const nodes = [node(), node()];
    await prepared(nodes[0]!);
    await everybodyWorks(nodes, few);
  }, patience);

  it.each([
    ['loses every second answer, before or after writing', ['after', 'fine', 'before', 'fine']],
    ['cannot be used every third time', ['fine', 'fine', 'unavailable']],
    ['does all of that', ['before', 'unavailable', 'after', 'fine', 'unavailable']],
  ] as const)('know the truth when the store %s', async (_, troubles) => {
    const one = node();
    await prepared(one);
    store.trouble = Array.from({ length: 60 }, (__, n) => troubles[n % troubles.length]!);
    await everybodyWorks([one], few);
    expect(store.trouble.length).toBeLessThan(60 - 2);
  }, patience);
});
