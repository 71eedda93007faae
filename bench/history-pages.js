/**
 * Pages of histories over HTTP, with a million facts in the rows: a quarter of them of one convening of 1,300 sessions, and its 50,000 registrations,
 * which are in the log as well; the rows of the others are made by the projector itself from the same few commands over and over, since a log of as many would take longer to
 * write than all the rest. Takes some two minutes.
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
import { registrationCatalogue } from '../dist/registration/registration.events.js';
import { projection } from '../dist/history/history.projection.js';
import { ReadDatabase } from '../dist/projecting/read-database.js';
import { serve, token } from './http.js';
import { layConvening, organiser, recordedAt } from './laid-convening.js';
import { entryOf, layRegistrations } from './laid-registrations.js';
import { longHistory, people, person } from './long-history.js';
import { inFolder, median, progress, table, whole } from './measure.js';
import { fill } from './rebuild.js';

const all = 1_000_000;
const ofLarge = 250_000;
const registered = 50_000;
const ofOthers = 20_000;
const perCommit = 10_000;
const warmUp = 15;
const looks = 25;
const large = 'long';

/** The log: the large convening's facts, its registrations, then facts of others, which are told over and over. @param {string} folder */
const layLog = async (folder) => {
  await layConvening(folder, large, longHistory(large, ofLarge), people());
  const store = await SqliteEventStore.open(join(folder, 'events.db'));
  const keys = SqliteKeys.open(join(folder, 'keys.db'), Secret.in(folder).text);
  const sealing = new Sealing(keys);
  await layRegistrations({ store, codec: new Codec(registrationCatalogue, sealing, newId), sealing }, large, registered);
  await fill(store, new Codec(conveningCatalogue, sealing, newId), sealing, ofOthers);
  return { store, close: () => Promise.all([store.close(), keys.close()]) };
};

/** The rows of a million facts: the others' first and last, so that the large convening's lie in their midst. @param {string} path */
const layRows = async (path, store) => {
  const kept = projection();
  const file = ReadDatabase.open(path, kept, store.logId);
  const projector = kept.open(file.database, path);
  let told = 0;
  const apply = (facts) => {
    file.begin();
    for (const fact of facts) projector.apply(fact);
    for (const stream of new Set(facts.map(({ stream }) => stream))) projector.write(stream);
    file.commit(facts.at(-1).position, [], []);
    told += facts.length;
    if (told % 100_000 < facts.length) progress(`${whole(told)} facts have their rows`);
  };
  const others = [];
  for await (const page of store.readAll()) others.push(...page.filter(({ stream }) => stream.startsWith('convening-meeting-')));
  const applyOthers = (upTo) => {
    for (let copy = told; told < upTo; copy += 1)
      for (let from = 0; from < others.length; from += perCommit) apply(others.slice(from, from + perCommit).map((fact) => ({ ...fact, stream: `${fact.stream}-${copy}` })));
  };
  applyOthers((all - ofLarge - registered - 2 * ofOthers) / 2);
  for await (const page of store.readAll()) apply(page);
  applyOthers(all);
  projector.built();
  await file.finish();
  file.close();
};

/** A folder with all of it, for a server to start in. @param {string} folder */
export const lay = async (folder) => {
  progress(`writing ${whole(ofLarge + registered + ofOthers)} facts, then the rows of ${whole(all)}`);
  const { store, close } = await layLog(folder);
  mkdirSync(join(folder, 'read'));
  const { name, tables, version } = projection();
  await layRows(join(folder, 'read', `${name}-${tables}.${version}.db`), store);
  await close();
};

const day = (revision) => recordedAt(revision).slice(0, 10);
/** What is looked for in the history of the convening, by what it is. */
const ofConvening = {
  'nothing in particular': '',
  'a session': 'session=s7',
  'a person': `person=${person(14)}`,
  'a room': 'room=hall-7',
  'an actor, of every fact': `actor=${organiser}`,
  'a type, of many': 'type=SessionMoved',
  'a type, of few': 'type=AgendaPublished',
  'a type, of none': 'type=RoomRemoved',
  'half of the time': `from=${day(ofLarge / 4)}&to=${day((ofLarge * 3) / 4)}`,
  'a day': `from=${day(ofLarge / 2)}&to=${day(ofLarge / 2)}`,
  'a word of every title': 'text=talk',
  'a word of many titles': 'text=anew',
  'a word of one title': 'text=200002',
  'a word that names hundreds': 'text=speaker',
  'the name of one': 'text=speaker+0+of+1234',
  'a word of none': 'text=nowhere',
  'a type, a room and a word': 'type=SessionMoved&room=hall-7&text=talk',
  'a session, an actor and a time': `session=s7&actor=${organiser}&from=${day(ofLarge / 4)}&to=${day((ofLarge * 3) / 4)}`,
  'two of many, never together': 'type=AppearanceConfirmed&text=anew',
  'many and few, never together': 'type=SessionMoved&text=lines',
};
const { given, family } = entryOf(registered / 2).name;
const ofRegistrations = { 'nothing in particular': '', 'a word of every fact': 'text=participant', 'a given name': `text=${given}`, 'given and family name': `text=${given}+${family}`, 'a word of none': 'text=nowhere', 'a part of many names': 'text=ka' };
const places = (/** @type {number} */ middle) => ({ 'the end': '', 'the beginning': '&after=0', 'before the middle': `&before=${middle}`, 'after the middle': `&after=${middle}` });

/** Until the last byte is here; what a client then makes of it is not the server's. */
const timing = (url) => {
  const agent = new Agent({ keepAlive: true });
  return async (path) => {
    const began = performance.now();
    const answer = await new Promise((resolve, reject) => get(`${url}/convenings/${large}/${path}`, { agent, headers: { authorization: `Bearer ${token}` } }, resolve).once('error', reject));
    let bytes = 0;
    for await (const chunk of answer) bytes += chunk.length;
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode}`);
    return { took: performance.now() - began, bytes };
  };
};

/** Each page from four places, one after the other, as often. Of the places the worst is shown. */
const pages = async (timed, history, filters, middle) => {
  const shown = [];
  for (const [filter, query] of Object.entries(filters)) {
    const row = { [history]: filter };
    for (const form of ['json', 'html']) {
      const found = [];
      for (const [from, place] of Object.entries(places(middle))) {
        const path = `${history}.${form}?${query}${place}`;
        for (let warm = 0; warm < warmUp; warm += 1) await timed(path);
        const spent = [];
        for (let look = 0; look < looks; look += 1) spent.push(await timed(path));
        const times = spent.map(({ took }) => took);
        found.push({ from, median: median(times), most: Math.max(...times), bytes: spent[0].bytes });
      }
      const worst = found.reduce((one, other) => (other.median > one.median ? other : one));
      Object.assign(row, { [`${form} p50 ms`]: worst.median, [`${form} most ms`]: Math.max(...found.map(({ most }) => most)), [`${form} bytes`]: worst.bytes, [`${form} from`]: worst.from });
    }
    shown.push({ ...row, 'aim ms': 20 });
  }
  return shown;
};

/** What the tables show, by which history. */
export const pagesOver = async (url) => ({ convening: await pages(timing(url), 'history', ofConvening, ofLarge / 2), registrations: await pages(timing(url), 'registrations/history', ofRegistrations, registered / 2) });

export const measurePages = () =>
  inFolder(async (folder) => {
    await lay(folder);
    const baraza = await serve('laid', token, folder);
    while (!(await fetch(`${baraza.url}/health/ready`)).ok) await setTimeout(100);
    const shown = await pagesOver(baraza.url);
    await baraza.close();
    const how = `over HTTP: ${looks} looks after ${warmUp} to warm up, of four places the slowest`;
    table(`A page of 50 facts of a history of ${whole(all)}, ${whole(ofLarge)} of them of one convening, ${how}`, shown.convening);
    table(`The same of its ${whole(registered)} registrations`, shown.registrations);
    return [...shown.convening, ...shown.registrations];
  });
