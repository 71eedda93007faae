import type { PersonId } from '../event-store/personal.js';
import { same } from './changes.rules.js';
import type { Circumstance } from './conflicts.events.js';
import type { Convening, Session } from './convening.js';
import { findings, type Finding, type Neighbours, type Placed } from './findings.rules.js';
import { conflictRules, type ConflictRule, type Severity } from './policy.events.js';
import { daysOf } from './times.js';

/** Something that the rules find wrong. */
export interface Conflict {
  /** The rule and the sorted ids; an appearance's id in it is `session.appearance`. */
  readonly key: string;
  readonly rule: ConflictRule;
  readonly severity: Exclude<Severity, 'off'>;
  readonly ids: readonly string[];
  readonly sessions: readonly string[];
  readonly people: readonly PersonId[];
  /** The slots and people this rule looks at here. */
  readonly circumstance: Circumstance;
  /** Whether an acceptance of it holds. */
  readonly accepted: boolean;
}

const takesPlace = (session: Session): session is Placed => !session.cancelled && session.slot !== undefined;
const byStart = (a: Placed, b: Placed) => a.slot.starts - b.slot.starts;
const minute = 60_000;

/** All conflicts of a convening, in the order of its sessions: one sort, one sweep. */
export const conflictsOf = (convening: Readonly<Convening>): Conflict[] => {
  const found = new Map<string, Conflict>();
  const days = daysOf(convening.dates, convening.zone);
  const timetable = [...convening.sessions.values()].filter(takesPlace).sort(byStart);
  const near = nearOnes(timetable, convening.policy.minutesToChange * minute);
  const rooms = byRoom(timetable);
  for (const session of convening.sessions.values()) {
    const neighbours = { near: near.get(session) ?? [], inRoom: rooms.get(session.slot?.room) ?? [], days };
    for (const conflict of judged(session, convening, neighbours)) if (!found.has(conflict.key)) found.set(conflict.key, conflict);
  }
  return [...found.values()];
};

/** The conflicts that one session has part in: one scan over the others. */
export const conflictsOfSession = (convening: Readonly<Convening>, session: Session): Conflict[] => {
  const near: Placed[] = [];
  const inRoom: Placed[] = [];
  const margin = convening.policy.minutesToChange * minute;
  if (takesPlace(session))
    for (const other of convening.sessions.values()) {
      if (!takesPlace(other)) continue;
      if (session.slot.room !== undefined && other.slot.room === session.slot.room) inRoom.push(other);
      if (other.id !== session.id && other.slot.starts < session.slot.ends + margin && session.slot.starts < other.slot.ends + margin) near.push(other);
    }
  return judged(session, convening, { near, inRoom: inRoom.sort(byStart), days: daysOf(convening.dates, convening.zone) });
};

const nearOnes = (timetable: readonly Placed[], margin: number): Map<Session, Placed[]> => {
  const near = new Map<Session, Placed[]>(timetable.map((session) => [session, []]));
  timetable.forEach((session, index) => {
    for (let next = index + 1; next < timetable.length; next++) {
      const other = timetable[next]!;
      if (other.slot.starts >= session.slot.ends + margin) break;
      near.get(session)!.push(other);
      near.get(other)!.push(session);
    }
  });
  return near;
};

const byRoom = (timetable: readonly Placed[]): Map<string | undefined, Placed[]> => {
  const rooms = new Map<string | undefined, Placed[]>();
  for (const session of timetable) {
    const { room } = session.slot;
    if (room === undefined) continue;
    const held = rooms.get(room);
    if (held) held.push(session);
    else rooms.set(room, [session]);
  }
  return rooms;
};

/** A cancelled session conflicts with nothing, and a rule that is off is not asked. */
const judged = (session: Session, convening: Readonly<Convening>, neighbours: Neighbours): Conflict[] => {
  if (session.cancelled) return [];
  const found: Conflict[] = [];
  for (const rule of conflictRules) {
    const severity = convening.policy.conflicts[rule];
    if (severity === 'off') continue;
    for (const finding of findings[rule](session, convening, neighbours)) found.push(named(rule, severity, finding, convening));
  }
  return found;
};

const named = (rule: ConflictRule, severity: Exclude<Severity, 'off'>, finding: Finding, convening: Readonly<Convening>): Conflict => {
  const ids = [...finding.ids].sort();
  const key = [rule, ...ids].join(':');
  return { key, rule, severity, ...finding, ids, accepted: isAccepted(convening, key, finding.circumstance) };
};

/** An acceptance holds for what was accepted beforehand until it comes about, then only while its slots and people stand. */
const isAccepted = ({ acceptances }: Readonly<Convening>, key: string, circumstance: Circumstance): boolean => {
  const acceptance = acceptances.get(key);
  return acceptance !== undefined && (acceptance.circumstance === undefined || same(acceptance.circumstance, circumstance));
};
