import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreRefused } from '../../src/event-store/event-store.js';
import { openDatabase } from '../../src/event-store/sqlite/database.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import { keysContract } from './keys.contract.js';

const newFolder = () => mkdtempSync(join(tmpdir(), 'baraza-'));
const remove = (folder: string) => rmSync(folder, { recursive: true, force: true });
const secret = 'karibu sana';

keysContract('SQLite', async () => {
  const folder = newFolder();
  const path = join(folder, 'keys.db');
  let keys = SqliteKeys.open(path, secret);
  return {
    keys,
    async reopen() {
      await keys.close();
      keys = SqliteKeys.open(path, secret);
      return keys;
    },
    async dispose() {
      await keys.close();
      remove(folder);
    },
  };
});

describe('Keys in a SQLite file', () => {
  let folder: string;
  let path: string;
  const person = randomUUID();
  beforeEach(() => {
    folder = newFolder();
    path = join(folder, 'keys.db');
  });
  afterEach(() => remove(folder));

  /** The wrapped key as it lies in the file. */
  const wrappedKey = (): Buffer => {
    const database = openDatabase(path, { readOnly: true });
    const row = database.prepare('SELECT wrapped FROM keys WHERE person = ?').get(person) as { wrapped: Uint8Array };
    database.close();
    return Buffer.from(row.wrapped);
  };

  test('are refused to another secret, with a sentence that says so, and opened by the right one in either form', async () => {
    const keys = SqliteKeys.open(path, secret);
    const made = await keys.obtain([person]);
    await keys.close();
    expect(() => SqliteKeys.open(path, 'another')).toThrow(StoreRefused);
    expect(() => SqliteKeys.open(path, 'another')).toThrow(/The secret is not the one/);
    expect(() => SqliteKeys.open(path, '')).toThrow(StoreRefused);
    const again = SqliteKeys.open(path, Buffer.from(secret));
    expect(Buffer.from((await again.find([person])).get(person)!).equals(Buffer.from(made.get(person)!))).toBe(true);
    await again.close();
  });

  test('lie in the file wrapped, and readable by the owner alone', async () => {
    const keys = SqliteKeys.open(path, secret);
    const key = (await keys.obtain([person])).get(person)!;
    await keys.close();
    expect(readFileSync(path).includes(Buffer.from(key))).toBe(false);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('are given to nobody who asks in the same moment as they are erased', async () => {
    const keys = SqliteKeys.open(path, secret);
    const [before, , after] = await Promise.all([keys.obtain([person]), keys.erase(person), keys.obtain([person])]);
    expect([[...before], [...after], [...(await keys.find([person]))]]).toEqual([[], [], []]);
    await keys.close();
  });

  test('leave no trace on the disk when they are erased', async () => {
    const keys = SqliteKeys.open(path, secret);
    await keys.obtain([person]);
    const wrapped = wrappedKey();
    expect(readFileSync(path).includes(wrapped)).toBe(true);
    await keys.erase(person);
    expect(readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(wrapped))).toEqual([]);
    await keys.close();
  });

  test("are not given out when one was put in another person's place", async () => {
    const keys = SqliteKeys.open(path, secret);
    const other = randomUUID();
    await keys.obtain([person, other]);
    const database = openDatabase(path);
    database.prepare('UPDATE keys SET wrapped = ? WHERE person = ?').run(wrappedKey(), other);
    database.close();
    await expect(keys.find([other])).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect((await keys.find([person])).size).toBe(1);
    await keys.close();
  });

  test('are waited for by who asked, and by nobody else, while the file is in use', async () => {
    const keys = SqliteKeys.open(path, secret);
    const other = openDatabase(path);
    other.exec('BEGIN EXCLUSIVE');
    let isThere = false;
    const asked = keys.obtain([person]).then((made) => ((isThere = true), made.size));
    await new Promise(setImmediate);
    expect(isThere).toBe(false);
    other.exec('COMMIT');
    other.close();
    expect(await asked).toBe(1);
    await keys.close();
  });

  test('are had again when what was in the way is gone, also where it ended their thread', async () => {
    const keys = SqliteKeys.open(path, secret);
    const whole = readFileSync(path);
    writeFileSync(path, 'no key file');
    await expect(keys.obtain([person])).rejects.toMatchObject({ name: 'StoreUnavailable' });
    writeFileSync(path, whole);
    expect([...(await keys.obtain([person])).keys()]).toEqual([person]);
    await keys.close();
  });

  test.each([
    ['empty', ''],
    ['a text', 'Dear Sir or Madam, '.repeat(100)],
  ])('are refused in a file that is %s, which is left as it was', (_, content) => {
    writeFileSync(path, content);
    expect(() => SqliteKeys.open(path, secret)).toThrow(StoreRefused);
    expect(readFileSync(path, 'utf8')).toBe(content);
  });
});
