import type { PersonId } from '../event-store/personal.js';
import type { Appearance, Convening, Placement, Session } from './convening.js';
import { stands } from './sessions.rules.js';
import { drained } from '../event-store/steps.js';
import { daysOf, type Days } from './times.js';

/** A session that takes place and has a slot. */
export type Placed = Session & { readonly slot: Placement };

/** A seat that somebody has in a session. */
export interface Taken {
  readonly session: Placed;
  readonly seat: Appearance;
}

/** Sessions of one room that follow each other without a break. */
export interface Run {
  readonly sessions: readonly Placed[];
  /** When the last of them is over. */
  readonly ends: number;
}

interface InRoom {
  /** By their start. */
  readonly sessions: readonly Placed[];
  /** When all up to each of them are over. */
  readonly over: readonly number[];
  /** The run that each is part of; a break is part of none. */
  readonly runs: ReadonlyMap<string, Run>;
}

const minute = 60_000;
const breakOf = 10 * minute;
const rests: ReadonlySet<string> = new Set(['break', 'social']);
const empty: InRoom = { sessions: [], over: [], runs: new Map() };

/** Whether a session takes place and has a slot. */
export const isPlaced = (session: Session): session is Placed => session.slot !== undefined && !session.cancelled;

/** The seats of a session that stand. */
export const seatsOf = ({ appearances }: Session): Appearance[] => [...appearances.values()].filter(stands);

/** Where and when sessions take place, looked up by room and by person. Each index is made when a rule first needs it. */
export class Timetable {
  private byRoom: ReadonlyMap<string, InRoom> | undefined;
  private byPerson: ReadonlyMap<PersonId, readonly Taken[]> | undefined;
  private known: Days | undefined;

  private constructor(private readonly sessions: readonly Placed[], private readonly convening: Readonly<Convening>) {}

  /** Of all sessions, in steps. `by`: the indexes that will be asked for. */
  static *inSteps(convening: Readonly<Convening>, by: { readonly room: boolean; readonly person: boolean }): Generator<undefined, Timetable> {
    const timetable = new Timetable([...convening.sessions.values()].filter(isPlaced), convening);
    if (by.room) timetable.byRoom = yield* indexByRoom(timetable.sessions);
    if (by.person) timetable.byPerson = yield* indexByPerson(timetable.sessions);
    return timetable;
  }

  /** Only what may have to do with one session: what takes place in its room, or so near that a person might be late. */
  static around(session: Session, convening: Readonly<Convening>): Timetable {
    if (!isPlaced(session)) return new Timetable([], convening);
    const { room, starts, ends } = session.slot;
    const margin = convening.policy.minutesToChange * minute;
    const near: Placed[] = [];
    for (const other of convening.sessions.values())
      if (isPlaced(other) && ((room !== undefined && other.slot.room === room) || (other.slot.starts < ends + margin && starts < other.slot.ends + margin)))
        near.push(other);
    return new Timetable(near, convening);
  }

  /** What takes place in the room of a session while it does, by its start. */
  besides({ id, slot: { room, starts, ends } }: Placed): Placed[] {
    const { sessions, over } = this.inRoom(room);
    let [low, high] = [0, sessions.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sessions[middle]!.slot.starts < ends) low = middle + 1;
      else high = middle;
    }
    const found: Placed[] = [];
    for (let index = low - 1; index >= 0 && over[index]! > starts; index--) {
      const other = sessions[index]!;
      if (other.id !== id && other.slot.ends > starts) found.push(other);
    }
    return found.reverse();
  }

  /** The run of sessions that this one is part of in its room. */
  runOf({ id, slot }: Session): Run | undefined {
    return this.inRoom(slot?.room).runs.get(id);
  }

  private inRoom(room: string | undefined): InRoom {
    if (room === undefined) return empty;
    this.byRoom ??= drained(indexByRoom(this.sessions));
    return this.byRoom.get(room) ?? empty;
  }

  ofPerson(person: PersonId): readonly Taken[] {
    this.byPerson ??= drained(indexByPerson(this.sessions));
    return this.byPerson.get(person) ?? [];
  }

  /** The instants between which the convening's days lie. */
  get days(): Days {
    return (this.known ??= daysOf(this.convening.dates, this.convening.zone));
  }
}

function* indexByRoom(sessions: readonly Placed[]): Generator<undefined, ReadonlyMap<string, InRoom>> {
  const rooms = new Map<string, Placed[]>();
  for (const session of sessions) {
    const { room } = session.slot;
    if (room === undefined) continue;
    const held = rooms.get(room);
    if (held) held.push(session);
    else rooms.set(room, [session]);
  }
  const found = new Map<string, InRoom>();
  for (const [room, held] of rooms) {
    yield;
    found.set(room, inOneRoom(held.sort((a, b) => a.slot.starts - b.slot.starts)));
  }
  return found;
}

const inOneRoom = (sessions: readonly Placed[]): InRoom => {
  let end = -Infinity;
  const over = sessions.map(({ slot }) => (end = Math.max(end, slot.ends)));
  const runs = runsOf(sessions).map((run) => ({ sessions: run, ends: Math.max(...run.map(({ slot }) => slot.ends)) }));
  return { sessions, over, runs: new Map(runs.flatMap((run) => run.sessions.map(({ id }) => [id, run] as const))) };
};

function* indexByPerson(sessions: readonly Placed[]): Generator<undefined, ReadonlyMap<PersonId, readonly Taken[]>> {
  const people = new Map<PersonId, Taken[]>();
  for (const session of sessions) {
    yield;
    for (const seat of session.appearances.values()) {
      if (seat.person === undefined || !stands(seat)) continue;
      const held = people.get(seat.person);
      if (held) held.push({ session, seat });
      else people.set(seat.person, [{ session, seat }]);
    }
  }
  return people;
}

/** The sessions of a room, by their start, in runs between which there is a break: a session that is one, or ten free minutes. */
const runsOf = (inRoom: readonly Placed[]): Placed[][] => {
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
