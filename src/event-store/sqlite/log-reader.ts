import { turn } from '../breather.js';
import { StoreUnavailable, type ReadAll, type ReadStream, type StoredFact } from '../event-store.js';
import type { Standing } from '../movable.js';
import type { StreamEnd } from '../verification.js';
import { messageOf, openDatabase, type Database, type Statement } from './database.js';

/** The most facts a page holds. */
const pageFacts = 500;
/** A page is made smaller where facts are large, so that reading one never holds the event loop for long. */
const pageCharacters = 2 * 1024 * 1024;
/** The first page, whose facts may be large for all we know. */
const firstPage = 100;
/** A filtered read looks at so many positions at a time, matching or not. */
const filteredSpan = 4_000;

/** Part of the log: its facts, and up to where the log was looked at for them. */
export interface LogPage {
  readonly facts: readonly StoredFact[];
  readonly through: bigint;
}

const columns = 'position, stream, revision, id, type, data, metadata';
/** A row as an array: SQLite makes these in two thirds of the time that objects take. */
type Row = readonly [position: bigint, stream: string, revision: bigint, id: string, type: string, data: string, metadata: string];

/**
 * Reads the log through a read-only connection, in pages. The log is attached to an empty database in memory, because it
 * can be detached: closing alone does not let go of the file while prepared statements wait to be collected, and
 * @photostructure/sqlite gives no way to end them. Held so, the log would not become one file again, and this process
 * would keep a lock on it that it has forgotten.
 */
export class LogReader {
  readonly #database: Database;
  readonly #prepared = new Map<string, Statement>();
  #open = true;

  constructor(path: string) {
    this.#database = openDatabase(':memory:', { readOnly: true });
    try {
      this.#database.prepare('ATTACH ? AS log').run(path);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** The name that the log was given when it was made. */
  logId(): string {
    const row = this.#first<{ id: string }>('SELECT id FROM log.log');
    if (!row) throw new StoreUnavailable('The event log has lost its name.');
    return row.id;
  }

  /** Written down by a move; other logs have no table for it. */
  standing(): Standing {
    if (!this.#first("SELECT 1 FROM log.sqlite_master WHERE name = 'standing'")) return {};
    const row = this.#first<{ standing: string }>('SELECT standing FROM log.standing');
    // Cast: `writeStanding` wrote it.
    return row ? (JSON.parse(row.standing) as Standing) : {};
  }

  deletedStreams(): readonly string[] {
    // Cast: rows are what the statement selects.
    const rows = this.#run(() => this.#statement('SELECT stream FROM log.deleted_streams ORDER BY stream', true).all() as unknown as [string][]);
    return rows.map(([stream]) => stream);
  }

  /** The last position that was ever given out: it stays when its fact is deleted, so it never goes back. */
  head(): bigint {
    return this.#first<{ seq: bigint }>("SELECT seq FROM log.sqlite_sequence WHERE name = 'events'")?.seq ?? 0n;
  }

  /** Where each stream ends, as the writer noted it; undefined in a file of an earlier release, which did not. */
  ends(): readonly StreamEnd[] | undefined {
    if (!this.#first("SELECT 1 FROM log.sqlite_schema WHERE name = 'ends'")) return undefined;
    // Cast: rows are what the statement selects.
    const rows = this.#run(() => this.#statement('SELECT stream, revision, hash FROM log.ends').all() as unknown as { stream: string; revision: bigint; hash: string }[]);
    return rows.map((end) => ({ ...end, revision: Number(end.revision) }));
  }

  /** What SQLite finds wrong in the file itself: pages, order, an index that does not say what the facts say. Reads all of it. */
  damage(): readonly string[] {
    // Cast: the pragma answers with one column, 'ok' where nothing is wrong.
    const rows = this.#run(() => this.#statement('PRAGMA log.integrity_check(10)').all() as unknown as { integrity_check: string }[]);
    return rows.map(({ integrity_check: found }) => found).filter((found) => found !== 'ok');
  }

  /** How many of the facts that were given positions are neither there nor were deleted; undefined where an earlier release deleted without counting (it must note ends). */
  missing(): number | undefined {
    const row = this.#first<{ missing: bigint; uncounted: bigint }>(`SELECT
      (SELECT coalesce(max(seq), 0) FROM log.sqlite_sequence WHERE name = 'events') - (SELECT count(*) FROM log.events) - (SELECT coalesce(sum(facts), 0) FROM log.deleted_streams) AS missing,
      (SELECT count(*) FROM log.deleted_streams WHERE facts IS NULL) AS uncounted`);
    return row?.uncounted === 0n ? Number(row.missing) : undefined;
  }

  /** Some of the facts at positions that were never given out, by stream and revision: `all` does not come to them. */
  astray(): readonly StoredFact[] {
    return this.#facts(`SELECT ${columns} FROM log.events WHERE position < 1 OR position > (SELECT coalesce(max(seq), 0) FROM log.sqlite_sequence WHERE name = 'events') ORDER BY stream, revision LIMIT ?`, 100);
  }

  async *stream(stream: string, range: ReadStream = {}): AsyncGenerator<readonly StoredFact[]> {
    const backwards = range.direction === 'backwards';
    const sql = `SELECT ${columns} FROM log.events WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision ${backwards ? 'DESC' : 'ASC'} LIMIT ?`;
    const end = Number.MAX_SAFE_INTEGER;
    let low = (backwards ? range.to : range.from) ?? 0;
    let high = (backwards ? range.from : range.to) ?? end;
    let left = range.limit ?? Infinity;
    for (let size = firstPage; left > 0; ) {
      const asked = Math.min(size, left);
      const facts = this.#facts(sql, stream, low, high, asked);
      const last = facts.at(-1);
      if (!last) return;
      yield facts;
      if (facts.length < asked) return;
      left -= facts.length;
      if (backwards) high = last.revision - 1;
      else low = last.revision + 1;
      size = nextSize(facts);
      await turn();
    }
  }

  async *all(range: ReadAll = {}): AsyncGenerator<readonly StoredFact[]> {
    const head = this.head();
    const end = range.upTo !== undefined && range.upTo < head ? range.upTo : head;
    let left = range.limit ?? Infinity;
    for await (const { facts } of this.pages(range.after ?? 0n, end, range.streams)) {
      const wanted = facts.length > left ? facts.slice(0, left) : facts;
      left -= wanted.length;
      if (wanted.length > 0) yield wanted;
      if (left <= 0) return;
    }
  }

  /** The log after a position up to another, for those who must know how far they are even where nothing matches. */
  async *pages(after: bigint, end: bigint, streams?: readonly string[]): AsyncGenerator<LogPage> {
    const filter = streams ? ` AND (${streams.map(() => 'substr(CAST(stream AS BLOB), 1, ?) = ?').join(' OR ') || 'FALSE'})` : '';
    const prefixes = (streams ?? []).map((prefix) => Buffer.from(prefix)).flatMap((prefix) => [prefix.length, prefix]);
    const sql = `SELECT ${columns} FROM log.events WHERE position > ? AND position <= ?${filter} ORDER BY position LIMIT ?`;
    for (let size = firstPage; after < end; ) {
      const spanEnd = streams && after + BigInt(filteredSpan) < end ? after + BigInt(filteredSpan) : end;
      const facts = this.#facts(sql, after, spanEnd, ...prefixes, size);
      const last = facts.at(-1);
      const through = last && facts.length === size ? last.position : spanEnd;
      yield { facts, through };
      after = through;
      if (facts.length > 0) size = nextSize(facts);
      if (after < end) await turn();
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#database.exec('DETACH log');
    this.#database.close();
  }

  #facts(sql: string, ...values: (string | number | bigint | Buffer)[]): readonly StoredFact[] {
    // Cast: rows are what the statement selects.
    const rows = this.#run(() => this.#statement(sql, true).all(...values) as unknown as Row[]);
    return rows.map(([position, stream, revision, id, type, data, metadata]) => ({ stream, revision: Number(revision), position, id, type, data, metadata }));
  }

  #first<R>(sql: string): R | undefined {
    return this.#run(() => this.#statement(sql).get() as R | undefined);
  }

  #run<R>(read: () => R): R {
    if (!this.#open) throw new StoreUnavailable('The event log is closed.');
    try {
      return read();
    } catch (error) {
      throw new StoreUnavailable(`The event log could not be read: ${messageOf(error)}.`);
    }
  }

  #statement(sql: string, asArrays = false): Statement {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    statement.setReadBigInts(true);
    statement.setReturnArrays(asArrays);
    this.#prepared.set(sql, statement);
    return statement;
  }
}

const nextSize = (facts: readonly StoredFact[]): number => {
  const characters = facts.reduce((sum, fact) => sum + fact.data.length + fact.metadata.length, 0);
  const average = Math.max(1, characters / facts.length);
  return Math.max(1, Math.min(pageFacts, Math.floor(pageCharacters / average)));
};
