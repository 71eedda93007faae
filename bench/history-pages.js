/**
 * Pages of a history with a million facts, a quarter of them of one convening: the rows are made by the projector itself from the same few
 * commands over and over, since a log of as many would take longer to write than all the rest. Then whole pages over HTTP, from a server that finds
 * these rows. Takes some three minutes.
 */
import { mkdirSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Secret } from '../dist/access/secret.js';
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
import { serve, token } from './http.js';
import { inFolder, median, progress, table, whole } from './measure.js';
import { fill } from './rebuild.js';

const written = 20_000;
const all = 1_000_000;
const largest = 250_000;
const perCommit = 10_000;
const looks = 15;
const length = 50;
/** A convening of the log, whose history is made a quarter of a million facts long: names in facts of others are withheld in it. */
const large = 'meeting-0';
const kept = projection();

/** @param {string} folder */
const writtenFacts = async (folder) => {
  const store = await SqliteEventStore.open(join(folder, 'events.db'));
  const keys = SqliteKeys.open(join(folder, 'keys.db'), Secret.in(folder).text);
  const sealing = new Sealing(keys);
  await fill(store, new Codec(conveningCatalogue, sealing, newId), sealing, written);
  const facts = [];
  for await (const page of store.readAll()) facts.push(...page);
  await Promise.all([store.close(), keys.close()]);
  return { facts, logId: store.logId };
};

/** The rows of a million facts. @param {string} path */
const layRows = (path, { facts, logId }) => {
  const file = ReadDatabase.open(path, kept, logId);
  const projector = kept.open(file.database, path);
  let revision = 0;
  for (let told = 0; told < all; told += perCommit) {
    const isLarge = told >= all - largest;
    const copy = Math.floor(told / facts.length);
    file.begin();
    const streams = new Set();
    for (const fact of facts.slice(told % facts.length, (told % facts.length) + perCommit)) {
      const stream = isLarge ? `convening-${large}` : `${fact.stream}-${copy}`;
      projector.apply({ ...fact, stream, ...(isLarge && { revision: revision++ }) });
      streams.add(stream);
    }
    for (const stream of streams) projector.write(stream);
    file.commit(facts.at(-1).position, [], []);
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

/** Whole pages over HTTP, until the last byte is here. */
const pagesOver = async (folder, filters) => {
  const baraza = await serve('laid', token, folder);
  const agent = new Agent({ keepAlive: true });
  while (!(await fetch(`${baraza.url}/health/ready`)).ok) await setTimeout(100);
  const timed = async (path) => {
    const began = performance.now();
    const answer = await new Promise((resolve, reject) => get(`${baraza.url}/convenings/${large}/history${path}`, { agent, headers: { authorization: `Bearer ${token}` } }, resolve).once('error', reject));
    let bytes = 0;
    for await (const chunk of answer) bytes += chunk.length;
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode}`);
    return { took: performance.now() - began, bytes };
  };
  const shown = [];
  for (const form of ['json', 'html'])
    for (const [filter, query] of Object.entries(filters))
      for (const [from, place] of [['the end', ''], ['the beginning', '&after=0']]) {
        const path = `.${form}?${query}${place}`;
        for (let warm = 0; warm < looks; warm += 1) await timed(path);
        const spent = [];
        for (let look = 0; look < looks; look += 1) spent.push(await timed(path));
        const times = spent.map(({ took }) => took);
        shown.push({ filter, form, from, 'median ms': median(times), 'most ms': Math.max(...times), bytes: spent[0].bytes, 'aim ms': 20 });
      }
  await baraza.close();
  return shown;
};

export const measurePages = () =>
  inFolder(async (folder) => {
    progress(`writing ${whole(written)} facts, then the rows of ${whole(all)}`);
    mkdirSync(join(folder, 'read'));
    const path = join(folder, 'read', `${kept.name}-${kept.tables}.${kept.version}.db`);
    const file = layRows(path, await writtenFacts(folder));
    await file.finish();
    const reader = new RowsReader(path);
    const rows = new HistoryRows((sql) => reader.statement(sql));
    const { number: stream, revision: most } = rows.stream(`convening-${large}`);
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
    const pages = await pagesOver(folder, {
      'nothing in particular': 'limit=50', 'an actor, of every fact': `actor=${actor}`, 'a type': 'type=AppearanceConfirmed', 'a session': 'session=session-3', 'a type, a room and a word': 'type=SessionScheduled&room=hall-2&text=panel',
      'a word of titles and names': 'text=panel', 'two words, so nothing': 'type=SessionPlanned&text=nowhere',
    });
    table(`The same, the whole page over HTTP, after ${looks} to warm up`, pages);
    return [...shown, ...pages];
  });
