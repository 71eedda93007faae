import { Refusal } from '../deciding/refusal.js';
import { same } from './changes.rules.js';
import { conflictsOf, conflictsOfSession, type Conflict } from './conflict.rules.js';
import type { AcceptedConflictArose } from './conflicts.events.js';
import type { Convening, Session } from './convening.js';
import type { ConveningEvent } from './convening.events.js';

/** Facts that name no session and may yet bring conflicts about, anywhere. */
const concernAll: ReadonlySet<ConveningEvent['type']> = new Set([
  'ConveningDetailsChanged', 'ConveningDatesChanged', 'ConveningZoneChanged', 'PolicyChanged', 'RoomChanged', 'AvailabilityStated',
] as const);

/** The session that a fact is about, if it is about one. */
export const sessionOf = ({ data }: ConveningEvent): string | undefined => ('session' in data ? data.session : undefined);

/** A copy on which the facts may be tried: what they touch is cloned, the rest is lent. */
export const copyFor = (convening: Readonly<Convening>, events: readonly ConveningEvent[]): Convening => {
  const copy = { ...convening };
  copy.rooms = new Map(convening.rooms);
  copy.tracks = new Map(convening.tracks);
  copy.sessions = new Map(convening.sessions);
  copy.unavailable = new Map(convening.unavailable);
  copy.acceptances = new Map(convening.acceptances);
  copy.publications = [...convening.publications];
  const touched = events.some(({ type }) => type === 'AgendaPublished') ? [...convening.sessions.keys()] : events.map(sessionOf);
  for (const id of new Set(touched)) {
    const session = id === undefined ? undefined : convening.sessions.get(id);
    if (session) copy.sessions.set(session.id, cloneOf(session));
  }
  for (const { data } of events) {
    const room = 'room' in data ? convening.rooms.get(data.room) : undefined;
    const track = 'track' in data && typeof data.track === 'string' ? convening.tracks.get(data.track) : undefined;
    if (room && 'room' in data) copy.rooms.set(data.room, { ...room });
    if (track && 'track' in data && typeof data.track === 'string') copy.tracks.set(data.track, { ...track });
  }
  return copy;
};

const cloneOf = (session: Session): Session => ({
  ...session,
  items: [...session.items],
  appearances: new Map([...session.appearances].map(([id, appearance]) => [id, { ...appearance }])),
});

/**
 * What the rules say of facts, by the convening before and after them: which accepted conflicts come about.
 * What was there before, in the same circumstance, is not the doing of these facts, nor is what another policy finds in what was there.
 * @throws Refusal `room-taken`, `conflict-blocks`
 */
export const judge = (before: Readonly<Convening>, after: Readonly<Convening>, events: readonly ConveningEvent[]): AcceptedConflictArose[] => {
  const found = conflictsAt(after, events);
  if (found.length === 0) return [];
  const was = new Map(conflictsAt({ ...before, policy: after.policy }, events).map((conflict) => [conflict.key, conflict]));
  const keepsItsHours = events.some(({ type }) => type === 'ConveningZoneChanged');
  const isSo = ({ key, circumstance }: Conflict) => was.has(key) && (keepsItsHours || same(was.get(key)?.circumstance, circumstance));
  const isCarried = ({ key, accepted }: Conflict) => keepsItsHours && !accepted && was.get(key)?.accepted === true;
  refuse(found.filter((conflict) => conflict.severity === 'block' && !conflict.accepted && !isSo(conflict)), events);
  return found
    .filter((conflict) => isCarried(conflict) || (conflict.accepted && !after.acceptances.get(conflict.key)?.circumstance))
    .map(({ key, circumstance }) => ({ type: 'AcceptedConflictArose', data: { conflict: key, circumstance } }));
};

/** Of the sessions that the facts are about; of all where a fact, or a break that is gone, may concern all. */
const conflictsAt = (convening: Readonly<Convening>, events: readonly ConveningEvent[]): Conflict[] => {
  const touched = new Set(events.map(sessionOf));
  if (events.some(({ type }) => concernAll.has(type)) || (touched.size > 1 && touched.size * 8 > convening.sessions.size)) return conflictsOf(convening);
  if (convening.policy.conflicts['no-break'] === 'block' && touched.size > 0) return conflictsOf(convening);
  const found = new Map<string, Conflict>();
  for (const id of touched) {
    const session = id === undefined ? undefined : convening.sessions.get(id);
    for (const conflict of session ? conflictsOfSession(convening, session) : []) found.set(conflict.key, conflict);
  }
  return [...found.values()];
};

const refuse = (conflicts: readonly Conflict[], events: readonly ConveningEvent[]): void => {
  const taken = conflicts.find(({ rule }) => rule === 'room-taken');
  if (taken) {
    const touched = new Set(events.map(sessionOf));
    const by = taken.sessions.find((session) => !touched.has(session)) ?? taken.sessions[1];
    const room = Object.values(taken.circumstance.slots)[0]?.room;
    throw new Refusal('room-taken', { room, by, key: taken.key });
  }
  if (conflicts.length > 0) throw new Refusal('conflict-blocks', { conflicts });
};
