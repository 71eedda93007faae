import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { StoreRefused, StoreUnavailable } from '../event-store.js';
import { Keys } from '../keys.js';
import type { PersonId } from '../personal.js';
import { checkName, keyBytes, unwrap, wrap, wrappingKey } from '../wrapping.js';
import { canonicalPath, prepareFile, type FileKind } from './database-file.js';
import { messageOf, openDatabase, type Database, type Statement } from './database.js';

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

/** The keys in a SQLite file beside the log. What is erased is overwritten in the file, and no log of changes is kept. */
export class SqliteKeys extends Keys {
  readonly #database: Database;
  readonly #wrappingKey: Buffer;
  readonly #find: Statement;
  #open = true;

  private constructor(database: Database, wrapping: Buffer) {
    super();
    this.#database = database;
    this.#wrappingKey = wrapping;
    this.#find = database.prepare('SELECT wrapped FROM keys WHERE person = ?');
  }

  /**
   * Opens the key file, which is made if there is none (its folder must exist).
   * @throws StoreRefused the secret is not the one that the keys are wrapped with, or the file is not a whole key file
   */
  static open(path: string, secret: Uint8Array | string): SqliteKeys {
    if (secret.length === 0) throw new StoreRefused('The secret that wraps the keys is empty. Set BARAZA_SECRET.');
    const file = canonicalPath(path);
    prepareFile(file, keyFile(() => beginning(secret)));
    let database: Database | undefined;
    try {
      chmodSync(file, 0o600);
      database = openDatabase(file);
      database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16000');
      // Cast: the row is what the statement selects.
      const row = database.prepare('SELECT salt, wrapped_check FROM secret').get() as { salt: Uint8Array; wrapped_check: Uint8Array } | undefined;
      if (!row) throw new StoreRefused(`The key file ${file} has lost its salt. Put it back from a backup.`);
      const wrapping = wrappingKey(secret, row.salt);
      if (!unwrap(wrapping, checkName, row.wrapped_check)) {
        throw new StoreRefused(`The secret is not the one that the keys in ${file} are wrapped with. Set BARAZA_SECRET to the one they were made with.`);
      }
      return new SqliteKeys(database, wrapping);
    } catch (error) {
      database?.close();
      throw error instanceof StoreRefused ? error : new StoreRefused(`The key file ${file} cannot be opened: ${messageOf(error)}.`);
    }
  }

  override async obtain(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Uint8Array>> {
    return this.#run(() => {
      const there = this.#together('BEGIN', () => (people.every((person) => this.#stored(person) !== undefined) ? this.#found(people) : undefined));
      return there ?? this.#together('BEGIN IMMEDIATE', () => {
        const insert = this.#database.prepare('INSERT INTO keys (person, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING');
        for (const person of people) {
          if (this.#stored(person) === undefined) insert.run(person, wrap(this.#wrappingKey, person, randomBytes(keyBytes)));
        }
        return this.#found(people);
      });
    });
  }

  override async find(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Uint8Array>> {
    return this.#run(() => this.#together('BEGIN', () => this.#found(people)));
  }

  override async erase(person: PersonId): Promise<void> {
    this.#run(() => this.#database.prepare('INSERT INTO keys (person, wrapped) VALUES (?, NULL) ON CONFLICT DO UPDATE SET wrapped = NULL').run(person));
  }

  override async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#wrappingKey.fill(0);
    this.#database.close();
  }

  #found(people: readonly PersonId[]): Map<PersonId, Uint8Array> {
    const found = new Map<PersonId, Uint8Array>();
    for (const person of people) {
      const wrapped = this.#stored(person);
      if (!wrapped) continue;
      const key = unwrap(this.#wrappingKey, person, wrapped);
      if (!key) throw new StoreUnavailable(`The key of person ${person} was altered in the key file. Put the file back from a backup.`);
      found.set(person, key);
    }
    return found;
  }

  /** Undefined: has none. Null: erased. */
  #stored(person: PersonId): Uint8Array | null | undefined {
    // Cast: the row is what the statement selects.
    const row = this.#find.get(person) as { wrapped: Uint8Array | null } | undefined;
    return row?.wrapped;
  }

  #run<R>(work: () => R): R {
    if (!this.#open) throw new StoreUnavailable('The key file is closed.');
    try {
      return work();
    } catch (error) {
      throw error instanceof StoreUnavailable ? error : new StoreUnavailable(`The key file could not be used: ${messageOf(error)}.`);
    }
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
