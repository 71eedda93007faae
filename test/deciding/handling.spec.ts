import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../src/deciding/clock.js';
import type { Command, Decider } from '../../src/deciding/decider.js';
import { Handling } from '../../src/deciding/handling.js';
import { Refusal } from '../../src/deciding/refusal.js';
import type { Ended } from '../../src/deciding/remembered.js';
import type { Asked } from '../../src/deciding/stream-queue.js';
import { Codec } from '../../src/event-store/codec.js';
import type { Event } from '../../src/event-store/event.js';
import { Sealing } from '../../src/event-store/sealing.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import { Unreliable } from './unreliable.js';

type Seated = Event<'Seated', { who: string }>;
/** `beside`: who is seated after them in the same command. */
type Seat = Command<'Seat', { who: string; beside?: string }>;
interface Hall { seated: string[] }

/** A hall of fifty seats: the smallest decision that goes wrong when it is made on an old state. */
const hall: Decider<Hall, Seat, Seated> = {
  initial: () => ({ seated: [] }),
  decide: ({ seated }, { data: { who, beside } }) => {
    if (seated.includes(who)) return [];
    if (seated.length >= 50) throw new Refusal('room-in-use');
    return [who, beside].flatMap((each) => (each === undefined ? [] : [{ type: 'Seated', data: { who: each } }]));
  },
  evolve: ({ seated }, { data: { who } }) => void seated.push(who),
  revisionOf: ({ seated }, { id }) => (seated.includes(id) ? seated.indexOf(id) : undefined),
  isAbout: ({ data: { who } }, { id }) => who === id,
  concerns: () => undefined,
};

class Noon extends Clock {
  time = Date.parse('2013-03-01T12:00:00Z');
  now = () => this.time;
}

let folder: string;
let sqlite: SqliteEventStore;
let keys: SqliteKeys;
let store: Unreliable;
let clock: Noon;
/** Each test has a hall of its own. */
let stream: string;
let halls = 0;

const path = (whilePausing = () => {}) => {
  const sealing = new Sealing(keys);
  const codec = new Codec<Seated>({ Seated: { schema: 1, personal: {} } }, sealing, randomUUID);
  return new Handling<Hall, Seat, Seated>({ store, codec, sealing, decider: hall, clock, pause: async () => whilePausing() });
};
const seat = (who: string, { beside, ...more }: Partial<Asked<Seat>> & { beside?: string } = {}): Asked<Seat> => ({
  command: { type: 'Seat', data: { who, ...(beside !== undefined && { beside }) } },
  commandId: randomUUID(), correlationId: 'c', actor: 'a', deadline: clock.time + 10_000, ...more,
});
const inTheLog = async () => {
  const who: string[] = [];
  for await (const page of store.readStream(stream)) who.push(...page.map((fact) => (JSON.parse(fact.data) as { who: string }).who));
  return who;
};
const codeOf = (result: PromiseSettledResult<unknown>) => (result.status === 'fulfilled' ? 'done' : (result.reason as { code: string }).code);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-'));
  sqlite = await SqliteEventStore.open(join(folder, 'log.db'));
  keys = SqliteKeys.open(join(folder, 'keys.db'), 'a secret for tests');
});
beforeEach(() => {
  store = new Unreliable(sqlite);
  clock = new Noon();
  stream = `convening-hall-${(halls += 1)}`;
});
afterAll(async () => {
  await sqlite.close();
  await keys.close();
  rmSync(folder, { recursive: true });
});

describe('commands for one stream', () => {
  it('of two hundred at once are decided one after the other: fifty seated, the rest refused, none lost', async () => {
    const one = path();
    const results = await Promise.allSettled(Array.from({ length: 200 }, (_, n) => one.handle(stream, seat(`p${n}`))));
    expect(results.map(codeOf)).toEqual(Array.from({ length: 200 }, (_, n) => (n < 50 ? 'done' : 'room-in-use')));
    expect(await inTheLog()).toEqual(Array.from({ length: 50 }, (_, n) => `p${n}`));
    expect(store.appends).toBeLessThan(5);
  });

  it('from two nodes over one store never seat more than fit', async () => {
    const [one, other] = [path(), path()];
    const results = await Promise.allSettled(Array.from({ length: 120 }, (_, n) => (n % 2 ? one : other).handle(stream, seat(`p${n}`))));
    const log = await inTheLog();
    expect(log.length).toEqual(50);
    expect(new Set(log)).toEqual(new Set(results.flatMap((result, n) => (codeOf(result) === 'done' ? [`p${n}`] : []))));
  });

  it('decided on what another node wrote meanwhile are decided again', async () => {
    const [one, other] = [path(), path()];
    await one.handle(stream, seat('amina'));
    await other.handle(stream, seat('baraka'));
    expect((await one.handle(stream, seat('chiku'))).revision).toEqual(2);
    expect(await inTheLog()).toEqual(['amina', 'baraka', 'chiku']);
  });

  it('decided again on what another node wrote read no more than that', async () => {
    const [one, other] = [path(), path()];
    await one.handle(stream, seat('amina'));
    await other.handle(stream, seat('baraka', { beside: 'chiku' }));
    store.readFrom.length = 0;
    await one.handle(stream, seat('daudi'));
    await other.handle(stream, seat('esther'));
    expect([store.readFrom, await inTheLog()]).toEqual([[1, 3, undefined], ['amina', 'baraka', 'chiku', 'daudi', 'esther']]);
  });

  it('decided several together are decided again from the beginning, since the state learnt of what was not written', async () => {
    const [one, other] = [path(), path()];
    await one.handle(stream, seat('amina'));
    await other.handle(stream, seat('baraka'));
    await Promise.all(['chiku', 'daudi', 'esther'].map((who) => one.handle(stream, seat(who))));
    expect(await inTheLog()).toEqual(['amina', 'baraka', 'chiku', 'daudi', 'esther']);
  });

  it('that write nothing are answered on what another node wrote meanwhile too', async () => {
    const [one, other] = [path(), path()];
    await one.handle(stream, seat('amina'));
    await other.handle(stream, seat('baraka'));
    expect((await one.handle(stream, seat('amina'))).revision).toEqual(1);
    await other.handle(stream, seat('chiku'));
    expect((await one.handle(stream, seat('amina'))).revision).toEqual(2);
  });

  it('that are refused were refused on what another node wrote meanwhile too', async () => {
    const [one, other] = [path(), path()];
    await one.handle(stream, seat('amina'));
    await other.handle(stream, seat('baraka'));
    expect((await one.handle(stream, seat('chiku', { ifMatch: { revisions: [1] } }))).revision).toEqual(2);
    const late = await Promise.allSettled([one.handle(stream, seat('daudi', { ifMatch: { revisions: [1] } }))]);
    expect([codeOf(late[0]), await inTheLog()]).toEqual(['precondition-failed', ['amina', 'baraka', 'chiku']]);
  });

  it('that name an old revision are not decided, and those that name the present one are', async () => {
    const one = path();
    await one.handle(stream, seat('amina'));
    await one.handle(stream, seat('baraka'));
    const results = await Promise.allSettled([
      one.handle(stream, seat('chiku', { ifMatch: { revisions: [0] } })),
      one.handle(stream, seat('daudi', { ifMatch: { revisions: [1] } })),
      one.handle(stream, seat('esther', { subject: { kind: 'seat', id: 'amina' }, ifMatch: { revisions: [0] } })),
    ]);
    expect(results.map(codeOf)).toEqual(['precondition-failed', 'done', 'done']);
  });

  it('past their deadline are dropped before they are decided', async () => {
    const results = await Promise.allSettled([path().handle(stream, seat('amina', { deadline: clock.time - 1 }))]);
    expect([results.map(codeOf), await inTheLog()]).toEqual([['deadline-passed'], []]);
  });
});

describe('the revision of what a request is about', () => {
  const amina = { kind: 'seat', id: 'amina' };
  const revisions = ({ revision, subjectRevision }: Ended) => [revision, subjectRevision];

  it('is that of the last fact about it, which need not be the command’s last', async () =>
    expect(revisions(await path().handle(stream, seat('amina', { subject: amina, beside: 'baraka' })))).toEqual([1, 0]));

  it('is the stream’s when nothing is named, or what is named is not there', async () => {
    const one = path();
    expect(revisions(await one.handle(stream, seat('amina', { beside: 'baraka' })))).toEqual([1, 1]);
    expect(revisions(await one.handle(stream, seat('chiku', { subject: { kind: 'seat', id: 'nobody' }, beside: 'daudi' })))).toEqual([3, 3]);
  });

  it('stays what it was when a command writes nothing, or nothing about it', async () => {
    const one = path();
    await one.handle(stream, seat('amina', { beside: 'baraka' }));
    expect(revisions(await one.handle(stream, seat('amina', { subject: amina })))).toEqual([1, 0]);
    expect(revisions(await one.handle(stream, seat('chiku', { subject: amina })))).toEqual([2, 0]);
  });

  it('counts from where the command stands among those that share an append', async () => {
    const one = path();
    const both = await Promise.all([one.handle(stream, seat('chiku', { beside: 'daudi' })), one.handle(stream, seat('amina', { subject: amina, beside: 'baraka' }))]);
    expect(both.map(revisions)).toEqual([[1, 1], [3, 2]]);
    expect(store.appends).toEqual(1);
  });
});

describe('too much at once', () => {
  it.each([[250, 'done'], [260, 'too-large']])('is one fact of %p KiB: %s, and its neighbours are done', async (size, code) => {
    const one = path();
    const results = await Promise.allSettled(['amina', 'b'.repeat(size * 1024), 'chiku'].map((who) => one.handle(stream, seat(who))));
    expect(results.map(codeOf)).toEqual(['done', code, 'done']);
  });

  it('goes in several appends, none over 512 KiB, and nothing is lost', async () => {
    const one = path();
    const guests = Array.from({ length: 9 }, (_, n) => `${n}`.repeat(200 * 1024));
    const results = await Promise.all(guests.map((who) => one.handle(stream, seat(who))));
    expect([results.map(({ revision }) => revision), await inTheLog()]).toEqual([guests.map((_, n) => n), guests]);
    expect([store.appends, store.largest <= 512 * 1024]).toEqual([5, true]);
  });
});

describe('a repeated request', () => {
  const request = { key: 'k1', body: 'b1' };
  it('gets the first answer and writes nothing, also at once, also on a node started afresh', async () => {
    const one = path();
    const asked = { request, subject: { kind: 'seat', id: 'amina' }, beside: 'baraka' };
    const [first, second] = await Promise.all([one.handle(stream, seat('amina', asked)), one.handle(stream, seat('amina', asked))]);
    await one.handle(stream, seat('chiku'));
    const afterRestart = await path().handle(stream, seat('amina', asked));
    const known = [first, second, afterRestart].map(({ revision, subjectRevision, position, commandId }) => [revision, subjectRevision, position, commandId]);
    expect(known).toEqual(Array(3).fill([1, 0, first.position, first.commandId]));
    expect(await inTheLog()).toEqual(['amina', 'baraka', 'chiku']);
  });

  it('with another body is refused; after a day the key is free', async () => {
    const one = path();
    await one.handle(stream, seat('amina', { request }));
    const other = { key: 'k1', body: 'b2' };
    const refused = await Promise.allSettled([one.handle(stream, seat('baraka', { request: other }))]);
    clock.time += 25 * 60 * 60 * 1000;
    expect([codeOf(refused[0]), (await one.handle(stream, seat('baraka', { request: other }))).revision]).toEqual(['idempotency-key-reused', 1]);
  });
});

describe('a store in trouble', () => {
  it.each(['before', 'after'] as const)('whose answer is lost %s writing is asked again until it is certain: written once', async (when) => {
    store.trouble = [when, when, when];
    const ended = await path().handle(stream, seat('amina'));
    expect([ended.revision, await inTheLog()]).toEqual([0, ['amina']]);
  });

  it('that cannot be used leaves nothing written, and serves again afterwards', async () => {
    const one = path();
    store.trouble = ['unavailable'];
    const [lost] = await Promise.allSettled([one.handle(stream, seat('amina'))]);
    await one.handle(stream, seat('baraka'));
    expect([codeOf(lost), await inTheLog()]).toEqual(['store-unavailable', ['baraka']]);
  });

  it('that cannot be used leaves nothing written of those either that were to go in a later append', async () => {
    const one = path();
    store.trouble = ['unavailable'];
    const guests = ['1', '2', '3', '4'].map((digit) => digit.repeat(200 * 1024));
    const results = await Promise.allSettled(guests.map((who) => one.handle(stream, seat(who))));
    await one.idle();
    expect([results.map(codeOf), await inTheLog()]).toEqual([Array(4).fill('store-unavailable'), []]);
  });

  it('that says nothing keeps nobody longer than their deadline, and what it did is found', async () => {
    const one = path();
    store.trouble = ['silent'];
    const request = { key: 'k1', body: 'b1' };
    const waiting = Promise.allSettled([one.handle(stream, seat('amina', { request, deadline: clock.time + 500 }))]);
    // Asked while the first is with the store.
    while (store.appends === 0) await new Promise((resolve) => setImmediate(resolve));
    const behind = Promise.allSettled([one.handle(stream, seat('baraka', { deadline: clock.time + 500 })), one.handle(stream, seat('chiku', { deadline: clock.time + 5_000 }))]);
    clock.time += 1_000;
    const [first] = await waiting;
    store.speak();
    const [second, third] = await behind;
    expect([first, second, third].map(codeOf)).toEqual(['outcome-unknown', 'outcome-unknown', 'done']);
    expect([(await one.handle(stream, seat('amina', { request }))).revision, await inTheLog()]).toEqual([0, ['amina', 'chiku']]);
  });

  it('whose outcome stays unknown past the deadline says so, and the repetition gets the truth', async () => {
    const one = path(() => void (clock.time += 1_000));
    const request = { key: 'k1', body: 'b1' };
    store.trouble = ['after', 'before', 'before'];
    const [first] = await Promise.allSettled([one.handle(stream, seat('amina', { request, deadline: clock.time + 500 }))]);
    const repeated = await one.handle(stream, seat('amina', { request }));
    expect([codeOf(first), repeated.revision, await inTheLog()]).toEqual(['outcome-unknown', 0, ['amina']]);
  });
});
