import { existsSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreRefused } from '../event-store/event-store.js';
import { lockFile, prepareFile, type FileKind, type FileLock } from '../event-store/sqlite/database-file.js';
import { messageOf, openDatabase, type Database, type Statement } from '../event-store/sqlite/database.js';
import { RowsDamaged, type Projection, type Projector, type Stopped } from './projection.js';

/** A stopped stream, and the revision up to which its rows stand; -1: it has none. */
export interface Halted extends Stopped {
  readonly standing: number;
}

/** SQLite's primary result codes: https://www.sqlite.org/rescode.html */
const damage = new Set([11 /* corrupt */, 26 /* not a database */]);
/** What a row itself may be at fault for: too big, constraint, mismatch. */
const faultOfRow = new Set([18, 19, 20]);

const codeOf = (error: unknown): number | undefined => {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
};

/** Whether the file is at fault, so that only building it again helps. */
export const isDamage = (error: unknown): boolean => error instanceof RowsDamaged || damage.has(codeOf(error) ?? 0);

/** Whether the database is at fault (a full disk, a file gone bad), not the fact that was applied. */
export const isTrouble = (error: unknown): boolean => {
  const code = codeOf(error);
  return isDamage(error) || (code !== undefined && !faultOfRow.has(code));
};

/** What holds up a read model whose file this is, for a sentence. */
export const troubleOf = (error: unknown, path: string): string => {
  const isFull = codeOf(error) === 13 || (error as { code?: unknown } | null)?.code === 'ENOSPC';
  return isFull ? `no space is left on the disk of ${path}` : messageOf(error);
};

const readFile: Omit<FileKind, 'create'> = { name: 'read database', applicationId: 0x42617a52 /* "BazR" */, version: 1 };

/** Nobody else should use the file: who looks into it is not waited for, since waiting would hold the event loop. Milliseconds. */
const patience = 20;
/** A file that is being built is deleted when the process ends before it is whole, so nothing is spent on its safety. */
const whileBuilding = 'PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF';
/** What serves need not outlive a power failure, but what does must be whole. SQLite would hold the event loop while it waits for the disk: `settle` waits in its place. */
const whileServing = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 0';
/** What was committed is moved into the file when there is so much of it, in bytes. */
const unsettled = 4 * 1024 * 1024;
/** Rows of some kilobytes are written twice as fast to pages of 16 than to those of 4. */
const settings = 'PRAGMA page_size = 16384; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY';

/** Keeps the files of a read model for this process alone. @throws StoreRefused another process has them */
export const lockReadDatabases = (folder: string, name: string): FileLock => lockFile(join(folder, name), { ...readFile, create: () => undefined });

export const removeReadDatabase = (path: string): void => {
  for (const suffix of ['-wal', '-shm', '-journal', '']) rmSync(path + suffix, { force: true });
};

/** The file of one version of a read model: its rows, and how far in which log they were read. */
export class ReadDatabase {
  /** Up to where the log was read: what the file holds, committed. */
  position: bigint;
  /** Whether it has once caught up with the log: until then it is not served from. */
  complete: boolean;
  readonly stopped = new Map<string, Halted>();
  #open = true;
  #handle: FileHandle | undefined;
  /** Of the log beside the file, in which commits stand first. */
  #log: FileHandle | undefined;
  readonly #statements: Readonly<Record<'begin' | 'commit' | 'restart' | 'savepoint' | 'release' | 'undo' | 'checkpoint' | 'stop' | 'resume', Statement>>;

  private constructor(readonly path: string, readonly database: Database, position: bigint, complete: boolean) {
    this.position = position;
    this.complete = complete;
    const prepare = (sql: string) => database.prepare(sql);
    this.#statements = {
      begin: prepare('BEGIN IMMEDIATE'),
      commit: prepare('COMMIT'),
      restart: prepare('PRAGMA wal_checkpoint(RESTART)'),
      savepoint: prepare('SAVEPOINT stream'),
      release: prepare('RELEASE stream'),
      undo: prepare('ROLLBACK TO stream'),
      checkpoint: prepare('UPDATE checkpoint SET position = ?'),
      stop: prepare('INSERT OR REPLACE INTO stopped (stream, standing, revision, position, type, why) VALUES (?, ?, ?, ?, ?, ?)'),
      resume: prepare('DELETE FROM stopped WHERE stream = ?'),
    };
    const halted = prepare('SELECT stream, standing, revision, position, type, why FROM stopped');
    halted.setReadBigInts(true);
    // Cast: the rows are what the statement selects.
    for (const row of halted.all() as unknown as (Omit<Halted, 'standing' | 'revision'> & { standing: bigint; revision: bigint })[]) {
      this.stopped.set(row.stream, { ...row, standing: Number(row.standing), revision: Number(row.revision) });
    }
  }

  /**
   * Opens the file. One that is not there, not whole, not ours or made from another log is made anew: it can be, at any time.
   * @throws StoreRefused the folder cannot be used
   */
  static open<P extends Projector>(path: string, projection: Projection<P>, logId: string): ReadDatabase {
    try {
      return ReadDatabase.existing(path, logId) ?? ReadDatabase.anew(path, projection, logId);
    } catch (error) {
      throw new StoreRefused(`The read database ${path} cannot be made: ${messageOf(error)}.`);
    }
  }

  /** Undefined: there is none that can be used. */
  static existing(path: string, logId: string): ReadDatabase | undefined {
    if (!existsSync(path)) return undefined;
    let database: Database | undefined;
    try {
      prepareFile(path, { ...readFile, create: () => undefined });
      database = openDatabase(path, { patience });
      database.exec(settings);
      const statement = database.prepare('SELECT log, position, complete FROM checkpoint');
      statement.setReadBigInts(true);
      // Cast: the row is what the statement selects.
      const row = statement.get() as { log: string; position: bigint; complete: bigint } | undefined;
      if (row?.log === logId && row.complete === 1n) {
        database.exec(whileServing);
        return new ReadDatabase(path, database, row.position, true);
      }
    } catch {
      // Whatever is wrong with it, another can be made.
    }
    database?.close();
    return undefined;
  }

  private static anew<P extends Projector>(path: string, projection: Projection<P>, logId: string): ReadDatabase {
    removeReadDatabase(path);
    const database = openDatabase(path, { patience });
    try {
      database.exec(`${settings}; ${whileBuilding}; BEGIN;
        PRAGMA application_id = ${readFile.applicationId}; PRAGMA user_version = ${readFile.version};
        CREATE TABLE checkpoint (log TEXT NOT NULL, position INTEGER NOT NULL, complete INTEGER NOT NULL);
        CREATE TABLE stopped (
          stream TEXT PRIMARY KEY, standing INTEGER NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL, type TEXT NOT NULL, why TEXT NOT NULL
        ) WITHOUT ROWID;
      `);
      database.prepare('INSERT INTO checkpoint VALUES (?, 0, 0)').run(logId);
      projection.create(database);
      database.exec('COMMIT');
      return new ReadDatabase(path, database, 0n, false);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  begin(): void {
    this.#statements.begin.run();
  }

  /** Rows and checkpoint in one. */
  commit(position: bigint, halted: readonly Halted[], resumed: readonly string[]): void {
    for (const stream of resumed) this.#statements.resume.run(stream);
    for (const { stream, standing, revision, position: at, type, why } of halted) this.#statements.stop.run(stream, standing, revision, at, type, why);
    this.#statements.checkpoint.run(position);
    this.#statements.commit.run();
    this.position = position;
    for (const stream of resumed) this.stopped.delete(stream);
    for (const each of halted) this.stopped.set(each.stream, each);
  }

  /** It has caught up with the log for the first time, and is kept from now on: first its rows are brought to the disk, then it says that it is whole. */
  async finish(): Promise<void> {
    await this.#toDisk();
    this.database.exec(`${whileServing}; UPDATE checkpoint SET complete = 1`);
    this.complete = true;
  }

  /**
   * Moves what was committed into the file once there is enough of it. The disk is waited for between the steps: the log is on it before the file is written over, the file before
   * the log is emptied, and that before the log begins anew, so that whatever a power failure leaves is put right from a log that is whole, or needs none. The log is emptied here,
   * since that too may wait for the disk: SQLite has let go of what stood there, and will begin with its first page (https://www.sqlite.org/pragma.html#pragma_wal_checkpoint, RESTART).
   */
  async settle(): Promise<void> {
    this.#log ??= await open(`${this.path}-wal`, 'r+');
    if ((await this.#log.stat()).size < unsettled) return;
    await this.#log.sync();
    this.database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    await this.#toDisk();
    // Cast: the row is what the pragma answers with.
    const { busy } = this.#statements.restart.get() as { busy: number };
    // Somebody still reads from it: SQLite may write over its beginning when they have done, so it is the one to wait for the disk.
    this.database.exec(`PRAGMA synchronous = ${busy === 0 ? 'OFF' : 'NORMAL'}`);
    if (busy !== 0) return;
    await this.#log.truncate();
    await this.#log.sync();
  }

  /** What was written to the file is on the disk. */
  async #toDisk(): Promise<void> {
    // Closing a second handle of a file drops this process's locks on it, so it is kept until the database is closed.
    this.#handle ??= await open(this.path, 'r+');
    await this.#handle.datasync();
  }

  rollback(): void {
    try {
      this.database.exec('ROLLBACK');
    } catch {
      // There was none, or SQLite had already rolled it back.
    }
  }

  /** Does the work wholly or not at all, inside the transaction. */
  async wholly(work: () => void | Promise<void>): Promise<void> {
    this.#statements.savepoint.run();
    try {
      await work();
    } catch (error) {
      this.#undo(error);
      throw error;
    }
    this.#statements.release.run();
  }

  /** As it was before the work that failed with this. */
  #undo(failed: unknown): void {
    try {
      this.#statements.undo.run();
      this.#statements.release.run();
    } catch (error) {
      // SQLite may end the whole transaction by itself, as where the disk is full: then that is what went wrong.
      if (!isTrouble(failed)) throw error;
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      // Statements that were not let go of yet keep what is written from being moved into the one file by closing alone.
      if (this.complete) this.database.exec('PRAGMA synchronous = NORMAL; PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // It is moved when the file is opened again.
    }
    this.database.close();
    for (const handle of [this.#handle, this.#log]) void handle?.close().catch(() => undefined); // Nothing was written through it.
  }

  /** Closes and deletes the file. */
  remove(): void {
    this.close();
    removeReadDatabase(this.path);
  }
}
