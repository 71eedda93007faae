import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { StoreRefused, type NewFact } from '../../src/event-store/event-store.js';
import { LogWriter } from '../../src/event-store/sqlite/log-writer.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import { eventStoreContract, fact, gather } from './event-store.contract.js';

const newFolder = () => mkdtempSync(join(tmpdir(), 'baraza-'));
const remove = (folder: string) => rmSync(folder, { recursive: true, force: true });

eventStoreContract('SQLite', async () => {
  const folder = newFolder();
  const path = join(folder, 'events.db');
  let store = await SqliteEventStore.open(path);
  return {
    store,
    async reopen() {
      await store.close();
      store = await SqliteEventStore.open(path);
      return store;
    },
    async dispose() {
      await store.close();
      remove(folder);
    },
  };
});

const scriptOf = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));

/** Runs a script with the log at this path to its end, and gives what it tells. `limit`: no file grows beyond so many blocks of 512 bytes. */
const run = (name: string, path: string, limit = 'unlimited'): unknown => {
  const command = [process.execPath, '--no-warnings', scriptOf(name), path];
  return JSON.parse(execFileSync('sh', ['-c', `ulimit -f ${limit} && exec "$0" "$@"`, ...command], { encoding: 'utf8' }));
};

/** A process that appends to the log at this path until it is killed; it prints the stream of each acknowledged append. */
const startWriter = (path: string): { process: ChildProcess; lines: AsyncIterator<string, undefined> } => {
  const child = spawn(process.execPath, ['--no-warnings', scriptOf('append-until-killed.js'), path], { stdio: ['ignore', 'pipe', 'inherit'] });
  return { process: child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
};

describe('A log in a SQLite file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = newFolder();
    path = join(folder, 'events.db');
  });
  afterEach(() => remove(folder));

  const makeLog = async (facts: number) => {
    const store = await SqliteEventStore.open(path);
    await store.append('talks', 'none', Array.from({ length: facts }, (_, index) => fact(`${index}`, 500)));
    await store.close();
  };

  const revisionsByStream = async (): Promise<Map<string, string>> => {
    const store = await SqliteEventStore.open(path);
    const stored = new Map<string, number[]>();
    for (const { stream, revision } of await gather(store.readAll())) stored.set(stream, [...(stored.get(stream) ?? []), revision]);
    await store.close();
    return new Map([...stored].map(([stream, revisions]) => [stream, revisions.join()]));
  };

  test('is one file when it is closed, beside its lock', async () => {
    await makeLog(3);
    expect(readdirSync(folder).sort()).toEqual(['events.db', 'events.db.lock']);
  });

  test.each([
    ['empty', () => writeFileSync(path, '')],
    ['a text', () => writeFileSync(path, 'Dear Sir or Madam, '.repeat(100))],
    ['shorter than a header', () => writeFileSync(path, 'SQLite format 3\0')],
    ["another application's database", () => void SqliteKeys.open(path, 'secret').close()],
  ])('is refused when it is %s, and is left as it was', async (_, make) => {
    make();
    const before = readFileSync(path);
    await expect(SqliteEventStore.open(path)).rejects.toBeInstanceOf(StoreRefused);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  test.each([4_096 * 3, 4_096 * 3 + 17, 50])('is refused when it was cut to %d bytes, and is left as it was', async (size) => {
    await makeLog(100);
    truncateSync(path, size);
    const before = readFileSync(path);
    await expect(SqliteEventStore.open(path)).rejects.toBeInstanceOf(StoreRefused);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('is refused when it is missing and its changes are still there', async () => {
    writeFileSync(`${path}-wal`, 'changes');
    await expect(SqliteEventStore.open(path)).rejects.toBeInstanceOf(StoreRefused);
    expect(readdirSync(folder)).not.toContain('events.db');
  });

  test('is refused in a folder that is not there', async () => {
    await expect(SqliteEventStore.open(join(folder, 'missing', 'events.db'))).rejects.toBeInstanceOf(StoreRefused);
  });

  test('is refused to a second opener of the same process, and the first goes on', async () => {
    const store = await SqliteEventStore.open(path);
    await expect(SqliteEventStore.open(path)).rejects.toBeInstanceOf(StoreRefused);
    expect((await store.append('talks', 'none', [fact('still here')])).revision).toBe(0);
    await store.close();
  });

  test('is refused while another process holds it, with a sentence that says so', async () => {
    const writer = startWriter(path);
    await writer.lines.next();
    await expect(SqliteEventStore.open(path)).rejects.toMatchObject({ name: 'StoreRefused', message: expect.stringContaining('in use by another process') });
    writer.process.kill('SIGKILL');
    await once(writer.process, 'exit');
  });

  test('loses nothing acknowledged and holds no half of an append when its process is killed among concurrent appends', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      const writer = startWriter(path);
      for (let count = 0; count < 150; count += 1) acknowledged.push((await writer.lines.next()).value ?? 'the writer ended early');
      writer.process.kill('SIGKILL');
      for (let line = await writer.lines.next(); !line.done; line = await writer.lines.next()) acknowledged.push(line.value);
    }
    const stored = await revisionsByStream();
    expect(acknowledged.length).toBeGreaterThanOrEqual(300);
    expect(acknowledged.filter((stream) => !stored.has(stream))).toEqual([]);
    expect([...stored.values()].filter((revisions) => revisions !== '0,1,2,3,4')).toEqual([]);
  }, 30_000);

  test('is refused when it was cut and the changes of a killed process are beside it, and opened when it was not', async () => {
    await makeLog(100);
    const writer = startWriter(path);
    await writer.lines.next();
    writer.process.kill('SIGKILL');
    await once(writer.process, 'exit');
    const cut = join(folder, 'cut');
    mkdirSync(cut);
    for (const name of ['events.db', 'events.db-wal']) copyFileSync(join(folder, name), join(cut, name));
    truncateSync(join(cut, 'events.db'), 4_096 * 3);
    const contents = () => ['events.db', 'events.db-wal'].map((name) => [name, readFileSync(join(cut, name)).toString('base64')]);
    const before = contents();
    await expect(SqliteEventStore.open(join(cut, 'events.db'))).rejects.toMatchObject({ name: 'StoreRefused', message: expect.stringContaining('is truncated') });
    expect(contents()).toEqual(before);
    expect((await revisionsByStream()).get('talks')).toBe(Array.from({ length: 100 }, (_, revision) => revision).join());
  }, 30_000);

  test('loses nothing acknowledged, holds no half of an append and stays readable when the disk takes no more', async () => {
    const { acknowledged, errors, readable } = run('append-until-full.js', path, '2000') as { acknowledged: string[]; errors: string[]; readable: number };
    const stored = await revisionsByStream();
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(errors).toEqual(['OutcomeUnknown']);
    expect(readable).toBe(acknowledged.length * 5);
    expect(acknowledged.filter((stream) => stored.get(stream) !== '0,1,2,3,4')).toEqual([]);
    expect([...stored.values()].filter((revisions) => revisions !== '0,1,2,3,4')).toEqual([]);
  }, 30_000);

  test('fails an append that cannot be written alone and whole, and writes what shares its transaction', async () => {
    await makeLog(1);
    const writer = new LogWriter(path);
    const append = (stream: string, ...facts: NewFact[]) => ({ kind: 'append', stream, expected: 'none', facts }) as const;
    // Cast: what SQLite refuses is nothing that the types allow.
    const impossible = { ...fact('impossible'), data: null as unknown as string };
    const outcomes = writer.answer([append('before', fact('1')), append('broken', fact('2'), impossible), append('after', fact('3'))]);
    writer.close();
    expect(outcomes.map(({ kind }) => kind)).toEqual(['appended', 'unavailable', 'appended']);
    expect([...(await revisionsByStream())]).toEqual([['talks', '0'], ['before', '0'], ['after', '0']]);
  });

  test('is written on by a new writer when the writer died: what was unknown is known when it is repeated, and written once', async () => {
    expect(run('append-while-writers-die.js', path)).toEqual({ manyDied: true, revisions: [4], told: 200, inOrder: true });
    const stored = await revisionsByStream();
    expect([...stored.values()]).toEqual(Array.from({ length: 40 }, () => '0,1,2,3,4'));
  }, 30_000);
});
