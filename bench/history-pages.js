/**
 * Pages of a history with a million facts, a quarter of them of one convening: the rows are made by the projector itself from the same few
 * commands over and over, since a log of as many would take longer to write than all the rest. Takes some two minutes.
 */
import { join } from 'node:path';
import { conveningCatalogue } from '../dist/convening/convening.events.js';
import { Codec } from '../dist/event-store/codec.js';
import { newId } from '../dist/event-store/new-id.js';
import { Sealing } from '../dist/event-store/sealing.js';
import { SqliteEventStore } from '../dist/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../dist/event-store/sqlite/sqlite-keys.js';
import { groupsOf } from '../dist/history/groups.queries.js';
import { projection } from '../dist/history/history.projection.js';
import { HistoryRows } from '../dist/history/rows.projection.js';
import { filterTerm, wordTerm } from '../dist/history/terms.projection.js';
import { ReadDatabase } from '../dist/projecting/read-database.js';
import { RowsReader } from '../dist/projecting/rows-reader.js';
import { inFolder, median, progress, table, whole } from './measure.js';
import { fill } from './rebuild.js';

const written = 20_000;
const all = 1_000_000;
const largest = 250_000;
const perCommit = 10_000;
const looks = 15;
const length = 50;

/** @param {string} folder */
const writtenFacts = async (folder) => {
  const store = await SqliteEventStore.open(join(folder, 'events.db'));
  const keys = SqliteKeys.open(join(folder, 'keys.db'), 'a secret for the bench');
  const sealing = new Sealing(keys);
  await fill(store, new Codec(conveningCatalogue, sealing, newId), sealing, written);
  const facts = [];
  for await (const page of store.readAll()) facts.push(...page);
  await Promise.all([store.close(), keys.close()]);
  return { facts, logId: store.logId };
};

/** The rows of a million facts. @param {string} path */
const layRows = (path, { facts, logId }) => {
  const file = ReadDatabase.open(path, projection, logId);
  const projector = projection.open(file.database, path);
  let revision = 0;
  for (let told = 0; told < all; told += perCommit) {
    const isLarge = told >= all - largest;
    const copy = Math.floor(told / facts.length);
    file.begin();
    const streams = new Set();
    for (const fact of facts.slice(told % facts.length, (told % facts.length) + perCommit)) {
      const stream = isLarge ? 'convening-large' : `${fact.stream}-${copy}`;
      projector.apply({ ...fact, stream, ...(isLarge && { revision: revision++ }) });
      streams.add(stream);
    }
    for (const stream of streams) projector.write(stream);
    file.commit(1n, [], []);
    if ((told / perCommit) % 10 === 9) progress(`${whole(told + perCommit)} facts have their rows`);
  }
  return file;
};

/** What a page under this filter costs, groups and looks at what is before and behind it included: milliseconds of the processor. */
const page = (reader, rows, wanted) => {
  const spent = Array.from({ length: looks }, () => {
    const before = process.cpuUsage();
    reader.together(() => {
      const found = rows.facts(wanted);
      groupsOf(rows, wanted.stream, wanted.newestFirst ? found : found.reverse(), true);
      for (const range of [{ most: (found.at(-1)?.revision ?? 0) - 1 }, { least: (found[0]?.revision ?? 0) + 1 }]) rows.facts({ ...wanted, ...range, limit: 1 });
    });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return { 'median ms': median(spent), 'most ms': Math.max(...spent), 'aim ms': 20 };
};

export const measurePages = () =>
  inFolder(async (folder) => {
    progress(`writing ${whole(written)} facts, then the rows of ${whole(all)}`);
    const path = join(folder, 'history.db');
    const file = layRows(path, await writtenFacts(folder));
    await file.finish();
    const reader = new RowsReader(path);
    const rows = new HistoryRows((sql) => reader.statement(sql));
    const { number: stream, revision: most } = rows.stream('convening-large');
    const term = (/** @type {Parameters<typeof filterTerm>[0]} */ kind, /** @type {string} */ id) => `"${filterTerm(kind, id, stream)}"`;
    const word = (/** @type {string} */ text) => `"${wordTerm(text, stream)}"`;
    const { actor } = rows.fact(stream, 0);
    const filters = {
      'nothing in particular': undefined,
      'an actor, of every fact': term('actor', actor),
      'a type': term('type', 'AppearanceConfirmed'),
      'a session': term('session', 'session-3'),
      'a type, a room and a word': `${term('type', 'SessionScheduled')} AND ${term('room', 'hall-2')} AND ${word('panel')}`,
      'two types, so nothing': `${term('type', 'SessionPlanned')} AND ${term('type', 'AppearanceConfirmed')}`,
      'a word that names 300 people': `(${[word('panel'), ...Array.from({ length: 300 }, (_, n) => term('person', `nobody-${n}`))].join(' OR ')})`,
    };
    const shown = [];
    for (const [filter, terms] of Object.entries(filters))
      for (const newestFirst of [true, false])
        shown.push({ filter, from: newestFirst ? 'the end' : 'the beginning', ...page(reader, rows, { stream, ...(terms && { terms }), least: 0, most, newestFirst, limit: length }) });
    reader.close();
    file.close();
    table(`A page of ${length} facts of a history of ${whole(all)}, ${whole(largest)} of them of one convening`, shown);
    return shown;
  });
