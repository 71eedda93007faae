/** The writer of raw-group-commit.js: each message makes one transaction, each append in it a savepoint. */
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../dist/event-store/sqlite/database.js';

if (!parentPort) throw new Error('This file is a worker thread and cannot be run by itself.');
const port = parentPort;
const database = openDatabase(workerData);
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
database.exec(`CREATE TABLE events (
  position INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL, revision INTEGER NOT NULL,
  id TEXT NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL, UNIQUE (stream, revision)
)`);
const [begin, commit, savepoint, release] = ['BEGIN IMMEDIATE', 'COMMIT', 'SAVEPOINT work', 'RELEASE work'].map((sql) => database.prepare(sql));
const insert = database.prepare('INSERT INTO events (stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?)');

port.on('message', (/** @type {import('./raw-group-commit.js').Row[] | 'close'} */ rows) => {
  if (rows === 'close') {
    database.close();
    return port.close();
  }
  begin.run();
  const positions = rows.map((row) => {
    savepoint.run();
    const { lastInsertRowid } = insert.run(row.stream, row.revision, row.id, row.type, row.data, row.metadata);
    release.run();
    return lastInsertRowid;
  });
  commit.run();
  port.postMessage(positions);
});
port.postMessage('ready');
