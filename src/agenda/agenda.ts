import { Temporal } from 'temporal-polyfill';
import type { AppearanceState, Credit, Office, Role } from '../convening/appearances.events.js';
import type { ReportedAttendance } from '../convening/conclusion.events.js';
import type { Appearance, Convening, Placement, ProvablePublication, Session } from '../convening/convening.js';
import type { Dates, Details } from '../convening/details.events.js';
import { isSeatShown } from '../convening/publications.rules.js';
import type { RoomDetails } from '../convening/rooms.events.js';
import type { Item } from '../convening/running-order.events.js';
import type { SessionKind } from '../convening/sessions.events.js';
import { drained } from '../event-store/steps.js';
import { mayBeSeenBy, type Audience, type Link, type Text } from '../convening/texts.js';
import type { TrackDetails } from '../convening/tracks.events.js';
import { firstLanguage } from '../convening/wording.rules.js';
import type { Open, PersonId, Withheld } from '../event-store/personal.js';
import { clockOf } from './zones.rules.js';

/**
 * What people read of a convening: its programme as one audience may see it, with rooms, tracks and credits resolved.
 * It is also what agenda.json gives: fields are added, never removed or given another meaning. Texts are by language.
 */
export interface Agenda {
  /** The meeting itself. */
  readonly convening: AgendaConvening;
  /** Which publication it shows; null: the working draft. */
  readonly version: AgendaVersion | null;
  /** The revision of the convening that it shows. */
  readonly revision: number;
  /** When that was recorded (UTC). */
  readonly at: string;
  /** For whom it is made: what is not for them is not in it. */
  readonly audience: Audience;
  /** Of the times and days (IANA name). */
  readonly zone: string;
  /** BCP 47: which language is to be read where a text has it. */
  readonly language: string;
  /** All rooms, in order. */
  readonly rooms: readonly AgendaRoom[];
  /** All tracks, in order. */
  readonly tracks: readonly AgendaTrack[];
  /** Every day of the convening, and every other on which a session begins. */
  readonly days: readonly AgendaDay[];
  /** Sessions that have no slot yet, in programme order. */
  readonly unscheduled: readonly AgendaSession[];
}

/** What the convening says of itself, with the links that are for the audience. */
export interface AgendaConvening extends Details, Dates {
  /** The convening’s id. */
  readonly id: string;
  /** Of the place (IANA name). */
  readonly zone: string;
  /** `concluded`: it is over; `cancelled`: it does not take place. */
  readonly phase: Exclude<Convening['phase'], 'unplanned'>;
  /** As reported when it was over. */
  readonly attendance?: ReportedAttendance;
}

/** The publication that an agenda shows. */
export type AgendaVersion = Pick<ProvablePublication, 'number' | 'label' | 'audience' | 'at' | 'note' | 'hash'>;
/** A room; a slot names it by its id. */
export type AgendaRoom = RoomDetails & {
  /** Unique in the convening. */
  readonly id: string;
};
/** A track, as `tracks` has it. */
export type AgendaTrack = TrackDetails & {
  /** Unique in the convening. */
  readonly id: string;
};

/** A day, and what begins on it. */
export interface AgendaDay {
  /** Local date in the agenda's zone. */
  readonly date: string;
  /** By start, then in the order of rooms, then in programme order. */
  readonly sessions: readonly AgendaSession[];
}

/** A session that is for the audience. */
export interface AgendaSession {
  /** Unique in the convening. */
  readonly id: string;
  /** What sort of session it is. */
  readonly kind: SessionKind;
  readonly title: Text;
  readonly subtitle?: Text;
  /** What it is about. */
  readonly abstract?: Text;
  readonly track?: AgendaTrack;
  /** The language spoken (BCP 47). */
  readonly language?: string;
  /** The languages interpreted into (BCP 47). */
  readonly interpretation: readonly string[];
  /** Whom it is for: readers of a wider audience do not see it. */
  readonly audience: Audience;
  /** For organisers. */
  readonly notes?: string | Withheld;
  /** When and where; missing: it is unscheduled. */
  readonly slot?: AgendaSlot;
  /** The steps that are for the audience, in running order. */
  readonly items: readonly Item[];
  /**
   * In the order in which they are printed. To organisers all; to others whoever is still to appear or did appear, and no
   * interpreters.
   */
  readonly appearances: readonly AgendaAppearance[];
  /** Those that are for the audience, in their order. */
  readonly links: readonly Link[];
  /** It was announced, and does not take place. */
  readonly cancelled: boolean;
}

/** The wall clock of the agenda's zone with its offset; no room: not known yet. */
export interface AgendaSlot {
  /** `2013-05-27T09:00+03:00`. */
  readonly start: string;
  /** Like `start`. */
  readonly end: string;
  /** As `rooms` has it. */
  readonly room?: { readonly id: string; readonly name: Text };
}

/** Somebody in a session, or a seat for which nobody is named. */
export interface AgendaAppearance {
  /** Unique in its session. Missing where nothing of the person may be known: an id, too, can tell. */
  readonly id?: string;
  /** What the person does in the session. */
  readonly role: Role;
  /** To organisers the state itself; to others `confirmed`, `tentative` where policy shows such names, or `to-be-confirmed`. */
  readonly state: AppearanceState | 'to-be-confirmed';
  /** For organisers: the person’s id. */
  readonly person?: PersonId;
  /** What is printed of the person, or that it is withheld; missing: nobody is named, or not to this audience. */
  readonly credit?: Credit | Withheld;
  /** Whose seat it is while nobody is named. */
  readonly office?: Office;
  /** For whom the person speaks. */
  readonly represents?: Text;
  /** For organisers: the confirmation was given for another slot. */
  readonly toBeReconfirmed?: true;
}

/** Who reads, which version, and how. `zone` and `language` left out: the convening's own. */
export interface Reading {
  readonly audience: Audience;
  readonly open: Open;
  readonly version: ProvablePublication | null;
  readonly zone?: string;
  readonly language?: string;
  /** How this reader saw sessions before, with these rooms, tracks and names: what is in it is not looked at again. */
  readonly seen?: WeakMap<Session, AgendaSession>;
}

/** Whoever the agenda is made for. */
interface Reader extends Reading {
  readonly seen: WeakMap<Session, AgendaSession>;
  readonly convening: Readonly<Convening>;
  readonly zone: string;
  /** How a time of a slot reads in that zone. */
  readonly clock: (time: string, instant: number) => string;
}

/**
 * The agenda of a convening that was planned, as it stands in this state. The one way to compute an agenda: of the head, of a
 * version, of any instant. What is not for the audience is nowhere in it.
 */
export const agendaOf = (convening: Readonly<Convening>, reading: Reading): Agenda => drained(agendaInSteps(convening, reading));

/** The same, session by session: of thousands it takes long, and others are to have their turn. */
export function* agendaInSteps(convening: Readonly<Convening>, reading: Reading): Generator<undefined, Agenda> {
  const { audience, version, zone = convening.zone, language = firstLanguage(convening) } = reading;
  // The hour on the door, also after a change of zone rules; in another zone, the same instant there.
  const abroad = zone === convening.zone ? undefined : clockOf(zone);
  const reader: Reader = { ...reading, seen: reading.seen ?? new WeakMap(), convening, zone, clock: (time, instant) => abroad?.(instant) ?? time };
  const sessions = [...convening.sessions.values()].filter((session) => isInAgenda(session, audience));
  for (const session of sessions) yield void sessionSeen(session, reader);
  return {
    convening: theConvening(convening, audience),
    version: version && only(version, ['number', 'label', 'audience', 'at', 'note', 'hash']),
    revision: convening.revision,
    at: convening.at,
    audience,
    zone,
    language,
    rooms: [...convening.rooms].map(([id, room]) => ({ id, ...only(room, ['name', 'capacity', 'description']) })),
    tracks: [...convening.tracks].map(([id, track]) => ({ id, ...only(track, ['name', 'colour']) })),
    days: daysOf(sessions, reader),
    unscheduled: sessions.filter(({ slot }) => !slot).map((session) => sessionSeen(session, reader)),
  };
}

/** The named fields in this order, and no others: what is not named here does not reach a reader, and the same agenda has the same bytes. */
const only = <T extends object, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> => {
  const seen: Partial<Pick<T, K>> = {};
  for (const name of names) if (from[name] !== undefined) seen[name] = from[name];
  // A required field of T is never undefined, so the result has it.
  return seen as Pick<T, K>;
};

/** A cancelled session is shown to those to whom a publication may have shown it before. */
const isInAgenda = ({ details, cancelled, published }: Session, audience: Audience): boolean =>
  mayBeSeenBy(details.audience, audience) && (!cancelled || published || audience === 'internal');

const linksFor = (links: readonly Link[], audience: Audience): Link[] =>
  links.filter((link) => mayBeSeenBy(link.audience, audience)).map((link) => only(link, ['kind', 'title', 'url', 'audience']));

const theConvening = ({ id, details, dates, zone, phase, attendance }: Readonly<Convening>, audience: Audience): AgendaConvening => {
  // Nobody can read a convening before it was planned: its stream has no fact.
  if (phase === 'unplanned') throw new Error('a convening that was not planned has no agenda');
  return {
    id,
    ...only(details, ['title', 'subtitle', 'description']),
    ...only(dates, ['start', 'end']),
    zone,
    languages: details.languages,
    ...(details.venue && { venue: only(details.venue, ['name', 'address', 'city', 'country']) }),
    ...only(details, ['capacity']),
    organisers: details.organisers.map((organiser) => only(organiser, ['name', 'shortName', 'kind', 'country', 'role'])),
    links: linksFor(details.links, audience),
    phase,
    ...(attendance && { attendance: only(attendance, ['participants', 'countries', 'source']) }),
  };
};

const daysOf = (sessions: readonly Session[], reader: Reader): AgendaDay[] => {
  const rooms = new Map([...reader.convening.rooms.keys()].map((id, place) => [id, place]));
  const days = new Map<string, AgendaSession[]>(datesOf(reader.convening.dates).map((date) => [date, []]));
  const placed = sessions.flatMap((session) => (session.slot ? [{ session, starts: session.slot.starts, place: rooms.get(session.slot.room ?? '') ?? rooms.size }] : []));
  for (const { session } of placed.sort((one, other) => one.starts - other.starts || one.place - other.place)) {
    const seen = sessionSeen(session, reader);
    const date = seen.slot!.start.slice(0, 10);
    const held = days.get(date);
    if (held) held.push(seen);
    else days.set(date, [seen]);
  }
  return [...days].sort(([one], [other]) => (one < other ? -1 : 1)).map(([date, held]) => ({ date, sessions: held }));
};

/** Days without a session are listed, but not years of them. */
const mostDays = 100;

const datesOf = ({ start, end }: Dates): string[] => {
  const first = Temporal.PlainDate.from(start);
  const days = first.until(end).days + 1;
  return days > mostDays ? [] : Array.from({ length: days }, (_, day) => first.add({ days: day }).toString());
};

const sessionSeen = (session: Session, reader: Reader): AgendaSession => {
  const known = reader.seen.get(session);
  if (known) return known;
  const seen = sessionOf(session, reader);
  reader.seen.set(session, seen);
  return seen;
};

const sessionOf = (session: Session, reader: Reader): AgendaSession => {
  const { id, details, notes, slot, cancelled } = session;
  const { audience, open, convening } = reader;
  const track = details.track === undefined ? undefined : convening.tracks.get(details.track);
  const appearances = [...session.appearances.values()].flatMap((appearance) => appearanceSeen(appearance, reader) ?? []);
  const seats = new Set(appearances.map((appearance) => appearance.id));
  return {
    id,
    ...only(details, ['kind', 'title', 'subtitle', 'abstract']),
    ...(track && { track: { id: details.track!, ...only(track, ['name', 'colour']) } }),
    ...only(details, ['language', 'interpretation', 'audience']),
    ...(notes && audience === 'internal' && { notes: open(notes) }),
    ...(slot && { slot: slotSeen(slot, reader) }),
    items: session.items.filter((item) => mayBeSeenBy(item.audience, audience)).map((item) => itemSeen(item, seats)),
    appearances,
    links: linksFor(details.links, audience),
    cancelled,
  };
};

const slotSeen = ({ start, end, room, starts, ends }: Placement, { convening, clock }: Reader): AgendaSlot => {
  const there = room === undefined ? undefined : convening.rooms.get(room);
  return { start: clock(start, starts), end: clock(end, ends), ...(there && { room: { id: room!, name: there.name } }) };
};

/** Whose step an item is, is told only where that seat is. */
const itemSeen = ({ appearance, ...item }: Item, seats: ReadonlySet<string | undefined>): Item => ({
  ...only(item, ['id', 'title', 'minutes']),
  ...(appearance !== undefined && seats.has(appearance) && { appearance }),
  audience: item.audience,
});

const officePrinted = ['position', 'organisation', 'kind', 'country', 'label'] as const;

const creditSeen = (credit: Credit | Withheld): Credit | Withheld =>
  'withheld' in credit ? credit : only(credit, ['honorific', 'name', 'sortName', ...officePrinted]);

/** Undefined: it is not in the agenda for this audience. */
const appearanceSeen = (appearance: Appearance, reader: Reader): AgendaAppearance | undefined =>
  reader.audience === 'internal' ? wholeAppearance(appearance, reader) : appearanceForReaders(appearance, reader);

const wholeAppearance = ({ credit, office, toBeReconfirmed, ...appearance }: Appearance, { open }: Reader): AgendaAppearance => ({
  ...only(appearance, ['id', 'role', 'state', 'person']),
  ...(credit && { credit: creditSeen(open(credit)) }),
  ...(office && { office: only(office, officePrinted) }),
  ...only(appearance, ['represents']),
  ...(toBeReconfirmed && { toBeReconfirmed }),
});

/** Outside the organisers' office a name is read once its person has confirmed, or is likely to come where the policy allows it. */
const appearanceForReaders = (appearance: Appearance, { audience, open, convening }: Reader): AgendaAppearance | undefined => {
  const { id, role, state, credit, office } = appearance;
  if (!isSeatShown(appearance, audience) || state === 'absent') return undefined;
  const represents = only(appearance, ['represents']);
  if (!credit) return { id, role, state: 'to-be-confirmed', ...(office && { office: only(office, officePrinted) }), ...represents };
  if (state === 'confirmed' || state === 'appeared') return { id, role, state: 'confirmed', credit: creditSeen(open(credit)), ...represents };
  if (state === 'tentative' && convening.policy.names === 'confirmed-and-tentative')
    return { id, role, state, credit: creditSeen(open(credit)), ...represents };
  return { role, state: 'to-be-confirmed' };
};
