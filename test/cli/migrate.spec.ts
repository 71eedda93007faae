import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../src/cli/migrate.cli.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { KurrentDbEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import { gather } from '../event-store/event-store.contract.js';
import { fill, secret } from '../event-store/filled.js';
import { Double } from '../event-store/kurrentdb/double.js';
import { ran } from './terminal.js';

let folder: string;
let double: Double;
let child: ChildProcess | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-migrate-'));
  double = await Double.start();
  const [log, keys] = [await SqliteEventStore.open(join(folder, 'events.db')), SqliteKeys.open(join(folder, 'keys.db'), secret)];
  await fill(log, keys);
  await log.close();
  await keys.close();
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await double.stop();
  rmSync(folder, { recursive: true, force: true });
});

const settings = () => ({ BARAZA_DATA: folder, BARAZA_SECRET: secret, BARAZA_TOKEN: 'a-token-for-the-tests', KURRENTDB_URL: double.url });
/** Runs the command to its end, in a process of its own. */
const inProcess = async () => {
  const running = spawn(process.execPath, ['--no-warnings', 'dist/cli/cli.js', 'migrate'], { env: { PATH: process.env['PATH'], ...settings() } });
  child = running;
  let [out, err] = ['', ''];
  running.stdout.on('data', (text: Buffer) => (out += text.toString()));
  running.stderr.on('data', (text: Buffer) => (err += text.toString()));
  const [code] = (await once(running, 'close')) as [number | null];
  return { code, out, err };
};

const run = (args: readonly string[] = [], environment: Record<string, string> = {}) => ran(migrate, args, { ...settings(), ...environment });

const told = async (log: EventStore) => {
  const facts = (await gather(log.readAll())).map(({ position: _, ...rest }) => rest);
  await log.close();
  return facts;
};
const inFiles = async (path: string) => told(await SqliteEventStore.open(join(path, 'events.db')));
const inKurrentDb = async () => told(await KurrentDbEventStore.open({ url: double.url }));

describe('baraza migrate', () => {
  it('goes on after it was killed, wherever that was, and says in plain lines what it does and did', async () => {
    const facts = await inFiles(folder);
    // Killed at its so-manieth append: when its log is named, when the keys come, and in the middle of the facts. What it wrote last it never hears of.
    for (const kill of [1, 5, 20]) {
      let left = kill;
      double.fate = () => ((left -= 1) === 0 && child?.kill('SIGKILL') ? 'never' : 'answered');
      expect(await inProcess()).toMatchObject({ code: null });
    }
    double.fate = () => 'answered';
    await expect(inFiles(folder)).rejects.toThrow(/is closed: everything in it was moved/);
    await expect(inKurrentDb()).rejects.toThrow(/is the unfinished copy of log/);
    const { code, out, err } = await inProcess();
    expect({ code, err }).toEqual({ code: 0, err: `Copying ${facts.length} facts.\nComparing ${facts.length} facts.\n` });
    expect(out).toMatch(new RegExp(`^Moved from the event log ${folder}/events\\.db to the log in the KurrentDB, and compared: ${facts.length} facts, 1 deleted streams, 3 keys\\. It is log [0-9a-f-]{36} now\\.\nStart the nodes with KURRENTDB_URL`));
    expect(await inKurrentDb()).toEqual(facts);

    expect(await run()).toEqual({ ended: expect.stringMatching(/^StoreRefused: .* was moved to the log in the KurrentDB already/), out: '' });
  }, 120_000);

  it('is refused with a sentence, and changes nothing, when it is called wrongly or cannot be', async () => {
    expect(await run(['--elsewhere'])).toEqual({ ended: expect.stringMatching(/^WrongUse: migrate takes --back or nothing/), out: '' });
    expect(await run([], { BARAZA_SECRET: 'another secret of more than thirty-two characters' })).toEqual({ ended: expect.stringMatching(/^StoreRefused: BARAZA_SECRET is not the secret/), out: '' });
    expect(await run([], { BARAZA_DATA: join(folder, 'nowhere') })).toEqual({ ended: expect.stringMatching(/^StoreRefused: There is no event log/), out: '' });
    const node = await SqliteEventStore.open(join(folder, 'events.db'));
    expect(await run()).toEqual({ ended: expect.stringMatching(/^StoreRefused: .* is in use by another process/), out: '' });
    expect((await told(node)).length).toBeGreaterThan(0);
  }, 120_000);
});
