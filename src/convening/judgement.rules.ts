import { Refusal } from '../deciding/refusal.js';
import { same } from '../deciding/changes.js';
import { conflictsInSteps, conflictsOfSession, type Conflict } from './conflict.rules.js';
import type { AcceptedConflictArose } from './conflicts.events.js';
import type { Acceptance, Convening } from './convening.js';
import type { ConveningEvent } from './convening.events.js';
import { conflictRules, type ConflictRule, type Policy } from './policy.events.js';
import { sessionOf } from './supposition.rules.js';

/** Facts that name no session, and the rules whose conflicts they may bring about anywhere. A session's facts may bring about any of its own. */
const anywhere: { readonly [T in ConveningEvent['type']]?: readonly ConflictRule[] } = {
  ConveningDetailsChanged: ['room-too-small'],
  ConveningDatesChanged: ['outside-days'],
  ConveningZoneChanged: ['outside-days'],
  PolicyChanged: conflictRules,
  RoomChanged: ['room-too-small'],
  AvailabilityStated: ['person-unavailable'],
};

/**
 * What the rules say of facts, by the convening before and after them, in steps: which accepted conflicts come about.
 * What was there before, in the same circumstance, is not the doing of these facts, nor is what another policy finds in what was there.
 * @throws Refusal `room-taken`, `conflict-blocks`
 */
export function* judging(
  before: Readonly<Convening>, events: readonly ConveningEvent[], suppose: Supposing, refusal: Refusing = refusalOf,
): Generator<undefined, AcceptedConflictArose[]> {
  const { acceptances } = before;
  const policy = policyAfter(events, before);
  const rules = rulesThatMatter(policy, acceptances.values()).filter((rule) => rule !== 'room-taken' || events.some(({ type }) => occupies.has(type)));
  const found = rules.length > 0 ? yield* suppose((after) => conflictsBy(events, after, rules)) : [];
  if (found.length === 0) return [];
  yield;
  const was = new Map((yield* conflictsBy(events, { ...before, policy }, rules)).map((conflict) => [conflict.key, conflict]));
  const keepsItsHours = events.some(({ type }) => type === 'ConveningZoneChanged');
  const isSo = ({ key, circumstance }: Conflict) => was.has(key) && (keepsItsHours || same(was.get(key)?.circumstance, circumstance));
  const isCarried = ({ key, accepted }: Conflict) => keepsItsHours && !accepted && was.get(key)?.accepted === true;
  const blocking = found.filter((conflict) => conflict.severity === 'block' && !conflict.accepted && !isSo(conflict));
  if (blocking.length > 0) throw refusal(blocking, events);
  // What was accepted for what it becomes next has not come about by what leaves it as it is.
  const arises = (conflict: Conflict) => conflict.accepted && !acceptances.get(conflict.key)?.circumstance && (!isSo(conflict) || policy !== before.policy);
  return found
    .filter((conflict) => isCarried(conflict) || arises(conflict))
    .map(({ key, circumstance }) => ({ type: 'AcceptedConflictArose', data: { conflict: key, circumstance } }));
}

/** Asks the convening as it would be after facts: in one go where it is lent for that only, else in steps. */
export type Supposing = <T>(ask: (after: Readonly<Convening>) => Generator<undefined, T>) => Generator<undefined, T>;

/** The policy that holds after these facts. */
export const policyAfter = (events: readonly ConveningEvent[], { policy }: Readonly<Convening>): Policy =>
  events.reduce((held, event) => (event.type === 'PolicyChanged' ? event.data.to : held), policy);

/** Only by these is a room taken; most facts need not look at the others' slots. */
const occupies: ReadonlySet<ConveningEvent['type']> = new Set(['SessionScheduled', 'SessionMoved', 'SessionReinstated', 'PolicyChanged'] as const);

/** The rules that may refuse a change, and those of which something was accepted. */
const rulesThatMatter = ({ conflicts }: Policy, acceptances: Iterable<Acceptance>): ConflictRule[] => {
  const accepted = new Set([...acceptances].map(({ rule }) => rule));
  return conflictRules.filter((rule) => conflicts[rule] === 'block' || accepted.has(rule));
};

/** The conflicts that these facts may have to do with: of their sessions, and of all where a fact, or a break that is gone, may concern any. */
function* conflictsBy(events: readonly ConveningEvent[], convening: Readonly<Convening>, rules: readonly ConflictRule[]): Generator<undefined, Conflict[]> {
  const touched = new Set(events.flatMap((event) => sessionOf(event) ?? []));
  if (touched.size > 1 && touched.size * 8 > convening.sessions.size) return yield* conflictsInSteps(convening, rules);
  const concernAll = new Set(events.flatMap(({ type }) => anywhere[type] ?? []));
  if (touched.size > 0) concernAll.add('no-break');
  const wide = rules.filter((rule) => concernAll.has(rule));
  const found = new Map(wide.length > 0 ? (yield* conflictsInSteps(convening, wide)).map((conflict) => [conflict.key, conflict]) : []);
  for (const id of touched) {
    const session = convening.sessions.get(id);
    for (const conflict of session ? conflictsOfSession(convening, session, rules) : []) found.set(conflict.key, conflict);
    yield;
  }
  return [...found.values()];
}

/** How facts are refused that bring these conflicts about. */
export type Refusing = (conflicts: readonly Conflict[], events: readonly ConveningEvent[]) => Refusal;

/** The sessions that these facts put where they are. */
export const placedBy = (events: readonly ConveningEvent[]): ReadonlySet<string | undefined> => new Set(events.filter(({ type }) => occupies.has(type)).map(sessionOf));

/** The room that is taken, and by which session that these facts did not put there. */
export const roomTaken = ({ key, sessions, circumstance }: Conflict, events: readonly ConveningEvent[]): Refusal => {
  const placed = placedBy(events);
  const by = sessions.find((session) => !placed.has(session)) ?? sessions[1];
  return new Refusal('room-taken', { room: Object.values(circumstance.slots)[0]?.room, by, key });
};

const refusalOf: Refusing = (conflicts, events) => {
  const taken = conflicts.find(({ rule }) => rule === 'room-taken');
  return taken ? roomTaken(taken, events) : new Refusal('conflict-blocks', { conflicts });
};
