import type { RegistrationsAt } from './registration.queries.js';
import { otherGroups, type Filter, type ProtocolGroup, type RegistrationRow } from './rows.projection.js';

/**
 * `registration`: as they came. `protocol`: states by country in the order of a language, then the United Nations, inter-governmental organisations, national
 * human rights institutions, non-governmental ones, academia, private ones, media and others; in each by organisation, then by name. `waiting`: who waits, by
 * category in the order of the categories, then in the order of registration.
 */
export const orders = ['registration', 'protocol', 'waiting'] as const;
export type Order = (typeof orders)[number];

/** Part of a list, and what the part after one of its rows is asked for with. */
export interface Listed {
  readonly rows: readonly RegistrationRow[];
  cursor(row: RegistrationRow): string;
}

type Cursor = readonly (string | number)[];

const written = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** Undefined: it is no cursor of ours. */
const read = (text: string): Cursor | undefined => {
  try {
    const cursor: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(cursor) && cursor.length > 0 ? (cursor as Cursor) : undefined;
  } catch {
    return undefined;
  }
};

/** The rows after a cursor, at most so many; undefined: what it stands for is no longer where it was. */
export const listed = (at: RegistrationsAt, { filter, order }: { readonly filter: Filter; readonly order: Order }, language: string, after: string | undefined, limit: number): Listed | undefined => {
  const cursor = after === undefined ? undefined : read(after);
  return after !== undefined && !cursor ? undefined : by[order](at, filter, language, cursor, limit);
};

const by: { readonly [O in Order]: (at: RegistrationsAt, filter: Filter, language: string, after: Cursor | undefined, limit: number) => Listed | undefined } = {
  registration({ rows, number }, filter, _, after, limit) {
    const [from = 0] = after ?? [];
    if (typeof from !== 'number') return undefined;
    return { rows: rows.asTheyCame(number, filter, from, limit), cursor: ({ row }) => written([row]) };
  },
  protocol({ rows, number }, filter, language, after, limit) {
    const [row, kind] = after ?? [];
    if (after && (typeof row !== 'number' || rows.place(number, row)?.kind !== kind)) return undefined;
    const found = rows.inProtocol(number, filter, [...states(rows.places(number), language), ...otherGroups], row as number | undefined, limit);
    return { rows: found, cursor: (last) => written([last.row, rows.place(number, last.row)!.kind]) };
  },
  waiting({ rows, number, spine }, { category }, _, after, limit) {
    const [from, place = 0] = after ?? [];
    const categories = spine.categories.map(([id]) => id).filter((id) => category === undefined || id === category);
    const begins = from === undefined ? 0 : categories.indexOf(String(from));
    if (begins < 0 || typeof place !== 'number') return undefined;
    const found: RegistrationRow[] = [];
    for (const [index, id] of categories.slice(begins).entries()) if (found.length < limit) found.push(...rows.waiting(number, id, index === 0 ? place : 0, limit - found.length));
    return { rows: found, cursor: ({ held }) => written([held.category, held.number]) };
  },
};

/** Countries in the order of a language. A code that no country has is its own name. */
const states = (places: readonly string[], language: string): ProtocolGroup[] => {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'code' });
  const named = places.map((place) => ({ place, name: names.of(place) ?? place }));
  const collator = new Intl.Collator(language);
  return named.sort((one, other) => collator.compare(one.name, other.name) || (one.place < other.place ? -1 : 1)).map(({ place }) => ({ kind: 0, place }));
};
