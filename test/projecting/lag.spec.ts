import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { EventStore } from '../../src/event-store/event-store.js';
import { KurrentDbEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { lagOf } from '../../src/projecting/lag.js';
import { Double } from '../event-store/kurrentdb/double.js';

const noon = Date.parse('2013-03-01T12:00:00Z');
/** A fact that was recorded so many seconds before noon. */
const recorded = (secondsAgo: number) => ({ id: randomUUID(), type: 'Noted', data: '{}', metadata: JSON.stringify({ at: new Date(noon - secondsAgo * 1_000).toISOString() }) });

const stores: readonly [string, () => Promise<{ store: EventStore; end: () => Promise<void> }>][] = [
  ['SQLite', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'baraza-'));
    const store = await SqliteEventStore.open(join(folder, 'log.db'));
    return { store, end: async () => (await store.close(), rmSync(folder, { recursive: true })) };
  }],
  ['a KurrentDB', async () => {
    const double = await Double.start();
    const store = await KurrentDbEventStore.open({ url: double.url });
    return { store, end: async () => (await store.close(), double.stop()) };
  }],
];

describe.each(stores)('How far a read model is behind a log in %s', (_, open) => {
  it('is told in facts that it has not read, and how long the oldest of them waits', async () => {
    const { store, end } = await open();
    const { position } = await store.append('talks', 'none', [recorded(3_600)]);
    await store.append('talks', 0, [recorded(90), recorded(60)]);
    const last = await store.append('walks', 'none', [recorded(30)]);
    expect([await lagOf(store, 0n, noon), await lagOf(store, position, noon), await lagOf(store, last.position, noon)]).toEqual([
      { events: 4, seconds: 3_600 }, { events: 3, seconds: 90 }, { events: 0, seconds: 0 },
    ]);
    // Of a node whose clock is a little ahead.
    expect(await lagOf(store, position, noon - 100_000)).toEqual({ events: 3, seconds: 0 });
    await end();
  });

  it('is counted up to a thousand', async () => {
    const { store, end } = await open();
    await store.append('talks', 'none', Array.from({ length: 1_000 }, () => recorded(5)));
    expect(await lagOf(store, 0n, noon)).toEqual({ events: 1_000, seconds: 5 });
    await store.append('talks', 999, [recorded(5)]);
    expect(await lagOf(store, 0n, noon)).toEqual({ events: 1_000, orMore: true, seconds: 5 });
    await end();
  });
});
