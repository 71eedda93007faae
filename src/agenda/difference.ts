import type { PersonId } from '../event-store/personal.js';
import type { Agenda, AgendaAppearance, AgendaSession } from './agenda.js';
import { asItIs, fieldChanges, isAny, listChange, nothing, type FieldChange, type ListChange } from './field-changes.rules.js';

/** What became of a session between two moments. Several can be so of one. */
export const changeKinds = ['new', 'cancelled', 'reinstated', 'removed', 'scheduled', 'unscheduled', 'time', 'room', 'title', 'people', 'other'] as const;
/**
 * `new`: it was not there; `cancelled`: it does not take place any more; `reinstated`: it was cancelled, and takes place after all; `removed`: it is not
 * there any more; `scheduled`: it had no slot, and has one; `unscheduled`: it has none any more; `time`, `room`: it was moved; `title`: it is called otherwise; `people`: who
 * appears in it changed, or what is said of them; `other`.
 */
export type ChangeKind = (typeof changeKinds)[number];

/** A session that is not as it was. */
export interface SessionChange {
  readonly id: string;
  /** What became of it, in one or several words. */
  readonly is: readonly ChangeKind[];
  /** Of a session that was added or removed all fields. */
  readonly changes: readonly FieldChange[];
  readonly items: ListChange;
  readonly appearances: ListChange;
}

/** The moment on one side of a difference. */
export interface DifferenceSide {
  /** The revision of the convening. */
  readonly revision: number;
  /** When that was recorded (UTC). */
  readonly at: string;
  /** Which publication that was, and the hash it ends on; missing: none. */
  readonly version?: { readonly number: number; readonly label: string; readonly hash: string };
}

/** What is otherwise in one agenda than in another of the same convening, for the same audience. */
export interface Difference {
  /** The convening’s id. */
  readonly convening: string;
  readonly from: DifferenceSide;
  readonly to: DifferenceSide;
  /** For whom it is made: what is not for them is not in it. */
  readonly audience: Agenda['audience'];
  /** How many sessions each word is true of. */
  readonly summary: Readonly<Record<ChangeKind, number>>;
  /** What the convening says of itself. */
  readonly details: readonly FieldChange[];
  readonly rooms: ListChange;
  readonly tracks: ListChange;
  /** In the order of the agenda after; those that are gone last. */
  readonly sessions: readonly SessionChange[];
}

/** Which part of a difference somebody wants to see. */
export interface Only {
  /** `moves`: when and where; `people`: who appears. Left out: all. */
  readonly what?: 'moves' | 'people';
  /** Sessions in which this person has, or had, a seat, and of the seats only theirs. */
  readonly person?: PersonId;
}

/** What is otherwise in the second agenda, session by session. Both are for one audience; the same two give the same. */
export function* differing(from: Agenda, to: Agenda, only: Only = {}): Generator<undefined, Difference> {
  const whole = only.what === undefined && only.person === undefined;
  const sessions = yield* sessionChanges(from, to, only);
  return {
    convening: to.convening.id,
    from: sideOf(from),
    to: sideOf(to),
    audience: to.audience,
    summary: counted(sessions),
    details: whole ? fieldChanges(from.convening, to.convening, { venue: asItIs, attendance: asItIs }) : [],
    rooms: whole ? listChange(from.rooms, to.rooms) : nothing,
    tracks: whole ? listChange(from.tracks, to.tracks) : nothing,
    sessions,
  };
}

const sideOf = ({ revision, at, version }: Agenda): DifferenceSide => ({ revision, at, ...(version && { version: { number: version.number, label: version.label, hash: version.hash } }) });

const counted = (sessions: readonly SessionChange[]): Record<ChangeKind, number> => {
  // Each word has its entry from the start.
  const counts = Object.fromEntries(changeKinds.map((kind) => [kind, 0])) as Record<ChangeKind, number>;
  for (const { is } of sessions) for (const kind of is) counts[kind] += 1;
  return counts;
};

/** All sessions of an agenda, in its order. */
export const sessionsIn = ({ days, unscheduled }: Agenda): readonly AgendaSession[] => [...days.flatMap(({ sessions }) => sessions), ...unscheduled];

function* sessionChanges(from: Agenda, to: Agenda, only: Only): Generator<undefined, SessionChange[]> {
  const before = new Map(sessionsIn(from).map((session) => [session.id, session]));
  const changes: SessionChange[] = [];
  const tell = (id: string, was: AgendaSession | undefined, is: AgendaSession | undefined): undefined => {
    if (was === is || !concerns(only.person, was, is)) return;
    const change = onlyOf(sessionChange(id, was, is, only.person), only);
    if (change.is.length > 0) changes.push(change);
  };
  for (const session of sessionsIn(to)) {
    yield tell(session.id, before.get(session.id), session);
    before.delete(session.id);
  }
  for (const [id, session] of before) yield tell(id, session, undefined);
  return changes;
}

const concerns = (person: PersonId | undefined, ...sessions: readonly (AgendaSession | undefined)[]): boolean =>
  person === undefined || sessions.some((session) => session?.appearances.some((appearance) => appearance.person === person));

const sessionChange = (id: string, was: AgendaSession | undefined, is: AgendaSession | undefined, person: PersonId | undefined): SessionChange => {
  const changes = fieldChanges(was && ownFields(was), is && ownFields(is), sessionFields);
  const seats = [was, is].map((session) => seatsOf(session?.appearances ?? []).filter((seat) => person === undefined || seat.person === person));
  const appearances = listChange(seats[0]!, seats[1]!, { credit: asItIs, office: asItIs });
  const theirs = new Set(seats.flat().map((seat) => seat.id));
  const items = [was, is].map((session) => (session?.items ?? []).filter(({ appearance }) => person === undefined || theirs.has(appearance)));
  return withKinds({ id, is: [], changes, items: listChange(items[0]!, items[1]!), appearances }, was, is);
};

/** What can become of when and where it takes place. */
const slotKinds: ReadonlySet<ChangeKind> = new Set(['scheduled', 'unscheduled', 'time', 'room']);

const onlyOf = (change: SessionChange, { what }: Only): SessionChange => {
  if (what === undefined) return change;
  const moved = change.is.filter((kind) => slotKinds.has(kind));
  return {
    id: change.id,
    is: what === 'moves' ? moved : isAny(change.appearances) ? ['people'] : [],
    changes: what === 'moves' ? change.changes.filter(({ field }) => field.startsWith('slot.')) : [],
    items: nothing,
    appearances: what === 'people' ? change.appearances : nothing,
  };
};

const withKinds = (change: SessionChange, was: AgendaSession | undefined, now: AgendaSession | undefined): SessionChange => {
  const fields = new Set(change.changes.map(({ field }) => field));
  const [had, has] = [was?.slot !== undefined, now?.slot !== undefined];
  const kinds: Readonly<Record<ChangeKind, boolean>> = {
    new: !was,
    cancelled: now?.cancelled === true && was?.cancelled !== true,
    reinstated: was?.cancelled === true && now?.cancelled === false,
    removed: !now,
    scheduled: !had && has,
    unscheduled: had && !has,
    time: had && has && (fields.has('slot.start') || fields.has('slot.end')),
    room: had && has && fields.has('slot.room'),
    title: fields.has('title') || fields.has('subtitle'),
    people: isAny(change.appearances),
    other: isAny(change.items) || [...fields].some((field) => !told.has(field)),
  };
  // What came or went did so as a whole.
  const words = was && now ? changeKinds : (['new', 'cancelled', 'removed'] as const);
  return { ...change, is: words.filter((kind) => kinds[kind]) };
};

/** Fields that have a word of their own. */
const told: ReadonlySet<string> = new Set(['slot.start', 'slot.end', 'slot.room', 'title', 'subtitle', 'cancelled']);

const ownFields = ({ items: _, appearances: __, ...session }: AgendaSession) => session;

/** A room or a track is named by its id: what it says of itself is told once, of itself. */
const sessionFields = {
  track: ({ id }: { readonly id: string }) => id,
  slot: ({ start, end, room }: NonNullable<AgendaSession['slot']>) => ({ start, end, ...(room && { room: room.id }) }),
};

/** A seat of which nothing may be known has no id: it is told apart by its place among those of its role. */
type Seat = AgendaAppearance & { readonly key?: string };
const seatsOf = (appearances: readonly AgendaAppearance[]): Seat[] => {
  const silent = new Map<string, number>();
  return appearances.map((appearance) => {
    if (appearance.id !== undefined) return appearance;
    const place = (silent.get(appearance.role) ?? 0) + 1;
    silent.set(appearance.role, place);
    return { ...appearance, key: `${appearance.role} ${place}` };
  });
};
