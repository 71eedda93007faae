import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { KurrentDbEventStore, type KurrentDb } from '../../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { eventStoreContract, fact, gather } from '../event-store.contract.js';
import { follow } from '../follower.js';
import { Double } from './double.js';

// Server and client share this process: on a busy machine the larger of these tests take their time.
jest.setTimeout(60_000);

eventStoreContract('KurrentDB, a double', async () => {
  const double = await Double.start();
  let store = await KurrentDbEventStore.open({ url: double.url });
  return {
    store,
    async reopen() {
      await store.close();
      store = await KurrentDbEventStore.open({ url: double.url });
      return store;
    },
    async dispose() {
      await store.close();
      await double.stop();
    },
  };
});

/** A real server, where one is named. Each test has a prefix of its own there. */
const real = process.env['KURRENTDB_URL'];
if (real !== undefined) {
  eventStoreContract('KurrentDB, the server that KURRENTDB_URL names', async () => {
    const given = { url: real, prefix: `${randomUUID()}.` };
    let store = await KurrentDbEventStore.open(given);
    return {
      store,
      async reopen() {
        await store.close();
        store = await KurrentDbEventStore.open(given);
        return store;
      },
      dispose: () => store.close(),
    };
  });
}

describe('A log in a KurrentDB', () => {
  let double: Double;
  let opened: KurrentDbEventStore[];
  beforeEach(async () => {
    double = await Double.start();
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((store) => store.close()));
    await double.stop();
  });
  const open = async (given: Partial<KurrentDb> = {}) => {
    const store = await KurrentDbEventStore.open({ url: double.url, ...given });
    opened.push(store);
    return store;
  };
  const streams = async (store: KurrentDbEventStore) => (await gather(store.readAll())).map(({ stream }) => stream);

  test('gets one name, also when two nodes open it at the same instant', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    expect(one.logId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(other.logId).toBe(one.logId);
  });

  test('shares the server with others by its prefix: each sees its own streams, whatever they are called', async () => {
    const [ours, theirs] = [await open({ prefix: 'baraza.' }), await open({ prefix: 'other.' })];
    for (const stream of ['talks', 'key-1', '~talks', 'baraza-log', '$talks']) await ours.append(stream, 'none', [fact(stream)]);
    const { position } = await theirs.append('walks', 'none', [fact('theirs')]);
    expect(await streams(ours)).toEqual(['talks', 'key-1', '~talks', 'baraza-log', '$talks']);
    expect(await streams(theirs)).toEqual(['walks']);
    expect((await ours.head()) < position).toBe(true);
    const follower = follow(ours, { streams: ['key'] });
    await follower.reached(await ours.head());
    await follower.subscription.stop();
    expect(follower.facts.map(({ stream }) => stream)).toEqual(['key-1']);
    expect(theirs.logId).not.toBe(ours.logId);
  });

  test('takes 1 MiB in one append and no more, as the server counts', async () => {
    const store = await open();
    const empty = { ...fact(''), data: '' };
    const left = 1024 * 1024 - empty.type.length * 2 - empty.metadata.length;
    await expect(store.append('large', 'none', [{ ...empty, data: 'x'.repeat(left + 1) }])).rejects.toMatchObject({ name: 'TooLarge' });
    expect((await store.append('large', 'none', [{ ...empty, data: 'x'.repeat(left) }])).revision).toBe(0);
  });

  test('keeps nothing of a deleted stream once the server was scavenged', async () => {
    const store = await open();
    await store.append('gone', 'none', [fact('personal')]);
    await store.append('stays', 'none', [fact('personal too')]);
    await store.deleteStream('gone');
    const holds = (text: string) => double.log.all.some(({ data }) => Buffer.from(data).toString().includes(`"${text}"`));
    expect([holds('personal'), holds('personal too')]).toEqual([true, true]);
    double.log.scavenge();
    expect([holds('personal'), holds('personal too')]).toEqual([false, true]);
    expect(await streams(store)).toEqual(['stays']);
  });

  test('says that it is unavailable, not that the outcome is unknown, when no connection was made; and goes on when there is one', async () => {
    const store = await open({ deadline: 400 });
    await double.wire.refuse();
    await expect(gather(store.readStream('talks'))).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await expect(store.head()).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await expect(store.append('talks', 'none', [fact('one')])).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await expect(open({ deadline: 400 })).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await double.wire.open();
    const patient = await open();
    expect((await patient.append('talks', 'none', [fact('one')])).revision).toBe(0);
  });

  test('knows what became of an append whose answer never came, when it is asked again', async () => {
    const store = await open({ deadline: 400 });
    const facts = [fact('one')];
    double.fate = () => 'never';
    await expect(store.append('talks', 'none', facts)).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    double.fate = () => 'answered';
    const patient = await open();
    expect((await patient.append('talks', 'none', facts)).revision).toBe(0);
    expect((await gather(patient.readStream('talks'))).map(({ id }) => id)).toEqual(facts.map(({ id }) => id));
  });

  test.each([
    ['right', 0, (ahead: number) => ahead === 0],
    ['four seconds ahead', 4_000, (ahead: number) => ahead > 2_000 && ahead <= 4_000],
    ['seven seconds ahead', 7_000, (ahead: number) => ahead > 5_000 && ahead <= 7_000],
    ['seven seconds behind', -7_000, (ahead: number) => ahead < -5_000 && ahead >= -7_000],
  ])('knows that this node’s clock is %s, when it is opened and when the clock is set, and of the server’s when it compares', async (_, off, isSo) => {
    const clock = { ahead: off };
    const now = () => Date.now() + clock.ahead;
    const store = await open({ now });
    expect(isSo(store.clockAhead!)).toBe(true);
    clock.ahead = 0;
    expect(Math.abs(store.clockAhead!)).toBeLessThan(1_500);
    clock.ahead = off;
    expect(isSo(store.clockAhead!)).toBe(true);
    double.log.clockAhead = off;
    expect(Math.abs((await open({ now })).clockAhead!)).toBeLessThan(1_500);
    expect(await streams(store)).toEqual([]);
  });

  test('compares no clock that it was not given', async () => expect((await open()).clockAhead).toBeUndefined());
});
