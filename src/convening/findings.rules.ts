import type { PersonId } from '../event-store/personal.js';
import type { Circumstance } from './conflicts.events.js';
import type { Appearance, Convening, Placement, Session } from './convening.js';
import type { ConflictRule } from './policy.events.js';
import { stands } from './sessions.rules.js';
import type { Slot } from './slots.events.js';
import { instantOf, slotOf, type Days } from './times.js';

/** What a rule found: the ids that name it, the sessions and people that have part in it, and what it depends on. */
export interface Finding {
  readonly ids: readonly string[];
  readonly sessions: readonly string[];
  readonly people: readonly PersonId[];
  readonly circumstance: Circumstance;
}

/** A session that takes place and has a slot. */
export type Placed = Session & { readonly slot: Placement };

/** What a rule looks at beside the session itself. */
export interface Neighbours {
  /** Sessions that overlap with this one, or begin or end within the minutes a person needs to change. */
  readonly near: readonly Placed[];
  /** All sessions of its room, itself too, by their start. */
  readonly inRoom: readonly Placed[];
  /** The instants between which the convening's days lie, in milliseconds. */
  readonly days: Days;
}

type Rule = (session: Session, convening: Readonly<Convening>, neighbours: Neighbours) => readonly Finding[];

const minute = 60_000;
const breakOf = 10 * minute;
const forEverybody: ReadonlySet<string> = new Set(['opening', 'keynote', 'plenary', 'ceremony', 'closing']);
const rests: ReadonlySet<string> = new Set(['break', 'social']);
const moderated: ReadonlySet<string> = new Set(['panel', 'working-group']);
const moderating: ReadonlySet<string> = new Set(['moderator', 'chair', 'facilitator']);
const answered: ReadonlySet<string> = new Set(['confirmed', 'appeared', 'absent']);

/** The named rules, one row each: a rule is asked of a session, and a pair is found from either side. */
export const findings: Readonly<Record<ConflictRule, Rule>> = {
  /** Back to back is no overlap: a session that ends at ten leaves the room to one that starts at ten. */
  'room-taken': (session, _, { near }) =>
    isPlaced(session) && session.slot.room !== undefined
      ? near.filter((other) => other.slot.room === session.slot.room && gap(session, other) < 0).map((other) => about([session, other]))
      : [],

  'person-in-two-places': (session, _, { near }) =>
    isPlaced(session) ? near.filter((other) => gap(session, other) < 0).flatMap((other) => samePeople(session, other)) : [],

  /** By what people said of when they cannot take part. */
  'person-unavailable': (session, { unavailable }) => {
    if (!isPlaced(session) || unavailable.size === 0) return [];
    const { starts, ends } = session.slot;
    return seats(session)
      .filter(({ person }) => person && unavailable.get(person)?.some(({ start, end }) => instantOf(start) < ends && starts < instantOf(end)))
      .map((seat) => ofSeat(session, seat));
  },

  /** By the local dates of the convening's zone, first and last day included. */
  'outside-days': (session, _, { days }) =>
    isPlaced(session) && (session.slot.starts < days.from || session.slot.ends > days.until) ? [about([session])] : [],

  /** The same person in another room sooner than the policy's `minutesToChange`; a room still open is no other room. */
  'no-time-to-change': (session, { policy }, { near }) =>
    isPlaced(session)
      ? near
          .filter((other) => gap(session, other) >= 0 && gap(session, other) < policy.minutesToChange * minute && inOtherRoom(session, other))
          .flatMap((other) => samePeople(session, other))
      : [],

  /** What everybody attends, in a room with fewer seats than the convening is planned for. */
  'room-too-small': (session, { rooms, details }) => {
    const seats = session.slot?.room === undefined ? undefined : rooms.get(session.slot.room)?.capacity;
    const small = forEverybody.has(session.details.kind) && seats !== undefined && details.capacity !== undefined && seats < details.capacity;
    return small ? [about([session])] : [];
  },

  /** Of panels and working groups; a chair or a facilitator serves as moderator. */
  'no-moderator': (session) =>
    moderated.has(session.details.kind) && !seats(session).some(({ role }) => moderating.has(role))
      ? [{ ...about([session]), circumstance: { slots: {}, people: [] } }]
      : [],

  /** Not answered yet, tentative, or to be given anew. */
  'not-confirmed': (session) =>
    seats(session)
      .filter(({ state, toBeReconfirmed }) => !answered.has(state) || (state === 'confirmed' && toBeReconfirmed))
      .map((seat) => ofSeat(session, seat)),

  'no-slot': (session) => (session.slot ? [] : [about([session])]),

  'no-room': (session) => (session.slot && session.slot.room === undefined ? [about([session])] : []),

  'items-too-long': (session) => {
    const minutes = session.items.reduce((sum, item) => sum + (item.minutes ?? 0), 0);
    return isPlaced(session) && minutes * minute > session.slot.ends - session.slot.starts ? [about([session])] : [];
  },

  /** A room in session for longer than the policy allows without ten free minutes, a break or a social event. */
  'no-break': (session, { policy }, { inRoom }) =>
    runs(inRoom)
      .filter((run) => run.some(({ id }) => id === session.id) && until(run) - run[0]!.slot.starts > policy.minutesWithoutBreak * minute)
      .map((run) => about(run)),
};

const isPlaced = (session: Session): session is Placed => session.slot !== undefined;

/** Milliseconds between two sessions; negative: they overlap. */
const gap = (a: Placed, b: Placed) => Math.max(a.slot.starts, b.slot.starts) - Math.min(a.slot.ends, b.slot.ends);

const inOtherRoom = (a: Placed, b: Placed) => a.slot.room !== undefined && b.slot.room !== undefined && a.slot.room !== b.slot.room;

const seats = ({ appearances }: Session): Appearance[] => [...appearances.values()].filter(stands);

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

/** One finding for each pair of appearances of one person. */
const samePeople = (a: Session, b: Session): Finding[] => {
  if (a.appearances.size === 0 || b.appearances.size === 0) return [];
  const there = seats(b).filter(({ person }) => person !== undefined);
  return seats(a).flatMap(({ id, person }) =>
    there
      .filter((other) => other.person === person)
      .map((other) => ({
        ids: [`${a.id}.${id}`, `${b.id}.${other.id}`],
        sessions: [a.id, b.id],
        people: person === undefined ? [] : [person],
        circumstance: { slots: slotsOf([a, b]), people: person === undefined ? [] : [person] },
      })),
  );
};

const until = (run: readonly Placed[]) => Math.max(...run.map(({ slot }) => slot.ends));

/** The sessions of a room, by their start, in runs between which there is a break. */
const runs = (inRoom: readonly Placed[]): Placed[][] => {
  const all: Placed[][] = [];
  let run: Placed[] = [];
  let end = -Infinity;
  for (const session of inRoom) {
    const rest = rests.has(session.details.kind);
    if (rest || session.slot.starts - end >= breakOf) run = [];
    if (!rest && run.push(session) === 1) all.push(run);
    end = rest || run.length === 1 ? session.slot.ends : Math.max(end, session.slot.ends);
  }
  return all;
};
