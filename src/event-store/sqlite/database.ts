import { createRequire } from 'node:module';
import type { DatabaseSyncInstance, DatabaseSyncOptions } from '@photostructure/sqlite';

/** A connection to a SQLite file: the interface of `node:sqlite`, whichever module it comes from. */
export type Database = DatabaseSyncInstance;

/** A prepared statement. */
export type Statement = ReturnType<Database['prepare']>;

interface SqliteModule {
  readonly DatabaseSync: new (path: string, options?: DatabaseSyncOptions) => Database;
  readonly StatementSync: { readonly prototype: Statement };
}

/** Node's own SQLite where it has one that gives rows as arrays (22.16 and later), else the package with the same interface. */
const sqlite = (): SqliteModule => {
  // Cast: neither way of loading a module is typed, and Node 20's types do not know node:sqlite.
  const own = process.getBuiltinModule?.('node:sqlite') as SqliteModule | undefined;
  const suffices = own && 'setReturnArrays' in own.StatementSync.prototype;
  return suffices ? own : (createRequire(import.meta.url)('@photostructure/sqlite') as SqliteModule);
};

const { DatabaseSync } = sqlite();

/**
 * Opens a SQLite file; a lock held elsewhere is waited for at most `patience` milliseconds. On Node 20, closing it lets
 * go of the file only when its prepared statements were collected, or the thread ends: see LogReader for where it matters.
 */
export const openDatabase = (path: string, { readOnly = false, patience = 5_000 } = {}): Database => {
  const database = new DatabaseSync(path, { readOnly });
  try {
    database.exec(`PRAGMA busy_timeout = ${patience}`);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
};

/** What went wrong, for a sentence. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
