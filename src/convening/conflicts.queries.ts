import { Injectable } from '@nestjs/common';
import type { Open, PersonId, Withheld } from '../event-store/personal.js';
import type { Wanted } from '../http/as-of.js';
import type { Seen } from '../http/showing.js';
import { AsOfQueries } from './as-of.queries.js';
import { conflictsOf, type Conflict } from './conflict.rules.js';
import type { Acceptance, Convening, ProvablePublication } from './convening.js';
import { ConveningQueries } from './convening.queries.js';
import { currentOnes } from './details.queries.js';
import type { ConflictRule, Severity } from './policy.events.js';
import { holds } from './publications.rules.js';
import type { Audience } from './texts.js';

/** Why a conflict may be, and since when. */
export interface AcceptanceRead {
  readonly reason: string | Withheld;
  /** When it was accepted (UTC). */
  readonly at: string;
}

/** Something that the rules find wrong. */
export interface ConflictRead {
  /** The rule and the sorted ids; an appearance’s id in it is `session.appearance`. */
  readonly key: string;
  readonly rule: ConflictRule;
  readonly severity: Exclude<Severity, 'off'>;
  /** The ids of the sessions. */
  readonly sessions: readonly string[];
  readonly people: readonly PersonId[];
  /** Whether it holds publication. */
  readonly holds: boolean;
  /** Whether an acceptance of it holds. */
  readonly accepted: boolean;
  readonly acceptance?: AcceptanceRead;
}

/** An acceptance of what is no conflict now. */
export interface IdleAcceptanceRead extends AcceptanceRead {
  /** The conflict’s key. */
  readonly key: string;
  readonly rule: ConflictRule;
  /** Whether it waits for the conflict to come about; else what it was given for has changed. */
  readonly beforehand: boolean;
}

/** What is wrong with a convening. */
export interface ConflictsRead {
  /** In the order of the sessions. */
  readonly conflicts: readonly ConflictRead[];
  /** Acceptances that hold for none of them. */
  readonly acceptances: readonly IdleAcceptanceRead[];
}

/** What was published of a convening. */
export interface PublicationsRead {
  /** The first first. */
  readonly publications: readonly ProvablePublication[];
  /** The number of the publication that counts for each audience; missing: none does. */
  readonly current: { readonly [A in Audience]?: number };
}

/** What is wrong with a convening, and what was published of it. `wanted`: as it is, or as of when. */
@Injectable()
export class ConflictsQueries {
  constructor(private readonly convenings: AsOfQueries, private readonly known: ConveningQueries) {}

  /** Conflicts in the order of the sessions, then acceptances that hold for none of them. @throws Refusal unknown-convening; ReadFailure */
  conflicts(id: string, wanted: Wanted): Promise<Seen<ConflictsRead>> {
    return this.convenings.show(id, wanted, (convening, open) => ({ revision: convening.revision, upTo: convening.revision, at: convening.at, body: conflictsRead(convening, open) }));
  }

  /** Versions, the first first, and which of them counts for whom. @throws Refusal unknown-convening; ReadFailure */
  publications(id: string, wanted: Wanted): Promise<Seen<PublicationsRead>> {
    return this.convenings.show(id, wanted, ({ publications, revision, at }) => ({
      revision, upTo: revision, at, body: { publications: publications.map((each) => this.known.provable(id, each)), current: currentOnes(publications) },
    }));
  }
}

const conflictsRead = (convening: Readonly<Convening>, open: Open): ConflictsRead => {
  const { acceptances } = convening;
  const conflicts = conflictsOf(convening);
  const inForce = new Set(conflicts.filter(({ accepted }) => accepted).map(({ key }) => key));
  return {
    conflicts: conflicts.map((conflict) => conflictOf(conflict, acceptances.get(conflict.key), open)),
    acceptances: [...acceptances].filter(([key]) => !inForce.has(key)).map(([key, acceptance]) => ({ key, rule: acceptance.rule, ...acceptanceOf(acceptance, open), beforehand: !acceptance.circumstance })),
  };
};

const conflictOf = (conflict: Conflict, acceptance: Acceptance | undefined, open: Open): ConflictRead => {
  const { key, rule, severity, sessions, people, accepted } = conflict;
  return { key, rule, severity, sessions, people, holds: holds(conflict), accepted, ...(accepted && acceptance && { acceptance: acceptanceOf(acceptance, open) }) };
};

const acceptanceOf = ({ reason, at }: Acceptance, open: Open): AcceptanceRead => ({ reason: open(reason), at });
