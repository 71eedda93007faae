import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/event-store/sqlite/database.js';
import { ReadDatabase } from '../../src/projecting/read-database.js';

let folder: string;
let file: ReadDatabase;
const path = () => join(folder, 'rows.db');
const log = () => `${path()}-wal`;
const rows = { name: 'rows', tables: 1, version: 1, streams: [], create: (database: ReturnType<typeof openDatabase>) => database.exec('CREATE TABLE rows (text TEXT NOT NULL)'), open: () => ({ apply: () => undefined, write: () => undefined, forget: () => undefined }) };

/** About half a megabyte. */
const commit = (position: bigint) => {
  file.begin();
  file.database.prepare('INSERT INTO rows VALUES (?)').run('x'.repeat(500_000));
  file.commit(position, [], []);
};
const valueOf = (database: ReturnType<typeof openDatabase>, sql: string): unknown => Object.values(database.prepare(sql).get() as Record<string, unknown>)[0];
const waitsForDisk = () => valueOf(file.database, 'PRAGMA synchronous') !== 0;
/** What another process finds, for which the node ended here. */
const found = (name: string) => {
  const copy = join(folder, `${name}.db`);
  copyFileSync(path(), copy);
  for (const beside of ['-wal', '-shm']) copyFileSync(path() + beside, copy + beside);
  const database = openDatabase(copy);
  try {
    return [valueOf(database, 'PRAGMA integrity_check'), valueOf(database, 'SELECT count(*) FROM rows')];
  } finally {
    database.close();
  }
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-'));
  file = ReadDatabase.open(path(), rows, 'log');
  await file.finish();
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true });
});

describe('what is committed while a read model serves', () => {
  it('is moved into the file when there is much of it, and is whole whenever the node ends', async () => {
    const [sizes, seen]: [number[], unknown[]] = [[], []];
    for (let n = 1; n <= 20; n++) {
      commit(BigInt(n));
      seen.push(found(`committed-${n}`));
      await file.settle();
      seen.push(found(`settled-${n}`));
      sizes.push(statSync(log()).size);
    }
    expect(seen).toEqual(Array.from({ length: 20 }, (_, n) => [['ok', n + 1], ['ok', n + 1]]).flat());
    expect([sizes.filter((size) => size === 0).length, Math.max(...sizes) < 4 * 1024 * 1024, waitsForDisk()]).toEqual([2, true, false]);
  });

  it('is left where it stands while somebody reads it, by who waits for the disk until it is moved', async () => {
    for (let n = 1; n <= 8; n++) commit(BigInt(n));
    const reader = openDatabase(path(), { readOnly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM rows').get();
    commit(9n);
    await file.settle();
    expect([statSync(log()).size > 0, waitsForDisk()]).toEqual([true, true]);
    reader.exec('COMMIT');
    reader.close();
    await file.settle();
    expect([statSync(log()).size, waitsForDisk(), found('after')]).toEqual([0, false, ['ok', 9]]);
    file.close();
    file = ReadDatabase.open(path(), rows, 'log');
    expect([file.complete, file.position, valueOf(file.database, 'SELECT count(*) FROM rows')]).toEqual([true, 9n, 9]);
  });

  it('begins at the beginning of the log when it was moved, also where somebody reads what was there before', async () => {
    for (let n = 1; n <= 9; n++) commit(BigInt(n));
    await file.settle();
    const reader = openDatabase(path(), { readOnly: true });
    reader.exec('BEGIN');
    const seen = () => valueOf(reader, 'SELECT count(*) FROM rows');
    const before = seen();
    for (let n = 10; n <= 20; n++) {
      commit(BigInt(n));
      await file.settle();
    }
    expect([before, seen(), found('meanwhile'), waitsForDisk()]).toEqual([9, 9, ['ok', 20], true]);
    reader.exec('COMMIT');
    expect(seen()).toBe(20);
    reader.close();
    await file.settle();
    commit(21n);
    expect([statSync(log()).size < 1024 * 1024, found('after'), waitsForDisk()]).toEqual([true, ['ok', 21], false]);
  });
});
