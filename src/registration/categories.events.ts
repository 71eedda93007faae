import type { Event } from '../event-store/event.js';
import type { Text } from '../convening/texts.js';

/** Whether the organisers look at each registration before it can have a seat. */
export const approvals = ['automatic', 'by-hand'] as const;
export type Approval = (typeof approvals)[number];

/** What one registers as: participant, observer, press. */
export interface CategoryDetails {
  readonly name: Text;
  /** Its seats; left out: as many as there are in all. */
  readonly capacity?: number;
  readonly approval: Approval;
}

/** Only the fields that changed; null: there was or is none. */
export type CategoryChange = { readonly [K in keyof CategoryDetails]?: CategoryDetails[K] | null };

/** A category was added, last in order. */
export type CategoryAdded = Event<'CategoryAdded', CategoryDetails & { category: string }>;
/** What a category says of itself changed: only the fields named. Nobody loses a seat by a lower capacity. */
export type CategoryChanged = Event<'CategoryChanged', { category: string; from: CategoryChange; to: CategoryChange }>;
/**
 * Nobody can register in this category any more. `into`: everybody who stands in it is of that category from now on; seats stay
 * theirs, and who waits is in that waiting list by the order of registration.
 */
export type CategoryClosed = Event<'CategoryClosed', { category: string; into?: string }>;

export type CategoryEvent = CategoryAdded | CategoryChanged | CategoryClosed;
