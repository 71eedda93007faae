import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { verify as verifyTool } from '../../src/cli/verify.cli.js';
import { canonicalJson } from '../../src/event-store/canonical.js';
import { hashOf } from '../../src/event-store/chain.js';
import { StoreRefused, StoreUnavailable, type NewFact } from '../../src/event-store/event-store.js';
import { KurrentDbEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { openDatabase, type Database } from '../../src/event-store/sqlite/database.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { Double } from './kurrentdb/double.js';

/** A chain of facts as the codec makes it, without its catalogue. */
const chain = (count: number, prev: string | null = null, at = 0): NewFact[] => {
  const facts: NewFact[] = [];
  for (let index = 0; index < count; index++) {
    const last = facts.at(-1);
    facts.push({
      id: randomUUID(),
      type: 'RoomRenamed',
      data: canonicalJson({ room: `room-${at + index}`, to: { en: `Hall “${at + index}”` } }),
      metadata: canonicalJson({ actor: randomUUID(), at: '2013-05-01T08:00:00.000Z', commandId: 'c', correlationId: 'c', prev: last ? hashOf(last) : prev, schema: 1 }),
    });
  }
  return facts;
};

/** Runs the tool on the log of this folder. */
const verify = async (folder: string, options: readonly string[] = [], more: Record<string, string> = {}): Promise<{ code: number; said: string }> => {
  const said: string[] = [];
  const told = new Writable({ write: (chunk, _encoding, done) => (said.push(String(chunk)), done()) });
  const code = await verifyTool.run(options, { in: process.stdin, out: told, err: told, environment: { BARAZA_DATA: folder, ...more } });
  return { code, said: said.join('') };
};

/** The same number each time, so that a failure can be seen again. */
const dice = (seed: number) => (below: number) => createHash('sha256').update(`${(seed += 1)}`).digest().readUInt32BE() % below;

describe('baraza verify', () => {
  const streams = ['convening-arusha-2013', 'convening-geneva-2014', 'registrations-arusha-2013'];
  const length = 12;
  let whole: string;
  let folder: string;

  beforeAll(async () => {
    whole = mkdtempSync(join(tmpdir(), 'baraza-'));
    const store = await SqliteEventStore.open(join(whole, 'events.db'));
    const left = new Map(streams.map((stream) => [stream, chain(length)]));
    for (let at = 0; at < length; at += 3) for (const stream of streams) await store.append(stream, at === 0 ? 'none' : at - 1, left.get(stream)!.slice(at, at + 3));
    await store.append('convening-cancelled', 'none', chain(4));
    await store.deleteStream('convening-cancelled');
    await store.close();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baraza-'));
    copyFileSync(join(whole, 'events.db'), join(folder, 'events.db'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  afterAll(() => rmSync(whole, { recursive: true, force: true }));

  const alter = (change: (database: Database) => void) => {
    const database = openDatabase(join(folder, 'events.db'));
    try {
      change(database);
    } finally {
      database.close();
    }
  };
  const sql = (...statements: string[]) => () => alter((database) => statements.forEach((statement) => database.exec(statement)));
  const arusha = "stream = 'convening-arusha-2013'";

  it('finds a log whole that nobody touched, deletions of whole streams included', async () => {
    expect(await verify(folder)).toEqual({ code: 0, said: expect.stringMatching(/36 facts of 3 streams read in [\d.]+ s\nThe log is whole/) });
  });

  it('does not call a log whole that has no fact, as a copy without its -wal file may', async () => {
    rmSync(join(folder, 'events.db'));
    const store = await SqliteEventStore.open(join(folder, 'events.db'));
    await store.append('convening-arusha-2013', 'none', chain(3));
    const copy = mkdtempSync(join(tmpdir(), 'baraza-'));
    copyFileSync(join(folder, 'events.db'), join(copy, 'events.db'));
    const kept = join(copy, 'ends.txt');
    expect(await verify(copy, ['--keep-ends', kept])).toEqual({ code: 1, said: expect.stringMatching(/0 facts of 0 streams read in [\d.]+ s\nThe log has no fact, so nothing is proven\..*-wal/) });
    expect(existsSync(kept)).toBe(false);
    await store.close();
    rmSync(copy, { recursive: true });
    expect(await verify(folder)).toEqual({ code: 0, said: expect.stringMatching(/3 facts of 1 streams read in [\d.]+ s\nThe log is whole/) });
  });

  it.each<[string, () => void, string]>([
    ['the data of a fact', sql(`UPDATE events SET data = replace(data, 'room-5', 'room-6') WHERE ${arusha} AND revision = 5`), 'convening-arusha-2013, fact 5: altered'],
    ['the data of the first', sql(`UPDATE events SET data = replace(data, 'room-0', 'room-9') WHERE ${arusha} AND revision = 0`), 'convening-arusha-2013, fact 0: altered'],
    ['the data of the last but one', sql(`UPDATE events SET data = replace(data, 'room-10', 'room-9') WHERE ${arusha} AND revision = 10`), 'convening-arusha-2013, fact 10: altered'],
    ['the data of the last', sql(`UPDATE events SET data = replace(data, 'room-11', 'room-9') WHERE ${arusha} AND revision = 11`), 'convening-arusha-2013, fact 11: altered'],
    ['the instant of a fact', sql(`UPDATE events SET metadata = replace(metadata, '2013-05-01', '2013-04-01') WHERE ${arusha} AND revision = 7`), 'convening-arusha-2013, fact 7: altered'],
    ['its own link to the one before', sql(`UPDATE events SET metadata = replace(metadata, '"prev":"', '"prev":"0') WHERE ${arusha} AND revision = 7`), 'convening-arusha-2013, fact 7: altered'],
    ['its type', sql(`UPDATE events SET type = 'RoomRemoved' WHERE ${arusha} AND revision = 3`), 'convening-arusha-2013, fact 3: altered'],
    ['its id', sql(`UPDATE events SET id = '${randomUUID()}' WHERE ${arusha} AND revision = 3`), 'convening-arusha-2013, fact 3: altered'],
    ['a fact taken out', sql(`DELETE FROM events WHERE ${arusha} AND revision = 6`), 'convening-arusha-2013, fact 6: removed'],
    ['the last taken off', sql(`DELETE FROM events WHERE ${arusha} AND revision = 11`), 'convening-arusha-2013, fact 11: removed'],
    ['the first taken off', sql(`DELETE FROM events WHERE ${arusha} AND revision = 0`), 'convening-arusha-2013, fact 0: removed'],
    ['a whole stream', sql(`DELETE FROM events WHERE ${arusha}`), 'convening-arusha-2013, fact 0: removed'],
    ['a stream of one fact and its noted end', sql("UPDATE deleted_streams SET facts = facts - 1"), '1 fact that was in the log is not there, nor the stream it was of.'],
    ['a whole stream and its noted end', sql(`DELETE FROM events WHERE ${arusha}`, `DELETE FROM ends WHERE ${arusha}`), '12 facts that were in the log are not there'],
    ['the noted end', sql(`UPDATE ends SET hash = replace(hash, substr(hash, 1, 4), '0000') WHERE ${arusha}`), 'convening-arusha-2013, fact 11: altered'],
    ['another name for a stream', sql(`UPDATE events SET stream = 'convening-arusha-2014' WHERE ${arusha}`), 'convening-arusha-2013, fact 0: removed'],
    ['a fact from nowhere at the end', sql(`INSERT INTO events (stream, revision, id, type, data, metadata) SELECT stream, 12, 'x', type, data, metadata FROM events WHERE ${arusha} AND revision = 11`), 'convening-arusha-2013, fact 12: '],
  ])('names what was touched: %s', async (_, touch, named) => {
    touch();
    expect(await verify(folder)).toEqual({ code: 1, said: expect.stringContaining(named) });
  });

  it.each<[string, () => void, string]>([
    ['behind what was written after it', sql(`UPDATE events SET position = 40 WHERE ${arusha} AND revision = 5`), 'fact 5: moved; it stands in the log behind facts that were written after it'],
    ['before what was written before it', () => alter((database) => {
      const at = (revision: number) => (database.prepare(`SELECT position FROM events WHERE ${arusha} AND revision = ${revision}`).get() as { position: number }).position;
      const [four, five] = [at(4), at(5)];
      for (const [revision, position] of [[4, -1], [5, four], [4, five]]) database.exec(`UPDATE events SET position = ${position} WHERE ${arusha} AND revision = ${revision}`);
    }), 'fact 4: moved; it stands in the log behind facts that were written after it'],
    ['to where the log never gave out a position', sql(`UPDATE events SET position = 1000 WHERE ${arusha} AND revision = 5`), 'fact 5: moved; it stands at position 1000, which the log never gave out'],
    ['there, of the last of its stream', sql(`UPDATE events SET position = 0 WHERE ${arusha} AND revision = 11`), 'fact 11: moved; it stands at position 0, which the log never gave out'],
  ])('tells a fact whose position was changed from one that is gone: %s', async (_, touch, named) => {
    touch();
    expect(await verify(folder)).toEqual({ code: 1, said: expect.stringContaining(`convening-arusha-2013, ${named}`) });
  });

  it('tells a fact from nowhere at a position that was never given out', async () => {
    sql(`INSERT INTO events SELECT 50, stream, 12, 'x', type, data, metadata FROM events WHERE ${arusha} AND revision = 11`, "UPDATE sqlite_sequence SET seq = 40 WHERE name = 'events'")();
    expect(await verify(folder)).toEqual({ code: 1, said: expect.stringContaining('convening-arusha-2013, fact 12: inserted; it stands at position 50, which the log never gave out') });
  });

  it('names where a fact was pushed in between', async () => {
    const later = 'UPDATE events SET revision = revision + 1000 WHERE';
    sql(`${later} ${arusha} AND revision > 4`, `UPDATE events SET revision = revision - 999 WHERE ${arusha} AND revision > 1000`,
      `INSERT INTO events (stream, revision, id, type, data, metadata) SELECT stream, 5, 'x', type, data, metadata FROM events WHERE ${arusha} AND revision = 4`)();
    // The one pushed in stands last in the log: where the stream goes on without it, it is missing.
    expect((await verify(folder)).said).toMatch(/convening-arusha-2013, fact 5: removed; fact 6 follows fact 4/);
  });

  it('names a fact behind the end, though it continues the chain', async () => {
    alter((database) => {
      const last = database.prepare(`SELECT id, type, data, metadata FROM events WHERE ${arusha} AND revision = 11`).get() as unknown as NewFact;
      const [next] = chain(1, hashOf(last), 12);
      database.prepare("INSERT INTO events (stream, revision, id, type, data, metadata) VALUES ('convening-arusha-2013', 12, ?, ?, ?, ?)").run(next!.id, next!.type, next!.data, next!.metadata);
    });
    expect(await verify(folder)).toEqual({ code: 1, said: expect.stringContaining('convening-arusha-2013, fact 12: inserted') });
  });

  it('finds a log of an earlier release whole, and notes its ends when it is opened', async () => {
    sql('DROP TABLE ends', 'ALTER TABLE deleted_streams DROP COLUMN facts', 'PRAGMA user_version = 1')();
    expect((await verify(folder)).code).toBe(0);
    await (await SqliteEventStore.open(join(folder, 'events.db'))).close();
    expect((await verify(folder)).code).toBe(0);
    sql(`DELETE FROM events WHERE ${arusha} AND revision = 11`)();
    expect((await verify(folder)).said).toContain('convening-arusha-2013, fact 11: removed');
  });

  it('finds what was forged with the noted ends too, where ends were kept elsewhere; growth is no fault', async () => {
    const kept = join(folder, 'ends.txt');
    expect((await verify(folder, ['--keep-ends', kept])).code).toBe(0);
    const store = await SqliteEventStore.open(join(folder, 'events.db'));
    const end = readFileSync(kept, 'utf8').split('\n').find((line) => line.startsWith('convening-arusha'))!.split(' ')[2]!;
    await store.append('convening-arusha-2013', 11, chain(2, end, 12));
    await store.close();
    expect((await verify(folder, ['--against', kept])).code).toBe(0);
    // A forger who knows everything: another history of the same length, with its ends.
    alter((database) => {
      const forged = chain(14);
      const set = database.prepare(`UPDATE events SET id = ?, type = ?, data = ?, metadata = ? WHERE ${arusha} AND revision = ?`);
      forged.forEach(({ id, type, data, metadata }, revision) => set.run(id, type, data, metadata, revision));
      database.prepare(`UPDATE ends SET hash = ? WHERE ${arusha}`).run(hashOf(forged.at(-1)!));
    });
    expect((await verify(folder)).code).toBe(0);
    expect(await verify(folder, ['--against', kept])).toEqual({ code: 1, said: expect.stringContaining('convening-arusha-2013, fact 11: altered; it was the stream\'s end') });
  });

  it('finds a hundred random alterations of the file, each by itself', async () => {
    const pick = dice(2013);
    const read = () => {
      const database = openDatabase(join(folder, 'events.db'), { readOnly: true });
      try {
        return JSON.stringify(database.prepare('SELECT * FROM events ORDER BY stream, revision').all());
      } catch {
        return 'unreadable';
      } finally {
        database.close();
      }
    };
    const original = readFileSync(join(whole, 'events.db'));
    const before = read();
    const unseen: string[] = [];
    for (let altered = 0; altered < 100; ) {
      const bytes = Buffer.from(original);
      const at = pick(bytes.length);
      bytes[at] = bytes[at]! ^ (1 << pick(8));
      writeFileSync(join(folder, 'events.db'), bytes);
      // A byte that nothing uses alters nothing of what the log says.
      if (read() === before) continue;
      altered += 1;
      const { code } = await verify(folder).catch((error: unknown) => ({ code: error instanceof StoreRefused || error instanceof StoreUnavailable ? 1 : 0 }));
      if (code === 0) unseen.push(`byte ${at}`);
    }
    expect(unseen).toEqual([]);
  }, 60_000);

  it.each([
    ['an option it does not have', ['--quietly'], /Unknown option '--quietly'/],
    ['a list of ends that is not there', ['--against', 'nowhere.txt'], /The file \/.*\/nowhere\.txt is not there/],
    ['a folder for a list of ends', ['--against', 'src'], /The file \/.*\/src cannot be read: /],
    ['a folder that is not there to keep the ends in', ['--keep-ends', 'nowhere/ends.txt'], /The ends cannot be kept in \/.*\/nowhere\/ends\.txt: /],
    ['a folder to keep the ends in', ['--keep-ends', 'src'], /The ends cannot be kept in \/.*\/src: /],
    ['what is no list of ends', ['--against', 'package.json'], /Line 1 of \/.*\/package\.json is not/],
  ])('refuses %s', async (_, options, sentence) => {
    await expect(verify(folder, options)).rejects.toThrow(sentence);
  });
});

describe('baraza verify, of a KurrentDB', () => {
  const streams = ['convening-arusha-2013', 'convening-geneva-2014'];
  let double: Double;
  let store: KurrentDbEventStore;
  const verifyThere = () => verify(tmpdir(), [], { BARAZA_SECRET: 'x'.repeat(32), BARAZA_TOKEN: 'a-token-for-the-tests', KURRENTDB_URL: double.url });

  beforeEach(async () => {
    double = await Double.start();
    store = await KurrentDbEventStore.open({ url: double.url });
    for (const stream of streams) await store.append(stream, 'none', chain(5));
  });
  afterEach(async () => {
    await store.close();
    await double.stop();
  });

  it('finds it whole, and names what does not continue what stood before it', async () => {
    expect(await verifyThere()).toEqual({ code: 0, said: expect.stringMatching(/^10 facts of 2 streams read in [\d.]+ s\nThe log is whole/) });
    const [first, second] = [chain(1, 'f'.repeat(64), 5)[0]!, chain(1, null, 6)[0]!];
    await store.append('convening-geneva-2014', 4, [first, second]);
    expect(await verifyThere()).toEqual({ code: 1, said: expect.stringContaining('convening-geneva-2014, fact 5: altered; it neither continues fact 4 nor is continued by fact 6') });
  });
});

describe('The command baraza', () => {
  const baraza = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', 'dist/cli/cli.js', ...args], { env: { BARAZA_DATA: join(tmpdir(), 'nowhere') }, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  it.each([
    ['lists its tools', [], { status: 0, stdout: expect.stringMatching(/verify +is the log whole/), stderr: '' }],
    ['tells how one is used', ['verify', '--help'], { status: 0, stdout: expect.stringMatching(/^baraza verify/), stderr: '' }],
    ['knows no other', ['prove'], { status: 2, stdout: '', stderr: expect.stringMatching(/^There is no tool prove\./) }],
    ['tells how, when it was called wrongly', ['verify', '--quietly'], { status: 2, stdout: '', stderr: expect.stringMatching(/^Unknown option '--quietly'.* See baraza verify --help\.\n$/) }],
    ['says in a sentence what it cannot do', ['verify'], { status: 1, stdout: '', stderr: expect.stringMatching(/^There is no event log .*\n$/) }],
  ])('%s', (_, args, answer) => {
    expect(baraza(...args)).toEqual(answer);
  });
});
