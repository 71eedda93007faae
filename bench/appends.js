/** Durable appends of one fact each, to streams of their own, next to a raw group commit on the same disk. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { SqliteEventStore } from '../dist/event-store/sqlite/sqlite-event-store.js';
import { inFolder, median, perSecond, progress, sideBySide, table, watchingTheLoop } from './measure.js';
import { openRawGroupCommit } from './raw-group-commit.js';

const atOnce = [1, 8, 32, 128, 512];
const seconds = 0.7;
const rounds = 5;

/** A fact of about 490 bytes, as sessions' are. */
export const fact = () => ({
  id: v7(),
  type: 'SessionScheduled',
  data: `{"session":"panel-2","to":{"end":"2013-05-27T12:30+03:00","room":"simba","start":"2013-05-27T11:00+03:00"},"why":"${'x'.repeat(60)}"}`,
  metadata: `{"actor":"${randomUUID()}","at":"2013-03-01T08:00:00.000Z","commandId":"${randomUUID()}","correlationId":"${randomUUID()}","prev":"${'0'.repeat(64)}","schema":1}`,
});

/**
 * Each client appends to a stream of its own; the next fact when the last is on the disk.
 * @param {(stream: string, revision: number) => Promise<unknown>} append
 */
export const clients = (append) => {
  const run = randomUUID();
  /** @type {number[]} */
  const revisions = [];
  return (/** @type {number} */ client) => append(`convening-${run}-${client}`, (revisions[client] = (revisions[client] ?? -1) + 1));
};

export const measureAppends = () =>
  inFolder(async (folder) => {
    const raw = await openRawGroupCommit(join(folder, 'raw.db'));
    const store = await SqliteEventStore.open(join(folder, 'events.db'));
    const rows = [];
    for (const count of atOnce) {
      progress(`appends, ${count} at once`);
      /** @type {number[]} */
      const late = [];
      const result = await sideBySide({
        rounds,
        baseline: () => perSecond(count, seconds, clients((stream, revision) => raw.append({ stream, revision, ...fact() }))),
        ours: async () => {
          const ours = clients((stream, revision) => store.append(stream, revision === 0 ? 'none' : revision - 1, [fact()]));
          const watched = await watchingTheLoop(() => perSecond(count, seconds, ours));
          late.push(watched.late99);
          return watched.result;
        },
      });
      rows.push({
        'at once': count,
        'raw group commit/s': result.baseline,
        'appends/s': result.ours,
        ratio: result.ratio,
        aim: count === 128 ? 0.8 : '',
        'loop p99 ms': median(late),
      });
    }
    await store.close();
    await raw.close();
    table('Durable appends, one fact of about 490 bytes each, next to a raw group commit in a worker thread', rows);
    return rows;
  });
