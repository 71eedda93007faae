import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { restored } from '../../src/cli/restored.cli.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { KurrentDbEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { fact, gather } from '../event-store/event-store.contract.js';
import { Double } from '../event-store/kurrentdb/double.js';
import { ran } from './terminal.js';

let folder: string;
let double: Double;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-restored-'));
  double = await Double.start();
});
afterEach(async () => {
  await double.stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (environment: Record<string, string> = {}, ...args: string[]) => ran(restored, args, { BARAZA_DATA: folder, ...environment });

/** The id and the facts of a log. */
const told = async (log: EventStore) => {
  const facts = await gather(log.readAll());
  await log.close();
  return { id: log.logId, facts };
};

describe.each([
  ['a file', () => SqliteEventStore.open(join(folder, 'events.db')), () => ({})],
  ['a KurrentDB', () => KurrentDbEventStore.open({ url: double.url }), () => ({ KURRENTDB_URL: double.url, BARAZA_TOKEN: 'a-token-for-the-tests', BARAZA_SECRET: 'a secret of more than thirty-two characters' })],
] as const)('A log in %s that was put back from a backup', (_, open, environment) => {
  it('has another id from then on, and its facts at their revisions; said again, another once more', async () => {
    const log = await open();
    await log.append('convening-x', 'none', [fact('one'), fact('two')]);
    const ids = [log.logId];
    const { facts } = await told(log);
    for (let time = 0; time < 2; time += 1) {
      const { ended, out } = await run(environment());
      const now = await told(await open());
      expect({ ended, out: out.replace(/^.*? was log/, 'It was log'), facts: now.facts }).toEqual({ ended: 0, out: `It was log ${ids.at(-1)}, and is log ${now.id} now. Start the nodes.\n`, facts });
      ids.push(now.id);
    }
    expect(new Set(ids).size).toBe(3);
  });
});

describe('baraza restored', () => {
  it('is refused with a sentence, and changes nothing, where a node uses the log, there is none, it is closed, or more is said', async () => {
    expect(await run()).toEqual({ ended: expect.stringMatching(/^StoreRefused: There is no event log/), out: '' });
    expect(await run({}, 'again')).toEqual({ ended: expect.stringMatching(/^WrongUse: restored takes nothing/), out: '' });
    const node = await SqliteEventStore.open(join(folder, 'events.db'));
    expect(await run()).toEqual({ ended: expect.stringMatching(/^StoreRefused: .* is in use by another process/), out: '' });
    node.stand({ movedTo: 'elsewhere' });
    await node.close();
    expect(await run()).toEqual({ ended: expect.stringMatching(/^StoreRefused: .* is closed: everything in it was moved/), out: '' });
    const moved = await SqliteEventStore.open(join(folder, 'events.db'), { toMove: true });
    expect((await told(moved)).id).toBe(node.logId);
  });
});
