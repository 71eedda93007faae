import { isWithheld, type Withheld } from '../event-store/personal.js';
import { folded, organisationKinds } from '../convening/texts.js';
import type { RegistrationKept } from './kept.rules.js';
import type { Entry, Standing } from './registrations.events.js';

/** Of whom no name can be read: after all others. */
export const withheldKind = organisationKinds.length;

/**
 * What a registration is listed, found and counted by. Names, country and choices stand here in plain text, and nowhere else in the file:
 * the row is what must go when a person is forgotten.
 */
export interface Named {
  /** Place of the organisation's kind in the order of protocol. */
  readonly kind: number;
  /** Of a government, its country; else empty: others are in one order whatever they represent. */
  readonly place: string;
  readonly organisation: string;
  readonly name: string;
  readonly country: string;
  /** What was chosen in the fields of the form that offer a choice, as JSON. */
  readonly chosen: string;
}

/** What of it changes. */
export interface Stands {
  readonly category: string;
  readonly standing: Standing;
  /** On which the person was here, each in quotes. */
  readonly days: string;
}

export const namedBy = (entry: Entry | Withheld, choices: ReadonlySet<string>): Named => {
  if (isWithheld(entry)) return nobody;
  const { name, organisation = '', kind = 'other', country = '', answers } = entry;
  return {
    kind: organisationKinds.indexOf(kind), place: kind === 'government' ? country : '', organisation: folded(organisation), name: folded(`${name.family} ${name.given ?? ''}`), country,
    chosen: JSON.stringify(Object.fromEntries(Object.entries(answers).filter(([field]) => choices.has(field)))),
  };
};

/** Somebody who was forgotten. */
const nobody: Named = { kind: withheldKind, place: '', organisation: '', name: '', country: '', chosen: '{}' };

export const standsSo = ({ category, standing, days }: RegistrationKept): Stands => ({ category, standing, days: days.length === 0 ? '' : JSON.stringify(days.map(({ day }) => day).sort()) });

/** What a row is counted among: what is counted, and its value. */
const countedAmong = ({ kind, country, chosen, category, days }: Named & Stands): (readonly [what: string, value: string])[] => {
  const counted: (readonly [string, string])[] = [['category', category]];
  if (country !== '') counted.push(['country', country]);
  counted.push(['kind', organisationKinds[kind] ?? '']);
  if (days !== '') for (const day of JSON.parse(days) as string[]) counted.push(['day', day]);
  if (chosen !== '{}') for (const [field, choice] of Object.entries(JSON.parse(chosen) as Record<string, string>)) counted.push([`answer ${field}`, choice]);
  return counted;
};

/** How often what was counted more or less since the counts were written. */
export type Tally = Map<string, { readonly what: string; readonly value: string; readonly standing: string; n: number }>;

/** Counts a row, or counts it no more. */
export const tallied = (tally: Tally, row: Named & Stands, more: 1 | -1): void => {
  for (const [what, value] of countedAmong(row)) {
    const name = JSON.stringify([what, value, row.standing]);
    const entry = tally.get(name);
    if (entry) entry.n += more;
    else tally.set(name, { what, value, standing: row.standing, n: more });
  }
};
