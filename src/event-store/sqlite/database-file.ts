import { closeSync, existsSync, fsyncSync, openSync, readSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { StoreRefused } from '../event-store.js';
import { messageOf, openDatabase, type Database } from './database.js';
import { readChanges } from './write-ahead-log.js';

/** What a file of ours must be. */
export interface FileKind {
  /** For sentences: "event log". */
  readonly name: string;
  /** SQLite's application_id: four bytes that name our kind of file. */
  readonly applicationId: number;
  /** SQLite's user_version: the version of the tables. */
  readonly version: number;
  /** Makes the tables of a new file. */
  readonly create: (database: Database) => void;
}

/** The lock of a file, until it is released or the process ends, however it ends. */
export interface FileLock {
  release(): void;
}

/**
 * The absolute path with links resolved, so that one file has one lock.
 * @throws StoreRefused the folder does not exist
 */
export const canonicalPath = (path: string): string => {
  const absolute = resolve(path);
  try {
    return existsSync(absolute) ? realpathSync(absolute) : join(realpathSync(dirname(absolute)), basename(absolute));
  } catch (error) {
    throw new StoreRefused(`The folder of ${absolute} cannot be used: ${messageOf(error)}. Create it first.`);
  }
};

/**
 * Holds a file for this process alone, by an exclusive transaction on a side database that is never written.
 * It must be taken before the file itself is touched: closing a second handle of a file drops this process's locks on it.
 * @throws StoreRefused another process (or another store of this one) has the file
 */
export const lockFile = (path: string, kind: FileKind): FileLock => {
  const lockPath = `${path}.lock`;
  let database: Database | undefined;
  try {
    database = openDatabase(lockPath, { patience: 0 });
    database.exec('BEGIN EXCLUSIVE');
    const held = database;
    return { release: () => held.close() };
  } catch (error) {
    database?.close();
    if (/locked|busy/i.test(messageOf(error))) {
      throw new StoreRefused(`The ${kind.name} ${path} is in use by another process. Stop that one first: a file has one writer.`);
    }
    throw new StoreRefused(`The lock ${lockPath} of the ${kind.name} cannot be taken: ${messageOf(error)}.`);
  }
};

/**
 * Makes the file if there is none, and refuses one that is not ours or not whole. An existing file is only read here.
 * A new one is made under another name and renamed when it is whole and on the disk: there is no half-made file.
 * @throws StoreRefused the file is empty, foreign, truncated, or of a newer version
 */
export const prepareFile = (path: string, kind: FileKind): void => {
  try {
    if (existsSync(path)) check(path, kind);
    else create(path, kind);
  } catch (error) {
    if (error instanceof StoreRefused) throw error;
    throw new StoreRefused(`The ${kind.name} ${path} cannot be opened: ${messageOf(error)}.`);
  }
};

const create = (path: string, kind: FileKind): void => {
  for (const remnant of [`${path}-wal`, `${path}-journal`]) {
    if (sizeOf(remnant) > 0) {
      throw new StoreRefused(`The ${kind.name} ${path} is missing, but ${remnant} is there. Put the missing file back, or move this one away to begin anew.`);
    }
  }
  const unfinished = `${path}.new`;
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(unfinished + suffix, { force: true });
  const database = openDatabase(unfinished);
  try {
    database.exec('PRAGMA synchronous = FULL');
    database.exec('BEGIN IMMEDIATE');
    kind.create(database);
    database.exec(`PRAGMA application_id = ${kind.applicationId}; PRAGMA user_version = ${kind.version}`);
    database.exec('COMMIT');
  } finally {
    database.close();
  }
  toDisk(unfinished);
  renameSync(unfinished, path);
  toDisk(dirname(path));
};

const check = (path: string, kind: FileKind): void => {
  const refuse = (what: string): never => {
    throw new StoreRefused(`${path} ${what}. It was left as it is; give another path, or put the ${kind.name} back from a backup.`);
  };
  if (!statSync(path).isFile()) refuse('is not a file');
  const size = sizeOf(path);
  if (size === 0) refuse('is empty, so it is no ' + kind.name);
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r');
  try {
    if (readSync(file, header, 0, 100, 0) < 100) refuse(`is too short to be an ${kind.name}`);
  } finally {
    closeSync(file);
  }
  // https://www.sqlite.org/fileformat2.html#the_database_header
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') refuse(`is not an ${kind.name}: it is not a SQLite file`);
  if (header.readUInt32BE(68) !== kind.applicationId) refuse(`is not an ${kind.name}: another application made it`);
  const version = header.readUInt32BE(60);
  if (version > kind.version) refuse(`was written by a newer release (version ${version}, this one knows ${kind.version})`);
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const onDisk = Math.floor(size / pageSize);
  const changes = sizeOf(`${path}-wal`) > 0 ? readChanges(`${path}-wal`) : undefined;
  if (changes && changes.pageSize !== pageSize) refuse(`does not belong together with ${path}-wal`);
  const pages = changes?.pages ?? header.readUInt32BE(28);
  // A process that was killed may have left its last pages in the log of changes alone; any other page must be in the file.
  if (sizeOf(`${path}-journal`) > 0) return; // SQLite is about to restore the file from it, size and all.
  for (let page = onDisk + 1; page <= pages; page += 1) {
    if (!changes?.changed.has(page)) refuse(`is truncated: it has ${size} bytes, and page ${page} of ${pages} (${pageSize} bytes each) is missing`);
  }
};

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

const toDisk = (path: string): void => {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};
