import { randomUUID } from 'node:crypto';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import {
  EventStore,
  StoreRefused,
  StoreUnavailable,
  StreamDeleted,
  TooLarge,
  WrongRevision,
  type Appended,
  type Expected,
  type LogAddress,
  type NewFact,
  type ReadAll,
  type ReadStream,
  type StoredFact,
  type Subscriber,
  type Subscription,
} from '../event-store.js';
import { refuseUnlessOpen, type Standing } from '../movable.js';
import { canonicalPath, lockFile, prepareFile, type FileLock } from './database-file.js';
import { messageOf, openDatabase } from './database.js';
import { groupCommit, troubleOf } from './group-commit.js';
import { SqliteLog } from './sqlite-log.js';
import { eventLog } from './log-tables.js';
import type { WorkThread } from './work-thread.js';
import type { Outcome, Work } from './writer.messages.js';

/** The most bytes that one append may have. */
const appendBytes = 16 * 1024 * 1024;

/** The log in one SQLite file: written by a thread of its own with group commit, read through a read-only connection. */
export class SqliteEventStore extends EventStore {
  override readonly logId: string;
  readonly #lock: FileLock;
  readonly #log: SqliteLog;
  readonly #writer: WorkThread<Work, Outcome>;
  /** Of those who follow the log in other threads. */
  readonly #followers: Set<MessagePort>;
  #closing: Promise<void> | undefined;

  private constructor(private readonly path: string, lock: FileLock, log: SqliteLog, writer: WorkThread<Work, Outcome>, followers: Set<MessagePort>) {
    super();
    this.logId = log.logId;
    this.#lock = lock;
    this.#log = log;
    this.#writer = writer;
    this.#followers = followers;
  }

  /**
   * Opens the log of this file, which is made if there is none (its folder must exist). `toMove`: also one that is closed or not whole yet.
   * @throws StoreRefused another process has the file, it is not a whole event log, or it was moved; it was not changed
   */
  static async open(path: string, { toMove = false } = {}): Promise<SqliteEventStore> {
    const file = canonicalPath(path);
    const lock = lockFile(file, eventLog);
    let log: SqliteLog | undefined;
    let writer: WorkThread<Work, Outcome> | undefined;
    try {
      prepareFile(file, eventLog);
      const followers = new Set<MessagePort>();
      writer = await groupCommit(file, () => {
        log?.wake();
        for (const follower of followers) follower.postMessage('committed');
      });
      log = new SqliteLog(file);
      if (!toMove) refuseUnlessOpen(`the event log ${file}`, log.reader.standing());
      return new SqliteEventStore(file, lock, log, writer, followers);
    } catch (error) {
      await log?.close();
      await writer?.close();
      lock.release();
      throw error instanceof StoreRefused ? error : new StoreRefused(`The event log ${file} cannot be opened: ${messageOf(error)}.`);
    }
  }

  override async append(stream: string, expected: Expected, facts: readonly NewFact[]): Promise<Appended> {
    checkName(stream);
    if (facts.length === 0) throw new RangeError('An append has at least one fact.');
    if (expected !== 'none' && !(Number.isSafeInteger(expected) && expected >= 0)) throw new RangeError(`${expected} is not a revision.`);
    const bytes = facts.reduce((sum, fact) => sum + sizeOf(fact), 0);
    if (bytes > appendBytes) throw new TooLarge(`An append of ${bytes} bytes is over the limit of ${appendBytes}.`);
    const outcome = await this.#writer.submit({ kind: 'append', stream, expected, facts }, bytes);
    if (outcome.kind === 'appended') return outcome.appended;
    if (outcome.kind === 'wrong-revision') throw new WrongRevision(stream, expected, outcome.actual);
    if (outcome.kind === 'stream-deleted') throw new StreamDeleted(stream);
    if (outcome.kind === 'removed') throw new Error('The writer answered an append as a deletion.');
    throw troubleOf(outcome);
  }

  override readStream(stream: string, range?: ReadStream): AsyncIterable<readonly StoredFact[]> {
    return this.#log.readStream(stream, range);
  }

  override readAll(range?: ReadAll): AsyncIterable<readonly StoredFact[]> {
    return this.#log.reader.all(range);
  }

  override subscribe(range: Pick<ReadAll, 'after' | 'streams'>, subscriber: Subscriber): Subscription {
    return this.#log.subscribe(range, subscriber);
  }

  override head(): Promise<bigint> {
    return this.#log.head();
  }

  override address(): LogAddress {
    if (this.#closing) throw new StoreUnavailable('The event log is closed.');
    const { port1: told, port2: woken } = new MessageChannel();
    told.unref();
    told.on('close', () => this.#followers.delete(told));
    this.#followers.add(told);
    return { kind: 'sqlite', path: this.path, woken };
  }

  override async deleteStream(stream: string): Promise<void> {
    checkName(stream);
    const outcome = await this.#writer.submit({ kind: 'delete', stream }, stream.length);
    if (outcome.kind !== 'removed') throw new StoreUnavailable(`Stream ${stream} may not have been deleted (${'why' in outcome ? outcome.why : outcome.kind}). Delete it again.`);
  }

  standing(): Standing {
    return this.#log.reader.standing();
  }

  /** On the disk when this returns. @throws StoreUnavailable */
  stand(standing: Standing): void {
    this.#write(`
      CREATE TABLE IF NOT EXISTS standing (standing TEXT NOT NULL);
      DELETE FROM standing; INSERT INTO standing VALUES ('${JSON.stringify(standing).replaceAll("'", "''")}');
    `);
  }

  /** The log has this id when it is opened again. On the disk when this returns. @throws StoreUnavailable */
  nameAnew(): string {
    const id = randomUUID();
    this.#write(`UPDATE log SET id = '${id}';`);
    return id;
  }

  /** By a connection without prepared statements: see LogReader. @throws StoreUnavailable */
  #write(statements: string): void {
    const database = openDatabase(this.path);
    try {
      database.exec(`PRAGMA synchronous = FULL; BEGIN IMMEDIATE; ${statements} COMMIT`);
    } catch (error) {
      throw new StoreUnavailable(`The event log ${this.path} could not be written: ${messageOf(error)}.`);
    } finally {
      database.close();
    }
  }

  deletedStreams(): readonly string[] {
    return this.#log.reader.deletedStreams();
  }

  override close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** The writer is the last to let go of the log, so that its changes are moved into the one file. */
  async #close(): Promise<void> {
    for (const follower of this.#followers) follower.close();
    await this.#log.close();
    await this.#writer.close();
    this.#lock.release();
  }
}

/** Half of a surrogate pair has no UTF-8: two such names would become one. */
const checkName = (stream: string): void => {
  if (stream === '' || /\p{Surrogate}/u.test(stream)) throw new RangeError('A stream name is not empty and is well-formed Unicode.');
};

const sizeOf = (fact: NewFact): number =>
  Buffer.byteLength(fact.id) + Buffer.byteLength(fact.type) + Buffer.byteLength(fact.data) + Buffer.byteLength(fact.metadata);
