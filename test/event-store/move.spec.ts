import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore, ReadAll, StoredFact } from '../../src/event-store/event-store.js';
import { KurrentDbEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { KurrentDbKeys } from '../../src/event-store/kurrentdb/kurrentdb-keys.js';
import { movableKurrentDb } from '../../src/event-store/kurrentdb/movable-kurrentdb.js';
import type { Movable, Standing, WrappedKeys } from '../../src/event-store/movable.js';
import { move } from '../../src/event-store/move.js';
import { movableFiles } from '../../src/event-store/sqlite/movable-files.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import { fact, gather } from './event-store.contract.js';
import { ada, ben, cleo, fill, secret } from './filled.js';
import { Double } from './kurrentdb/double.js';
import { ServerLog, type Kept } from './kurrentdb/server-log.js';

const quiet = { step: () => undefined, at: () => undefined };

/** What is kept in a move: all but positions. */
const told = (facts: readonly StoredFact[]) => facts.map(({ position: _, ...rest }) => rest);
const hex = (keys: ReadonlyMap<string, Uint8Array>) => [...keys].map(([person, key]) => `${person} ${Buffer.from(key).toString('hex')}`);

let templates: string;
let inFiles: { readonly before: Contents };
let inServer: { readonly before: Contents; readonly log: ServerLog };
let folder: string;
let double: Double;
let opened: { close(): Promise<void> }[];
const held = <C extends { close(): Promise<void> }>(one: C): C => {
  opened.push(one);
  return one;
};
const files = (name: string) => ({ store: () => SqliteEventStore.open(join(folder, name, 'events.db')), keys: async () => SqliteKeys.open(join(folder, name, 'keys.db'), secret), movable: () => movableFiles(join(folder, name), { anew: true }) });
const server = () => ({ store: () => KurrentDbEventStore.open({ url: double.url }), keys: () => KurrentDbKeys.open({ url: double.url }, secret), movable: () => movableKurrentDb({ url: double.url, deadline: 5_000 }, 0) });
type Place = ReturnType<typeof files> | ReturnType<typeof server>;

/** A place with a log to move, and what it holds: filled once, and copied for each who moves it. */
const filledFiles = (name: string): Place => {
  cpSync(join(templates, 'files'), join(folder, name), { recursive: true });
  return files(name);
};
const filledServer = async (): Promise<Place> => {
  await double.stop();
  double = await Double.start(inServer.log.copy());
  return server();
};
const moved = async (from: Place, to: Place) => {
  const [source, target] = [held(await from.movable()), held(await to.movable())];
  return move(source, target, quiet).finally(() => closed());
};
const closed = async () => {
  for (let one = opened.pop(); one; one = opened.pop()) await one.close();
};
/** What a place holds for a node: it must be open. */
interface Contents {
  readonly facts: readonly object[];
  readonly again: unknown;
  readonly found: readonly string[];
  readonly obtained: readonly string[];
  readonly logId: string;
}
const contents = async (place: Place): Promise<Contents> => {
  const [log, keys] = [held(await place.store()), held(await place.keys())];
  const facts = told(await gather(log.readAll()));
  const again = await log.append('gone', 'none', [fact('again')]).catch((error: Error) => error.name);
  const found = hex(await keys.find([ada, ben, cleo]));
  const obtained = hex(await keys.obtain([ada, ben, cleo]));
  const { logId } = log;
  await closed();
  return { facts, again, found, obtained, logId };
};
const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: Error) => `${error.name}: ${error.message}`);

const fillIn = async (place: Place): Promise<Contents> => {
  const [log, keys] = [await place.store(), await place.keys()];
  await fill(log, keys);
  await log.close();
  await keys.close();
  return contents(place);
};

beforeAll(async () => {
  opened = [];
  folder = templates = mkdtempSync(join(tmpdir(), 'baraza-move-'));
  mkdirSync(join(templates, 'files'));
  inFiles = { before: await fillIn(files('files')) };
  const log = new ServerLog();
  double = await Double.start(log);
  inServer = { before: await fillIn(server()), log };
  await double.stop();
});
afterAll(() => rmSync(templates, { recursive: true, force: true }));
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-move-'));
  double = await Double.start();
  opened = [];
});
afterEach(async () => {
  await closed();
  await double.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each([
  ['files to a KurrentDB', async () => ({ from: filledFiles('a'), to: server(), before: inFiles.before, filledToo: filledServer })],
  ['a KurrentDB to files', async () => ({ from: await filledServer(), to: files('b'), before: inServer.before, filledToo: async () => filledFiles('b') })],
])('A log moved from %s', (_, places) => {
  test('is the same log with another id: every fact in its place, keys as they were, what was deleted and erased stays so', async () => {
    const { from, to, before } = await places();
    expect(await moved(from, to)).toEqual({ facts: before.facts.length, deletedStreams: 1, keys: 3 });
    const after = await contents(to);
    expect(after).toEqual({ ...before, logId: expect.not.stringContaining(before.logId) });
    expect([after.again, after.found.length, after.facts.length]).toEqual(['StreamDeleted', 2, 67]);
  });

  test('is closed where it was: no node opens it, and it is moved nowhere else; from where it is now it can be moved on', async () => {
    const { from, to, before } = await places();
    await moved(from, to);
    expect(await refusal(from.store())).toMatch(/^StoreRefused: .* is closed: everything in it was moved to log/);
    expect(await refusal(moved(from, files('elsewhere')))).toMatch(/^StoreRefused: .* is closed: it was moved to log/);
    expect(await refusal(moved(from, to))).toMatch(/^StoreRefused: .* was moved to .* already/);
    await moved(to, files('further'));
    expect(await refusal(moved(from, to))).toMatch(/^StoreRefused: .* was moved to .* already/);
    expect(await refusal(to.store())).toMatch(/^StoreRefused: .* is closed/);
    expect((await contents(files('further'))).facts).toEqual(before.facts);
  });

  test('is moved only to where nothing is, and stays open when it is refused', async () => {
    const { from, before, filledToo } = await places();
    expect(await refusal(moved(from, await filledToo()))).toMatch(/^StoreRefused: .* is not empty, and not the unfinished copy of/);
    expect(await contents(from)).toEqual(before);
  });

  test('is not opened before it is whole, and goes on where it was left, at whatever step that was', async () => {
    const { from, to, before } = await places();
    let steps = 0;
    for (let allowed = 1; ; allowed = 2 * allowed + 1) {
      const [source, target] = [held(await from.movable()), held(await to.movable())];
      const ended = await move(source, interrupted(target, allowed), quiet).then(() => 'whole', (error: Error) => error.message);
      await closed();
      if (ended === 'whole') break;
      expect(ended).toBe('interrupted');
      steps += 1;
      if (allowed > 1) expect(await refusal(to.store())).toMatch(/^StoreRefused: .* is the unfinished copy of log/);
      // The first call that is not made is the one that marks the copy: the source is not closed yet.
      if (allowed > 1) expect(await refusal(from.store())).toMatch(/^StoreRefused: .* is closed/);
    }
    expect(steps).toBeGreaterThan(3);
    expect(await contents(to)).toEqual({ ...before, logId: expect.anything() });
  });
});

describe('A copy that is not finished', () => {
  test('is finished only when it is what the source has: what somebody altered or added in it is named, and no node may use it', async () => {
    const [from, to] = [filledFiles('a'), server()];
    const [source, target] = [held(await from.movable()), held(await to.movable())];
    const again = () => refusal(move(source, target, quiet));
    const breaks = new Error('broken off');
    const never = { ...target, stand: (standing: Standing) => (standing.unfinished ? target.stand(standing) : Promise.reject(breaks)) };
    await expect(move(source, never, quiet)).rejects.toBe(breaks);

    const copied = double.log.all as Kept[]; // Casts: they are altered behind the log's back.
    const withAltered = async (name: string, revision: bigint, change: Partial<Kept>) => {
      const places = [copied, double.log.stream(name) as Kept[]].map((events) => [events, events.findIndex((one) => one.stream === name && one.revision === revision)] as const);
      const [kept] = places.map(([events, index]) => events[index]!);
      for (const [events, index] of places) events[index] = { ...kept!, ...change };
      const said = await again();
      for (const [events, index] of places) events[index] = kept!;
      return said;
    };
    for (const change of [{ id: randomUUID() }, { type: 'Noticed' }, { data: Buffer.from('{}') }, { metadata: Buffer.from('{}') }])
      expect(await withAltered('convening-b', 1n, change)).toMatch(/^StoreRefused: The log in the KurrentDB differs from the event log .* from fact 1 of convening-b on\./);
    expect(await withAltered(`key-${ada}`, 0n, { data: Buffer.from('{"wrapped":"AAAA"}') })).toMatch(new RegExp(`^StoreRefused: The log in the KurrentDB has not the key of person ${ada} as the source has\\.`));
    expect(await withAltered('baraza-keys', 0n, { data: Buffer.from('{"salt":"AAAA","check":"AAAA"}') })).toMatch(/^StoreRefused: The log in the KurrentDB has not the keys as the source has\./);
    expect(await refusal(to.store())).toMatch(/^StoreRefused: .* is the unfinished copy of log/);
    expect(await refusal(move(target, held(await files('elsewhere').movable()), quiet))).toMatch(/^StoreRefused: The log in the KurrentDB is itself the unfinished copy of log/);

    double.log.append('baraza-deleted', 0n, [{ id: randomUUID(), type: 'StreamDeleted', data: Buffer.from('{"stream":"other"}'), metadata: Buffer.from('{}') }]);
    expect(await again()).toMatch(/^StoreRefused: The log in the KurrentDB has not the deleted streams as the source has\./);
    double.log.append('convening-z', 'none', [{ ...copied.at(-1)!, id: randomUUID() }]);
    expect(await again()).toMatch(/^StoreRefused: .* differs from .* from fact 0 of convening-z on\./);
  });
});

/** A target that fails at its so-manieth change. */
const interrupted = (target: Movable, allowed: number): Movable => {
  let changes = 0;
  const changing = <A extends unknown[], R>(change: (...given: A) => Promise<R>) => async (...given: A): Promise<R> => {
    if ((changes += 1) > allowed) throw new Error('interrupted');
    return change(...given);
  };
  const log = {
    logId: target.log.logId,
    append: changing((...given: Parameters<EventStore['append']>) => target.log.append(...given)),
    deleteStream: changing((stream: string) => target.log.deleteStream(stream)),
    readAll: (range?: ReadAll) => target.log.readAll(range),
    close: () => target.log.close(),
    // Cast: a move uses these of a log and no other.
  } as Partial<EventStore> as EventStore;
  return { ...target, log, stand: changing((standing: Standing) => target.stand(standing)), keepKeys: changing((keys: WrappedKeys) => target.keepKeys(keys)) };
};
