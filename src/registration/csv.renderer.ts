import { stringify, type Options } from 'csv-stringify/sync';
import type { OrganisationKind } from '../convening/texts.js';
import type { PersonId } from '../event-store/personal.js';
import type { Answers, PersonName, Standing } from './registrations.events.js';
import type { FormField } from './terms.events.js';

/** A registration in a list. */
export interface ListedRegistration {
  readonly id: string;
  /** By which it is found at the desk. */
  readonly code: string;
  readonly category: string;
  readonly status: Standing;
  /** Of who waits: place in the waiting list of the category, from 1. */
  readonly waitingPosition?: number;
  /** The person’s id. */
  readonly person: PersonId;
  /** Place in the order of registration, from 1; a substitute has that of whom it stands for. */
  readonly number: number;
  /** When it came (UTC). */
  readonly registered: string;
  /** Of those who came with one request. */
  readonly group?: string;
  /** What was filled in; missing where the person was forgotten. */
  readonly name?: PersonName;
  readonly email?: string;
  readonly organisation?: string;
  readonly kind?: OrganisationKind;
  readonly country?: string;
  /** In which the person is written to. */
  readonly language?: string;
  /** By the ids of the form’s fields. */
  readonly answers?: Answers;
  /** Whether the person was forgotten, so that nothing of them can be read. */
  readonly withheld?: true;
  /** Of an offer: until when the seat is kept (UTC). */
  readonly offeredUntil?: string;
  /** Sessions that it signed up for. */
  readonly sessions: readonly string[];
  /** Days on which the person was here, and since when (UTC). */
  readonly checkedIn: readonly { readonly day: string; readonly at: string }[];
  /** How many more forms came with the same address. */
  readonly repeats: number;
  /** Of the last fact about it, for `If-Match`. */
  readonly revision: number;
}

/** Lines end as RFC 4180 has it. What a spreadsheet would calculate is text: a cell that begins with =, +, -, @, a tab or a carriage return gets an apostrophe before it. */
const options: Options = { record_delimiter: 'windows', escape_formulas: true };
/** Spreadsheets take what begins with it for UTF-8. */
const byteOrderMark = '\uFEFF';

/** What each column says of a registration. */
const columns = (countryName: (code: string) => string | undefined): Readonly<Record<string, (of: ListedRegistration) => string | number | undefined>> => ({
  number: ({ number }) => number,
  code: ({ code }) => code,
  status: ({ status }) => status,
  waitingPosition: ({ waitingPosition }) => waitingPosition,
  category: ({ category }) => category,
  familyName: ({ name }) => name?.family,
  givenName: ({ name }) => name?.given,
  organisation: ({ organisation }) => organisation,
  kind: ({ kind }) => kind,
  country: ({ country }) => country,
  countryName: ({ country }) => country && countryName(country),
  email: ({ email }) => email,
  language: ({ language }) => language,
  registered: ({ registered }) => registered,
  checkedIn: ({ checkedIn }) => checkedIn.map(({ day }) => day).join(' '),
  sessions: ({ sessions }) => sessions.join(' '),
  group: ({ group }) => group,
  withheld: ({ withheld }) => (withheld ? 'yes' : ''),
});

/** Each is asked for once: asking costs more than all else in a line. */
const countryNames = (language: string): ((code: string) => string | undefined) => {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'code' });
  const known = new Map<string, string | undefined>();
  return (code) => {
    if (!known.has(code)) known.set(code, names.of(code));
    return known.get(code);
  };
};

const told = (answer: string | boolean | undefined): string | undefined => (typeof answer === 'boolean' ? (answer ? 'yes' : 'no') : answer);

/** A list as CSV: its first line, and the lines of some of its rows. The form's fields come last; `language`: of the names of countries. */
export const csvOf = (form: readonly FormField[], language: string): { readonly head: string; rows(of: readonly ListedRegistration[]): string } => {
  const by = columns(countryNames(language));
  const cells = Object.values(by);
  return {
    head: byteOrderMark + stringify([[...Object.keys(by), ...form.map(({ id }) => `answer ${id}`)]], options),
    rows: (of) => stringify(of.map((each) => [...cells.map((cell) => cell(each)), ...form.map(({ id }) => told(each.answers?.[id]))]), options),
  };
};
