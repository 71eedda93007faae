import { Injectable } from '@nestjs/common';
import { organisationKinds } from '../convening/texts.js';
import type { Wanted } from '../http/as-of.js';
import type { Seen } from '../http/showing.js';
import { RegistrationQueries } from './registration.queries.js';
import type { Standing } from './registrations.events.js';
import type { CountRow } from './rows.projection.js';

/** How many registrations stand how. */
export type ByStatus = { readonly [S in Standing]?: number };

/** How many of one value. */
export interface CountRead {
  /** A category, a country, a kind, a day or a choice; of kinds also `withheld`: of people who were forgotten. */
  readonly value: string;
  readonly statuses: ByStatus;
}

/** How many of each choice in one field of the form. */
export interface AnswerCounts {
  /** The field’s id. */
  readonly field: string;
  readonly choices: readonly CountRead[];
}

/** How many registrations there are, by what they say. */
export interface CountsRead {
  readonly statuses: ByStatus;
  /** In the order of the categories. */
  readonly categories: readonly CountRead[];
  /** By code: of those who represent a country. */
  readonly countries: readonly CountRead[];
  /** In the order of protocol. */
  readonly kinds: readonly CountRead[];
  /** Who was here on which day. */
  readonly days: readonly CountRead[];
  /** By field, of the fields that offer a choice. */
  readonly answers: readonly AnswerCounts[];
}

/** Counts of registrations. */
@Injectable()
export class RegistrationCountsQueries {
  constructor(private readonly registrations: RegistrationQueries) {}

  /** @throws as `RegistrationQueries.look` */
  counts(convening: string, wanted: Wanted): Promise<Seen<CountsRead>> {
    return this.registrations.look(convening, wanted, ({ rows, number, spine, at }) => ({
      revision: spine.revision, upTo: spine.revision, at, body: countsRead(rows.counts(number), spine.categories.map(([id]) => id)),
    }));
  }
}

const answer = 'answer ';

const countsRead = (rows: readonly CountRow[], categories: readonly string[]): CountsRead => {
  const of = (what: string) => byValue(rows.filter((row) => row.what === what));
  const sorted = (all: readonly CountRead[], order: readonly string[]) => [...all].sort((one, other) => order.indexOf(one.value) - order.indexOf(other.value));
  const statuses: Partial<Record<Standing, number>> = {};
  for (const { what, standing, n } of rows) if (what === 'category') statuses[standing] = (statuses[standing] ?? 0) + n;
  const fields = [...new Set(rows.map(({ what }) => what).filter((what) => what.startsWith(answer)))];
  return {
    statuses, categories: sorted(of('category'), categories), countries: of('country'),
    kinds: sorted(of('kind').map(({ value, ...count }) => ({ value: value === '' ? 'withheld' : value, ...count })), [...organisationKinds, 'withheld']),
    days: of('day'), answers: fields.map((field) => ({ field: field.slice(answer.length), choices: of(field) })),
  };
};

/** Rows are in the order of their values. */
const byValue = (rows: readonly CountRow[]): CountRead[] => {
  const counts = new Map<string, Partial<Record<Standing, number>>>();
  for (const { value, standing, n } of rows) counts.set(value, { ...counts.get(value), [standing]: n });
  return [...counts].map(([value, statuses]) => ({ value, statuses }));
};
