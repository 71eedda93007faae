import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { StoreRefused } from '../event-store.js';
import type { PersonId } from '../personal.js';
import { checkName, keyBytes, unwrap, wrap, wrappingKey } from '../wrapping.js';
import { prepareFile, type FileKind } from './database-file.js';
import { messageOf, openDatabase, type Database, type Statement } from './database.js';
import type { KeysAnswer, KeysWork } from './keys.messages.js';

/** What a key file begins with. */
interface Beginning {
  readonly salt: Uint8Array;
  readonly check: Uint8Array;
}

const beginning = (secret: Uint8Array | string): Beginning => {
  const salt = randomBytes(keyBytes);
  return { salt, check: wrap(wrappingKey(secret, salt), checkName, randomBytes(keyBytes)) };
};

/** `begin`: makes what a new file begins with. */
export const keyFile = (begin: () => Beginning): FileKind => ({
  name: 'key file',
  applicationId: 0x42617a4b, // "BazK"
  version: 1,
  create: (database) => {
    database.exec(`
      CREATE TABLE secret (salt BLOB NOT NULL, wrapped_check BLOB NOT NULL);
      CREATE TABLE keys (person TEXT PRIMARY KEY, wrapped BLOB) WITHOUT ROWID; -- wrapped is null: erased
    `);
    const { salt, check } = begin();
    database.prepare('INSERT INTO secret VALUES (?, ?)').run(salt, check);
  },
});

/**
 * Makes the file if there is none (its folder must exist), and gives what its keys are wrapped with.
 * @throws StoreRefused the secret is not the one that the keys are wrapped with, or the file is not a whole key file
 */
export const preparedKeyFile = (file: string, secret: Uint8Array | string): Buffer => {
  if (secret.length === 0) throw new StoreRefused('The secret that wraps the keys is empty. Set BARAZA_SECRET.');
  prepareFile(file, keyFile(() => beginning(secret)));
  let database: Database | undefined;
  try {
    chmodSync(file, 0o600);
    database = openDatabase(file);
    // Cast: the row is what the statement selects.
    const row = database.prepare('SELECT salt, wrapped_check FROM secret').get() as { salt: Uint8Array; wrapped_check: Uint8Array } | undefined;
    if (!row) throw new StoreRefused(`The key file ${file} has lost its salt. Put it back from a backup.`);
    const wrapping = wrappingKey(secret, row.salt);
    if (unwrap(wrapping, checkName, row.wrapped_check)) return wrapping;
    throw new StoreRefused(`The secret is not the one that the keys in ${file} are wrapped with. Set BARAZA_SECRET to the one they were made with.`);
  } catch (error) {
    throw error instanceof StoreRefused ? error : new StoreRefused(`The key file ${file} cannot be opened: ${messageOf(error)}.`);
  } finally {
    database?.close();
  }
};

/** The keys in their file. Lives in the thread of the keys. What is erased is overwritten in the file, and no log of changes is kept. */
export class KeyFile {
  readonly #database: Database;
  readonly #statements: Readonly<Record<'find' | 'insert' | 'erase', Statement>>;

  /** On a file that was prepared. */
  constructor(path: string, private readonly wrapping: Buffer) {
    this.#database = openDatabase(path);
    this.#database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16000');
    const prepare = (sql: string) => this.#database.prepare(sql);
    this.#statements = {
      find: prepare('SELECT wrapped FROM keys WHERE person = ?'),
      insert: prepare('INSERT INTO keys (person, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING'),
      erase: prepare('INSERT INTO keys (person, wrapped) VALUES (?, NULL) ON CONFLICT DO UPDATE SET wrapped = NULL'),
    };
  }

  /** Does the works in one transaction and answers each, in order. Never throws. */
  answer(works: readonly KeysWork[]): readonly KeysAnswer[] {
    try {
      // Who only reads takes no lock that keeps another process from writing.
      return this.#together('BEGIN', () => (works.every((work) => this.#isThere(work)) ? works.map((work) => this.#read(work)) : undefined)) ?? this.#together('BEGIN IMMEDIATE', () => this.#written(works));
    } catch (error) {
      const why = `The key file could not be used: ${messageOf(error)}.`;
      return works.map(() => ({ kind: 'unavailable', why }));
    }
  }

  close(): void {
    this.wrapping.fill(0);
    this.#database.close();
  }

  /** Whether nothing needs to be written for it. */
  #isThere = (work: KeysWork): boolean => work.kind === 'find' || (work.kind === 'obtain' && work.people.every((person) => this.#stored(person) !== undefined));

  #written(works: readonly KeysWork[]): readonly KeysAnswer[] {
    const made = new Map<PersonId, Uint8Array>();
    for (const work of works) {
      if (work.kind === 'erase') {
        this.#statements.erase.run(work.person);
        made.delete(work.person);
      } else if (work.kind === 'obtain') for (const person of work.people) if (!made.has(person) && this.#stored(person) === undefined) made.set(person, this.#make(person));
    }
    return works.map((work) => this.#read(work, made));
  }

  #make(person: PersonId): Uint8Array {
    const key = randomBytes(keyBytes);
    this.#statements.insert.run(person, wrap(this.wrapping, person, key));
    return key;
  }

  /** `made`: keys that are as they stand in this transaction. */
  #read(work: KeysWork, made: ReadonlyMap<PersonId, Uint8Array> = new Map()): KeysAnswer {
    const keys: [PersonId, Uint8Array][] = [];
    for (const person of work.kind === 'erase' ? [] : work.people) {
      const known = made.get(person);
      if (known) {
        keys.push([person, known]);
        continue;
      }
      const wrapped = this.#stored(person);
      if (!wrapped) continue;
      const key = unwrap(this.wrapping, person, wrapped);
      if (!key) return { kind: 'unavailable', why: `The key of person ${person} was altered in the key file. Put the file back from a backup.` };
      keys.push([person, key]);
    }
    return { kind: 'done', keys };
  }

  /** Undefined: has none. Null: erased. */
  #stored(person: PersonId): Uint8Array | null | undefined {
    // Cast: the row is what the statement selects.
    const row = this.#statements.find.get(person) as { wrapped: Uint8Array | null } | undefined;
    return row?.wrapped;
  }

  /** In one transaction: a lookup by itself locks the file each time, which takes ten times as long. */
  #together<R>(begin: 'BEGIN' | 'BEGIN IMMEDIATE', work: () => R): R {
    this.#database.exec(begin);
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#rollback();
      throw error;
    }
  }

  #rollback(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // SQLite had already rolled it back.
    }
  }
}
