import { Injectable } from '@nestjs/common';
import type { Open } from '../event-store/personal.js';
import type { Seen } from '../http/showing.js';
import { conflictsOf, type Conflict } from './conflict.rules.js';
import type { Acceptance, Convening } from './convening.js';
import { ConveningQueries } from './convening.queries.js';
import { currentOnes } from './details.queries.js';
import { holds } from './publications.rules.js';

/** What is wrong with a convening, and what was published of it. `after`: the position that the answer must include. */
@Injectable()
export class ConflictsQueries {
  constructor(private readonly convenings: ConveningQueries) {}

  /** Conflicts in the order of the sessions, then acceptances that hold for none of them. @throws Refusal unknown-convening; ReadFailure */
  conflicts(id: string, after: bigint): Promise<Seen<object>> {
    return this.convenings.head(id, after, (convening, open) => ({ revision: convening.revision, upTo: convening.revision, body: conflictsRead(convening, open) }));
  }

  /** Versions, the first first, and which of them counts for whom. @throws Refusal unknown-convening; ReadFailure */
  publications(id: string, after: bigint): Promise<Seen<object>> {
    return this.convenings.head(id, after, ({ publications, revision }) => ({
      revision, upTo: revision, body: { publications: [...publications], current: currentOnes(publications) },
    }));
  }
}

const conflictsRead = (convening: Readonly<Convening>, open: Open) => {
  const { acceptances } = convening;
  const conflicts = conflictsOf(convening);
  const inForce = new Set(conflicts.filter(({ accepted }) => accepted).map(({ key }) => key));
  return {
    conflicts: conflicts.map((conflict) => conflictOf(conflict, acceptances.get(conflict.key), open)),
    acceptances: [...acceptances].filter(([key]) => !inForce.has(key)).map(([key, acceptance]) => ({ key, rule: acceptance.rule, ...acceptanceOf(acceptance, open), beforehand: !acceptance.circumstance })),
  };
};

/** `holds`: whether it holds publication. */
const conflictOf = (conflict: Conflict, acceptance: Acceptance | undefined, open: Open) => {
  const { key, rule, severity, sessions, people, accepted } = conflict;
  return { key, rule, severity, sessions, people, holds: holds(conflict), accepted, ...(accepted && acceptance && { acceptance: acceptanceOf(acceptance, open) }) };
};

const acceptanceOf = ({ reason, at }: Acceptance, open: Open) => ({ reason: open(reason), at });
