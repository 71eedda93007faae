import { Injectable } from '@nestjs/common';
import { inTurns, joinedInTurns } from '../event-store/breather.js';
import type { Open, PersonId, Withheld } from '../event-store/personal.js';
import type { Wanted } from '../http/as-of.js';
import type { Seen } from '../http/showing.js';
import { AsOfQueries } from './as-of.queries.js';
import { conflictsInSteps, type Conflict } from './conflict.rules.js';
import type { Acceptance, Convening, ProvablePublication } from './convening.js';
import { ConveningQueries } from './convening.queries.js';
import { currentOnes } from './details.queries.js';
import type { ConflictRule, Severity } from './policy.events.js';
import { jsonInParts, seatRead, type SeatRead } from './programme-document.rules.js';
import { holds } from './publications.rules.js';
import type { Audience } from './texts.js';

/** Why a conflict may be, and since when. */
export interface AcceptanceRead {
  readonly reason: string | Withheld;
  /** When it was accepted (UTC). */
  readonly at: string;
}

/** A seat that has part in a conflict, as the programme has it. */
export interface SeatInConflict extends SeatRead {
  /** The session’s id. */
  readonly session: string;
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
  /** The seats that it is about, where it is about any: an id that was not chosen by anybody says little. */
  readonly seats: readonly SeatInConflict[];
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

/** The conflicts that a change brings about, and those that it ends. */
export interface ConflictsChanged {
  /** Those that were not there, or were accepted and are no more, since the acceptance was given for other slots or people. */
  readonly new: readonly ConflictRead[];
  /** As they were. */
  readonly ended: readonly ConflictRead[];
}

/** What is wrong with a convening, and what was published of it. `wanted`: as it is, or as of when. */
@Injectable()
export class ConflictsQueries {
  constructor(private readonly convenings: AsOfQueries, private readonly known: ConveningQueries) {}

  /** Conflicts in the order of the sessions, and acceptances that hold for none of them (`ConflictsRead` as JSON). @throws Refusal unknown-convening; ReadFailure */
  async conflicts(id: string, wanted: Wanted): Promise<Seen<Buffer>> {
    // What is seen does not change any more: it may be looked through in turns.
    const { convening, open } = await this.convenings.show(id, wanted, (seen, opener) => ({ convening: seen, open: opener }));
    const { revision, at, acceptances } = convening;
    const conflicts = byKey(await inTurns(conflictsInSteps(convening)));
    const inForce = new Set([...conflicts.values()].filter(({ accepted }) => accepted).map(({ key }) => key));
    const idle = [...acceptances].filter(([key]) => !inForce.has(key)).map(([key, acceptance]) => ({ key, rule: acceptance.rule, ...acceptanceOf(acceptance, open), beforehand: !acceptance.circumstance }));
    return { revision, upTo: revision, at, body: await joinedInTurns(jsonInParts({ acceptances: idle, conflicts: read(conflicts, convening, open) })) };
  }

  /** Versions, the first first, and which of them counts for whom. @throws Refusal unknown-convening; ReadFailure */
  publications(id: string, wanted: Wanted): Promise<Seen<PublicationsRead>> {
    return this.convenings.show(id, wanted, ({ publications, revision, at }) => ({
      revision, upTo: revision, at, body: { publications: publications.map((each) => this.known.provable(id, each)), current: currentOnes(publications) },
    }));
  }
}

/** The conflicts of a convening after a change that were not there before it, and the other way round: found in steps, and read one by one. */
export function* conflictsChanged(before: Readonly<Convening>, after: Readonly<Convening>, open: Open): Generator<undefined, { readonly [K in keyof ConflictsChanged]: Iterable<ConflictRead> }> {
  if (after === before) return { new: [], ended: [] };
  const was = byKey(yield* conflictsInSteps(before));
  yield;
  const is = byKey(yield* conflictsInSteps(after));
  return { new: read(is, after, open, ({ key, accepted }) => !was.has(key) || (!accepted && was.get(key)?.accepted === true)), ended: read(was, before, open, ({ key }) => !is.has(key)) };
}

function* read(conflicts: ReadonlyMap<string, Conflict>, convening: Readonly<Convening>, open: Open, isTold: (conflict: Conflict) => boolean = () => true): Generator<ConflictRead> {
  for (const conflict of conflicts.values()) if (isTold(conflict)) yield conflictOf(conflict, convening, open);
}

const byKey = (conflicts: readonly Conflict[]): ReadonlyMap<string, Conflict> => new Map(conflicts.map((conflict) => [conflict.key, conflict]));

const conflictOf = (conflict: Conflict, { acceptances, sessions: all }: Readonly<Convening>, open: Open): ConflictRead => {
  const { key, rule, severity, ids, sessions, people, accepted } = conflict;
  const acceptance = acceptances.get(key);
  const seats = ids.flatMap((id) => {
    const [session = '', appearance = ''] = id.split('.');
    const seat = all.get(session)?.appearances.get(appearance);
    return seat ? [{ session, ...seatRead(seat, open) }] : [];
  });
  return { key, rule, severity, sessions, people, seats, holds: holds(conflict), accepted, ...(accepted && acceptance && { acceptance: acceptanceOf(acceptance, open) }) };
};

const acceptanceOf = ({ reason, at }: Acceptance, open: Open): AcceptanceRead => ({ reason: open(reason), at });
