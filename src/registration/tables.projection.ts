import type { Database, Statement } from '../event-store/sqlite/database.js';

/** One row a stream, a registration, what it is listed by, a repeated form, a count, a session's seats. */
export const tables = `
  CREATE TABLE streams (number INTEGER PRIMARY KEY, stream TEXT NOT NULL UNIQUE, spine TEXT NOT NULL, at TEXT NOT NULL, first_lapse TEXT);
  CREATE INDEX by_first_lapse ON streams (first_lapse) WHERE first_lapse IS NOT NULL;
  CREATE TABLE registrations (
    stream INTEGER NOT NULL, row INTEGER NOT NULL, id TEXT NOT NULL, code TEXT NOT NULL, held TEXT NOT NULL, at TEXT NOT NULL, came_with TEXT, entry TEXT NOT NULL, PRIMARY KEY (stream, row)
  ) WITHOUT ROWID;
  CREATE UNIQUE INDEX by_id ON registrations (stream, id);
  CREATE UNIQUE INDEX by_code ON registrations (stream, code);
  CREATE TABLE listed (
    stream INTEGER NOT NULL, row INTEGER NOT NULL, category TEXT NOT NULL, standing TEXT NOT NULL, number INTEGER NOT NULL, days TEXT NOT NULL,
    kind INTEGER NOT NULL, place TEXT NOT NULL, organisation TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL, chosen TEXT NOT NULL, PRIMARY KEY (stream, row)
  ) WITHOUT ROWID;
  CREATE INDEX in_protocol ON listed (stream, kind, place, organisation, name, row, category, standing, days, country, chosen);
  CREATE INDEX in_waiting ON listed (stream, category, number) WHERE standing = 'waiting';
  CREATE TABLE repeats (stream INTEGER NOT NULL, repeat TEXT NOT NULL, code TEXT NOT NULL, registration TEXT NOT NULL, PRIMARY KEY (stream, repeat)) WITHOUT ROWID;
  CREATE UNIQUE INDEX repeat_by_code ON repeats (stream, code);
  CREATE TABLE counts (stream INTEGER NOT NULL, what TEXT NOT NULL, value TEXT NOT NULL, standing TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (stream, what, value, standing)) WITHOUT ROWID;
  CREATE TABLE sessions (stream INTEGER NOT NULL, session TEXT NOT NULL, seats TEXT NOT NULL, PRIMARY KEY (stream, session)) WITHOUT ROWID;
`;

const texts = {
  number: 'SELECT number FROM streams WHERE stream = ?',
  stream: 'INSERT INTO streams (stream, spine, at, first_lapse) VALUES (?, ?, ?, ?) ON CONFLICT (stream) DO UPDATE SET spine = excluded.spine, at = excluded.at, first_lapse = excluded.first_lapse RETURNING number',
  spine: 'SELECT spine FROM streams WHERE number = ?',
  last: 'SELECT coalesce(max(row), 0) AS row FROM registrations WHERE stream = ?',
  held: 'SELECT row, id, held FROM registrations WHERE stream = ? AND row > ? ORDER BY row LIMIT 500',
  known: 'SELECT repeat, code, registration FROM repeats WHERE stream = ?',
  sessions: 'SELECT session, seats FROM sessions WHERE stream = ?',
  enter: 'INSERT INTO registrations (stream, row, id, code, held, at, came_with, entry) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  change: 'UPDATE registrations SET held = ? WHERE stream = ? AND id = ? RETURNING row',
  list: 'INSERT INTO listed (stream, row, category, standing, number, days, kind, place, organisation, name, country, chosen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  listed: 'SELECT category, standing, days, kind, place, organisation, name, country, chosen FROM listed WHERE stream = ? AND row = ?',
  relist: 'UPDATE listed SET category = ?, standing = ?, days = ? WHERE stream = ? AND row = ?',
  repeat: 'INSERT INTO repeats (stream, repeat, code, registration) VALUES (?, ?, ?, ?)',
  session: 'INSERT INTO sessions (stream, session, seats) VALUES (?, ?, ?) ON CONFLICT (stream, session) DO UPDATE SET seats = excluded.seats',
  count: 'INSERT INTO counts (stream, what, value, standing, n) VALUES (?, ?, ?, ?, ?) ON CONFLICT (stream, what, value, standing) DO UPDATE SET n = n + excluded.n',
  uncount: 'DELETE FROM counts WHERE stream = ? AND n = 0',
} as const;

/** What the projector writes and restores with. */
export type Statements = Readonly<Record<keyof typeof texts, Statement>>;

// Cast: the names are those of the texts.
export const statementsFor = (database: Database): Statements => Object.fromEntries(Object.entries(texts).map(([name, sql]) => [name, database.prepare(sql)])) as Statements;
