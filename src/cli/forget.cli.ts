import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { configFrom } from '../config.js';
import { StoreRefused, type EventStore } from '../event-store/event-store.js';
import type { Personal, PersonId } from '../event-store/personal.js';
import { Closing, layGround } from '../ground.js';
import { uuidPattern } from '../http/fields.js';
import { lockReadDatabases, removeReadDatabase } from '../projecting/read-database.js';
import { placesOf, sealedFor, wordsOfNames } from './names-in-facts.js';
import { WrongUse, type Tool } from './tool.js';

const usage = `baraza forget <person>

Erases a person's key: from then on nothing that is sealed for them can be read, in no list, agenda or history, of today or of
any day before, and every one of them says that a name was withheld. It cannot be undone. Read models in which the name stands
in the clear are removed, and built anew at the next start. Titles, abstracts and other texts that are not sealed stay as they
are: where the name still stands in them is told.

<person> is their id: an appearance and a registration have it in their field person. Stop all nodes before, and run it for the
data folder of each: a node that runs has the keys in memory. Copies of keys.db from before still open what is sealed: replace
them. A KurrentDB keeps the key's bytes until it was scavenged.

BARAZA_DATA, or KURRENTDB_URL with BARAZA_SECRET and BARAZA_TOKEN, are set as for a node. Ended at any point, run it again.
Ends with 0 when the person is forgotten, 1 when not, 2 when called wrongly.
`;

/** The read model that holds names in the clear: see decision 0028. */
const inTheClear = 'registrations';

/** `baraza forget`: see its usage. */
export const forget: Tool = {
  name: 'forget',
  summary: 'erases a person’s key, so that nobody can read their name any more',
  usage,
  async run([person = '', ...more], { out, environment }) {
    if (!uuidPattern.test(person) || more.length > 0) throw new WrongUse('forget takes the id of one person: a UUID in small letters.');
    const config = configFrom(environment);
    if (!config.kurrentdb && !existsSync(join(config.data, 'events.db'))) throw new StoreRefused(`There is no event log in ${config.data}. Set BARAZA_DATA to the folder of the node.`);
    const closing = new Closing();
    try {
      const { store, keys, sealing, readFolder, reach } = await layGround(config, closing);
      await reach();
      const removeNames = namesIn(readFolder.path, closing);
      await sealing.find([person]);
      const sealed = await sealedInLog(store, person);
      if (sealed.length === 0) throw new StoreRefused(`Nothing in the log is sealed for ${person}. Nothing was changed.`);
      const names = wordsOfNames(sealed.map(({ stream, value }) => sealing.openerOnce(stream)(value)));
      const places = names.length > 0 ? await placesInLog(store, names) : [];
      await keys.erase(person);
      removeNames();
      out.write(`${person} is forgotten: what is sealed for them, in ${sealed.length} places of the log, can be read by nobody any more.\n`);
      if (names.length === 0) out.write('The key had been erased before, so where the name still stands in texts could not be looked for.\n');
      else if (places.length === 0) out.write('The name stands in no other text.\n');
      else out.write(`The name, or a part of it, still stands in these texts, which are not sealed:\n${places.map((place) => `  ${place}\n`).join('')}`);
      return 0;
    } finally {
      await closing.all();
    }
  },
};

const sealedInLog = async (store: EventStore, person: PersonId): Promise<{ stream: string; value: Personal<unknown> }[]> => {
  const found: { stream: string; value: Personal<unknown> }[] = [];
  for await (const page of store.readAll())
    for (const { stream, data, metadata } of page) {
      if (!data.includes(person) && !metadata.includes(person)) continue;
      for (const value of [...sealedFor(person, JSON.parse(data)), ...sealedFor(person, JSON.parse(metadata))]) found.push({ stream, value });
    }
  return found;
};

const placesInLog = async (store: EventStore, names: readonly string[]): Promise<string[]> => {
  const found: string[] = [];
  for await (const page of store.readAll())
    for (const { stream, revision, type, data } of page) for (const { at, text } of placesOf(names, JSON.parse(data))) found.push(`${stream} revision ${revision} ${type} ${at}: ${text}`);
  return found;
};

/** What removes the read models in which names stand in the clear; until `closing` no node has them. @throws StoreRefused a node uses them */
const namesIn = (folder: string, closing: Closing): (() => void) => {
  if (!existsSync(folder)) return () => undefined;
  const lock = lockReadDatabases(folder, inTheClear);
  closing.first(() => Promise.resolve(lock.release()));
  return () => {
    for (const file of readdirSync(folder)) if (file.startsWith(`${inTheClear}-`) && file.endsWith('.db')) removeReadDatabase(join(folder, file));
  };
};
