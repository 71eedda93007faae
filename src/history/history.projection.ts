import { LRUCache } from 'lru-cache';
import { conveningCatalogue, conveningStream } from '../convening/convening.events.js';
import { FactReader } from '../event-store/codec.js';
import type { EventStore, StoredFact } from '../event-store/event-store.js';
import type { Database, Statement } from '../event-store/sqlite/database.js';
import type { Projection, Projector } from '../projecting/projection.js';
import { ThreadedRunner } from '../projecting/threaded-runner.js';
import { registrationCatalogue, registrationStream } from '../registration/registration.events.js';
import { aboutOf, type Known, type KnownKind, type Memory, type ToldEvent } from './history.js';
import { HistoryRows } from './rows.projection.js';
import { termsOf } from './terms.projection.js';

/** What is known of the things of streams is kept in memory up to so many things; the least recently used stream goes first. */
const thingsKept = 200_000;
/** Facts are counted by quarters of an hour: every zone's days begin with one. */
const quarter = 15 * 60_000;

/** A row that is not written yet: what it holds, as texts, since many wait for the same commit and texts cost nothing to keep. */
interface Pending {
  readonly revision: number;
  readonly at: string;
  readonly row: readonly (string | number | null)[];
  readonly words: string;
}

/** What is known of a stream, and what of it is to be written. */
class StreamMemory implements Memory {
  readonly things = new Map<string, Known[KnownKind] | undefined>();
  readonly changed = new Set<string>();
  pending: Pending[] = [];

  constructor(
    /** By which rows name the stream. */
    readonly number: number,
    /** Of the last fact, and of the command that it came of. */
    public last: { readonly revision: number; readonly command: string; readonly first: number },
    /** Reads a thing's row. Undefined: the stream has no rows yet. */
    private readonly read?: (thing: string) => string | undefined,
  ) {}

  recall<K extends KnownKind>(kind: K, id: string): Known[K] | undefined {
    const thing = `${kind} ${id}`;
    // Casts: under a kind's name stands what was kept by it.
    if (this.things.has(thing) || !this.read) return this.things.get(thing) as Known[K] | undefined;
    const row = this.read(thing);
    const known = row === undefined ? undefined : (JSON.parse(row) as Known[K]);
    this.things.set(thing, known);
    return known;
  }

  keep<K extends KnownKind>(kind: K, id: string, known: Known[K] | undefined): void {
    const thing = `${kind} ${id}`;
    this.things.set(thing, known);
    this.changed.add(thing);
  }
}

/** Facts as rows: one of each, with what it concerns; what was known of things; and how busy each quarter of an hour was. */
export class HistoryProjector implements Projector {
  readonly #rows: HistoryRows;
  // Each stream's facts are read with the catalogue of its area.
  readonly #conveningFacts: FactReader<ToldEvent> = new FactReader(conveningCatalogue);
  readonly #registrationFacts: FactReader<ToldEvent> = new FactReader(registrationCatalogue);
  readonly #statements: Readonly<Record<'stream' | 'thing' | 'keep' | 'drop' | 'fact' | 'terms' | 'together' | 'quarter', Statement>>;
  readonly #memories = new LRUCache<string, StreamMemory>({ maxSize: thingsKept, sizeCalculation: ({ things }) => 1 + things.size });
  /** Not to be dropped before it is written. */
  readonly #touched = new Map<string, StreamMemory>();
  /** The number of the next stream. */
  #next: number;

  constructor(database: Database) {
    const prepare = (sql: string) => database.prepare(sql);
    this.#rows = new HistoryRows(prepare);
    this.#statements = {
      stream: prepare(`INSERT INTO streams (number, name, revision, command, first) VALUES (?, ?, ?, ?, ?)
                       ON CONFLICT (number) DO UPDATE SET revision = excluded.revision, command = excluded.command, first = excluded.first`),
      thing: prepare('SELECT known FROM things WHERE stream = ? AND thing = ?'),
      keep: prepare('INSERT INTO things (stream, thing, known) VALUES (?, ?, ?) ON CONFLICT (stream, thing) DO UPDATE SET known = excluded.known'),
      drop: prepare('DELETE FROM things WHERE stream = ? AND thing = ?'),
      fact: prepare('INSERT INTO facts (stream, revision, at, type, actor, command, first, reason, data, about) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
      terms: prepare('INSERT INTO terms (rowid, words) VALUES (?, ?)'),
      together: prepare(`INSERT INTO terms (terms) VALUES ('optimize')`),
      quarter: prepare(`INSERT INTO quarters (stream, quarter, facts, last) VALUES (?, ?, ?, ?)
                        ON CONFLICT (stream, quarter) DO UPDATE SET facts = facts + excluded.facts, last = excluded.last`),
    };
    // Cast: the row is what the statement selects.
    this.#next = (prepare('SELECT coalesce(max(number), 0) + 1 AS next FROM streams').get() as { next: number }).next;
  }

  apply(fact: StoredFact): void {
    const facts = fact.stream.startsWith(conveningStream('')) ? this.#conveningFacts : this.#registrationFacts;
    const event = facts.decode(fact);
    const memory = this.#touch(fact.stream);
    const { last } = memory;
    if (fact.revision !== last.revision + 1) throw new Error(`it does not follow revision ${last.revision}, up to which the stream was read`);
    const { commandId, actor, at, reason } = event.metadata;
    const first = commandId === last.command ? last.first : fact.revision;
    const about = aboutOf(event, { ...event.recorded, actor }, memory);
    const row = [memory.number, fact.revision, at, fact.type, actor, commandId, first, reason ? JSON.stringify(reason) : null, JSON.stringify(event.data), JSON.stringify(about)];
    memory.pending.push({ revision: fact.revision, at, row, words: termsOf(event, about, actor, memory.number) });
    memory.last = { revision: fact.revision, command: commandId, first };
  }

  write(stream: string): void {
    const memory = this.#touched.get(stream);
    if (!memory) return;
    const { number } = memory;
    const quarters = new Map<number, { facts: number; last: number }>();
    for (const { revision, at, row, words } of memory.pending) {
      const { lastInsertRowid } = this.#statements.fact.run(...row);
      this.#statements.terms.run(lastInsertRowid, words);
      const begins = Math.floor(Date.parse(at) / quarter) * quarter;
      quarters.set(begins, { facts: (quarters.get(begins)?.facts ?? 0) + 1, last: revision });
    }
    for (const [begins, { facts, last }] of quarters) this.#statements.quarter.run(number, begins, facts, last);
    for (const thing of memory.changed) {
      const known = memory.things.get(thing);
      if (known === undefined) this.#statements.drop.run(number, thing);
      else this.#statements.keep.run(number, thing, JSON.stringify(known));
    }
    this.#statements.stream.run(number, stream, memory.last.revision, memory.last.command, memory.last.first);
    memory.pending = [];
    memory.changed.clear();
    this.#touched.delete(stream);
    this.#memories.set(stream, memory);
  }

  /** The index is one piece then, not a dozen: a word that names three hundred people is looked for in each of them. */
  built(): void {
    this.#statements.together.run();
  }

  forget(stream: string): void {
    this.#touched.delete(stream);
    this.#memories.delete(stream);
  }

  #touch(stream: string): StreamMemory {
    const touched = this.#touched.get(stream);
    if (touched) return touched;
    const memory = this.#memories.get(stream) ?? this.#memoryOf(stream);
    this.#memories.delete(stream);
    this.#touched.set(stream, memory);
    return memory;
  }

  #memoryOf(stream: string): StreamMemory {
    const row = this.#rows.stream(stream);
    if (row) return new StreamMemory(row.number, row, (thing) => (this.#statements.thing.get(row.number, thing) as { known: string } | undefined)?.known);
    return new StreamMemory(this.#next++, { revision: -1, command: '', first: -1 });
  }
}

const name = 'history';

/** Raise `version` when the rows' content changes, `tables` when this build can no longer read the older ones. */
export const projection = (): Projection<HistoryProjector> => ({
  name,
  tables: 1,
  version: 4,
  streams: [conveningStream(''), registrationStream('')],
  create: (database) =>
    database.exec(`
      CREATE TABLE streams (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL, command TEXT NOT NULL, first INTEGER NOT NULL);
      CREATE TABLE facts (
        place INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL, at TEXT NOT NULL, type TEXT NOT NULL, actor TEXT NOT NULL,
        command TEXT NOT NULL, first INTEGER NOT NULL, reason TEXT, data TEXT NOT NULL, about TEXT NOT NULL, UNIQUE (stream, revision)
      );
      CREATE VIRTUAL TABLE terms USING fts5 (words, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
      CREATE TABLE things (stream INTEGER NOT NULL, thing TEXT NOT NULL, known TEXT NOT NULL, PRIMARY KEY (stream, thing)) WITHOUT ROWID;
      CREATE TABLE quarters (stream INTEGER NOT NULL, quarter INTEGER NOT NULL, facts INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (stream, quarter)) WITHOUT ROWID;
    `),
  open: (database) => new HistoryProjector(database),
});

/** The read model of what happened on this node, in files of this folder (`<data>/read`), kept by a thread of its own. Also the injection token. */
export class HistoryReadModel extends ThreadedRunner<HistoryRows> {
  constructor({ store, folder }: { readonly store: EventStore; readonly folder: string }) {
    super({ store, folder, name, module: import.meta.url, rows: (reader) => new HistoryRows((sql) => reader.statement(sql)) });
  }
}
