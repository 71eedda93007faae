import type { Event } from '../event-store/event.js';
import type { PersonId } from '../event-store/personal.js';

/** Wall clock with offset, like a slot's; the end is not included. */
export interface Interval {
  readonly start: string;
  readonly end: string;
}

/** When a person cannot take part. The whole list as it was and as it is; an empty one: always there. */
export type AvailabilityStated = Event<'AvailabilityStated', { person: PersonId; from: readonly Interval[]; to: readonly Interval[] }>;
export type AvailabilityEvent = AvailabilityStated;
