import type { PersonId } from '../event-store/personal.js';
import { same } from '../deciding/changes.js';
import type { Circumstance } from './conflicts.events.js';
import type { Convening, Session } from './convening.js';
import { findings, ofPeople, ofRooms, type Finding } from './findings.rules.js';
import { conflictRules, type ConflictRule, type Severity } from './policy.events.js';
import { drained } from '../event-store/steps.js';
import { Timetable } from './timetable.rules.js';

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

/** All conflicts of a convening by these rules, in the order of its sessions: a pair is found from either side and told once. */
export const conflictsOf = (convening: Readonly<Convening>, rules: readonly ConflictRule[] = conflictRules): Conflict[] => drained(conflictsInSteps(convening, rules));

/** The same in steps, between which others may have their turn; meanwhile the convening must stand still. */
export function* conflictsInSteps(convening: Readonly<Convening>, rules: readonly ConflictRule[] = conflictRules): Generator<undefined, Conflict[]> {
  const found = new Map<string, Conflict>();
  const asked = askedOf(convening, rules);
  if (asked.length === 0) return [];
  const [timetable, told] = [yield* Timetable.inSteps(convening, { room: asked.some((rule) => ofRooms.has(rule)), person: asked.some((rule) => ofPeople.has(rule)) }), new Set<Finding>()];
  for (const session of convening.sessions.values()) {
    for (const conflict of conflictsIn(session, convening, timetable, asked, told)) if (!found.has(conflict.key)) found.set(conflict.key, conflict);
    yield;
  }
  return [...found.values()];
}

/** The conflicts by these rules that one session has part in: one scan over the others. */
export const conflictsOfSession = (convening: Readonly<Convening>, session: Session, rules: readonly ConflictRule[] = conflictRules): Conflict[] =>
  conflictsIn(session, convening, Timetable.around(session, convening), askedOf(convening, rules));

/** A rule that is off is not asked, and in a convening that is cancelled nothing conflicts. */
const askedOf = ({ phase, policy }: Readonly<Convening>, rules: readonly ConflictRule[]) =>
  phase === 'cancelled' ? [] : rules.filter((rule) => policy.conflicts[rule] !== 'off');

/** A cancelled session conflicts with nothing. `told`: findings that are known already, to which these are added. */
const conflictsIn = (session: Session, convening: Readonly<Convening>, timetable: Timetable, rules: readonly ConflictRule[], told = new Set<Finding>()): Conflict[] => {
  if (session.cancelled) return [];
  const conflicts: Conflict[] = [];
  for (const rule of rules)
    for (const finding of findings[rule](session, convening, timetable)) {
      if (told.has(finding)) continue;
      told.add(finding);
      conflicts.push(named(rule, finding, convening));
    }
  return conflicts;
};

const named = (rule: ConflictRule, finding: Finding, convening: Readonly<Convening>): Conflict => {
  // A rule that is off was not asked.
  const severity = convening.policy.conflicts[rule] as Exclude<Severity, 'off'>;
  const ids = [...finding.ids].sort();
  const key = [rule, ...ids].join(':');
  return { key, rule, severity, ...finding, ids, accepted: isAccepted(convening, key, finding.circumstance) };
};

/** An acceptance holds for what was accepted beforehand until it comes about, then only while its slots and people stand. */
const isAccepted = ({ acceptances }: Readonly<Convening>, key: string, circumstance: Circumstance): boolean => {
  const acceptance = acceptances.get(key);
  return acceptance !== undefined && (acceptance.circumstance === undefined || same(acceptance.circumstance, circumstance));
};
