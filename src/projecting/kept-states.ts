import { LRUCache } from 'lru-cache';
import { breather, inTurns } from '../event-store/breather.js';
import type { Recorded } from '../event-store/event.js';
import { drained } from '../event-store/steps.js';
import type { Database, Statement } from '../event-store/sqlite/database.js';
import { Evolving, type Parts, type Standing } from './parts.js';
import { RowsDamaged } from './projection.js';

/** States are kept in memory up to so many parts; the least recently used goes first. */
const partsKept = 20_000;

/** At every so many facts of a stream the state is kept as it is then: from there on, and no farther, a moment of the past is read from the log. */
export const factsBetween = 512;

/** Up to which moment of a stream somebody wants to know it. */
export type Moment = { readonly revision: number } | { readonly instant: string };

/** A state that was kept. */
export interface Checkpoint<S> {
  /** Without its parts. */
  readonly state: S;
  /** The parts in their order, each with the revision of the fact since which it is so. */
  readonly parts: readonly (readonly [id: string, since: number])[];
}

/** A checkpoint that is not written yet. */
interface Frozen<S> {
  readonly state: Readonly<S>;
  readonly since: ReadonlyMap<string, number>;
  /** The parts that changed since the checkpoint before, or since what was written. */
  readonly changed: ReadonlySet<string>;
}

/** A stream's state, and what of it is not written yet. */
interface Held<S extends Standing, P extends object, E> {
  readonly evolving: Evolving<S, P, E>;
  /** The same, as it was last given away. */
  shared: Readonly<S> | undefined;
  /** Of each part the revision of the fact since which it is so. */
  readonly since: Map<string, number>;
  /** Since when each part is so by its last row. */
  readonly rows: Map<string, number>;
  /** The last checkpoint's revision, and the last one's that is written; -1: there is none. */
  checkpoint: number;
  written: number;
  frozen: Frozen<S>[];
  changed: Set<string>;
  order: boolean;
}

/**
 * Streams' states as rows: of each its spine and its parts as they are, and as they were at every checkpoint. A part that did not
 * change between two checkpoints is one row for both: a checkpoint only keeps rows that are there from being written over.
 */
export class KeptStates<S extends Standing, P extends object, E> {
  readonly #statements: Readonly<Record<'state' | 'part' | 'latest' | 'last' | 'byRevision' | 'byInstant' | 'checkpoint' | 'put' | 'putOrder' | 'putPart' | 'overwritePart' | 'putCheckpoint', Statement>>;
  readonly #kept = new LRUCache<string, Held<S, P, E>>({ maxSize: partsKept, sizeCalculation: ({ since }) => 1 + since.size });
  /** Not to be dropped before it is written. */
  readonly #touched = new Map<string, Held<S, P, E>>();
  /** What is read ahead. */
  readonly #ahead = new Map<string, Promise<void>>();

  /** On a file whose tables were made by `createTables`. */
  constructor(database: Database, readonly parts: Parts<S, P, E>) {
    const prepare = (sql: string) => database.prepare(sql);
    this.#statements = {
      state: prepare('SELECT spine, parts FROM states WHERE stream = ?'),
      part: prepare('SELECT text FROM parts WHERE stream = ? AND part = ? AND since = ?'),
      latest: prepare('SELECT since, text FROM parts WHERE stream = ? AND part = ? ORDER BY since DESC LIMIT 1'),
      last: prepare('SELECT revision FROM checkpoints WHERE stream = ? ORDER BY revision DESC LIMIT 1'),
      byRevision: prepare('SELECT revision FROM checkpoints WHERE stream = ? AND revision <= ? ORDER BY revision DESC LIMIT 1'),
      byInstant: prepare('SELECT revision FROM checkpoints WHERE stream = ? AND at <= ? ORDER BY revision DESC LIMIT 1'),
      checkpoint: prepare('SELECT spine, parts FROM checkpoints WHERE stream = ? AND revision = ?'),
      put: prepare(`INSERT INTO states (stream, spine, parts) VALUES (?, ?, '[]') ON CONFLICT (stream) DO UPDATE SET spine = excluded.spine`),
      putOrder: prepare('UPDATE states SET parts = ? WHERE stream = ?'),
      putPart: prepare('INSERT INTO parts (since, text, stream, part) VALUES (?, ?, ?, ?)'),
      overwritePart: prepare('UPDATE parts SET since = ?, text = ? WHERE stream = ? AND part = ? AND since = ?'),
      putCheckpoint: prepare('INSERT INTO checkpoints (stream, revision, at, spine, parts) VALUES (?, ?, ?, ?, ?)'),
    };
  }

  static createTables(database: Database): void {
    database.exec(`
      CREATE TABLE states (stream TEXT PRIMARY KEY, spine TEXT NOT NULL, parts TEXT NOT NULL);
      CREATE TABLE parts (stream TEXT NOT NULL, part TEXT NOT NULL, since INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (stream, part, since)) WITHOUT ROWID;
      CREATE TABLE checkpoints (stream TEXT NOT NULL, revision INTEGER NOT NULL, at TEXT NOT NULL, spine TEXT NOT NULL, parts TEXT NOT NULL, PRIMARY KEY (stream, revision)) WITHOUT ROWID;
    `);
  }

  /**
   * Reads a state that is not in memory, with turns for others in between: who asks for it first would hold them up until all its parts are read.
   * Nothing is thrown: what is wrong meets who reads it next. Undefined: it is there.
   */
  ahead(stream: string): Promise<void> | undefined {
    if (this.#inMemory(stream)) return undefined;
    const known = this.#ahead.get(stream);
    if (known) return known;
    const reading = this.#readAhead(stream).catch(() => undefined).finally(() => void this.#ahead.delete(stream));
    this.#ahead.set(stream, reading);
    return reading;
  }

  /** Makes ready for a fact that changes many parts, so that it is applied soon; others have their turn in between. */
  async prepare(stream: string, event: E): Promise<void> {
    const held = this.#held(stream);
    if (held) await inTurns(held.evolving.prepare(event));
  }

  /** The next fact of its stream, in memory. @throws when it is not the next, and what the fold throws */
  apply(stream: string, event: E, recorded: Recorded): void {
    const held = this.#touch(stream);
    const { state } = held.evolving;
    if (recorded.revision !== state.revision + 1) throw new Error(`it does not follow revision ${state.revision}, up to which the stream was read`);
    const before = this.parts.of(state);
    const count = before.size;
    held.shared = undefined;
    for (const id of held.evolving.evolve(event, recorded)) {
      held.changed.add(id);
      if (!this.parts.of(state).has(id)) held.since.delete(id);
      else held.since.set(id, recorded.revision);
    }
    const after = this.parts.of(state);
    if (after !== before || after.size !== count) held.order = true;
    if ((recorded.revision + 1) % factsBetween === 0) this.#freeze(held);
  }

  /** Gives the state that was written; it goes on changing. Others have their turn between the parts. Undefined: there was nothing to write. */
  async write(stream: string): Promise<Readonly<S> | undefined> {
    const held = this.#touched.get(stream);
    if (!held) return undefined;
    for (const { state, since, changed } of held.frozen) {
      await this.#putParts(stream, held, state, since, changed);
      held.written = state.revision;
      const parts = [...this.parts.of(state).keys()].map((id) => [id, since.get(id)]);
      this.#statements.putCheckpoint.run(stream, state.revision, state.at, this.parts.spineText(state), JSON.stringify(parts));
    }
    const { state } = held.evolving;
    await this.#putParts(stream, held, state, held.since, held.changed);
    this.#statements.put.run(stream, this.parts.spineText(state));
    if (held.order) this.#statements.putOrder.run(JSON.stringify([...this.parts.of(state).keys()]), stream);
    held.frozen = [];
    held.changed = new Set();
    held.order = false;
    this.#touched.delete(stream);
    this.#kept.set(stream, held);
    return state;
  }

  forget(stream: string): void {
    this.#touched.delete(stream);
    this.#kept.delete(stream);
  }

  /** The state as it is now; what is given stays as it is. Undefined: the stream has no facts. */
  state(stream: string): Readonly<S> | undefined {
    const held = this.#held(stream);
    return held && (held.shared ??= held.evolving.share());
  }

  /** Of the last state that was kept at or before this moment the revision; undefined: none was, and the stream is read from its beginning. */
  lastKept(stream: string, moment: Moment): number | undefined {
    const [statement, key] = 'revision' in moment ? [this.#statements.byRevision, moment.revision] : [this.#statements.byInstant, moment.instant];
    return (statement.get(stream, key) as { revision: number } | undefined)?.revision; // Cast: the row is what `write` wrote.
  }

  /** The state that was kept at this revision. */
  checkpoint(stream: string, revision: number): Checkpoint<S> {
    return whole(() => {
      const row = this.#statements.checkpoint.get(stream, revision) as { spine: string; parts: string }; // Cast: as above.
      return { state: this.parts.fromSpine(row.spine, new Map()), parts: JSON.parse(row.parts) as Checkpoint<S>['parts'] };
    });
  }

  /** A part of a checkpoint: many hold it, nobody changes it. */
  part(stream: string, id: string, since: number): P {
    const live = this.#touched.get(stream) ?? this.#kept.get(stream);
    if (live?.since.get(id) === since && since <= live.checkpoint) return this.parts.of(live.evolving.state).get(id)!;
    return whole(() => this.parts.partFrom((this.#statements.part.get(stream, id, since) as { text: string }).text));
  }

  async #putParts(stream: string, { rows, written }: Held<S, P, E>, state: Readonly<S>, since: ReadonlyMap<string, number>, changed: ReadonlySet<string>): Promise<void> {
    const breathe = breather();
    const parts = this.parts.of(state);
    for (const id of changed) {
      const part = parts.get(id);
      // One that was taken away keeps the rows of when it was there.
      if (part === undefined) continue;
      const [revision, row] = [since.get(id)!, rows.get(id) ?? -1];
      if (row > written) this.#statements.overwritePart.run(revision, this.parts.partText(part), stream, id, row);
      else this.#statements.putPart.run(revision, this.parts.partText(part), stream, id);
      rows.set(id, revision);
      const pause = breathe();
      if (pause) await pause;
    }
  }

  /** From now on the parts are the checkpoint's too. */
  #freeze(held: Held<S, P, E>): void {
    const state = held.evolving.share();
    held.shared = state;
    held.frozen.push({ state, since: new Map(held.since), changed: held.changed });
    held.changed = new Set();
    held.checkpoint = state.revision;
  }

  #touch(stream: string): Held<S, P, E> {
    const known = this.#touched.get(stream);
    if (known) return known;
    const held = this.#kept.get(stream) ?? drained(this.#read(stream)) ?? this.#heldOf(this.parts.initial(), new Map(), -1);
    this.#kept.delete(stream);
    this.#touched.set(stream, held);
    return held;
  }

  #held(stream: string): Held<S, P, E> | undefined {
    const known = this.#inMemory(stream);
    if (known) return known;
    const read = drained(this.#read(stream));
    if (read) this.#kept.set(stream, read);
    return read;
  }

  #inMemory = (stream: string) => this.#touched.get(stream) ?? this.#kept.get(stream);

  async #readAhead(stream: string): Promise<void> {
    const spine = () => (this.#statements.state.get(stream) as { spine: string } | undefined)?.spine; // Cast: as below.
    const before = spine();
    const read = await inTurns(this.#read(stream));
    // What was written meanwhile stands in some of the parts, and in others not.
    if (read && spine() === before) this.#kept.set(stream, read);
  }

  #heldOf(state: S, since: Map<string, number>, checkpoint: number): Held<S, P, E> {
    return { evolving: new Evolving(this.parts, state), shared: undefined, since, rows: new Map(since), checkpoint, written: checkpoint, frozen: [], changed: new Set(), order: false };
  }

  *#read(stream: string): Generator<undefined, Held<S, P, E> | undefined> {
    // Casts: the rows are what `write` wrote.
    const row = this.#statements.state.get(stream) as { spine: string; parts: string } | undefined;
    if (!row) return undefined;
    const last = this.#statements.last.get(stream) as { revision: number } | undefined;
    const [parts, since] = [new Map<string, P>(), new Map<string, number>()];
    for (const id of whole(() => JSON.parse(row.parts) as string[])) {
      const latest = this.#statements.latest.get(stream, id) as { since: number; text: string } | undefined;
      if (!latest) throw new RowsDamaged(`The row of ${id} is missing.`);
      parts.set(id, whole(() => this.parts.partFrom(latest.text)));
      since.set(id, latest.since);
      yield;
    }
    return this.#heldOf(whole(() => this.parts.fromSpine(row.spine, parts)), since, last?.revision ?? -1);
  }
}

const whole = <T>(parse: () => T): T => {
  try {
    return parse();
  } catch (error) {
    throw new RowsDamaged('Rows of a state cannot be read.', { cause: error });
  }
};
