import type { Sealed } from '../event-store/personal.js';
import type { Statement } from '../event-store/sqlite/database.js';
import { RowsDamaged } from '../projecting/projection.js';
import type { About, FactRow } from './history.js';

/** A stream that has a history, with where it ends. */
export interface StreamRow {
  readonly number: number;
  readonly revision: number;
  readonly command: string;
  readonly first: number;
}

/** How busy a quarter of an hour was. */
export interface QuarterRow {
  /** When it began, in milliseconds since 1970. */
  readonly quarter: number;
  readonly facts: number;
  /** The revision of its last fact. */
  readonly last: number;
}

/** Which facts of a stream are looked for, from where, and how many. */
export interface Wanted {
  readonly stream: number;
  /** What the index is asked for; undefined: every fact. */
  readonly terms?: string;
  /** Only facts of these revisions, both included. */
  readonly least: number;
  readonly most: number;
  readonly newestFirst: boolean;
  readonly limit: number;
}

interface Row extends Omit<FactRow, 'reason' | 'data' | 'about'> {
  readonly reason: string | null;
  readonly data: string;
  readonly about: string;
}

const columns = 'revision, at, type, actor, command, first, reason, data, about';

/** Looks facts up in the rows of a history. Each look costs what it gives, however long the history is. */
export class HistoryRows {
  readonly #statements: Readonly<Record<'stream' | 'older' | 'newer' | 'ofCommand' | 'placeFrom' | 'placeTo' | 'foundOlder' | 'foundNewer' | 'at' | 'since' | 'quarters', Statement>>;

  constructor(prepare: (sql: string) => Statement) {
    const found = (order: string) => `SELECT rowid AS place FROM terms WHERE terms MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid ${order} LIMIT ?`;
    const within = (order: string) => `SELECT ${columns} FROM facts WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision ${order} LIMIT ?`;
    this.#statements = {
      stream: prepare('SELECT number, revision, command, first FROM streams WHERE name = ?'),
      older: prepare(within('DESC')),
      newer: prepare(within('ASC')),
      ofCommand: prepare(`SELECT revision FROM facts WHERE stream = ? AND revision >= ? AND revision < ? AND command = ? ORDER BY revision`),
      placeFrom: prepare('SELECT place FROM facts WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT 1'),
      placeTo: prepare('SELECT place FROM facts WHERE stream = ? AND revision <= ? ORDER BY revision DESC LIMIT 1'),
      foundOlder: prepare(found('DESC')),
      foundNewer: prepare(found('ASC')),
      at: prepare(`SELECT ${columns} FROM facts WHERE place = ?`),
      since: prepare('SELECT at FROM facts WHERE stream = ? AND revision = ?'),
      quarters: prepare('SELECT quarter, facts, last FROM quarters WHERE stream = ? ORDER BY quarter'),
    };
  }

  /** Undefined: there is no such stream. */
  stream(name: string): StreamRow | undefined {
    return this.#statements.stream.get(name) as StreamRow | undefined; // The row is what the statement selects; so below.
  }

  /** In the order that is wanted. */
  facts({ stream, terms, least, most, newestFirst, limit }: Wanted): FactRow[] {
    if (terms === undefined) return this.#rows(newestFirst ? this.#statements.older : this.#statements.newer, stream, least, most, limit);
    const from = this.#place(this.#statements.placeFrom, stream, least);
    const to = this.#place(this.#statements.placeTo, stream, most);
    if (from === undefined || to === undefined) return [];
    const places = (newestFirst ? this.#statements.foundOlder : this.#statements.foundNewer).all(terms, from, to, limit) as unknown as { place: number }[];
    return places.flatMap(({ place }) => this.#rows(this.#statements.at, place));
  }

  /** Revisions of the facts of the command that made this one, which stand together; at most so many. */
  ofCommand(stream: number, { command, first }: FactRow, limit: number): number[] {
    return (this.#statements.ofCommand.all(stream, first, first + limit, command) as { revision: number }[]).map(({ revision }) => revision);
  }

  /** The fact of this revision. */
  fact(stream: number, revision: number): FactRow | undefined {
    return this.#rows(this.#statements.newer, stream, revision, revision, 1)[0];
  }

  /** The revision of the last fact up to an instant, or of the last before it; -1: there is none. `at` never goes back in a stream, so it is found by halving. */
  lastUpTo(stream: number, instant: string, end: number, isIncluded: boolean): number {
    let [low, high] = [-1, end];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const { at } = this.#statements.since.get(stream, middle) as { at: string };
      if (isIncluded ? at <= instant : at < instant) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  quarters(stream: number): QuarterRow[] {
    return this.#statements.quarters.all(stream) as QuarterRow[]; // As the statement selects.
  }

  #place(statement: Statement, stream: number, revision: number): number | undefined {
    return (statement.get(stream, revision) as { place: number } | undefined)?.place;
  }

  #rows(statement: Statement, ...values: (string | number)[]): FactRow[] {
    const rows = statement.all(...values) as unknown as Row[];
    try {
      // Casts: the texts are what the projector wrote.
      return rows.map(({ reason, data, about, ...row }) => ({
        ...row, ...(reason !== null && { reason: JSON.parse(reason) as Sealed<string> }), data: JSON.parse(data) as FactRow['data'], about: JSON.parse(about) as About,
      }));
    } catch (error) {
      throw new RowsDamaged('Rows of a history cannot be read.', { cause: error });
    }
  }
}
