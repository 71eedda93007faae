import { expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conveningCatalogue } from '../../src/convening/convening.events.js';
import { openDatabase } from '../../src/event-store/sqlite/database.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { projection } from '../../src/history/history.projection.js';
import { HistoryRows } from '../../src/history/rows.projection.js';
import { filterTerm } from '../../src/history/terms.projection.js';
import { convening } from './every-fact.js';
import { commands, written } from './written.js';

it('when all that the log held is written, the index is one piece, and finds what it found', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'baraza-'));
  const stream = 'convening-arusha-2013';
  await written(folder, commands(stream, conveningCatalogue, convening));
  const store = await SqliteEventStore.open(join(folder, 'events.db'));
  const database = openDatabase(':memory:');
  const kept = projection();
  kept.create(database);
  const projector = kept.open(database, ':memory:');
  for await (const page of store.readAll())
    for (const fact of page) {
      projector.apply(fact);
      projector.write(stream);
    }
  const rows = new HistoryRows((sql) => database.prepare(sql));
  const found = () => rows.facts({ stream: 1, terms: `"${filterTerm('room', 'simba', 1)}"`, least: 0, most: 1_000, newestFirst: true, limit: 50 });
  const [before, pieces] = [found(), database.prepare('SELECT count(DISTINCT segid) AS pieces FROM terms_idx')];
  expect(before).toHaveLength(8);
  projector.built();
  expect([pieces.get(), found()]).toEqual([{ pieces: 1 }, before]);
  database.close();
  await store.close();
  rmSync(folder, { recursive: true });
});
