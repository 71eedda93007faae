import type { Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import type { PersonId } from '../event-store/personal.js';
import type { AvailabilityEvent, Interval } from './availability.events.js';
import type { Convening } from './convening.js';

/** The whole list of when the person cannot take part, with offsets; an empty one: always there. */
export type StateAvailability = Command<'StateAvailability', { person: PersonId; unavailable: readonly Interval[] }>;
export type AvailabilityCommand = StateAvailability;

const instant = (time: string) => Date.parse(time);

const byTime = (one: Interval, other: Interval) => instant(one.start) - instant(other.start) || instant(one.end) - instant(other.end);

const sameIntervals = (some: readonly Interval[], others: readonly Interval[]) =>
  some.length === others.length && some.every(({ start, end }, index) => start === others[index]?.start && end === others[index]?.end);

/** When people cannot take part. */
export const availability: Part<Convening, AvailabilityCommand, AvailabilityEvent> = {
  decide: {
    StateAvailability({ person, unavailable }, convening) {
      if (convening.phase === 'unplanned') throw new Refusal('unknown-convening');
      if (convening.phase !== 'planned') throw new Refusal('convening-over');
      for (const { start, end } of unavailable) if (instant(start) >= instant(end)) throw new Refusal('ends-before-it-starts', { start, end });
      const from = convening.unavailable.get(person) ?? [];
      const to = unavailable.map(({ start, end }) => ({ start, end })).sort(byTime);
      return sameIntervals(from, to) ? [] : [{ type: 'AvailabilityStated', data: { person, from, to } }];
    },
  },
  evolve: {
    AvailabilityStated({ unavailable }, { person, to }) {
      if (to.length) unavailable.set(person, to);
      else unavailable.delete(person);
    },
  },
};
