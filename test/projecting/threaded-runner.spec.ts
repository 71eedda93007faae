import { mkdtempSync, openSync, closeSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from '../../src/event-store/event-store.js';
import { KurrentDbEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import type { RowsReader } from '../../src/projecting/rows-reader.js';
import { ThreadedRunner } from '../../src/projecting/threaded-runner.js';
import { Double } from '../event-store/kurrentdb/double.js';
import { add } from './tally.js';

class TallyRows {
  constructor(private readonly reader: RowsReader) {}
  all = (): unknown[] => this.reader.statement('SELECT stream, sum FROM tallies ORDER BY stream').all().map((row: object) => ({ ...row }));
}

let folder: string;
let store: EventStore;
const running = new Set<ThreadedRunner<TallyRows>>();
const read = () => join(folder, 'read');
const file = (version = 1) => join(read(), `tallies-1.${version}.db`);

const started = async (given: Readonly<Record<string, string>> = {}) => {
  const module = new URL(`./tally.thread.js?${new URLSearchParams({ once: join(folder, 'died'), ...given }).toString()}`, import.meta.url).href;
  const runner = new ThreadedRunner({ store, folder: read(), name: 'tallies', module, rows: (reader) => new TallyRows(reader) });
  await runner.start();
  running.add(runner);
  return runner;
};
const stop = async (runner: ThreadedRunner<TallyRows>) => {
  running.delete(runner);
  await runner.stop();
};
const until = async (is: () => boolean) => {
  while (!is()) await new Promise((resolve) => setImmediate(resolve));
};
const caughtUp = async (runner: ThreadedRunner<TallyRows>) => {
  await until(() => runner.serving && !runner.status().building);
  await runner.reached(await store.head(), 10_000);
  return runner;
};
const all = (runner: ThreadedRunner<TallyRows>) => runner.read((rows) => rows.all());
const failure = (work: Promise<unknown>) => work.then(() => 'done', (error: { code?: string }) => error.code);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-'));
  store = await SqliteEventStore.open(join(folder, 'log.db'));
});
afterEach(async () => {
  for (const runner of running) await stop(runner);
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('a read model in a thread of its own', () => {
  it('has what was written when its position is reached, each time, and not in the time that sharing a commit takes', async () => {
    const runner = await caughtUp(await started());
    const seen: unknown[] = [];
    const begun = performance.now();
    for (let n = 1; n <= 100; n++) {
      await runner.reached(await add(store, 'tally-a', n), 10_000);
      seen.push(all(runner));
    }
    expect(seen).toEqual(Array.from({ length: 100 }, (_, n) => [{ stream: 'tally-a', sum: ((n + 1) * (n + 2)) / 2 }]));
    expect(performance.now() - begun).toBeLessThan(100 * 100);
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('gives way to those who decide and write, where the processors are too few for all', async () => {
    // proc(5): the nice value is the 19th field, and the name, which may hold anything, the second.
    const yielding = () => readdirSync('/proc/self/task').filter((task) => readFileSync(`/proc/self/task/${task}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[16] === '10').length;
    const before = yielding();
    const runner = await caughtUp(await started());
    expect(yielding()).toBe(before + 1);
    await stop(runner);
  });

  it('goes on by itself when nobody waits', async () => {
    const runner = await caughtUp(await started());
    const position = await add(store, 'tally-a', 5);
    await until(() => runner.status().position === position);
    expect(all(runner)).toEqual([{ stream: 'tally-a', sum: 5 }]);
  });

  it('says that it is behind when a position is not reached in time, tells those who wait when it is stopped, and serves when it is opened again', async () => {
    const runner = await caughtUp(await started());
    const position = await add(store, 'tally-a', 1);
    expect([await failure(runner.reached(position + 1n, 20)), await failure(runner.reached(position, 10_000))]).toEqual(['read-behind', 'done']);
    const waiting = failure(runner.reached(position + 1n, 10_000));
    await stop(runner);
    expect([await waiting, runner.serving, readdirSync(read()).filter((name) => /-(?:wal|shm)$/.test(name))]).toEqual(['read-model-rebuilding', false, []]);
    const again = await started();
    expect([again.serving, all(again)]).toEqual([true, [{ stream: 'tally-a', sum: 1 }]]);
  });

  it('stops a stream whose fact cannot be applied, and no other', async () => {
    const runner = await caughtUp(await started({ unknown: 'Strange' }));
    await add(store, 'tally-a', 1);
    const position = await add(store, 'tally-b', 2, 'Strange', 7);
    await runner.reached(await add(store, 'tally-a', 10), 10_000);
    const stopped = { stream: 'tally-b', revision: 1, position: position - 1n, type: 'Strange', why: 'nobody knows Strange' };
    expect([all(runner), runner.stopped('tally-a'), runner.stopped('tally-b'), runner.status().stopped]).toEqual([[{ stream: 'tally-a', sum: 11 }], undefined, stopped, [stopped]]);
  });

  it('builds another version beside the old one, which serves meanwhile', async () => {
    await add(store, 'tally-a', ...Array<number>(2_000).fill(1));
    await stop(await caughtUp(await started()));
    const runner = await started({ version: '2', weight: '3' });
    const meanwhile = all(runner);
    await caughtUp(runner);
    expect([meanwhile, all(runner)]).toEqual([[{ stream: 'tally-a', sum: 2_000 }], [{ stream: 'tally-a', sum: 6_000 }]]);
    await stop(runner);
    expect(readdirSync(read()).filter((name) => name.endsWith('.db'))).toEqual(['tallies-1.2.db']);
  });

  it('whose file is found damaged by who reads it is built anew', async () => {
    await add(store, 'tally-a', 1, 2);
    await stop(await caughtUp(await started()));
    const runner = await started();
    const handle = openSync(file(), 'r+');
    // Every page but the first.
    writeSync(handle, Buffer.alloc(statSync(file()).size - 16_384, 0xff), 0, undefined, 16_384);
    closeSync(handle);
    expect(() => all(runner)).toThrow('being built');
    await until(() => runner.serving);
    expect(all(await caughtUp(runner))).toEqual([{ stream: 'tally-a', sum: 3 }]);
  });

  it('whose thread dies serves what it had, tells those who wait, and begins another that goes on', async () => {
    await add(store, 'tally-a', 1);
    const runner = await caughtUp(await started());
    const position = await add(store, 'tally-a', 'Deadly');
    const failed = await failure(runner.reached(position, 10_000));
    expect([failed, runner.status().trouble, all(runner)]).toEqual(['read-model-held-up', 'its thread ended', [{ stream: 'tally-a', sum: 1 }]]);
    await until(() => runner.status().trouble === undefined);
    await runner.reached(position, 10_000);
    expect(all(runner)).toEqual([{ stream: 'tally-a', sum: 2 }]);
  });

  it('whose files another process uses is refused with a sentence; afterwards it serves', async () => {
    const other = await caughtUp(await started());
    const refused = await started().then(() => 'started', (error: Error) => error.message);
    await stop(other);
    expect([refused, (await started()).serving]).toEqual([expect.stringContaining('in use by another process'), true]);
  });

  it('does not hold this thread while it works', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => add(store, `tally-${n}`, ...Array<number>(1_000).fill(1))));
    const runner = await started();
    let longest = 0;
    const begun = performance.now();
    for (let last = performance.now(); !runner.serving; last = performance.now()) {
      await new Promise((resolve) => setImmediate(resolve));
      longest = Math.max(longest, performance.now() - last);
    }
    // How long it takes is the machine's; done here, it would be in a few pieces.
    expect([all(runner).length, longest < (performance.now() - begun) / 3]).toEqual([20, true]);
  });
});

describe('over a KurrentDB, a read model in a thread of its own', () => {
  it('follows the log by a client of its own', async () => {
    const double = await Double.start();
    await store.close();
    store = await KurrentDbEventStore.open({ url: double.url, prefix: 'test.' });
    try {
      await add(store, 'tally-a', 1, 2);
      const runner = await caughtUp(await started());
      await runner.reached(await add(store, 'tally-a', 3), 10_000);
      expect(all(runner)).toEqual([{ stream: 'tally-a', sum: 6 }]);
      await stop(runner);
    } finally {
      await store.close();
      await double.stop();
    }
  });
});
