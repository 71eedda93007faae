import type { PersonId } from '../event-store/personal.js';
import type { Circumstance } from './conflicts.events.js';
import type { Appearance, Convening, Session } from './convening.js';
import type { ConflictRule } from './policy.events.js';
import type { Slot } from './slots.events.js';
import { instantOf, slotOf } from './times.js';
import { isPlaced, seatsOf, type Placed, type Run, type Timetable } from './timetable.rules.js';

/** What a rule found: the ids that name it, the sessions and people that have part in it, and what it depends on. */
export interface Finding {
  readonly ids: readonly string[];
  readonly sessions: readonly string[];
  readonly people: readonly PersonId[];
  readonly circumstance: Circumstance;
}

type Rule = (session: Session, convening: Readonly<Convening>, timetable: Timetable) => readonly Finding[];

const minute = 60_000;
const forEverybody: ReadonlySet<string> = new Set(['opening', 'keynote', 'plenary', 'ceremony', 'closing']);
const moderated: ReadonlySet<string> = new Set(['panel', 'working-group']);
const moderating: ReadonlySet<string> = new Set(['moderator', 'chair', 'facilitator']);
const answered: ReadonlySet<string> = new Set(['confirmed', 'appeared', 'absent']);

/** The rules that look up what else takes place in a room, and what else a person appears in. */
export const ofRooms: ReadonlySet<ConflictRule> = new Set(['room-taken', 'no-break'] as const);
export const ofPeople: ReadonlySet<ConflictRule> = new Set(['person-in-two-places', 'no-time-to-change'] as const);

/** The named rules, one row each: a rule is asked of a session, and a pair is found from either side. */
export const findings: Readonly<Record<ConflictRule, Rule>> = {
  /** Back to back is no overlap: a session that ends at ten leaves the room to one that starts at ten. */
  'room-taken': (session, _, timetable) =>
    isPlaced(session) ? timetable.besides(session).map((other) => about([session, other])) : [],

  'person-in-two-places': (session, _, timetable) => (isPlaced(session) ? alsoIn(session, timetable, (other) => gap(session, other) < 0) : []),

  /** By what people said of when they cannot take part. */
  'person-unavailable': (session, { unavailable }) => {
    if (!isPlaced(session) || unavailable.size === 0) return [];
    const { starts, ends } = session.slot;
    return seatsOf(session)
      .filter(({ person }) => person && unavailable.get(person)?.some(({ start, end }) => instantOf(start) < ends && starts < instantOf(end)))
      .map((seat) => ofSeat(session, seat));
  },

  /** By the local dates of the convening's zone, first and last day included. */
  'outside-days': (session, _, timetable) =>
    isPlaced(session) && (session.slot.starts < timetable.days.from || session.slot.ends > timetable.days.until) ? [about([session])] : [],

  /** The same person in another room sooner than the policy's `minutesToChange`; a room still open is no other room. */
  'no-time-to-change': (session, { policy }, timetable) =>
    isPlaced(session)
      ? alsoIn(session, timetable, (other) => gap(session, other) >= 0 && gap(session, other) < policy.minutesToChange * minute && inOtherRoom(session, other))
      : [],

  /** What everybody attends, in a room with fewer seats than the convening is planned for. */
  'room-too-small': (session, { rooms, details }) => {
    const seats = session.slot?.room === undefined ? undefined : rooms.get(session.slot.room)?.capacity;
    const small = forEverybody.has(session.details.kind) && seats !== undefined && details.capacity !== undefined && seats < details.capacity;
    return small ? [about([session])] : [];
  },

  /** Of panels and working groups; a chair or a facilitator serves as moderator. */
  'no-moderator': (session) =>
    moderated.has(session.details.kind) && !seatsOf(session).some(({ role }) => moderating.has(role))
      ? [{ ...about([session]), circumstance: { slots: {}, people: [] } }]
      : [],

  /** Not answered yet, tentative, or to be given anew. */
  'not-confirmed': (session) =>
    seatsOf(session)
      .filter(({ state, toBeReconfirmed }) => !answered.has(state) || (state === 'confirmed' && toBeReconfirmed))
      .map((seat) => ofSeat(session, seat)),

  'no-slot': (session) => (session.slot ? [] : [about([session])]),

  'no-room': (session) => (session.slot && session.slot.room === undefined ? [about([session])] : []),

  'items-too-long': (session) => {
    const minutes = session.items.reduce((sum, item) => sum + (item.minutes ?? 0), 0);
    return isPlaced(session) && minutes * minute > session.slot.ends - session.slot.starts ? [about([session])] : [];
  },

  /** A room in session for longer than the policy allows without ten free minutes, a break or a social event. */
  'no-break': (session, { policy }, timetable) => {
    const run = timetable.runOf(session);
    if (!run || run.ends - run.sessions[0]!.slot.starts <= policy.minutesWithoutBreak * minute) return [];
    const found = ofRuns.get(run) ?? about(run.sessions);
    ofRuns.set(run, found);
    return [found];
  },
};

/** A run is found from each of its sessions, and may have hundreds: it is the same finding. */
const ofRuns = new WeakMap<Run, Finding>();

/** Milliseconds between two sessions; negative: they overlap. */
const gap = (a: Placed, b: Placed) => Math.max(a.slot.starts, b.slot.starts) - Math.min(a.slot.ends, b.slot.ends);

const inOtherRoom = (a: Placed, b: Placed) => a.slot.room !== undefined && b.slot.room !== undefined && a.slot.room !== b.slot.room;

const slotsOf = (sessions: readonly Session[]): Record<string, Slot | null> =>
  Object.fromEntries(sessions.map(({ id, slot }) => [id, slot ? slotOf(slot) : null]));

const about = (sessions: readonly Session[]): Finding => {
  const ids = sessions.map(({ id }) => id);
  return { ids, sessions: ids, people: [], circumstance: { slots: slotsOf(sessions), people: [] } };
};

const ofSeat = (session: Session, { id, person }: Appearance): Finding => {
  const people = person === undefined ? [] : [person];
  return { ids: [`${session.id}.${id}`], sessions: [session.id], people, circumstance: { slots: slotsOf([session]), people } };
};

/** One finding for each other seat that one of the session's people has in a session at such a time. */
const alsoIn = (session: Placed, timetable: Timetable, isThen: (other: Placed) => boolean): Finding[] =>
  seatsOf(session).flatMap(({ id, person }) =>
    person === undefined
      ? []
      : timetable
          .ofPerson(person)
          .filter(({ session: other }) => other.id !== session.id && isThen(other))
          .map(({ session: other, seat }) => ({
            ids: [`${session.id}.${id}`, `${other.id}.${seat.id}`],
            sessions: [session.id, other.id],
            people: [person],
            circumstance: { slots: slotsOf([session, other]), people: [person] },
          })),
  );
