import type { Appearance, Convening, Publication, Session } from './convening.js';
import { conflictsInSteps, type Conflict } from './conflict.rules.js';
import { conflictRules } from './policy.events.js';
import { stands } from './sessions.rules.js';
import { mayBeSeenBy, type Audience } from './texts.js';

/** Whether a conflict holds publication. */
export const holds = ({ severity, accepted }: Conflict): boolean => severity !== 'warn' && !accepted;

/** The conflicts that hold a publication, those that are to hold it or ought never to have come about, unless they are accepted; in steps. */
export function* holdingInSteps(convening: Readonly<Convening>): Generator<undefined, Conflict[]> {
  return (yield* conflictsInSteps(convening, conflictRules.filter((rule) => convening.policy.conflicts[rule] !== 'warn'))).filter(holds);
}

/** The latest publication that was not withdrawn. */
export const latestStanding = ({ publications }: Readonly<Convening>): Publication | undefined => publications.findLast(({ withdrawn }) => !withdrawn);

/** A cancelled session that was never shown is not shown. */
export const isShown = ({ details, cancelled }: Session, audience: Audience): boolean => !cancelled && mayBeSeenBy(details.audience, audience);

/** Interpreters are internal. */
export const isSeatShown = (appearance: Appearance, audience: Audience): boolean =>
  stands(appearance) && (appearance.role !== 'interpreter' || audience === 'internal');
