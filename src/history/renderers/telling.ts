import { Temporal } from 'temporal-polyfill';
import type { Credit, Office } from '../../convening/appearances.events.js';
import type { Slot } from '../../convening/slots.events.js';
import type { Text } from '../../convening/texts.js';
import { comesTwice } from '../../convening/times.js';
import { languageNames, wordFor } from '../../agenda/renderers/printed.js';
import type { Words } from '../../agenda/renderers/words.js';
import { itself } from '../../deciding/itself.js';
import type { Open, Personal, PersonId } from '../../event-store/personal.js';
import type { Entry } from '../../registration/registrations.events.js';
import type { DataOf } from '../../event-store/event.js';
import { seatId, type FactRow, type ToldEvent } from '../history.js';
import type { FieldChange, Saying, Sentences } from './saying.js';

/** What telling a history needs beside its facts. */
export interface Telling {
  readonly sentences: Sentences;
  readonly words: Words;
  readonly read: (text: Text) => string;
  /** Of the convening, in which instants are told. */
  readonly zone: string;
  readonly open: Open;
  /** A fact that others lean on for a name, or that was taken back, by its revision. */
  readonly factOf: (revision: number) => FactRow | undefined;
  /** The title of a session of another stream. */
  readonly title: (session: string) => Text | undefined;
  /** Whose token counts today. */
  readonly operator: PersonId;
}

/** What is printed of a person or an office, as some fact told it. */
interface Face {
  readonly credit?: Personal<Credit>;
  readonly office?: Office;
  readonly entry?: Personal<Entry>;
  readonly to?: Personal<Credit> | Office;
}

const isPersonal = (value: object): value is Personal<Credit> => 'of' in value;

/** Names as a reader may see them. */
class Names {
  constructor(private readonly telling: Telling) {}

  credit(credit: Personal<Credit>): string {
    const opened = this.telling.open(credit);
    return 'withheld' in opened ? this.telling.sentences.withheld : [opened.honorific, opened.name].filter(Boolean).join(' ');
  }

  office({ position, organisation, label }: Office): string {
    return [position ?? label, organisation].flatMap((text) => (text ? [this.telling.read(text)] : [])).join(', ') || this.telling.sentences.nobodyNamed;
  }

  entry(entry: Personal<Entry>): string {
    const opened = this.telling.open(entry);
    return 'withheld' in opened ? this.telling.sentences.withheld : [opened.name.given, opened.name.family].filter(Boolean).join(' ');
  }

  /** As the fact of this revision tells them. */
  by(revision: number): string {
    const face = (this.telling.factOf(revision)?.data ?? {}) as Face;
    const credit = face.credit ?? (face.to && isPersonal(face.to) ? face.to : undefined);
    if (credit) return this.credit(credit);
    if (face.entry) return this.entry(face.entry);
    const office = face.office ?? (face.to && !isPersonal(face.to) ? face.to : undefined);
    return office ? this.office(office) : this.telling.sentences.nobodyNamed;
  }
}

/** An hour of a day in a place; where the clocks are put back over it, so that it comes twice, with its offset. */
const hourIn = (date: string, time: string, offset: string, zone: string): string => (comesTwice(date, time, zone) ? `${time} (UTC${offset})` : time);

/** `27 May 09:00` of a wall clock with offset. */
export const clockIn = (time: string, { sentences, words, zone }: Telling): string => {
  const date = time.slice(0, 10);
  return sentences.moment(words.dayAndMonth(date), hourIn(date, time.slice(11, 16), time.slice(16), zone));
};

/** The same with its year, of an instant in the convening's zone. */
export const momentIn = (instant: string, { sentences, words, zone }: Pick<Telling, 'sentences' | 'words' | 'zone'>): string => {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const date = local.toPlainDate().toString();
  return sentences.moment(words.date(date), hourIn(date, local.toPlainTime().toString({ smallestUnit: 'minute' }), local.offset, zone));
};

const isText = (value: object): value is Text => Object.entries(value).every(([language, text]) => /^[a-z]{2,3}(-|$)/.test(language) && typeof text === 'string');

/** A value in a line; undefined: it does not fit in one. */
const valueIn = (field: string, value: unknown, telling: Telling): string | undefined => {
  const { sentences, words, read } = telling;
  if (value === undefined || value === null || value === '') return sentences.none;
  if (typeof value === 'boolean') return value ? sentences.yes : sentences.no;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    if (/^\d{4}-\d\d-\d\dT/.test(value)) return value.endsWith('Z') ? momentIn(value, telling) : clockIn(value, telling);
    if (field === 'language') return languageNames([value], words)[0]!;
    return field === 'country' ? wordFor(value, words.countries) : field === 'kind' ? words.quoted(wordFor(value, words.kinds)) : words.quoted(wordFor(value, sentences.values[field] ?? {}));
  }
  if (Array.isArray(value)) return value.every((each) => typeof each === 'string') ? (value.length > 0 ? (/^languages|interpretation$/.test(field) ? languageNames(value, words) : value).join(', ') : sentences.none) : undefined;
  if (typeof value !== 'object' || !isText(value)) return undefined;
  const text = read(value);
  return text.length > 200 ? undefined : text === '' ? sentences.none : words.quoted(text);
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields that differ; of the policy's severities each is a field. */
function* differing(from: object, to: object): Generator<readonly [field: string, from: unknown, to: unknown]> {
  const [before, after] = [new Map<string, unknown>(Object.entries(from)), new Map<string, unknown>(Object.entries(to))];
  for (const field of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(field), after.get(field)];
    if (JSON.stringify(was) === JSON.stringify(is) || field === 'id') continue;
    if (field === 'conflicts' && isObject(was) && isObject(is)) yield* differing(was, is);
    else yield [field, was, is];
  }
}

const changesIn = (from: object, to: object, telling: Telling): FieldChange[] =>
  [...differing(from, to)].map(([name, was, is]) => {
    const field = wordFor(name, telling.sentences.fields);
    const [before, after] = [valueIn(name, was, telling), valueIn(name, is, telling)];
    return before === undefined || after === undefined ? { field } : { field, from: before, to: after };
  });

/** What a sentence on this fact can say. */
export const sayingOf = ({ type, data, about }: FactRow, telling: Telling): Saying => {
  const { sentences, words, read, open } = telling;
  const names = new Names(telling);
  const { session = '', appearance = '' } = data as { session?: string; appearance?: string };
  const titleOf = (id: string): string => {
    const title = about.session?.[id]?.title ?? telling.title(id);
    return (title && read(title)) || id;
  };
  const seat = (id: string) => about.seat?.[seatId(session, id)];
  const person = (id: PersonId) => names.by(about.person?.[id]?.named ?? -1);
  const named = (kind: 'room' | 'track' | 'category', id: string) => {
    const name = about[kind]?.[id]?.name;
    return (name && read(name)) || id;
  };
  const clock = (time: string) => clockIn(time, telling);
  const withTrack = (change: object) => ('track' in change && typeof change.track === 'string' ? { ...change, track: named('track', change.track) } : change);
  const whoIn = (id: string) => {
    const held = seat(id);
    return held ? names.by(held.named) : id;
  };
  return {
    words,
    session: titleOf(session),
    who: whoIn(appearance),
    role: seat(appearance)?.role ?? 'speaker',
    sessions: Object.keys(about.session ?? {}).map(titleOf),
    seat: whoIn,
    name: (credit) => names.credit(credit),
    office: (office) => names.office(office),
    person,
    sessionOf: titleOf,
    room: (id) => named('room', id),
    track: (id) => named('track', id),
    category: (id) => named('category', id),
    registration(id) {
      const registration = about.registration?.[id];
      return registration ? names.by(registration.named) : id;
    },
    text: read,
    item: ({ id, title }) => words.quoted(read(title) || id),
    slot: ({ room, start }: Slot) => (room === undefined ? clock(start) : `${named('room', room)}, ${clock(start)}`),
    clock,
    moment: (instant) => momentIn(instant, telling),
    earlier(revision) {
      const row = tellsAgain({ type, data }).includes(revision) ? telling.factOf(revision) : undefined;
      // A sentence in a sentence holds no third.
      return row && row.type !== 'ChangesTakenBack' ? sentenceOf(row, telling) : undefined;
    },
    // A track is told by its name.
    changes: (from = {}, to = {}) => changesIn(withTrack(from), withTrack(to), telling),
    changesOfCredit(from, to) {
      const [before, after] = [open(from), open(to)];
      return 'withheld' in before || 'withheld' in after ? [{ field: sentences.withheld }] : changesIn(before, after, telling);
    },
  };
};

/** What happened, as a sentence without its full stop. */
export const sentenceOf = (row: FactRow, telling: Telling): string => {
  // The row's data is what the catalogue says of its type: each template is tied to it.
  const templates = telling.sentences.tell as Readonly<Record<string, (data: object, say: Saying) => string>>;
  return templates[row.type]!(row.data, sayingOf(row, telling));
};

/** Who asked for it: today's token, an earlier one, a person who is known here, or nobody. */
export const actorOf = ({ actor, about }: FactRow, telling: Telling): string => {
  const { sentences, operator } = telling;
  if (actor === operator) return sentences.operator;
  if (actor === itself) return sentences.itself;
  const known = about.actor?.[actor];
  return known ? new Names(telling).by(known.named) : sentences.formerOperator(actor.slice(0, 8));
};

/** The same at the end of a sentence about nobody else. */
export const actorIn = (fact: FactRow, telling: Telling): string => {
  const [person, ...others] = Object.keys(fact.about.person ?? {});
  return person === fact.actor && others.length === 0 ? telling.sentences.themself : actorOf(fact, telling);
};

/** So many of what was taken back are told one by one. */
const mostTold = 3;

/** Revisions of the facts that were taken back by this one and that it tells: the same wherever it stands. */
export const tellsAgain = ({ type, data }: Pick<FactRow, 'type' | 'data'>): readonly number[] => (type === 'ChangesTakenBack' ? (data as DataOf<ToldEvent, 'ChangesTakenBack'>).revisions.slice(0, mostTold) : []);

/** Revisions of the facts that this one leans on for names. */
export const leansOn = ({ about }: FactRow): number[] =>
  [...Object.values(about.seat ?? {}), ...Object.values(about.person ?? {}), ...Object.values(about.actor ?? {}), ...Object.values(about.registration ?? {})].map(({ named }) => named).filter((revision) => revision >= 0);
