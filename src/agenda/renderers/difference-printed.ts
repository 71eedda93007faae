import type { Agenda, AgendaAppearance } from '../agenda.js';
import { sessionsIn, type Difference, type SessionChange } from '../difference.js';
import type { FieldChange, ListChange, PartChange } from '../field-changes.rules.js';
import { clockOf, headingOf, languageNames, momentOf, printing, seatOf, wordFor, type Phrase, type Printing } from './printed.js';
import type { Words } from './words.js';

/** A field before and after, as it prints. */
export interface PrintedChange {
  readonly label: string;
  readonly from: Phrase;
  readonly to: Phrase;
}

/** A part of something, what became of it, and its fields. */
export interface PrintedPart {
  readonly name: Phrase;
  readonly is: PartChange['is'];
  readonly changes: readonly PrintedChange[];
}

export interface PrintedList {
  readonly parts: readonly PrintedPart[];
  readonly order?: PrintedChange;
}

export interface PrintedSession {
  readonly id: string;
  readonly name: Phrase;
  readonly is: readonly string[];
  readonly changes: readonly PrintedChange[];
  readonly items: PrintedList;
  readonly people: PrintedList;
}

/** A difference on its way to people: its two agendas, and how they are read. */
export interface PrintedDifference {
  readonly words: Words;
  readonly title: Phrase;
  /** What each side is: a version, a revision; and when that was. */
  readonly sides: readonly [from: string, to: string];
  /** Words and how many sessions they are true of; those of none are left out. */
  readonly summary: readonly (readonly [word: string, sessions: string])[];
  readonly details: readonly PrintedChange[];
  readonly rooms: PrintedList;
  readonly tracks: PrintedList;
  /** Each is printed when it is come to: all of a long difference at once would hold others up. To be gone through once. */
  readonly sessions: Iterable<PrintedSession>;
}

/** One agenda and where to find what stands in it. */
interface Side extends Printing {
  readonly names: Readonly<Record<'slot.room' | 'track', ReadonlyMap<string, Phrase>>>;
}

const sideOf = (agenda: Agenda): Side => {
  const printed = printing(agenda);
  const named = (parts: Agenda['rooms']) => new Map(parts.map(({ id, name }) => [id, headingOf(name, id, printed)]));
  return { ...printed, names: { 'slot.room': named(agenda.rooms), track: named(agenda.tracks) } };
};

/** Made of the two agendas that the difference is of. */
export const printedDifference = (difference: Difference, from: Agenda, to: Agenda): PrintedDifference => {
  const [before, after] = [sideOf(from), sideOf(to)];
  const { words } = after;
  const { difference: said } = words;
  const [was, is] = [from, to].map((agenda) => new Map(sessionsIn(agenda).map((session) => [session.id, session])));
  const list = (change: ListChange, nameIn: (id: string, side: Side) => Phrase | undefined) => listOf(change, before, after, nameIn);
  const sessionOf = ({ id, is: kinds, changes, items, appearances }: SessionChange): PrintedSession => {
    const [old, now] = [was!.get(id), is!.get(id)];
    const seats = (side: Side) => (side === after ? now : old)?.appearances ?? [];
    const steps = (side: Side) => (side === after ? now : old)?.items ?? [];
    const session = now ?? old!;
    return {
      id,
      name: headingOf(session.title, id, now ? after : before),
      is: kinds.map((kind) => said.kinds[kind]),
      changes: printedChanges(changes, before, after, seats),
      items: listOf(items, before, after, (item, side) => { const step = steps(side).find((each) => each.id === item); return step && side.read(step.title); }, seats),
      people: list(appearances, (seat, side) => nameOf(seats(side).find((each) => each.id === seat), side)),
    };
  };
  return {
    words,
    title: headingOf(to.convening.title, to.convening.id, after),
    sides: [standing(before), standing(after)],
    summary: Object.entries(difference.summary).flatMap(([kind, sessions]) => (sessions > 0 ? [[wordFor(kind, said.kinds), said.counted(sessions)] as const] : [])),
    details: printedChanges(difference.details, before, after),
    rooms: list(difference.rooms, (id, { names }) => names['slot.room'].get(id)),
    tracks: list(difference.tracks, (id, { names }) => names.track.get(id)),
    sessions: mapped(difference.sessions, sessionOf),
  };
};

function* mapped<T, U>(all: readonly T[], made: (each: T) => U): Generator<U> {
  for (const each of all) yield made(each);
}

/** `Version 2 “final”, 27 May 2013, 09:00` */
const standing = ({ agenda: { version, revision, at, zone }, words }: Side): string => {
  const [date, time] = momentOf(at, zone);
  return [version ? words.version(`${version.number} ${words.quoted(version.label)}`) : words.difference.revision(revision), words.date(date), time].join(', ');
};

const listOf = (change: ListChange, before: Side, after: Side, nameIn: (id: string, side: Side) => Phrase | undefined, seats: SeatsIn = () => []): PrintedList => {
  const named = (id: string | undefined, side: Side): Phrase => (id === undefined ? { text: side.words.toBeConfirmed } : (nameIn(id, side) ?? { text: id }));
  return {
    parts: change.parts.map(({ id, is, changes }) => ({ name: named(id, is === 'removed' ? before : after), is, changes: printedChanges(changes, before, after, seats) })),
    ...(change.order && {
      order: {
        label: after.words.difference.order,
        from: { text: change.order.from.map((id) => named(id.startsWith(' ') ? undefined : id, before).text).join(', ') },
        to: { text: change.order.to.map((id) => named(id.startsWith(' ') ? undefined : id, after).text).join(', ') },
      },
    }),
  };
};

const nameOf = (seat: AgendaAppearance | undefined, side: Side): Phrase | undefined => {
  if (!seat) return undefined;
  const { name, details, remarks } = seatOf(seat, side);
  return name === undefined ? (details[0] ?? { text: remarks[0] ?? side.words.roles[seat.role][0] }) : { text: name };
};

type SeatsIn = (side: Side) => readonly AgendaAppearance[];

/** What a field of something new, or gone, need not say: it is as if there were no such field. */
const saysNothing = (value: unknown): boolean => value === null || value === undefined || value === false || (Array.isArray(value) && value.length === 0);

/** A text that changed in several languages is a change for each. */
const printedChanges = (changes: readonly FieldChange[], before: Side, after: Side, seats: SeatsIn = () => []): PrintedChange[] =>
  changes.flatMap(({ field, from, to }) => {
    if (saysNothing(from) && saysNothing(to)) return [];
    const label = wordFor(field, after.words.difference.fields);
    if (!isText(from ?? to) || !isText(to ?? from)) return [{ label, from: shown(field, from, before, seats(before)), to: shown(field, to, after, seats(after)) }];
    const [old, now] = [textOf(from), textOf(to)];
    const languages = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((language) => old[language] !== now[language]);
    const one = languages.length === 1 && Object.keys({ ...old, ...now }).length === 1;
    const said = (text: string | undefined, language: string, { words }: Side): Phrase => (text === undefined ? { text: words.difference.empty } : language === words.language ? { text } : { text, language });
    return languages.map((language) => ({
      label: one ? label : `${label} (${languageNames([language], after.words).join('')})`,
      from: said(old[language], language, before),
      to: said(now[language], language, after),
    }));
  });

const isText = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((text) => typeof text === 'string');
/** What `isText` found to be one; nothing says nothing. */
const textOf = (value: unknown): Readonly<Record<string, string>> => (value ?? {}) as Readonly<Record<string, string>>;

/** A value as people read it; what has no word prints as it is. */
const shown = (field: string, value: unknown, side: Side, seats: readonly AgendaAppearance[]): Phrase => {
  const { words, names, read } = side;
  const said = words.difference;
  if (value !== false && saysNothing(value)) return { text: said.empty };
  if (typeof value === 'boolean') return { text: value ? said.yes : said.no };
  if (Array.isArray(value)) return { text: value.map((each: unknown) => entryOf(each, field, side)).join(', ') };
  if (typeof value !== 'string') return { text: isText(value) ? read(textOf(value)).text : JSON.stringify(value) };
  switch (field) {
    case 'slot.start': case 'slot.end': return { text: `${words.shortDay(value.slice(0, 10))}, ${clockOf(value)}` };
    case 'start': case 'end': return { text: words.date(value) };
    case 'slot.room': case 'track': return names[field].get(value) ?? { text: value };
    case 'appearance': return nameOf(seats.find(({ id }) => id === value), side) ?? { text: value };
    case 'kind': return { text: wordFor(value, words.kinds) || value };
    case 'role': return { text: Object.hasOwn(words.roles, value) ? words.roles[value as keyof Words['roles']][0] : value };
    case 'state': return { text: value === 'to-be-confirmed' ? words.toBeConfirmed : wordFor(value, words.states) };
    case 'audience': return { text: wordFor(value, words.audiences) };
    case 'language': return { text: languageNames([value], words).join('') };
    case 'venue.country': case 'credit.country': case 'office.country': return { text: wordFor(value, words.countries) };
    default: return { text: value };
  }
};

/** An entry of a list: a language, a document, an organiser. */
const entryOf = (entry: unknown, field: string, { words, read }: Side): string => {
  if (typeof entry === 'string') return field === 'languages' || field === 'interpretation' ? languageNames([entry], words).join('') : entry;
  const { title, name, url } = entry as { readonly title?: Readonly<Record<string, string>>; readonly name?: Readonly<Record<string, string>>; readonly url?: string };
  return [read(title ?? name ?? {}).text, ...(url === undefined ? [] : [url])].join(' ');
};
