import { same, type Change } from '../deciding/changes.js';
import { Refusal } from '../deciding/refusal.js';
import type { DataOf } from '../event-store/event.js';
import { isWithheld, type Open, type Personal } from '../event-store/personal.js';
import type { Convening, Session } from './convening.js';
import type { ConveningEvent } from './convening.events.js';
import type { GivenDetailsChange } from './details.decider.js';
import { inPlaceOf } from './order.rules.js';
import type { StepCommand } from './programme-draft.decider.js';
import { proposalAgain, sessionAgain, withIts, type Orders } from './removed-again.decider.js';
import type { Item } from './running-order.events.js';
import { slotOf } from './times.js';

/** What of the convening as it was before the changes is needed to bring back what they removed. */
export interface Before {
  /** All ids, in their order. */
  readonly orders: Orders;
  /** The sessions that the changes are about. */
  readonly sessions: ReadonlyMap<string, Session>;
  readonly acceptances: Convening['acceptances'];
}

/** What an inverse may look at. */
export interface Taking {
  /** As it would be now, with what was taken back so far. */
  readonly state: Readonly<Convening>;
  /** As it is. */
  readonly now: Readonly<Convening>;
  readonly before: Before;
  /** The revisions of all facts that are being taken back. */
  readonly revisions: ReadonlySet<number>;
  readonly open: Open;
}

/** The steps that make it as it was; none: it is so already, or it falls away with another. @throws Refusal changed-since, cannot-be-taken-back */
type Inverse<T extends ConveningEvent['type']> = (data: DataOf<ConveningEvent, T>, taking: Taking) => readonly StepCommand[];

const never = (instead: string) => (): never => {
  throw new Refusal('cannot-be-taken-back', { instead });
};
/** It comes and goes with what it follows from. */
const follows = (): readonly StepCommand[] => [];

/** Whether what a fact made is still there; false: it is as it was before already. @throws Refusal changed-since */
const stillThere = (now: unknown, to: unknown, from: unknown): boolean => {
  if (same(now ?? null, to ?? null)) return true;
  if (same(now ?? null, from ?? null)) return false;
  throw new Refusal('changed-since', { now: now ?? null, then: to ?? null });
};

/** The same for some fields of a thing. @throws Refusal changed-since */
const fieldsStillThere = <T extends object>(held: T | undefined, to: Change<T>, from: Change<T>): boolean => {
  if (!held) throw new Refusal('changed-since', { now: null, then: to });
  const names = Object.keys(to);
  const fields: ReadonlyMap<string, unknown> = new Map(Object.entries(held));
  return stillThere(Object.fromEntries(names.map((name) => [name, fields.get(name) ?? null])), to, from);
};

/** @throws Refusal changed-since unless the last fact about it is taken back too */
const untouchedSince = (thing: { readonly revision: number } | undefined, { revisions }: Taking): boolean => {
  if (!thing) return false;
  if (!revisions.has(thing.revision)) throw new Refusal('changed-since', { revision: thing.revision });
  return true;
};

/** @throws Refusal cannot-be-taken-back when the person it belongs to was forgotten */
const read = <T>(open: Open, value: Personal<T>): T => {
  const found = open(value);
  if (isWithheld(found)) throw new Refusal('cannot-be-taken-back', { instead: 'What stood there belonged to a person who was forgotten.' });
  return found;
};

const sessionIn = ({ state }: Taking, id: string): Session => {
  const session = state.sessions.get(id);
  if (!session) throw new Refusal('changed-since', { now: null });
  return session;
};
const seatIn = (taking: Taking, { session, appearance }: { session: string; appearance: string }) => {
  const seat = sessionIn(taking, session).appearances.get(appearance);
  if (!seat) throw new Refusal('changed-since', { now: null });
  return seat;
};

/** The items as they are but for one; undefined: nothing is to be done. */
const itemsBack = (taking: Taking, session: string, { to, from }: { to?: Item; from?: Item }): readonly StepCommand[] => {
  const { items } = sessionIn(taking, session);
  const id = (to ?? from)?.id;
  const held = items.find((item) => item.id === id);
  const was = taking.before.sessions.get(session)?.items.find((item) => item.id === id);
  // With its session, which came back whole, or with the seat that it names.
  if (held && same(held, was)) return [];
  // A seat that was taken back before is named by no item any more.
  const made = to && held?.appearance === undefined ? { ...to, appearance: undefined } : to;
  if (!stillThere(held, made, from)) return [];
  const others = from && to ? items.map((item) => (item.id === id ? from : item)) : items.filter((item) => item.id !== id);
  const order = taking.before.sessions.get(session)?.items.map((item) => item.id) ?? [];
  const all = from && !to ? [...others, from] : others;
  const place = inPlaceOf(all.map((item) => item.id), order.filter((each) => all.some((item) => item.id === each)));
  return [{ type: 'SetRunningOrder', data: { session, items: place.map((each) => all.find((item) => item.id === each)!) } }];
};

/** The order as it was; undefined: nothing is to be done. `before`: the order before all that is taken back. */
const inPlace = (held: Iterable<string>, { to, from }: { to: readonly string[]; from: readonly string[] }, before: Iterable<string> = []): readonly string[] | undefined => {
  const now = [...held];
  const [ordered, was] = [new Set(from), new Set(before)];
  // What came with the same command goes with it: the others stand as they stood.
  if (same(now.filter((id) => ordered.has(id) && was.has(id)), [...was].filter((id) => ordered.has(id) && now.includes(id)))) return undefined;
  const still = (order: readonly string[]) => order.filter((id) => now.includes(id));
  const known = new Set(from);
  return stillThere(now.filter((id) => known.has(id)), still(to).filter((id) => known.has(id)), still(from)) ? inPlaceOf(now, still(from)) : undefined;
};

/** One row a fact: how it is taken back, or what can be done instead. */
export const inverses: { readonly [T in ConveningEvent['type']]: Inverse<T> } = {
  ConveningPlanned: never('A convening that was begun can be cancelled.'),
  ProgrammeCarriedOver: never('The convening was begun with it. Change what is not wanted.'),
  // Cast: a field that cannot be removed was never null.
  ConveningDetailsChanged: ({ from, to }, { state }) => (fieldsStillThere(state.details, to, from) ? [{ type: 'ChangeConvening', data: { to: from as GivenDetailsChange } }] : []),
  ConveningDatesChanged: ({ from, to }, { state }) => (stillThere(state.dates, to, from) ? [{ type: 'ChangeConvening', data: from }] : []),
  ConveningZoneChanged: ({ from, to }, { state }) => (stillThere(state.zone, to, from) ? [{ type: 'ChangeConvening', data: { zone: from } }] : []),
  PolicyChanged: ({ from, to }, { state }) => (stillThere(state.policy, to, from) ? [{ type: 'ChangeConvening', data: { policy: from } }] : []),
  RoomAdded: ({ room }, taking) => (untouchedSince(taking.now.rooms.get(room), taking) ? [{ type: 'RemoveRoom', data: { room } }] : []),
  RoomChanged: ({ room, from, to }, { state }) => (fieldsStillThere(state.rooms.get(room), to, from) ? [{ type: 'ChangeRoom', data: { room, to: from as object } }] : []),
  RoomRemoved: ({ room, from }, { state, before }) => [
    { type: 'AddRoom', data: { room, ...from } }, { type: 'ReorderRooms', data: { order: withIts(state.rooms.keys(), room, before.orders.rooms) } },
  ],
  RoomsReordered(change, { state, before }) {
    const order = inPlace(state.rooms.keys(), change, before.orders.rooms);
    return order ? [{ type: 'ReorderRooms', data: { order } }] : [];
  },
  TrackAdded: ({ track }, taking) => (untouchedSince(taking.now.tracks.get(track), taking) ? [{ type: 'RemoveTrack', data: { track } }] : []),
  TrackChanged: ({ track, from, to }, { state }) => (fieldsStillThere(state.tracks.get(track), to, from) ? [{ type: 'ChangeTrack', data: { track, to: from as object } }] : []),
  TrackRemoved: ({ track, from }, { state, before }) => [
    { type: 'AddTrack', data: { track, ...from } }, { type: 'ReorderTracks', data: { order: withIts(state.tracks.keys(), track, before.orders.tracks) } },
  ],
  TracksReordered(change, { state, before }) {
    const order = inPlace(state.tracks.keys(), change, before.orders.tracks);
    return order ? [{ type: 'ReorderTracks', data: { order } }] : [];
  },
  SessionPlanned: ({ session }, taking) => (untouchedSince(taking.now.sessions.get(session), taking) ? [{ type: 'RemoveSession', data: { session } }] : []),
  SessionDetailsChanged: ({ session, from, to }, taking) =>
    fieldsStillThere(sessionIn(taking, session).details, to, from) ? [{ type: 'ChangeSession', data: { session, to: from as object } }] : [],
  SessionNotesChanged({ session, from, to }, taking) {
    const [now, then, was] = [sessionIn(taking, session).notes, to, from].map((notes) => (notes ? read(taking.open, notes) : null));
    return stillThere(now, then, was) ? [{ type: 'ChangeSession', data: { session, notes: was ?? null } }] : [];
  },
  SessionCancelled: ({ session }) => [{ type: 'ReinstateSession', data: { session } }],
  SessionReinstated: ({ session }) => [{ type: 'CancelSession', data: { session } }],
  SessionRemoved: ({ session }, taking) => sessionAgain(session, taking, (value) => read(taking.open, value)),
  SessionsReordered(change, { state, before }) {
    const order = inPlace(state.sessions.keys(), change, before.orders.sessions);
    return order ? [{ type: 'ReorderSessions', data: { order } }] : [];
  },
  SessionScheduled({ session, slot }, taking) {
    const held = sessionIn(taking, session).slot;
    return stillThere(held && slotOf(held), slot, undefined) ? [{ type: 'UnscheduleSession', data: { session } }] : [];
  },
  SessionMoved({ session, from, to }, taking) {
    const held = sessionIn(taking, session).slot;
    return stillThere(held && slotOf(held), to, from) ? [{ type: 'ScheduleSession', data: { session, slot: from } }] : [];
  },
  SessionUnscheduled({ session, from }, taking) {
    const held = sessionIn(taking, session).slot;
    return stillThere(held && slotOf(held), undefined, from) ? [{ type: 'ScheduleSession', data: { session, slot: from } }] : [];
  },
  ReconfirmationAsked: follows,
  ItemAdded: ({ session, item: to }, taking) => itemsBack(taking, session, { to }),
  ItemChanged: ({ session, from, to }, taking) => itemsBack(taking, session, { from, to }),
  ItemRemoved: ({ session, from }, taking) => itemsBack(taking, session, { from }),
  ItemsReordered({ session, ...change }, taking) {
    const { items } = sessionIn(taking, session);
    const order = inPlace(items.map(({ id }) => id), change, taking.before.sessions.get(session)?.items.map(({ id }) => id));
    return order ? [{ type: 'SetRunningOrder', data: { session, items: order.map((id) => items.find((item) => item.id === id)!) } }] : [];
  },
  AppearanceProposed: ({ session, appearance }, taking) =>
    untouchedSince(taking.now.sessions.get(session)?.appearances.get(appearance), taking) ? [{ type: 'RemoveAppearance', data: { session, appearance } }] : [],
  AppearanceNamed: never('A seat that has a name can be replaced, or its credit changed.'),
  CreditChanged({ from, to, ...seat }, taking) {
    const { credit } = seatIn(taking, seat);
    return stillThere(credit && read(taking.open, credit), read(taking.open, to), read(taking.open, from)) ? [{ type: 'ChangeAppearance', data: { ...seat, credit: read(taking.open, from) } }] : [];
  },
  OfficeChanged: ({ from = {}, to = {}, ...seat }, taking) => (stillThere(seatIn(taking, seat).office ?? {}, to, from) ? [{ type: 'ChangeAppearance', data: { ...seat, credit: from } }] : []),
  RoleChanged: ({ from, to, ...seat }, taking) => (stillThere(seatIn(taking, seat).role, to, from) ? [{ type: 'ChangeAppearance', data: { ...seat, role: from } }] : []),
  RepresentationChanged: ({ from, to, ...seat }, taking) =>
    stillThere(seatIn(taking, seat).represents, to, from) ? [{ type: 'ChangeAppearance', data: { ...seat, represents: from ?? null } }] : [],
  AppearanceInvited: never('An invitation that went out cannot be unsaid. Cancel the appearance.'),
  AppearanceConfirmed: never('What somebody answered is not taken back for them. Record what they say now.'),
  AppearanceTentativelyConfirmed: never('What somebody answered is not taken back for them. Record what they say now.'),
  AppearanceDeclined: never('What somebody answered is not taken back for them. Record what they say now.'),
  AppearanceWithdrawn: never('What somebody answered is not taken back for them. Record what they say now.'),
  AppearanceCancelled: never('The person was told. Propose the appearance anew.'),
  AppearanceReplaced: never('Both were told. Replace the appearance once more.'),
  AttendanceRecorded({ from, to, session, appearance }, taking) {
    if (from !== 'appeared' && from !== 'absent') throw new Refusal('cannot-be-taken-back', { instead: 'Nothing was recorded before. Record whether the person was there.' });
    return stillThere(seatIn(taking, { session, appearance }).state, to, from) ? [{ type: 'RecordAttendance', data: { session, appearance, to: from } }] : [];
  },
  AppearanceRemoved: (seat, taking) => proposalAgain(seat, taking, (value) => read(taking.open, value)),
  AppearancesReordered({ session, ...change }, taking) {
    const order = inPlace(sessionIn(taking, session).appearances.keys(), change, taking.before.sessions.get(session)?.appearances.keys());
    return order ? [{ type: 'ReorderAppearances', data: { session, order } }] : [];
  },
  AvailabilityStated: ({ person, from, to }, { state }) =>
    stillThere(state.unavailable.get(person) ?? [], to, from) ? [{ type: 'StateAvailability', data: { person, unavailable: from } }] : [],
  ConflictAccepted: ({ conflict }, { state }) => (state.acceptances.has(conflict) ? [{ type: 'WithdrawConflictAcceptance', data: { conflict } }] : []),
  AcceptedConflictArose: follows,
  ConflictAcceptanceWithdrawn({ conflict }, { before, open }) {
    const accepted = before.acceptances.get(conflict);
    return accepted ? [{ type: 'AcceptConflict', data: { conflict, reason: read(open, accepted.reason), ...(!accepted.circumstance && { beforehand: true }) } }] : [];
  },
  AgendaPublished: ({ number }) => [{ type: 'WithdrawPublication', data: { number } }],
  PublicationWithdrawn: never('Publish the agenda again, under another label.'),
  ConveningConcluded: never('What is over stays over. The attendance that was reported can be corrected.'),
  ReportedAttendanceCorrected: ({ from, to }, { state }) => (stillThere(state.attendance, to, from) ? [{ type: 'ConcludeConvening', data: { attendance: from } }] : []),
  ConveningCancelled: never('Everybody was told. Plan the convening anew, under another id.'),
  ChangesTakenBack: follows,
  ProgrammePartSet: follows,
};
