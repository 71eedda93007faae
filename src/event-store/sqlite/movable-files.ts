import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { StoreRefused, StoreUnavailable } from '../event-store.js';
import type { Movable, WrappedKeys } from '../movable.js';
import type { PersonId } from '../personal.js';
import { canonicalPath, prepareFile } from './database-file.js';
import { messageOf, openDatabase, type Database } from './database.js';
import { SqliteEventStore } from './sqlite-event-store.js';
import { keyFile } from './key-file.js';

/**
 * The log and the keys of a data folder, to be moved. `anew`: the folder and its log are made if there are none.
 * @throws StoreRefused a node or another move uses the log, or a file is missing or not whole
 */
export const movableFiles = async (folder: string, { anew }: { readonly anew: boolean }): Promise<Movable> => {
  if (anew) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [events, keys] = [join(folder, 'events.db'), join(folder, 'keys.db')];
  if (!anew && !existsSync(events)) throw new StoreRefused(`There is no event log ${events}. Set BARAZA_DATA to the folder that it is in.`);
  const log = await SqliteEventStore.open(events, { toMove: true });
  return {
    name: `the event log ${canonicalPath(events)}`,
    log,
    echo: 0, // It has one process, and that is this one.
    standing: async () => log.standing(),
    stand: async (standing) => log.stand(standing),
    nameAnew: async () => log.nameAnew(),
    deletedStreams: async () => log.deletedStreams(),
    keys: async () => (existsSync(keys) ? inKeyFile(keys, undefined, wrappedIn) : undefined),
    keepKeys: async (kept) => inKeyFile(keys, kept, (database) => keep(database, kept)),
    close: () => log.close(),
  };
};

/** @throws StoreRefused, StoreUnavailable */
const inKeyFile = <R>(path: string, begin: WrappedKeys | undefined, work: (database: Database) => R): R => {
  prepareFile(path, keyFile(() => ({ salt: bytes(begin?.salt ?? ''), check: bytes(begin?.check ?? '') })));
  const database = openDatabase(path);
  try {
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    return work(database);
  } catch (error) {
    throw error instanceof StoreRefused ? error : new StoreUnavailable(`The key file ${path} could not be used: ${messageOf(error)}.`);
  } finally {
    database.close();
  }
};

const wrappedIn = (database: Database): WrappedKeys | undefined => {
  // Casts: rows are what the statements select.
  const row = database.prepare('SELECT salt, wrapped_check FROM secret').get() as { salt: Uint8Array; wrapped_check: Uint8Array } | undefined;
  if (!row) return undefined;
  const people = database.prepare('SELECT person, wrapped FROM keys ORDER BY person').all() as { person: PersonId; wrapped: Uint8Array | null }[];
  return { salt: base64(row.salt), check: base64(row.wrapped_check), people: new Map(people.map(({ person, wrapped }) => [person, wrapped && base64(wrapped)])) };
};

const keep = (database: Database, kept: WrappedKeys): void => {
  database.exec('BEGIN IMMEDIATE');
  const insert = database.prepare('INSERT INTO keys (person, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING');
  for (const [person, wrapped] of kept.people) insert.run(person, wrapped === null ? null : bytes(wrapped));
  database.exec('COMMIT');
};

const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
const base64 = (given: Uint8Array): string => Buffer.from(given).toString('base64');
