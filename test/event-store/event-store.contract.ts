import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { StreamDeleted, TooLarge, WrongRevision, type EventStore, type NewFact, type StoredFact } from '../../src/event-store/event-store.js';
import { follow } from './follower.js';

/** A store under test, and how to come back to the same log. */
export interface OpenStore {
  readonly store: EventStore;
  /** Closes the store and opens the same log again. */
  reopen(): Promise<EventStore>;
  /** Closes what is open and removes the log. */
  dispose(): Promise<void>;
}

/** One fact, told apart by its text. */
export const fact = (text: string, size = 0): NewFact => ({
  id: randomUUID(),
  type: 'Noted',
  data: JSON.stringify({ text, filling: 'x'.repeat(size) }),
  metadata: '{"at":"2013-03-01T08:00:00.000Z"}',
});

/** All facts of a reading, pages put together. */
export const gather = async (pages: AsyncIterable<readonly StoredFact[]>): Promise<StoredFact[]> => {
  const facts: StoredFact[] = [];
  for await (const page of pages) facts.push(...page);
  return facts;
};

const some = (count: number) => Array.from({ length: count }, (_, index) => fact(`fact ${index}`));
const revisions = async (pages: AsyncIterable<readonly StoredFact[]>) => (await gather(pages)).map(({ revision }) => revision);

/** What every adapter of the event store does. */
export const eventStoreContract = (name: string, open: () => Promise<OpenStore>): void => {
  describe(`The event store (${name})`, () => {
    let opened: OpenStore;
    let store: EventStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.dispose());

    describe('appends', () => {
      test('facts after the expected revision, and gives them back as they were', async () => {
        const facts = some(3);
        const first = await store.append('talks', 'none', facts.slice(0, 2));
        const second = await store.append('talks', 1, facts.slice(2));
        expect([first.revision, second.revision]).toEqual([1, 2]);
        const stored = await gather(store.readStream('talks'));
        expect(stored.map(({ position: _, ...rest }) => rest)).toEqual(facts.map((one, revision) => ({ ...one, stream: 'talks', revision })));
        expect([stored[1]?.position, stored[2]?.position]).toEqual([first.position, second.position]);
      });

      test('nothing when one expects that the stream is not there when it is, a revision that has passed, or one that is not reached', async () => {
        const facts = some(2);
        await store.append('talks', 'none', facts);
        for (const expected of ['none', 0, 7] as const) await expect(store.append('talks', expected, some(1))).rejects.toEqual(new WrongRevision('talks', expected, 1));
        expect((await gather(store.readStream('talks'))).map(({ id }) => id)).toEqual(facts.map(({ id }) => id));
      });

      test('nothing to a stream that is not there when one expects a revision', async () => {
        await expect(store.append('talks', 0, some(1))).rejects.toEqual(new WrongRevision('talks', 0, 'none'));
        expect(await gather(store.readAll())).toEqual([]);
      });

      test('once what is asked twice, and answers as the first time, also when others wrote since', async () => {
        const facts = some(2);
        const first = await store.append('talks', 'none', facts);
        await store.append('talks', 1, some(1));
        expect(await store.append('talks', 'none', facts)).toEqual(first);
        expect(await revisions(store.readStream('talks'))).toEqual([0, 1, 2]);
      });

      test('once what is asked twice at the same time', async () => {
        const facts = some(3);
        const [one, other] = await Promise.all([store.append('talks', 'none', facts), store.append('talks', 'none', facts)]);
        expect(one).toEqual(other);
        expect(await revisions(store.readAll())).toEqual([0, 1, 2]);
      });

      test('once what is asked again after the log was reopened', async () => {
        const facts = some(2);
        const first = await store.append('talks', 'none', facts);
        store = await opened.reopen();
        expect(await store.append('talks', 'none', facts)).toEqual(first);
        expect(await revisions(store.readStream('talks'))).toEqual([0, 1]);
      });

      test('the same id in another place, since only the place and the ids make a repeat', async () => {
        const [one] = some(1) as [NewFact];
        await store.append('talks', 'none', [one]);
        expect((await store.append('talks', 0, [one])).revision).toBe(1);
        expect((await store.append('walks', 'none', [one])).revision).toBe(0);
      });

      test('nothing when only the beginning of it was appended before, or when its order is another', async () => {
        const facts = some(3);
        await store.append('talks', 'none', facts.slice(0, 2));
        await expect(store.append('talks', 'none', facts)).rejects.toEqual(new WrongRevision('talks', 'none', 1));
        await expect(store.append('talks', 'none', [facts[1]!, facts[0]!])).rejects.toEqual(new WrongRevision('talks', 'none', 1));
        expect(await revisions(store.readStream('talks'))).toEqual([0, 1]);
      });

      test('many large facts, and refuses more than its limit without writing', async () => {
        const large = Array.from({ length: 9 }, (_, index) => fact(`large ${index}`, 250_000));
        for (const [index, one] of large.entries()) await store.append('large', index === 0 ? 'none' : index - 1, [one]);
        expect((await gather(store.readStream('large'))).map(({ data }) => data)).toEqual(large.map(({ data }) => data));
        await expect(store.append('too-large', 'none', Array<NewFact>(70).fill(large[0]!))).rejects.toBeInstanceOf(TooLarge);
        expect(await gather(store.readStream('too-large'))).toEqual([]);
      });

      test('for many writers at once: each to its own stream, all of them written', async () => {
        const names = Array.from({ length: 100 }, (_, index) => `writer-${index}`);
        await Promise.all(names.map((stream) => store.append(stream, 'none', some(2))));
        await Promise.all(names.map((stream) => store.append(stream, 1, some(1))));
        const counts = await Promise.all(names.map((stream) => revisions(store.readStream(stream))));
        expect(counts).toEqual(names.map(() => [0, 1, 2]));
        expect((await gather(store.readAll())).length).toBe(300);
      });

      test('for many writers to one stream: one wins each revision, the others are told where the stream is', async () => {
        const write = async (own: NewFact) => {
          for (let expected: number | 'none' = 'none'; ; ) {
            try {
              return (await store.append('shared', expected, [own])).revision;
            } catch (error) {
              if (!(error instanceof WrongRevision)) throw error;
              expected = error.actual;
            }
          }
        };
        const facts = some(20);
        const places = await Promise.all(facts.map(write));
        expect([...places].sort((one, other) => one - other)).toEqual(facts.map((_, index) => index));
        const stored = await gather(store.readStream('shared'));
        expect(places.map((place) => stored[place]?.id)).toEqual(facts.map(({ id }) => id));
      });

      test('to a stream of any name, and to no other', async () => {
        const odd = ["it's", 'a b', 'a"b', '%_*?[', 'ключ-会-🎪', 'a/../b', '$all', '$stream', 'tab\tline\n', 'naïve', 'nai\u0308ve', 'x'.repeat(400)];
        for (const name of odd) {
          await store.append(name, 'none', some(2));
          await store.append(`${name}.`, 'none', some(1));
        }
        for (const name of odd) {
          expect((await gather(store.readStream(name))).map(({ stream, revision }) => [stream, revision])).toEqual([[name, 0], [name, 1]]);
          expect((await gather(store.readAll({ streams: [`${name}.`] }))).map(({ stream }) => stream)).toEqual([`${name}.`]);
        }
      });
    });

    describe('reads', () => {
      test('a stream from any revision to any other, in both directions', async () => {
        await store.append('talks', 'none', some(6));
        expect(await revisions(store.readStream('talks'))).toEqual([0, 1, 2, 3, 4, 5]);
        expect(await revisions(store.readStream('talks', { from: 2, to: 4 }))).toEqual([2, 3, 4]);
        expect(await revisions(store.readStream('talks', { from: 2, limit: 2 }))).toEqual([2, 3]);
        expect(await revisions(store.readStream('talks', { from: 6 }))).toEqual([]);
        expect(await revisions(store.readStream('talks', { direction: 'backwards' }))).toEqual([5, 4, 3, 2, 1, 0]);
        expect(await revisions(store.readStream('talks', { direction: 'backwards', from: 4, to: 2 }))).toEqual([4, 3, 2]);
        expect(await revisions(store.readStream('talks', { direction: 'backwards', limit: 1 }))).toEqual([5]);
        expect(await revisions(store.readStream('talks', { limit: 0 }))).toEqual([]);
      });

      test('streams longer than a page in both directions', async () => {
        const count = 1_234;
        await store.append('long', 'none', some(count));
        const upwards = Array.from({ length: count }, (_, index) => index);
        expect(await revisions(store.readStream('long'))).toEqual(upwards);
        expect(await revisions(store.readStream('long', { direction: 'backwards' }))).toEqual([...upwards].reverse());
        expect(await revisions(store.readStream('long', { limit: 700 }))).toEqual(upwards.slice(0, 700));
        expect(await revisions(store.readAll())).toEqual(upwards);
      });

      test('a stream that is not there as one without facts', async () => {
        expect(await gather(store.readStream('nothing'))).toEqual([]);
      });

      test('the whole log in its order, from any position to any other, by the beginnings of names', async () => {
        expect(await store.head()).toBe(0n);
        for (let round = 0; round < 3; round += 1) {
          for (const stream of ['a-1', 'a-2', 'b-1']) await store.append(stream, round === 0 ? 'none' : round - 1, some(1));
        }
        const all = await gather(store.readAll());
        const places = all.map(({ stream, revision }) => `${stream}@${revision}`);
        expect(places).toEqual(['a-1@0', 'a-2@0', 'b-1@0', 'a-1@1', 'a-2@1', 'b-1@1', 'a-1@2', 'a-2@2', 'b-1@2']);
        expect(all.every(({ position }, index) => index === 0 || position > all[index - 1]!.position)).toBe(true);
        expect(await store.head()).toBe(all.at(-1)?.position);
        const range = { after: all[1]!.position, upTo: all[6]!.position };
        expect(await gather(store.readAll(range))).toEqual(all.slice(2, 7));
        expect(await gather(store.readAll({ ...range, limit: 2 }))).toEqual(all.slice(2, 4));
        expect(await gather(store.readAll({ ...range, streams: ['a-2', 'b'] }))).toEqual(all.slice(2, 7).filter(({ stream }) => stream !== 'a-1'));
        expect(await gather(store.readAll({ streams: [] }))).toEqual([]);
      });

      test('the log up to where it ended when reading began', async () => {
        await store.append('talks', 'none', some(1_200));
        let count = 0;
        for await (const page of store.readAll()) {
          if (count === 0) await store.append('later', 'none', some(1));
          count += page.length;
        }
        expect(count).toBe(1_200);
      });
    });

    describe('subscriptions', () => {
      test('catch up, say so, and go on with what is appended: each fact once, in order', async () => {
        await store.append('talks', 'none', some(700));
        const follower = follow(store, {});
        const writing = (async () => {
          for (let revision = 699; revision < 740; revision += 1) await store.append('talks', revision, some(1));
        })();
        await writing;
        const head = await store.head();
        await follower.reached(head);
        await follower.subscription.stop();
        expect(follower.facts).toEqual(await gather(store.readAll()));
        expect(follower.positions.at(-1)).toBe(head);
      });

      test('resume after a position, and hear only of the streams they ask for', async () => {
        const { position } = await store.append('a-1', 'none', some(1));
        await store.append('b-1', 'none', some(1));
        await store.append('a-1', 0, some(1));
        const follower = follow(store, { after: position, streams: ['a-'] });
        await follower.reached(await store.head());
        expect(follower.facts.map(({ stream, revision }) => [stream, revision])).toEqual([['a-1', 1]]);
        const { position: later } = await store.append('b-1', 0, some(1));
        await follower.reached(later);
        await follower.subscription.stop();
        expect(follower.facts.length).toBe(1);
      });

      test('say that they have caught up also with an empty log', async () => {
        const follower = follow(store, {});
        await follower.reached(0n);
        await follower.subscription.stop();
        expect(follower.positions).toEqual([0n]);
      });

      test('hear of what is appended while they are being told that they have caught up', async () => {
        const told: string[] = [];
        const heard = new Promise<void>((resolve) => {
          store.subscribe({}, {
            facts: (facts) => void told.push(...facts.map(({ stream }) => stream)),
            async caughtUp() {
              if (told.length === 0) await store.append('meanwhile', 'none', some(1));
              else resolve();
            },
            failed: (error) => told.push(String(error)),
          });
        });
        await heard;
        expect(told).toEqual(['meanwhile']);
      });

      test('wait for a slow subscriber, one call at a time', async () => {
        const follower = follow(store, {}, () => new Promise((resolve) => setImmediate(resolve)));
        await Promise.all(Array.from({ length: 50 }, (_, index) => store.append(`slow-${index}`, 'none', some(1))));
        await follower.reached(await store.head());
        await follower.subscription.stop();
        expect(follower.facts).toEqual(await gather(store.readAll()));
        expect(follower.atOnce).toBe(1);
      });

      test('end with the failure of their subscriber, and trouble no other', async () => {
        const broken = new Error('broken');
        const failing = follow(store, {}, () => Promise.reject(broken));
        const sound = follow(store, {});
        const { position } = await store.append('talks', 'none', some(1));
        await sound.reached(position);
        expect(await failing.failure).toBe(broken);
        await Promise.all([failing.subscription.stop(), sound.subscription.stop()]);
        expect(sound.facts.length).toBe(1);
      });

      test('make no call after they are stopped', async () => {
        const follower = follow(store, {});
        await follower.reached(0n);
        await follower.subscription.stop();
        await store.append('talks', 'none', some(1));
        const other = follow(store, {});
        await other.reached(await store.head());
        await other.subscription.stop();
        expect(follower.facts).toEqual([]);
      });
    });

    describe('deletes a stream', () => {
      test('for good: its facts are gone, it is never begun again, others stay', async () => {
        const facts = some(2);
        await store.append('gone', 'none', facts);
        await store.append('stays', 'none', some(1));
        const head = await store.head();
        await store.deleteStream('gone');
        await store.deleteStream('gone');
        await store.deleteStream('never-was');
        const check = async () => {
          expect(await gather(store.readStream('gone'))).toEqual([]);
          expect((await gather(store.readAll())).map(({ stream }) => stream)).toEqual(['stays']);
          await expect(store.append('gone', 'none', facts)).rejects.toEqual(new StreamDeleted('gone'));
          await expect(store.append('gone', 1, some(1))).rejects.toEqual(new StreamDeleted('gone'));
        };
        await check();
        store = await opened.reopen();
        await check();
        expect((await store.append('stays', 0, some(1))).position > head).toBe(true);
      });

      test('and never gives its positions to others', async () => {
        const { position } = await store.append('gone', 'none', some(2));
        await store.deleteStream('gone');
        store = await opened.reopen();
        expect((await store.append('next', 'none', some(1))).position > position).toBe(true);
      });
    });

    test('keeps its name and its facts when it is opened again', async () => {
      await store.append('talks', 'none', some(3));
      const before = { logId: store.logId, facts: await gather(store.readAll()), head: await store.head() };
      store = await opened.reopen();
      expect({ logId: store.logId, facts: await gather(store.readAll()), head: await store.head() }).toEqual(before);
    });

    test('answers on closing what was asked before, and nothing afterwards', async () => {
      const asked = Promise.all(Array.from({ length: 20 }, (_, index) => store.append(`asked-${index}`, 'none', some(1))));
      await store.close();
      expect((await asked).map(({ revision }) => revision)).toEqual(Array.from({ length: 20 }, () => 0));
      await expect(store.append('late', 'none', some(1))).rejects.toMatchObject({ name: 'StoreUnavailable' });
      await expect(gather(store.readAll())).rejects.toMatchObject({ name: 'StoreUnavailable' });
    });
  });
};
