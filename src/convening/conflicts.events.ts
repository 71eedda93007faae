import type { Event } from '../event-store/event.js';
import type { Personal } from '../event-store/personal.js';
import type { ConflictRule } from './policy.events.js';
import type { Slot } from './slots.events.js';

/** The slots and people a conflict consists of; an acceptance holds only while they stand. Null: unscheduled. */
export interface Circumstance {
  readonly slots: Readonly<Record<string, Slot | null>>;
  readonly people: readonly string[];
}

/** Somebody answers for a conflict. `conflict` is its key: the rule and the sorted ids involved. Without `circumstance` it was accepted beforehand. */
export type ConflictAccepted = Event<'ConflictAccepted', {
  conflict: string; rule: ConflictRule; circumstance?: Circumstance; reason: Personal<string>;
}>;
/** What was accepted beforehand has come about: from now on the acceptance holds for this circumstance. */
export type AcceptedConflictArose = Event<'AcceptedConflictArose', { conflict: string; circumstance: Circumstance }>;
/** Nobody answers for the conflict any more. */
export type ConflictAcceptanceWithdrawn = Event<'ConflictAcceptanceWithdrawn', { conflict: string }>;

export type ConflictEvent = ConflictAccepted | AcceptedConflictArose | ConflictAcceptanceWithdrawn;
