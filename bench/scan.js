/** Reading the whole log of 200,000 facts, next to the same rows read from the table in pages and nothing done with them. */
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openDatabase } from '../dist/event-store/sqlite/database.js';
import { SqliteEventStore } from '../dist/event-store/sqlite/sqlite-event-store.js';
import { fact } from './appends.js';
import { inFolder, median, progress, sideBySide, table, watchingTheLoop, whole } from './measure.js';

const count = 200_000;
const perAppend = 500;
const page = 1_000;
const rounds = 5;

/** @param {SqliteEventStore} store */
const fill = async (store) => {
  const each = 20;
  for (let stream = 0; stream < count / perAppend / each; stream += 1) {
    const name = `convening-${stream}`;
    for (let part = 0; part < each; part += 1) {
      await store.append(name, part === 0 ? 'none' : part * perAppend - 1, Array.from({ length: perAppend }, fact));
    }
  }
};

/** How many a second. @param {() => Promise<number> | number} read gives how many were read */
const rate = async (read) => {
  const begin = performance.now();
  const facts = await read();
  if (facts !== count) throw new Error(`${facts} facts were read, and there are ${count}.`);
  return (count / (performance.now() - begin)) * 1_000;
};

/** @param {AsyncIterable<readonly unknown[]>} pages */
const counted = async (pages) => {
  let facts = 0;
  for await (const { length } of pages) facts += length;
  return facts;
};

export const measureScan = () =>
  inFolder(async (folder) => {
    progress(`writing ${whole(count)} facts`);
    const path = join(folder, 'events.db');
    const store = await SqliteEventStore.open(path);
    await fill(store);
    const database = openDatabase(path, { readOnly: true });
    const next = database.prepare('SELECT position, stream, revision, id, type, data, metadata FROM events WHERE position > ? ORDER BY position LIMIT ?');
    const raw = () => {
      let facts = 0;
      for (let after = 0, rows = []; ; after = rows.at(-1).position) {
        rows = next.all(after, page);
        if (rows.length === 0) return facts;
        facts += rows.length;
      }
    };
    const rows = [];
    /** @type {[string, () => AsyncIterable<readonly unknown[]>][]} */
    const readings = [
      ['all', () => store.readAll()],
      ['all, by the beginning of names', () => store.readAll({ streams: ['convening-'] })],
    ];
    for (const [name, read] of readings) {
      progress(`reading ${name}`);
      /** @type {number[]} */
      const late = [];
      const result = await sideBySide({
        rounds,
        baseline: () => rate(raw),
        ours: async () => {
          const watched = await watchingTheLoop(() => rate(() => counted(read())));
          late.push(watched.late99);
          return watched.result;
        },
      });
      rows.push({ reading: name, 'raw scan/s': result.baseline, 'facts/s': result.ours, ratio: result.ratio, 'loop p99 ms': median(late) });
    }
    database.close();
    await store.close();
    table(`Reading a log of ${whole(count)} facts`, rows);
    return rows;
  });
