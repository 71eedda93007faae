import { Temporal } from 'temporal-polyfill';
import type { Credit, Office } from '../../convening/appearances.events.js';
import { conveningStream } from '../../convening/convening.events.js';
import type { Text } from '../../convening/texts.js';
import type { Agenda, AgendaAppearance, AgendaConvening, AgendaSession, AgendaSlot } from '../agenda.js';
import type { Html } from '../../http/html.js';
import { primary, wordsIn } from './vocabularies.js';
import { toldAnew, type Told } from './told.js';
import type { Words } from './words.js';

/** A text in the language that the reader gets; `language` only where it is not the page's own. */
export interface Phrase {
  readonly text: string;
  readonly language?: string;
}

/** An agenda on its way to a page: what it says in which words. Both the page and the Markdown print this. */
export interface Printing {
  readonly agenda: Agenda;
  readonly words: Words;
  /** In the agenda's language, else in that of the page, else in the first of the convening's languages that the text has. */
  readonly read: (text: Text) => Phrase;
  /** What a form tells of a session by itself, in a manner that has a name in that form. */
  readonly told: (session: AgendaSession, manner: string, tell: () => string) => string;
  /** What is told of a session beside it, as markup, with a word for its heading. */
  readonly beside?: ReadonlyMap<string, { readonly word: string; readonly told: Html }>;
}

export const printing = (agenda: Agenda, told: Told = toldAnew): Printing => {
  const { rooms, audience, language, convening: { languages } } = agenda;
  const words = wordsIn(language, ...languages);
  // Beside the session itself its text is made of nothing else.
  const way = [audience, rooms.length > 0, language, ...languages].join(' ');
  const manners = new Map<string, string>();
  const mannerOf = (form: string): string => {
    const manner = manners.get(form) ?? `${form} ${way}`;
    manners.set(form, manner);
    return manner;
  };
  return {
    agenda, words, read: readingIn(words.language, [language, words.language, ...languages]),
    told: (session, form, tell) => told(session, mannerOf(form), tell),
  };
};

/** Reads texts on a page of this language: in the first of the wanted languages that they have. */
export const readingIn = (page: string, wanted: readonly string[]) => (text: Text): Phrase => {
  const held = Object.keys(text).sort();
  const language = wanted.map((each) => closest(each, held)).find((each) => each !== undefined) ?? held[0];
  if (language === undefined) return { text: '' };
  return language === page ? { text: text[language]! } : { text: text[language]!, language };
};

const closest = (wanted: string, held: readonly string[]): string | undefined =>
  held.includes(wanted) ? wanted : held.find((language) => primary(language) === primary(wanted));

const rightToLeft: ReadonlySet<string> = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

export const isRightToLeft = (language: string): boolean => rightToLeft.has(primary(language));

/** The word for it, or what it is called itself; a table knows nothing of `constructor`. */
export const wordFor = (key: string, table: Readonly<Record<string, string>>, otherwise = key): string => (Object.hasOwn(table, key) ? table[key]! : otherwise);

export const country = (code: string | undefined, { countries }: Words): Phrase[] => (code === undefined ? [] : [{ text: wordFor(code, countries) }]);

export const languageNames = (tags: readonly string[], { languages }: Words): string[] => tags.map((tag) => wordFor(primary(tag), languages, tag));

const saysSomething = ({ text }: Phrase): boolean => text.trim() !== '';

/** The title of something that cannot be printed without one. */
export const headingOf = (title: Text, otherwise: string, { read }: Pick<Printing, 'read'>): Phrase => {
  const heading = read(title);
  return saysSomething(heading) ? heading : { text: otherwise };
};

/** A seat as it prints: who, what they are, and what is still to be said of it. */
export interface PrintedSeat {
  /** A person's name, with its honorific. */
  readonly name?: string;
  /** Position, organisation, country. */
  readonly details: readonly Phrase[];
  readonly represents?: Phrase;
  /** "to be confirmed", "name withheld"; for organisers the state. */
  readonly remarks: readonly string[];
  /** It is not to be counted on: declined, withdrawn, cancelled, replaced. */
  readonly gone: boolean;
}

type Organiser = AgendaConvening['organisers'][number];

/** An organiser's name, and what stands in brackets beside it. */
export const organiserOf = ({ name, shortName, role }: Organiser, { read, words }: Printing): { name: Phrase; beside: readonly string[] } => ({
  name: read(name),
  beside: [shortName ?? '', role === undefined ? '' : wordFor(role, words.organising)].filter((text) => text !== ''),
});

const goneStates: ReadonlySet<string> = new Set(['declined', 'withdrawn', 'cancelled', 'replaced', 'absent']);

const nameOf = ({ honorific, name }: Credit) => (honorific ? `${honorific} ${name}` : name);

const detailsOf = (office: Office | undefined, { read, words }: Printing): Phrase[] =>
  [...[office?.position, office?.organisation].flatMap((text) => (text ? read(text) : [])), ...country(office?.country, words)].filter(saysSomething);

const stateRemarks = ({ state, toBeReconfirmed }: AgendaAppearance, { words, agenda }: Printing): string[] => {
  if (state === 'to-be-confirmed') return [words.toBeConfirmed];
  if (toBeReconfirmed) return [words.toBeReconfirmed];
  if (state === 'tentative') return [words.states.tentative];
  return agenda.audience === 'internal' && state !== 'confirmed' ? [words.states[state]] : [];
};

export const seatOf = (appearance: AgendaAppearance, printed: Printing): PrintedSeat => {
  const { credit, office, represents, state } = appearance;
  const named = credit && !('withheld' in credit) ? credit : undefined;
  return {
    ...(named?.name.trim() && { name: nameOf(named) }),
    details: detailsOf(named ?? office, printed),
    ...(represents && { represents: printed.read(represents) }),
    remarks: [...(credit && !named ? [printed.words.nameWithheld] : []), ...stateRemarks(appearance, printed)],
    gone: goneStates.has(state),
  };
};

/** Seats that follow each other and have the same label: "Panellists". */
export interface SeatGroup {
  readonly label: Phrase;
  /** The label of each by itself: "Panellist". */
  readonly each: Phrase;
  readonly seats: readonly PrintedSeat[];
}

const labelOf = ({ credit, office }: AgendaAppearance, { read }: Printing): Phrase | undefined => {
  const label = (credit && !('withheld' in credit) ? credit : office)?.label;
  return label && read(label);
};

/** The people of a session by what they do there, in their order; who has a step in the running order is printed there. */
export const groupsOf = (session: AgendaSession, printed: Printing): SeatGroup[] => {
  const inItems = new Set(session.items.flatMap(({ appearance }) => appearance ?? []));
  const groups: { key: string; label: Phrase | undefined; role: AgendaAppearance['role']; seats: PrintedSeat[] }[] = [];
  for (const appearance of session.appearances) {
    if (appearance.id !== undefined && inItems.has(appearance.id)) continue;
    const label = labelOf(appearance, printed);
    const key = label ? `label ${label.text}` : appearance.role;
    if (groups.at(-1)?.key !== key) groups.push({ key, label, role: appearance.role, seats: [] });
    groups.at(-1)!.seats.push(seatOf(appearance, printed));
  }
  return groups.map(({ label, role, seats }) => {
    const [one, several] = printed.words.roles[role];
    return { label: label ?? { text: seats.length > 1 ? several : one }, each: label ?? { text: one }, seats: counted(seats, printed) };
  });
};

/** Three seats of which nothing can be told are one line: "to be confirmed (3)". */
const counted = (seats: readonly PrintedSeat[], { words }: Printing): PrintedSeat[] => {
  const tellsNothing = ({ name, details, represents }: PrintedSeat) => name === undefined && details.length === 0 && !represents;
  const silent = seats.filter((seat) => tellsNothing(seat) && seat.remarks[0] === words.toBeConfirmed);
  if (silent.length < 2) return [...seats];
  return [...seats.filter((seat) => !silent.includes(seat)), { ...silent[0]!, remarks: [words.several(`${silent.length}`, words.toBeConfirmed)] }];
};

/** A step of the running order; who has two steps is told in full at the first. */
export interface PrintedItem {
  readonly title: Phrase;
  readonly minutes?: number;
  readonly role?: Phrase;
  readonly seat?: PrintedSeat;
}

/** What a speaker is, needs no saying beside the speech. */
const silentRole = 'speaker';

export const itemsOf = (session: AgendaSession, printed: Printing): PrintedItem[] => {
  const seats = new Map(session.appearances.flatMap((appearance) => (appearance.id === undefined ? [] : [[appearance.id, appearance] as const])));
  const told = new Set<string>();
  return session.items.map(({ title, minutes, appearance: id }) => {
    const step = { title: printed.read(title), ...(minutes !== undefined && { minutes }) };
    const appearance = id === undefined ? undefined : seats.get(id);
    if (!appearance) return step;
    const whole = seatOf(appearance, printed);
    const again = told.has(id!);
    told.add(id!);
    if (again && whole.name !== undefined) return { ...step, seat: { name: whole.name, details: [], remarks: [], gone: whole.gone } };
    const label = labelOf(appearance, printed) ?? (appearance.role === silentRole ? undefined : { text: printed.words.roles[appearance.role][0] });
    return { ...step, ...(label && { role: label }), seat: whole };
  });
};

/** `09:00` */
export const clockOf = (time: string): string => time.slice(11, 16);

/** When it ends, with the day where that is another. */
export const endOf = ({ start, end }: AgendaSlot, { words }: Printing): string =>
  start.slice(0, 10) === end.slice(0, 10) ? clockOf(end) : `${clockOf(end)} (${words.shortDay(end.slice(0, 10))})`;

/** A moment of the log (UTC) as date and time in the agenda's zone. */
export const momentOf = (at: string, zone: string): [date: string, time: string] => {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  return [local.toPlainDate().toString(), local.toPlainTime().toString({ smallestUnit: 'minute' })];
};

/** The zone with its offset on the convening's first day, or with both where the clocks change meanwhile. */
export const zoneOf = ({ convening: { start, end }, zone }: Agenda): [name: string, offset: string] => {
  const offsets = [start, end].map((date) => Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: '12:00' }).offset);
  return [zone.replaceAll('_', ' '), [...new Set(offsets)].map((offset) => `UTC${offset}`).join(' / ')];
};

/** Sentences on what the reader holds: its version and when it was published, or that it is a draft. */
export const standingOf = ({ agenda, words, read }: Printing): { headline: string; sentence: string; note?: Phrase } => {
  const { version, zone, at } = agenda;
  const [date, time] = momentOf(version?.at ?? at, zone);
  return version
    ? { headline: words.version(`${version.number} ${words.quoted(version.label)}`), sentence: words.published(words.date(date), time), ...(version.note && { note: read(version.note) }) }
    : { headline: words.draft, sentence: `${words.mayChange} ${words.asOf(words.date(date), time)}.` };
};

/** Where a published version ends in the log, as `baraza verify --against` takes it: the stream, the revision, the hash. Undefined: it is a draft. */
export const proofOf = ({ convening: { id }, revision, version }: Agenda): string | undefined => version ? `${conveningStream(id)} ${revision} ${version.hash}` : undefined;

/** Venue, address, city, country: what there is of them. */
export const placeOf = ({ agenda, words, read }: Printing): Phrase[] => {
  const { venue } = agenda.convening;
  if (!venue) return [];
  const { name, address, city, country: code } = venue;
  return [read(name), ...(address ? [read(address)] : []), ...(city ? [{ text: city }] : []), ...country(code, words)].filter(saysSomething);
};

/** What is said of a session beside its title; a text that is missing says nothing. */
export interface AboutSession {
  readonly kind: Phrase;
  readonly room: Phrase;
  readonly track: Phrase;
  readonly languages: readonly string[];
  readonly audience: string;
}

const nothing: Phrase = { text: '' };

export const aboutSession = (session: AgendaSession, { words, read, agenda }: Printing): AboutSession => {
  const { kind, slot, track, language, interpretation, audience } = session;
  const roomOpen = slot && !slot.room && agenda.rooms.length > 0 && kind !== 'break' && kind !== 'social';
  const usual = agenda.convening.languages.length === 1 && language === agenda.convening.languages[0] && interpretation.length === 0;
  return {
    kind: { text: words.kinds[kind] },
    room: slot?.room ? headingOf(slot.room.name, slot.room.id, { read }) : roomOpen ? { text: words.roomOpen } : nothing,
    track: track ? headingOf(track.name, track.id, { read }) : nothing,
    languages: [
      ...(language && !usual ? [words.inLanguage(languageNames([language], words)[0]!)] : []),
      ...(interpretation.length ? [words.interpretedInto(languageNames(interpretation, words))] : []),
    ],
    audience: audience === 'public' ? '' : words.audiences[audience],
  };
};
