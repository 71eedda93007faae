import type { PersonId } from '../event-store/personal.js';
import { conflictsOfSession, type Conflict } from './conflict.rules.js';
import type { Convening } from './convening.js';
import { conflictRules, type ConflictRule } from './policy.events.js';

/** What a conflict's key says. */
export interface ConflictKey {
  readonly key: string;
  readonly rule: ConflictRule;
  readonly session: string;
  /** Whom it is about, if it is about one person. */
  readonly person?: PersonId;
}

interface Shape {
  readonly of: 'sessions' | 'appearances';
  readonly least: number;
  readonly most: number;
  /** Whether a session breaks the rule by being planned: then what it will break is accepted before it is there. */
  readonly byBeing?: true;
}
const one = { least: 1, most: 1 };
const two = { least: 2, most: 2 };

/** What the ids of a rule's conflicts name, and how many there are. */
const shapes: Readonly<Record<ConflictRule, Shape>> = {
  'room-taken': { of: 'sessions', ...two },
  'person-in-two-places': { of: 'appearances', ...two },
  'person-unavailable': { of: 'appearances', ...one },
  'outside-days': { of: 'sessions', ...one },
  'no-time-to-change': { of: 'appearances', ...two },
  'room-too-small': { of: 'sessions', ...one },
  'no-moderator': { of: 'sessions', ...one, byBeing: true },
  'not-confirmed': { of: 'appearances', ...one },
  'no-slot': { of: 'sessions', ...one, byBeing: true },
  'no-room': { of: 'sessions', ...one },
  'items-too-long': { of: 'sessions', ...one },
  'no-break': { of: 'sessions', least: 1, most: Infinity },
};

const slug = /^[a-z0-9][a-z0-9-]{0,63}$/;

/**
 * The key read; undefined: it names nothing here. Its sessions are there, its ids are in their order and each once. An appearance
 * may be yet to come: who is refused a second appearance at the same hour accepts that conflict first. So may a session be that is
 * refused for being planned without what it needs.
 */
export const namedBy = (key: string, convening: Readonly<Convening>): ConflictKey | undefined => {
  const [name, ...ids] = key.split(':');
  const rule = conflictRules.find((each) => each === name);
  if (!rule || ids.some((id, index) => index > 0 && ids[index - 1]! >= id)) return undefined;
  const { of, least, most, byBeing } = shapes[rule];
  const parts = ids.map((id) => id.split('.'));
  const isKnown = parts.every((part) => part.length === (of === 'sessions' ? 1 : 2) && part.every((id) => slug.test(id)) && (byBeing ?? convening.sessions.has(part[0]!)));
  if (!isKnown || ids.length < least || ids.length > most) return undefined;
  const people = new Set(parts.flatMap(([session, appearance]) => convening.sessions.get(session!)?.appearances.get(appearance ?? '')?.person ?? []));
  const [person] = people;
  return { key, rule, session: parts[0]![0]!, ...(person !== undefined && people.size === 1 ? { person } : {}) };
};

/** The conflict of this key, if it is there now. */
export const conflictNamed = ({ key, rule, session: id }: ConflictKey, convening: Readonly<Convening>): Conflict | undefined => {
  const session = convening.sessions.get(id);
  return session && conflictsOfSession(convening, session, [rule]).find((conflict) => conflict.key === key);
};
