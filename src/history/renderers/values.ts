import { languageNames, wordFor } from '../../agenda/renderers/printed.js';
import type { FactRow } from '../history.js';
import type { BeforeAndAfter } from './changes.js';
import type { Saying } from './saying.js';
import { clockIn, momentIn, sayingOf, type Telling } from './telling.js';

/** A field that a fact touched, in the reader's words: what it is called, what it held and what it holds. */
export interface TouchedField {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** What is told by an id, by the field that holds it. */
const named: Readonly<Record<string, (id: string, say: Saying) => string>> = {
  room: (id, { room }) => room(id),
  track: (id, { track }) => track(id),
  category: (id, { category }) => category(id),
  into: (id, { category }) => category(id),
  person: (id, { person }) => person(id),
  appearance: (id, { seat }) => seat(id),
  replaces: (id, { seat }) => seat(id),
};
/** What the order of is, and what stands in another's place, by the kind of fact. */
const orders: Readonly<Record<string, (id: string, say: Saying) => string>> = {
  RoomsReordered: named['room']!, TracksReordered: named['track']!, SessionsReordered: (id, { sessionOf }) => sessionOf(id), AppearancesReordered: named['appearance']!,
  AppearanceReplaced: named['appearance']!, RegistrationSubstituted: (id, { registration }) => registration(id),
};

const isText = (value: object): value is Readonly<Record<string, string>> =>
  Object.entries(value).every(([language, text]) => /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(language) && typeof text === 'string');

/** Facts hold their fields by the alphabet; people read what it is first, and the start before the end. */
const firstRead = ['title', 'name', 'start', 'end', 'room'];
const asRead = (fields: readonly string[]): string[] => [...firstRead.filter((field) => fields.includes(field)), ...fields.filter((field) => !firstRead.includes(field))];

/** Values of one fact as lines for people; what has no word prints as it is. */
const worded = (type: string, say: Saying, telling: Telling) => {
  const { sentences, words } = telling;
  const label = (field: string): string => wordFor(field, sentences.fields);
  const text = (value: string, field: string): string => {
    const name = field === 'order' || field === 'with' ? orders[type] : named[field];
    if (name) return name(value, say);
    if (/^\d{4}-\d\d-\d\dT.*Z$/.test(value)) return momentIn(value, telling);
    if (/^\d{4}-\d\d-\d\dT/.test(value)) return clockIn(value, telling);
    if (/^\d{4}-\d\d-\d\d$/.test(value)) return words.date(value);
    if (field === 'language' || field === 'languages' || field === 'interpretation') return languageNames([value], words)[0]!;
    if (field === 'country') return wordFor(value, words.countries);
    if (field === 'state') return wordFor(value, words.states);
    if (field === 'kind' && Object.hasOwn(words.kinds, value)) return wordFor(value, words.kinds) || value;
    return wordFor(value, sentences.values[field] ?? {});
  };
  const plain = (value: unknown, field: string): string => {
    if (value === null || value === undefined || value === '') return '–';
    if (typeof value === 'boolean') return value ? sentences.yes : sentences.no;
    if (typeof value === 'string') return text(value, field);
    if (typeof value !== 'object') return `${value as number}`;
    if (Array.isArray(value)) return value.length === 0 ? '–' : value.map((each) => plain(each, field)).join(value.every((each) => typeof each !== 'object') ? ', ' : '\n');
    if ('withheld' in value) return sentences.withheld;
    const fields = Object.keys(value);
    if (!isText(value)) return asRead(fields).map((name) => `${label(name)}${words.colon} ${plain((value as Readonly<Record<string, unknown>>)[name], name)}`).join('\n');
    return fields.length === 1 ? value[fields[0]!]! || '–' : fields.map((language) => `${languageNames([language], words)[0]!}${words.colon} ${value[language]!}`).join('\n') || '–';
  };
  return { label, plain };
};

/** The fields that a fact changed, as people read them. */
export const touchedBy = (row: FactRow, { before, after }: BeforeAndAfter, telling: Telling): TouchedField[] => {
  const { label, plain } = worded(row.type, sayingOf(row, telling), telling);
  const touched = asRead([...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => field !== 'by'));
  // Some facts hold whole what changed in part.
  return touched.map((field) => ({ field: label(field), before: plain(before[field], field), after: plain(after[field], field) })).filter((each) => each.before !== each.after);
};
