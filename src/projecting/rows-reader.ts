import { openDatabase, type Database, type Statement } from '../event-store/sqlite/database.js';

/** Rows that are read in another order than they lie in are read in two thirds of the time where the file is mapped into memory. Bytes; what is beyond is read as usual. */
const mapped = 2 ** 30;
/** Texts that are made of what is asked for come in many kinds: so many statements are kept. */
const mostPrepared = 200;

/**
 * Reads what is committed of a read database, whatever is being written to it: through a connection of its own, made at the first read.
 * The file is attached to an empty database in memory, because it can be detached: closing alone does not let go of it while prepared
 * statements wait to be collected.
 */
export class RowsReader {
  readonly #prepared = new Map<string, Statement>();
  #database: Database | undefined;
  #attached = false;

  /** `path`: of a database that serves. A database in memory is read as it is. */
  constructor(private readonly path: string | Database) {}

  statement(sql: string): Statement {
    const known = this.#prepared.get(sql);
    if (known) return known;
    if (this.#prepared.size >= mostPrepared) this.#prepared.clear();
    const statement = this.#connection().prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }

  /** Several statements that see the same rows. */
  together<T>(work: () => T): T {
    this.statement('BEGIN').run();
    try {
      return work();
    } finally {
      this.statement('COMMIT').run();
    }
  }

  /** Another that sees what is committed now, until it is closed; of a database in memory, this one. */
  snapshot(): RowsReader {
    if (typeof this.path !== 'string') return this;
    const reader = new RowsReader(this.path);
    reader.statement('BEGIN').run();
    return reader;
  }

  close(): void {
    if (this.#database && this.#attached) {
      this.#endTransaction(this.#database);
      this.#database.exec('DETACH rows');
      this.#database.close();
    }
    this.#attached = false;
    this.#database = undefined;
    this.#prepared.clear();
  }

  #endTransaction(database: Database): void {
    try {
      database.exec('COMMIT');
    } catch {
      // There was none.
    }
  }

  #connection(): Database {
    if (this.#database) return this.#database;
    if (typeof this.path !== 'string') return (this.#database = this.path);
    const database = openDatabase(':memory:', { readOnly: true });
    try {
      database.prepare('ATTACH ? AS rows').run(this.path);
      database.exec(`PRAGMA rows.cache_size = -4000; PRAGMA rows.mmap_size = ${mapped}`);
    } catch (error) {
      database.close();
      throw error;
    }
    this.#attached = true;
    return (this.#database = database);
  }
}
