import type { Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import type { PersonId } from '../event-store/personal.js';
import type { AvailabilityEvent, Interval } from './availability.events.js';
import { same } from '../deciding/changes.js';
import type { Convening } from './convening.js';
import { instantOf, wallClock } from './times.js';

/** The whole list of when the person cannot take part, local or with offsets; an empty one: always there. */
export type StateAvailability = Command<'StateAvailability', { person: PersonId; unavailable: readonly Interval[] }>;
export type AvailabilityCommand = StateAvailability;

const byTime = (one: Interval, other: Interval) => instantOf(one.start) - instantOf(other.start) || instantOf(one.end) - instantOf(other.end);

/** When people cannot take part. */
export const availability: Part<Convening, AvailabilityCommand, AvailabilityEvent> = {
  decide: {
    StateAvailability({ person, unavailable }, convening) {
      const from = convening.unavailable.get(person) ?? [];
      const to = unavailable.map(({ start, end }) => ({ start: wallClock(start, convening.zone), end: wallClock(end, convening.zone) })).sort(byTime);
      for (const { start, end } of to) if (instantOf(start) >= instantOf(end)) throw new Refusal('ends-before-it-starts', { start, end });
      return same(from, to) ? [] : [{ type: 'AvailabilityStated', data: { person, from, to } }];
    },
  },
  evolve: {
    AvailabilityStated({ unavailable }, { person, to }) {
      if (to.length) unavailable.set(person, to);
      else unavailable.delete(person);
    },
  },
};
