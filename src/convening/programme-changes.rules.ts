import type { Open, Personal } from '../event-store/personal.js';
import type { DataOf } from '../event-store/event.js';
import type { ConveningEvent } from './convening.events.js';
import { sessionOf } from './supposition.rules.js';

/** What happens to a thing. */
type Kind = 'added' | 'changed' | 'moved' | 'removed' | 'cancelled' | 'reinstated' | 'reordered' | 'recorded' | 'asked' | 'published';

/** One change, for people to read: what, and how it was and is. */
export interface ChangeTold {
  readonly kind: Kind;
  /** `room simba`, `slot`, `appearance a1`. */
  readonly what: string;
  readonly from?: unknown;
  readonly to?: unknown;
  /** The fact's type. */
  readonly event: ConveningEvent['type'];
}

/** The changes of one session, or (without one) of what the sessions have in common. */
export interface ChangesTold {
  readonly session?: string;
  readonly changes: readonly ChangeTold[];
}

type Told = Omit<ChangeTold, 'event'>;
type Teller<T extends ConveningEvent['type']> = (data: DataOf<ConveningEvent, T>, open: Open) => Told;

const named = <T extends object>(kind: Kind, what: (data: T) => string) => (data: T & { from?: unknown; to?: unknown }): Told => ({
  kind, what: what(data), ...('from' in data && { from: data.from }), ...('to' in data && { to: data.to }),
});
const room = ({ room: id }: { room: string }) => `room ${id}`;
const track = ({ track: id }: { track: string }) => `track ${id}`;
const seat = ({ appearance }: { appearance: string }) => `appearance ${appearance}`;
const without = <T extends object, K extends keyof T>(data: T, ...names: readonly K[]) => Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name as K)));
const opened = <T>(value: Personal<T> | undefined, open: Open) => value && open(value);
const state = (to: string) => (data: { appearance: string }): Told => ({ kind: 'recorded', what: `${seat(data)} state`, to });

/** The facts that a document can bring about, each as a change of the document. */
const tellers: { readonly [T in ConveningEvent['type']]?: Teller<T> } = {
  RoomAdded: (data) => ({ kind: 'added', what: room(data), to: without(data, 'room') }),
  RoomChanged: named('changed', room),
  RoomRemoved: named('removed', room),
  RoomsReordered: named('reordered', () => 'rooms'),
  TrackAdded: (data) => ({ kind: 'added', what: track(data), to: without(data, 'track') }),
  TrackChanged: named('changed', track),
  TrackRemoved: named('removed', track),
  TracksReordered: named('reordered', () => 'tracks'),
  SessionPlanned: ({ notes, ...data }, open) => ({ kind: 'added', what: 'session', to: { ...without(data, 'session'), ...(notes && { notes: open(notes) }) } }),
  SessionDetailsChanged: named('changed', ({ to }) => Object.keys(to).join(', ')),
  SessionNotesChanged: ({ from, to }, open) => ({ kind: 'changed', what: 'notes', from: opened(from, open), to: opened(to, open) }),
  SessionCancelled: () => ({ kind: 'cancelled', what: 'session' }),
  SessionReinstated: () => ({ kind: 'reinstated', what: 'session' }),
  SessionRemoved: ({ title }) => ({ kind: 'removed', what: 'session', from: { title } }),
  SessionsReordered: named('reordered', () => 'sessions'),
  SessionScheduled: ({ slot }) => ({ kind: 'added', what: 'slot', to: slot }),
  SessionMoved: named('moved', () => 'slot'),
  SessionUnscheduled: named('removed', () => 'slot'),
  ReconfirmationAsked: (data) => ({ kind: 'asked', what: `${seat(data)} confirmation`, from: data.from, to: data.to }),
  ItemAdded: ({ item }) => ({ kind: 'added', what: `item ${item.id}`, to: item }),
  ItemChanged: named('changed', ({ to }) => `item ${to.id}`),
  ItemRemoved: named('removed', ({ from }) => `item ${from.id}`),
  ItemsReordered: named('reordered', () => 'items'),
  AppearanceProposed: ({ credit, ...data }, open) => ({ kind: 'added', what: seat(data), to: { ...without(data, 'session', 'appearance', 'note'), ...(credit && { credit: open(credit) }) } }),
  AppearanceNamed: ({ person, credit, office, ...data }, open) => ({ kind: 'changed', what: seat(data), from: { credit: office }, to: { person, credit: open(credit) } }),
  CreditChanged: ({ from, to, ...data }, open) => ({ kind: 'changed', what: `${seat(data)} credit`, from: open(from), to: open(to) }),
  OfficeChanged: named('changed', (data) => `${seat(data)} credit`),
  RoleChanged: named('changed', (data) => `${seat(data)} role`),
  RepresentationChanged: named('changed', (data) => `${seat(data)} represents`),
  AppearanceInvited: state('invited'),
  AppearanceConfirmed: state('confirmed'),
  AppearanceTentativelyConfirmed: state('tentative'),
  AppearanceDeclined: state('declined'),
  AppearanceWithdrawn: state('withdrawn'),
  AppearanceCancelled: (data) => ({ kind: 'cancelled', what: seat(data) }),
  AttendanceRecorded: (data) => ({ kind: 'recorded', what: `${seat(data)} state`, from: data.from, to: data.to }),
  AppearanceRemoved: ({ credit, office, role, person, ...data }, open) => ({
    kind: 'removed', what: seat(data), from: { ...(person !== undefined && { person }), role, credit: credit ? open(credit) : office },
  }),
  AppearancesReordered: named('reordered', () => 'appearances'),
  AcceptedConflictArose: ({ conflict }) => ({ kind: 'recorded', what: `accepted conflict ${conflict}` }),
  AgendaPublished: ({ label }) => ({ kind: 'published', what: `version ${label}` }),
  ProgrammePartSet: ({ part, of }) => ({ kind: 'recorded', what: `part ${part} of ${of}` }),
};

/** What these facts change, session by session in the order in which they first change: found in steps, and told one by one. */
export function* changesTold(events: readonly ConveningEvent[], open: Open): Generator<undefined, Iterable<ChangesTold>, undefined> {
  const groups = new Map<string | undefined, ConveningEvent[]>();
  for (const event of events) {
    const session = sessionOf(event);
    const group = groups.get(session);
    if (group) group.push(event);
    else groups.set(session, [event]);
    yield;
  }
  return told(groups, open);
}

function* told(groups: ReadonlyMap<string | undefined, readonly ConveningEvent[]>, open: Open): Generator<ChangesTold, void, undefined> {
  for (const [session, events] of groups) yield { ...(session !== undefined && { session }), changes: events.map((event) => changeTold(event, open)) };
}

const changeTold = (event: ConveningEvent, open: Open): ChangeTold => {
  // The table's type has tied each row to its event; a lookup by a union of types forgets it.
  const tell = tellers[event.type] as ((data: object, open: Open) => Told) | undefined;
  return { ...(tell?.(event.data, open) ?? { kind: 'changed', what: event.type }), event: event.type };
};
