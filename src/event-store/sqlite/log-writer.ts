import { hashOf } from '../chain.js';
import type { Expected, NewFact } from '../event-store.js';
import { messageOf, openDatabase, type Database, type Statement } from './database.js';
import { upgradeLog } from './log-tables.js';
import type { Outcome, Work } from './writer.messages.js';

/** The transaction is lost as a whole: nothing of the batch can be answered by itself. */
class BatchLost extends Error {}

/** Writes batches to the log, each in one transaction. Lives in the writer's thread. */
export class LogWriter {
  readonly #database: Database;
  readonly #statements: Readonly<Record<'begin' | 'commit' | 'savepoint' | 'release' | 'undo' | 'current' | 'deleted' | 'insert' | 'stored' | 'end' | 'remove' | 'unend' | 'bury', Statement>>;

  constructor(path: string) {
    const database = openDatabase(path);
    this.#database = database;
    const mode = database.prepare('PRAGMA journal_mode = WAL').get() as { journal_mode: string };
    if (mode.journal_mode !== 'wal') throw new Error(`the file system of ${path} does not support write-ahead logging`);
    database.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16000');
    upgradeLog(database);
    const prepare = (sql: string) => database.prepare(sql);
    this.#statements = {
      begin: prepare('BEGIN IMMEDIATE'),
      commit: prepare('COMMIT'),
      savepoint: prepare('SAVEPOINT work'),
      release: prepare('RELEASE work'),
      undo: prepare('ROLLBACK TO work'),
      current: prepare('SELECT max(revision) AS revision FROM events WHERE stream = ?'),
      deleted: prepare('SELECT 1 FROM deleted_streams WHERE stream = ?'),
      insert: prepare('INSERT INTO events (stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?)'),
      stored: prepare('SELECT id, position FROM events WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?'),
      remove: prepare('DELETE FROM events WHERE stream = ?'),
      end: prepare('INSERT INTO ends (stream, revision, hash) VALUES (?, ?, ?) ON CONFLICT (stream) DO UPDATE SET revision = excluded.revision, hash = excluded.hash'),
      unend: prepare('DELETE FROM ends WHERE stream = ?'),
      bury: prepare('INSERT INTO deleted_streams (stream, facts) VALUES (?, ?) ON CONFLICT DO NOTHING'),
    };
  }

  /** Does the works in one transaction and answers each, in order. Never throws. */
  answer(works: readonly Work[]): readonly Outcome[] {
    const all = (outcome: Outcome) => works.map(() => outcome);
    let outcomes: Outcome[];
    try {
      this.#statements.begin.run();
      outcomes = works.map((work) => this.#one(work));
    } catch (error) {
      this.#rollback();
      return all({ kind: 'unavailable', why: messageOf(error) });
    }
    try {
      this.#statements.commit.run();
    } catch (error) {
      this.#rollback();
      return all({ kind: 'unknown', why: messageOf(error) });
    }
    if (works.some((work) => work.kind === 'delete')) this.#forgetChanges();
    return outcomes;
  }

  close(): void {
    this.#database.close();
  }

  #one(work: Work): Outcome {
    this.#statements.savepoint.run();
    try {
      const outcome = work.kind === 'append' ? this.#append(work.stream, work.expected, work.facts) : this.#delete(work.stream);
      this.#statements.release.run();
      return outcome;
    } catch (error) {
      try {
        this.#statements.undo.run();
        this.#statements.release.run();
      } catch {
        // SQLite ended the whole transaction by itself, as it may when the disk is full.
        throw new BatchLost(messageOf(error));
      }
      return { kind: 'unavailable', why: messageOf(error) };
    }
  }

  #append(stream: string, expected: Expected, facts: readonly NewFact[]): Outcome {
    const row = this.#statements.current.get(stream) as { revision: number | null };
    const current = row.revision ?? -1;
    if (current === -1 && this.#statements.deleted.get(stream) !== undefined) return { kind: 'stream-deleted' };
    const after = expected === 'none' ? -1 : expected;
    if (after < current) {
      const position = this.#written(stream, after, facts);
      if (position !== undefined) return { kind: 'appended', appended: { revision: after + facts.length, position } };
    }
    if (after !== current) return { kind: 'wrong-revision', actual: current === -1 ? 'none' : current };
    let position = 0n;
    facts.forEach((fact, index) => {
      const result = this.#statements.insert.run(stream, after + 1 + index, fact.id, fact.type, fact.data, fact.metadata);
      position = BigInt(result.lastInsertRowid);
    });
    const last = facts.at(-1);
    if (last) this.#statements.end.run(stream, after + facts.length, hashOf(last));
    return { kind: 'appended', appended: { revision: after + facts.length, position } };
  }

  /** The position of the last of these facts, if exactly they stand in the stream from `after` + 1 on. */
  #written(stream: string, after: number, facts: readonly NewFact[]): bigint | undefined {
    const stored = this.#statements.stored.all(stream, after, facts.length) as { id: string; position: number }[];
    const same = stored.length === facts.length && facts.every((fact, index) => fact.id === stored[index]?.id);
    const last = stored.at(-1);
    return same && last ? BigInt(last.position) : undefined;
  }

  #delete(stream: string): Outcome {
    const { changes } = this.#statements.remove.run(stream);
    this.#statements.unend.run(stream);
    this.#statements.bury.run(stream, changes);
    return { kind: 'removed' };
  }

  #rollback(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // SQLite had already rolled it back.
    }
  }

  /** Takes what was deleted out of the write-ahead log too. If a reader is in the way, a later checkpoint does it. */
  #forgetChanges(): void {
    try {
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The deletion itself is on the disk; this is only the clearing away.
    }
  }
}
