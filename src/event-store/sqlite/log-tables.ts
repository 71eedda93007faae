import { randomUUID } from 'node:crypto';
import { hashOf } from '../chain.js';
import type { StoredFact } from '../event-store.js';
import type { Database } from './database.js';
import type { FileKind } from './database-file.js';

/**
 * What of a stream's end is noted beside its facts: the last one is proved by nothing that follows it (see verification.ts).
 * Of a deleted stream stays how many facts it had, so that the log's positions can be accounted for.
 */
const ends = 'CREATE TABLE ends (stream TEXT PRIMARY KEY, revision INTEGER NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID';

/** The event log's file. */
export const eventLog: FileKind = {
  name: 'event log',
  applicationId: 0x42617a4c, // "BazL"
  version: 2,
  create: (database) => {
    // Without a prepared statement: one that waits to be collected would keep the new file open (see LogReader).
    database.exec(`
      CREATE TABLE log (id TEXT NOT NULL);
      CREATE TABLE events (
        position INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL, revision INTEGER NOT NULL,
        id TEXT NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL, UNIQUE (stream, revision)
      );
      CREATE TABLE deleted_streams (stream TEXT PRIMARY KEY, facts INTEGER) WITHOUT ROWID;
      ${ends};
      INSERT INTO log (id) VALUES ('${randomUUID()}');
    `);
  },
};

/** Brings the tables of an earlier release to this one's version, in one transaction. The file is locked and its writer alone has it. */
export const upgradeLog = (database: Database): void => {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version >= eventLog.version) return;
  database.exec(`BEGIN IMMEDIATE; ${ends}; ALTER TABLE deleted_streams ADD COLUMN facts INTEGER`);
  const last = database.prepare('SELECT events.* FROM (SELECT stream, max(revision) AS revision FROM events GROUP BY stream) JOIN events USING (stream, revision)');
  const note = database.prepare('INSERT INTO ends (stream, revision, hash) VALUES (?, ?, ?)');
  // Cast: rows are what the statement selects.
  for (const row of last.all() as unknown as StoredFact[]) note.run(row.stream, row.revision, hashOf(row));
  database.exec(`PRAGMA user_version = ${eventLog.version}; COMMIT`);
};
