import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/deciding/clock.js';
import { Refusal } from '../../src/deciding/refusal.js';
import { Codec } from '../../src/event-store/codec.js';
import { Sealing } from '../../src/event-store/sealing.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import { registrationDecider, type RegistrationCommand } from '../../src/registration/registration.decider.js';
import { registrationCatalogue, registrationStream, type RegistrationEvent } from '../../src/registration/registration.events.js';
import { RegistrationHandling } from '../../src/registration/registration.handler.js';
import { meeting } from './desk.js';

const stream = registrationStream('rush');
let folder: string;
let keys: SqliteKeys;
let store: SqliteEventStore;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-'));
  store = await SqliteEventStore.open(join(folder, 'log.db'));
  keys = SqliteKeys.open(join(folder, 'keys.db'), 'a secret for tests');
});
afterEach(async () => {
  await store.close();
  await keys.close();
  rmSync(folder, { recursive: true });
});

const codec = () => new Codec<RegistrationEvent>(registrationCatalogue, new Sealing(keys), randomUUID);
const node = () => {
  const sealing = new Sealing(keys);
  return new RegistrationHandling({
    store, sealing, codec: new Codec<RegistrationEvent>(registrationCatalogue, sealing, randomUUID), decider: registrationDecider, clock: new SystemClock(), pause: setTimeout,
  });
};
type Node = ReturnType<typeof node>;
const ask = (at: Node, command: RegistrationCommand) =>
  at.handle(stream, { command, commandId: randomUUID(), correlationId: 'c', actor: randomUUID(), deadline: Date.now() + 60_000 });
const prepared = async (at: Node, capacity: number) => {
  await ask(at, { type: 'PrepareRegistration', data: { convening: 'rush', meeting, terms: { opens: '2013-01-01T00:00:00.000Z' } } });
  await ask(at, { type: 'AddCategory', data: { category: 'participant', meeting, name: 'Participant', capacity } });
};
const comes = (n: number): RegistrationCommand => ({
  type: 'Register',
  data: { by: 'public', meeting, members: [{ registration: `r${n}`, person: randomUUID(), code: `code-${n}`, address: `digest-${n}`, category: 'participant', entry: { name: { family: `Person ${n}` }, answers: {} } }] },
});
const inTheLog = async () => {
  const state = registrationDecider.initial();
  let facts = 0;
  for await (const page of store.readStream(stream))
    for (const fact of page) {
      const event = codec().event(fact);
      registrationDecider.evolve(state, event, event.recorded);
      facts++;
    }
  return { state, facts };
};

/** A thousand at once; what they were told against what the log says. */
const rush = async (nodes: readonly Node[]) => {
  await prepared(nodes[0]!, 50);
  const begun = performance.now();
  const ended = await Promise.all(Array.from({ length: 1_000 }, async (_, n) => ({ id: `r${n}`, ...(await ask(nodes[n % nodes.length]!, comes(n))) })));
  const milliseconds = performance.now() - begun;
  const { state, facts } = await inTheLog();
  const inOrder = ended.sort((a, b) => a.revision - b.revision).map(({ id }) => id);
  expect(new Set(ended.map(({ revision }) => revision)).size).toEqual(1_000);
  expect(facts).toEqual(2 + 1_000);
  expect([...state.registrations].filter(([, { standing }]) => standing === 'seated').map(([id]) => id)).toEqual(inOrder.slice(0, 50));
  expect(state.categories.get('participant')?.waiting).toEqual(inOrder.slice(50));
  return milliseconds;
};

describe('a thousand at once for fifty seats', () => {
  it('are all answered within five seconds: fifty seated, the others waiting in the order acknowledged, none twice', async () => {
    expect(await rush([node()])).toBeLessThan(5_000);
  }, 60_000);

  it('may come through three nodes', async () => void (await rush([node(), node(), node()])), 120_000);
});

it('two desks that check in the same code in the same second: one is told that the other was there', async () => {
  const at = node();
  await prepared(at, 50);
  const today = new Date().toISOString().slice(0, 10);
  const now = { ...meeting, start: today, end: today, zone: 'UTC' };
  await ask(at, comes(1));
  const desks = await Promise.allSettled([1, 2].map(() => ask(at, { type: 'CheckIn', data: { registration: 'code-1', day: today, meeting: now } })));
  expect(desks.map((each) => (each.status === 'fulfilled' ? 'checked in' : (each.reason as Refusal).code))).toEqual(['checked in', 'checked-in-already']);
  expect((await inTheLog()).state.registrations.get('r1')?.days.map(({ day }) => day)).toEqual([today]);
});
