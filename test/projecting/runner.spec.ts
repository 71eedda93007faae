import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase, type Database } from '../../src/event-store/sqlite/database.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import type { Projection } from '../../src/projecting/projection.js';
import { ProjectionRunner } from '../../src/projecting/runner.js';
import { add, tally, type Tally } from './tally.js';

let folder: string;
let store: SqliteEventStore;
const running = new Set<ProjectionRunner<Tally>>();
const read = () => join(folder, 'read');
const databases = () => readdirSync(read()).filter((name) => name.endsWith('.db'));
const file = (version = 1) => join(read(), `tallies-1.${version}.db`);

const started = async (projection: Projection<Tally> = tally()) => {
  const runner = new ProjectionRunner({ store, folder: read(), projection });
  running.add(runner);
  await runner.start();
  return runner;
};
const stop = async (runner: ProjectionRunner<Tally>) => {
  running.delete(runner);
  await runner.stop();
};
/** Serving, with everything up to the end of the log: what a reader sees who repeats while it is rebuilt. */
const caughtUp = async (runner: ProjectionRunner<Tally>) => {
  for (;;) {
    const { building } = runner.status();
    if (!building && runner.serving) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await runner.reached(await store.head(), 10_000);
  return runner;
};
const all = (runner: ProjectionRunner<Tally>) => runner.read((projector) => projector.all());
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

describe('a read model', () => {
  it('has what was written when its position is reached, each time', async () => {
    const runner = await caughtUp(await started());
    const seen: number[] = [];
    for (let n = 1; n <= 20; n++) {
      await runner.reached(await add(store, 'tally-a', n), 10_000);
      seen.push(runner.read((projector) => projector.of('tally-a')));
    }
    expect(seen).toEqual(Array.from({ length: 20 }, (_, n) => ((n + 1) * (n + 2)) / 2));
  });

  it('is told once when all that the log held is written, before anybody reads it', async () => {
    await add(store, 'tally-a', 1, 2);
    const runner = await caughtUp(await started());
    await runner.reached(await add(store, 'tally-a', 3), 10_000);
    const built = runner.read((projector) => projector.whenBuilt);
    await stop(runner);
    const again = await caughtUp(await started());
    expect([built, again.read((projector) => projector.whenBuilt)]).toEqual([[[{ stream: 'tally-a', sum: 3 }]], []]);
  });

  it('reaches the positions of streams that it is not made from', async () => {
    const runner = await caughtUp(await started());
    const position = await add(store, 'other-a', 5);
    await runner.reached(position, 10_000);
    expect([all(runner), (runner.status()).position]).toEqual([[], position]);
  });

  it('says that it is behind when a position is not reached in time, and has not waited for one that is', async () => {
    const runner = await caughtUp(await started());
    const position = await add(store, 'tally-a', 1);
    expect([await failure(runner.reached(position + 1n, 20)), await failure(runner.reached(position, 10_000))]).toEqual(['read-behind', 'done']);
  });

  it('stopped and opened again goes on where it was', async () => {
    await add(store, 'tally-a', 1, 2);
    await stop(await caughtUp(await started()));
    const position = await add(store, 'tally-a', 3);
    const runner = await started();
    expect(runner.serving).toEqual(true);
    await runner.reached(position, 10_000);
    expect(all(runner)).toEqual([{ stream: 'tally-a', sum: 6 }]);
  });

  it('of a node that was killed while it wrote goes on where its rows stand, and is what building it anew gives', async () => {
    await store.close();
    for (let round = 0; round < 3; round++) {
      const node = spawn(process.execPath, [fileURLToPath(new URL('./killed.node.js', import.meta.url)), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      const gone = new Promise((resolve) => node.once('exit', resolve));
      let said = 0;
      for await (const text of node.stdout) if ((said += String(text).split('\n').length - 1) > 200) break;
      node.kill('SIGKILL');
      await gone;
    }
    store = await SqliteEventStore.open(join(folder, 'log.db'));
    const after = await started();
    const served = after.serving;
    const rows = all(await caughtUp(after));
    await stop(after);
    rmSync(read(), { recursive: true });
    expect([served, rows.length, rows]).toEqual([true, 24, all(await caughtUp(await started()))]);
  });

  it('of many streams is the same read on from the middle or from the beginning', async () => {
    const names = Array.from({ length: 30 }, (_, n) => `tally-${n}`);
    await Promise.all(names.map((name, n) => add(store, name, n, n)));
    await stop(await caughtUp(await started()));
    await Promise.all(names.map((name) => add(store, name, ...Array<number>(60).fill(2))));
    const readOn = await caughtUp(await started());
    const [rows, expected] = [all(readOn), names.map((stream, n) => ({ stream, sum: 2 * n + 120 })).sort((a, b) => (a.stream < b.stream ? -1 : 1))];
    await stop(readOn);
    rmSync(read(), { recursive: true });
    expect([rows, all(await caughtUp(await started()))]).toEqual([expected, expected]);
  });

  it('takes what is very much piece by piece, and every piece is whole', async () => {
    const runner = await caughtUp(await started());
    const large = Array.from({ length: 40 }, () => ({ id: randomUUID(), type: 'Added', data: '{"adds":1}', metadata: JSON.stringify({ beside: 'x'.repeat(20_000) }) }));
    const { position: end } = await store.append('tally-a', 'none', large);
    const seen = new Map<bigint, unknown>();
    for (let at = 0n; at < end; await new Promise((resolve) => setImmediate(resolve))) {
      at = runner.status().position ?? 0n;
      if (at > 0n) seen.set(at, all(runner));
    }
    expect([seen.size > 2, [...seen]]).toEqual([true, [...seen.keys()].map((position) => [position, [{ stream: 'tally-a', sum: Number(position) }]])]);
  });

  it('whose file cannot be written says so at once, and goes on when it can', async () => {
    const runner = await caughtUp(await started());
    const other = openDatabase(file());
    other.exec('BEGIN IMMEDIATE');
    const position = await add(store, 'tally-a', 1);
    const failed = await failure(runner.reached(position, 10_000));
    const { trouble } = runner.status();
    other.exec('ROLLBACK');
    other.close();
    while ((runner.status()).trouble !== undefined) await new Promise((resolve) => setImmediate(resolve));
    await runner.reached(position, 10_000);
    expect([failed, trouble, all(runner)]).toEqual(['read-model-held-up', expect.stringContaining('database is locked'), [{ stream: 'tally-a', sum: 1 }]]);
  });

  it('for which no space is left says so, and goes on when there is some: the fact is not at fault', async () => {
    let rows: Database | undefined;
    const filling = (database: Database) => {
      const projector = tally().open((rows = database), '');
      const write = projector.write.bind(projector);
      return Object.assign(projector, { write: (stream: string) => (database.exec('CREATE TABLE IF NOT EXISTS filling (bytes BLOB); INSERT INTO filling VALUES (zeroblob(100000))'), write(stream)) });
    };
    const runner = await caughtUp(await started({ ...tally(), open: filling }));
    rows!.exec('PRAGMA max_page_count = 1');
    const position = await add(store, 'tally-a', 1);
    const failed = await runner.reached(position, 10_000).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'read-model-held-up', about: { why: `no space is left on the disk of ${file()}` } });
    expect(runner.status()).toMatchObject({ serving: true, stopped: [], trouble: `no space is left on the disk of ${file()}` });
    rows!.exec('PRAGMA max_page_count = 100000');
    while (runner.status().trouble !== undefined) await new Promise((resolve) => setImmediate(resolve));
    await runner.reached(position, 10_000);
    expect([all(runner), runner.status().stopped]).toEqual([[{ stream: 'tally-a', sum: 1 }], []]);
  });

  it('that cannot be built for want of space says so', async () => {
    await add(store, 'tally-a', 1);
    let rows: Database | undefined;
    const full = (database: Database) => {
      (rows = database).exec('CREATE TABLE filling (bytes BLOB); PRAGMA max_page_count = 1');
      const projector = tally().open(database, '');
      return Object.assign(projector, { write: () => database.exec('INSERT INTO filling VALUES (zeroblob(100000))') });
    };
    const runner = await started({ ...tally(), open: full });
    expect(await runner.reached(1n, 10_000).catch((error: unknown) => error)).toMatchObject({ code: 'read-model-held-up', about: { why: `no space is left on the disk of ${file()}` } });
    rows!.exec('PRAGMA max_page_count = 100000');
    await caughtUp(runner);
  });

  it('tells those who wait when it is stopped', async () => {
    const runner = await caughtUp(await started());
    const waiting = failure(runner.reached(999n, 10_000));
    await stop(runner);
    expect(await waiting).toEqual('read-model-rebuilding');
  });
});

describe('a fact that cannot be applied', () => {
  const broken = { stream: 'tally-b', revision: 2, type: 'Strange', why: 'nobody knows Strange' };
  const unknown = () => tally({ unknown: ['Strange'] });

  it('stops its stream and no other, and health says which fact and why', async () => {
    const runner = await caughtUp(await started(unknown()));
    await add(store, 'tally-b', 1, 1);
    await add(store, 'tally-a', 1);
    const position = await add(store, 'tally-b', 'Strange', 7);
    const end = await add(store, 'tally-a', 10);
    await runner.reached(end, 10_000);
    expect([all(runner), runner.stopped('tally-a'), (runner.status()).stopped]).toEqual([
      [{ stream: 'tally-a', sum: 11 }, { stream: 'tally-b', sum: 2 }], undefined, [{ ...broken, position: position - 1n }],
    ]);
  });

  it('takes back what was applied with it in the same batch, and stays stopped when opened again', async () => {
    await add(store, 'tally-b', 1, 1, 'Strange');
    await add(store, 'tally-a', 4);
    const first = await caughtUp(await started(unknown()));
    const held = first.read((projector) => projector.of('tally-b'));
    await stop(first);
    const runner = await caughtUp(await started(unknown()));
    expect([held, all(runner), runner.stopped('tally-b')]).toMatchObject([0, [{ stream: 'tally-a', sum: 4 }], broken]);
  });

  it('is applied, with what followed it, by a build that can read it', async () => {
    await add(store, 'tally-b', 1, 1);
    await stop(await caughtUp(await started(unknown())));
    await add(store, 'tally-b', 'Strange', 5);
    await stop(await caughtUp(await started(unknown())));
    await add(store, 'tally-b', 20);
    const runner = await caughtUp(await started());
    expect([all(runner), (runner.status()).stopped]).toEqual([[{ stream: 'tally-b', sum: 28 }], []]);
  });
});

describe('another version', () => {
  it('is built beside the old one, which serves and goes on until the new one has caught up, and then is removed', async () => {
    await add(store, 'tally-a', ...Array<number>(2_000).fill(1));
    await stop(await caughtUp(await started()));
    const runner = await started(tally({ version: 2, weight: 3 }));
    expect([all(runner), existsSync(file(1)), existsSync(file(2))]).toEqual([[{ stream: 'tally-a', sum: 2_000 }], true, true]);
    await caughtUp(runner);
    await stop(runner);
    expect(databases()).toEqual(['tallies-1.2.db']);
    expect(all(await started(tally({ version: 2, weight: 3 })))).toEqual([{ stream: 'tally-a', sum: 6_000 }]);
  });

  it('of the tables is not served from: reads wait for the building to end', async () => {
    await add(store, 'tally-a', 1);
    await stop(await caughtUp(await started()));
    const runner = await started(tally({ tables: 2 }));
    expect(runner.serving).toBe(false);
    expect(() => all(runner)).toThrow('being built');
    await runner.reached(0n, 10_000);
    expect(runner.serving).toBe(true);
    await caughtUp(runner);
    await stop(runner);
    expect(databases()).toEqual(['tallies-2.1.db']);
  });

  it('that was not finished is begun again, and the old one serves again', async () => {
    await add(store, 'tally-a', ...Array<number>(2_000).fill(1));
    await stop(await caughtUp(await started()));
    await stop(await started(tally({ version: 2 })));
    const runner = await started(tally({ version: 2 }));
    expect(all(runner)).toEqual([{ stream: 'tally-a', sum: 2_000 }]);
    await caughtUp(runner);
    expect(all(runner)).toEqual([{ stream: 'tally-a', sum: 2_000 }]);
  });
});

describe('a file', () => {
  const rebuilt = async () => {
    const runner = await started();
    const served = runner.serving;
    return { served, rows: all(await caughtUp(runner)) };
  };
  const whole = [{ stream: 'tally-a', sum: 1_225 }];
  beforeEach(async () => {
    await add(store, 'tally-a', ...Array.from({ length: 50 }, (_, n) => n));
    await stop(await caughtUp(await started()));
  });

  it('that is whole serves at once', async () => {
    expect(await rebuilt()).toEqual({ served: true, rows: whole });
  });

  it.each<[string, () => void]>([
    ['deleted', () => rmSync(file())],
    ['empty', () => truncateSync(file(), 0)],
    ['cut off', () => truncateSync(file(), statSync(file()).size - 16_384)],
    ['no database', () => writeFileSync(file(), 'x'.repeat(50_000))],
    ['another application’s', () => openDatabaseAnd('PRAGMA application_id = 7')],
    ['without its tables', () => openDatabaseAnd('DROP TABLE checkpoint')],
    ['from another log', () => openDatabaseAnd("UPDATE checkpoint SET log = 'another'")],
    ['ahead of its log', () => openDatabaseAnd('UPDATE checkpoint SET position = 1000')],
    ['not built to its end', () => openDatabaseAnd('UPDATE checkpoint SET complete = 0')],
  ])('that is %s is built anew', async (_, harm) => {
    harm();
    expect(await rebuilt()).toEqual({ served: false, rows: whole });
  });
  const openDatabaseAnd = (sql: string) => {
    const database = openDatabase(file());
    database.exec(`${sql}; PRAGMA wal_checkpoint(TRUNCATE)`);
    database.close();
  };

  it('of which only the beginning is whole is built anew', async () => {
    const pages = statSync(file()).size / 16_384;
    // Every page but the first, which holds the list of tables.
    const damaged = Buffer.alloc((pages - 1) * 16_384, 0xff);
    const handle = await import('node:fs/promises').then(({ open }) => open(file(), 'r+'));
    await handle.write(damaged, 0, damaged.length, 16_384);
    await handle.close();
    expect(await rebuilt()).toEqual({ served: false, rows: whole });
  });

  it('that another process uses is left alone, with a sentence; afterwards it serves', async () => {
    const other = await started();
    const refused = await started().then(() => 'started', (error: Error) => error.message);
    await stop(other);
    expect([refused, await rebuilt()]).toEqual([expect.stringContaining('in use by another process'), { served: true, rows: whole }]);
  });
});
