import { createHash, randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Checkpoints } from '../../src/deciding/checkpoints.js';
import { SystemClock } from '../../src/deciding/clock.js';
import { Handling } from '../../src/deciding/handling.js';
import { Codec } from '../../src/event-store/codec.js';
import { Sealing } from '../../src/event-store/sealing.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import { catalogue, door, keptByThreads, type Came, type Come, type Door } from './door.thread.js';

const stream = 'registrations-door';
const many = 5_200;
let folder: string;
let log: string;
let store: SqliteEventStore;
let keys: SqliteKeys;

const codec = () => new Codec<Came>(catalogue, new Sealing(keys), randomUUID);
const checkpoints = () => new Checkpoints<Door, Came>({ folder: join(folder, 'kept'), store, decider: door, module: keptByThreads });
/** A node that starts cold, and what it keeps. */
const node = () => {
  const kept = checkpoints();
  const handling = new Handling<Door, Come, Came>({ store, codec: codec(), sealing: new Sealing(keys), decider: door, clock: new SystemClock(), pause: async () => undefined, checkpoints: kept });
  const come = (who: number, key?: string) =>
    handling.handle(stream, {
      command: { type: 'Come', data: { who } }, commandId: randomUUID(), correlationId: 'c', actor: 'a', deadline: Date.now() + 60_000, ...(key !== undefined && { request: { key, body: 'b' } }),
    });
  return { kept, handling, come };
};
/** Many came before, each by a command of their own. */
const layDown = async (salt = '') => {
  let hash: string | null = null;
  for (let from = 0; from < many; from += 1_300) {
    const facts = [];
    for (let who = from; who < from + 1_300; who++) {
      const { facts: [fact], hash: next }: { facts: readonly { id: string; type: string; data: string; metadata: string }[]; hash: string } =
        await codec().encode(stream, [{ type: 'Came', data: { who } }], { at: '2013-03-01T08:00:00.000Z', commandId: `${salt}${who}`, correlationId: 'c', actor: 'a', request: { key: `key ${who}`, body: 'b' } }, hash);
      facts.push(fact!);
      hash = next;
    }
    await store.append(stream, from === 0 ? 'none' : from - 1, facts);
  }
};
const file = () => join(folder, 'kept', `${stream}.checkpoint`);
const found = async () => (await checkpoints().load(stream))?.revision;

/** Where many came, and where one more came, whose node kept its state: laid down once, since it takes a while. */
let laid: string;
let keptOnce: string;
const openLog = async () => void (store = await SqliteEventStore.open(log));
const begin = async (like: string) => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-'));
  cpSync(like, folder, { recursive: true });
  log = join(folder, 'log.db');
  await openLog();
};
const end = async () => {
  await store.close();
  rmSync(folder, { recursive: true });
};
/** A folder with what is in this one, when nobody writes. */
const copied = async () => {
  await store.close();
  const copy = mkdtempSync(join(tmpdir(), 'baraza-'));
  cpSync(folder, copy, { recursive: true });
  await openLog();
  return copy;
};
beforeAll(async () => {
  const keyFolder = mkdtempSync(join(tmpdir(), 'baraza-'));
  keys = SqliteKeys.open(join(keyFolder, 'keys.db'), 'a secret for tests');
  const nothing = join(keyFolder, 'nothing');
  mkdirSync(nothing);
  await begin(nothing);
  await layDown();
  laid = await copied();
  const first = node();
  await first.come(-1);
  await first.kept.idle();
  keptOnce = await copied();
  await end();
  rmSync(keyFolder, { recursive: true });
});
afterAll(async () => {
  await keys.close();
  for (const each of [laid, keptOnce]) rmSync(each, { recursive: true });
});
beforeEach(() => begin(keptOnce));
afterEach(end);

describe('a checkpoint', () => {
  it('is what all facts before it make, with what is remembered of requests', async () => {
    const loaded = (await checkpoints().load(stream))!;
    expect([loaded.revision, loaded.state.came.length, loaded.state.came.at(-2), loaded.state.came.at(-1)]).toEqual([many, many + 1, many - 1, -1]);
    expect([loaded.remembered.find({ key: `key ${many - 1}`, body: 'b' }, Date.parse('2013-03-01T09:00:00Z')), loaded.remembered.find({ key: 'key of nobody', body: 'b' }, 0)]).toEqual([
      expect.objectContaining({ commandId: String(many - 1), revision: many - 1 }), undefined,
    ]);
  });

  it('is gone on from by a node that starts cold', async () => {
    const second = node();
    const revisions = [(await second.come(-2)).revision, (await second.come(-3, 'once')).revision];
    const third = node();
    expect([...revisions, (await third.come(-3, 'once')).revision]).toEqual([many + 1, many + 2, many + 2]);
    let seen: number[] = [];
    await third.handling.look(stream, ({ came }) => void (seen = came.slice(-4)), Date.now() + 60_000);
    expect(seen).toEqual([many - 1, -1, -2, -3]);
  });

  it('is left when the node stops, and a stopped node keeps none', async () => {
    rmSync(file());
    const first = node();
    await first.come(-2);
    await first.handling.idle();
    expect(await found()).toEqual(undefined);
    // Whoever kept it has let go of the log: it becomes one file when it is closed.
    await store.close();
    expect(readdirSync(folder).filter((name) => name.startsWith('log.db'))).toEqual(['log.db', 'log.db.lock']);
    await openLog();
  });

  /** What makes the file another, with a sum that fits it. */
  const rewritten = (change: (header: Record<string, unknown>) => void) => {
    const [header, ...lines] = readFileSync(file(), 'utf8').split('\n').slice(0, -2);
    const said = JSON.parse(header!) as Record<string, unknown>;
    change(said);
    const text = [JSON.stringify(said), ...lines].map((line) => `${line}\n`).join('');
    writeFileSync(file(), `${text}${createHash('sha256').update(text).digest('hex')}\n`);
  };
  const bytes = (change: (all: Buffer) => Buffer) => writeFileSync(file(), change(readFileSync(file())));

  it.each<[string, () => void, number | undefined]>([
    ['is found as it was written', () => rewritten(() => undefined), many],
    ['of another build is ignored', () => rewritten((header) => (header['build'] = 'f'.repeat(64))), undefined],
    ['of another log is ignored', () => rewritten((header) => (header['log'] = randomUUID())), undefined],
    ['of another stream is ignored', () => rewritten((header) => (header['stream'] = 'registrations-window')), undefined],
    ['whose last fact is another in the log is ignored', () => rewritten((header) => (header['hash'] = '0'.repeat(64))), undefined],
    ['that is ahead of the log is ignored', () => rewritten((header) => (header['revision'] = many + 1)), undefined],
    ['that was cut off is ignored', () => bytes((all) => all.subarray(0, all.length - 200)), undefined],
    ['that was cut off at the end of a line is ignored', () => bytes((all) => all.subarray(0, all.lastIndexOf(10, all.length - 2) + 1)), undefined],
    ['in which a digit changed is ignored', () => bytes((all) => Buffer.from(all.toString().replace('1234,', '1235,'))), undefined],
    ['that is empty is ignored', () => bytes(() => Buffer.alloc(0)), undefined],
    ['of another program is ignored', () => bytes(() => Buffer.from('{}\nhello\n')), undefined],
  ])('%s', async (_, spoil, revision) => {
    spoil();
    expect(await found()).toEqual(revision);
    expect((await node().come(-2)).revision).toEqual(many + 1);
  });

  it('is not gone on from when the log was put back from a copy and went another way', async () => {
    expect(await found()).toEqual(many);
    await store.close();
    cpSync(laid, folder, { recursive: true });
    await openLog();
    expect(await found()).toEqual(undefined);
    const second = node();
    await second.come(-5);
    let last: number | undefined;
    await second.handling.look(stream, ({ came }) => void (last = came.at(-1)), Date.now() + 60_000);
    expect([last, (await second.come(-6)).revision]).toEqual([-5, many + 1]);
  });
});
