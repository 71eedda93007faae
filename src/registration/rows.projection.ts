import { wordsOf } from '../convening/texts.js';
import type { Personal, PersonId } from '../event-store/personal.js';
import type { RowsReader } from '../projecting/rows-reader.js';
import type { RegistrationKept, SessionKept, Spine } from './kept.rules.js';
import { withheldKind } from './listed.projection.js';
import type { Entry, Standing } from './registrations.events.js';

/** The registration for a convening in the rows: `number` names its stream in all other tables. */
export interface StreamRow {
  readonly number: number;
  readonly spine: Spine;
  /** Of the last fact. */
  readonly at: string;
}

/** A stream in which a seat is kept for somebody, and until when the first of them is (UTC with milliseconds). */
export interface LapseRow {
  readonly stream: string;
  readonly first: string;
}

/** A registration. What its person filled in is sealed. */
export interface RegistrationRow {
  /** Place in which it came into the rows: grows from 1. */
  readonly row: number;
  readonly id: string;
  readonly held: RegistrationKept;
  /** When it came. */
  readonly at: string;
  readonly group?: string;
  readonly entry: Personal<Entry>;
}

/** Which registrations; what is left out does not matter. */
export interface Filter {
  readonly category?: string;
  readonly standings?: readonly Standing[];
  readonly country?: string;
  /** Place of the organisation's kind in the order of protocol. */
  readonly kind?: number;
  /** Checked in on this day. */
  readonly day?: string;
  /** Each is in the name; folded. */
  readonly words?: readonly string[];
  /** Fields of the form and the choices made. */
  readonly chosen?: readonly (readonly [field: string, choice: string])[];
}

/** Part of the order of protocol: a kind of organisation, of governments one country. */
export interface ProtocolGroup {
  readonly kind: number;
  readonly place: string;
}

export interface CountRow {
  readonly what: string;
  readonly value: string;
  readonly standing: Standing;
  readonly n: number;
}

interface Columns {
  readonly row: number;
  readonly id: string;
  readonly held: string;
  readonly at: string;
  readonly came_with: string | null;
  readonly entry: string;
}

type Bound = string | number;
const columns = 'row, id, held, at, came_with, entry';

/** Reads the rows of registrations that are committed. Each call sees one state of them. */
export class RegistrationRows {
  constructor(private readonly reader: RowsReader) {}

  /** The rows that are committed now, whatever is written meanwhile, until they are let go of. */
  snapshot(): { readonly rows: RegistrationRows; end(): void } {
    const reader = this.reader.snapshot();
    return { rows: new RegistrationRows(reader), end: () => reader.close() };
  }

  /** Undefined: nothing was prepared. */
  stream(stream: string): StreamRow | undefined {
    const row = this.first<{ number: number; spine: string; at: string }>('SELECT number, spine, at FROM streams WHERE stream = ?', stream);
    return row && { number: row.number, spine: JSON.parse(row.spine) as Spine, at: row.at };
  }

  /** The streams in which a seat is kept no longer than until this instant, what is over longest first. */
  due(now: string): LapseRow[] {
    return this.all<LapseRow>('SELECT stream, first_lapse AS first FROM streams WHERE first_lapse <= ? ORDER BY first_lapse', now);
  }

  /** By its id or code, or those of a form that came with the same address. */
  registration(stream: number, named: string): RegistrationRow | undefined {
    const by = (column: string, value = named) => this.first<Columns>(`SELECT ${columns} FROM registrations WHERE stream = ? AND ${column} = ?`, stream, value);
    const repeated = (column: string) => this.first<{ registration: string }>(`SELECT registration FROM repeats WHERE stream = ? AND ${column} = ?`, stream, named)?.registration;
    const row = by('id') ?? by('code') ?? by('id', repeated('repeat') ?? repeated('code') ?? '');
    return row && registrationOf(row);
  }

  /** Places in the waiting list of a category, from 1, of who waits with these numbers. */
  positions(stream: number, category: string, numbers: readonly number[]): Map<number, number> {
    const sql = `SELECT count(*) AS more FROM listed WHERE stream = ? AND standing = 'waiting' AND category = ? AND number > ? AND number <= ?`;
    const positions = new Map<number, number>();
    let [from, position] = [0, 0];
    for (const number of [...numbers].sort((one, other) => one - other)) {
      position += this.first<{ more: number }>(sql, stream, category, from, number)!.more;
      positions.set(number, position);
      from = number;
    }
    return positions;
  }

  /** Seats in a session; undefined: one never signed up for it. */
  session(stream: number, session: string): SessionKept | undefined {
    const row = this.first<{ seats: string }>('SELECT seats FROM sessions WHERE stream = ? AND session = ?', stream, session);
    return row && (JSON.parse(row.seats) as SessionKept);
  }

  /** The registrations that have a seat in a session, or wait for one, as they came. Each row is looked through. */
  signedUp(stream: number, session: string): string[] {
    const found = this.all<{ id: string; held: string }>('SELECT id, held FROM registrations WHERE stream = ? AND instr(held, ?) > 0 ORDER BY row', stream, JSON.stringify(session));
    return found.flatMap(({ id, held }) => ((JSON.parse(held) as RegistrationKept).sessions.includes(session) ? [id] : []));
  }

  /** How many registrations there are. */
  last(stream: number): number {
    return this.first<{ row: number }>('SELECT coalesce(max(row), 0) AS row FROM registrations WHERE stream = ?', stream)!.row;
  }

  counts(stream: number): CountRow[] {
    return this.all<CountRow>('SELECT what, value, standing, n FROM counts WHERE stream = ? ORDER BY what, value, standing', stream);
  }

  /** Countries for which governments registered. */
  places(stream: number): string[] {
    const places: string[] = [];
    for (let after = '', next: { place: string | null } | undefined; ; after = next.place) {
      next = this.first('SELECT min(place) AS place FROM listed WHERE stream = ? AND kind = 0 AND place > ?', stream, after);
      if (typeof next?.place !== 'string') return places;
      places.push(next.place);
    }
  }

  /** In the order in which they came. */
  asTheyCame(stream: number, filter: Filter, after: number, limit: number): RegistrationRow[] {
    const [where, bound] = conditions(filter);
    return this.rowsOf(stream, this.all<{ row: number }>(`SELECT row FROM listed WHERE stream = ? AND row > ?${where} ORDER BY row LIMIT ?`, stream, after, ...bound, limit));
  }

  /** Whose names hold any of these words, folded, not only as parts of others, and which: who has most of them first. Each row is looked through once. */
  calledBy(stream: number, words: readonly string[], limit: number): ReadonlyMap<PersonId, ReadonlySet<string>> {
    const each = (part: string) => words.map(() => part).join(' + ');
    const [parts, whole] = [each('(instr(name, ?) > 0)'), each(`(instr(' ' || name || ' ', ' ' || ? || ' ') > 0)`)];
    const found = this.all<{ row: number; name: string }>(`SELECT row, name FROM listed WHERE stream = ? AND ${parts} > 0 ORDER BY ${whole} DESC, row LIMIT ?`, stream, ...words, ...words, limit);
    const held = new Map(found.map(({ row, name }) => [row, words.filter((word) => wordsOf(name).includes(word))]));
    const named = new Map<PersonId, ReadonlySet<string>>();
    for (const { row, held: { person } } of this.rowsOf(stream, found.filter(({ row }) => held.get(row)!.length > 0))) named.set(person, new Set([...(named.get(person) ?? []), ...held.get(row)!]));
    return named;
  }

  /** Who waits in a category, in the order of registration. `after`: a number. */
  waiting(stream: number, category: string, after: number, limit: number): RegistrationRow[] {
    return this.rowsOf(stream, this.all<{ row: number }>(
      `SELECT row FROM listed WHERE stream = ? AND standing = 'waiting' AND category = ? AND number > ? ORDER BY number LIMIT ?`, stream, category, after, limit,
    ));
  }

  /** In the order of protocol, by these groups. `after`: the row of the last one before; undefined: from the beginning. */
  inProtocol(stream: number, filter: Filter, groups: readonly ProtocolGroup[], after: number | undefined, limit: number): RegistrationRow[] {
    const [where, bound] = conditions(filter);
    const last = after === undefined ? undefined : this.place(stream, after);
    const found: { row: number }[] = [];
    let begun = last === undefined;
    for (const { kind, place } of groups) {
      const isLast = last?.kind === kind && last.place === place;
      if (!begun && !isLast) continue;
      begun = true;
      const [from, key]: [string, Bound[]] = isLast ? [' AND (organisation, name, row) > (?, ?, ?)', [last.organisation, last.name, last.row]] : ['', []];
      const sql = `SELECT row FROM listed INDEXED BY in_protocol WHERE stream = ? AND kind = ? AND place = ?${from}${where} ORDER BY organisation, name, row LIMIT ?`;
      found.push(...this.all<{ row: number }>(sql, stream, kind, place, ...key, ...bound, limit - found.length));
      if (found.length >= limit) break;
    }
    return this.rowsOf(stream, found);
  }

  /** Where a row is in the order of protocol. */
  place(stream: number, row: number): (ProtocolGroup & { readonly organisation: string; readonly name: string; readonly row: number }) | undefined {
    return this.first('SELECT kind, place, organisation, name, row FROM listed WHERE stream = ? AND row = ?', stream, row);
  }

  private rowsOf(stream: number, rows: readonly { readonly row: number }[]): RegistrationRow[] {
    const found = this.all<Columns>(`SELECT ${columns} FROM registrations WHERE stream = ? AND row IN (SELECT value FROM json_each(?))`, stream, JSON.stringify(rows.map(({ row }) => row)));
    const byRow = new Map(found.map((each) => [each.row, each]));
    return rows.flatMap(({ row }) => {
      const one = byRow.get(row);
      return one ? [registrationOf(one)] : [];
    });
  }

  // Casts: rows are what the statements select.
  private first<T>(sql: string, ...bound: readonly Bound[]): T | undefined {
    return this.reader.statement(sql).get(...bound) as T | undefined;
  }

  private all<T>(sql: string, ...bound: readonly Bound[]): T[] {
    return this.reader.statement(sql).all(...bound) as T[];
  }
}

const registrationOf = ({ row, id, held, at, came_with: group, entry }: Columns): RegistrationRow => ({
  row, id, held: JSON.parse(held) as RegistrationKept, at, ...(group !== null && { group }), entry: JSON.parse(entry) as Personal<Entry>,
});

/** As SQL that follows other conditions, and what is bound in it. */
const conditions = ({ category, standings, country, kind, day, words = [], chosen = [] }: Filter): [string, Bound[]] => {
  const parts: string[] = [];
  const bound: Bound[] = [];
  const must = (part: string, ...values: Bound[]) => {
    parts.push(` AND ${part}`);
    bound.push(...values);
  };
  if (category !== undefined) must('category = ?', category);
  if (standings) must(`standing IN (${standings.map(() => '?').join(', ')})`, ...standings);
  if (country !== undefined) must('country = ?', country);
  if (kind !== undefined) must('kind = ?', kind);
  if (day !== undefined) must('instr(days, ?) > 0', JSON.stringify(day));
  for (const word of words) must('instr(name, ?) > 0', word);
  for (const [field, choice] of chosen) must('instr(chosen, ?) > 0', `${JSON.stringify(field)}:${JSON.stringify(choice)}`);
  return [parts.join(''), bound];
};

/** What comes after the states in the order of protocol: governments that named none, the other kinds of organisations, and who was forgotten. */
export const otherGroups: readonly ProtocolGroup[] = Array.from({ length: withheldKind + 1 }, (_, kind) => ({ kind, place: '' }));
