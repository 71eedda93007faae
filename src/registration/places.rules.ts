import type { Category, Registrations } from './registration.js';
import type { Standing } from './registrations.events.js';
import { placeOf } from './seats.rules.js';
import { isPlanned, type Meeting } from './meeting.rules.js';

/** Seats of a category that nobody has, at most so many as there are in all; undefined: there is no limit. */
export const placesLeft = ({ terms, taken }: Pick<Registrations, 'terms' | 'taken'>, category: Pick<Category, 'capacity' | 'taken'>): number | undefined => {
  const left = Math.min((category.capacity ?? Infinity) - category.taken, (terms.capacity ?? Infinity) - taken);
  return left === Infinity ? undefined : Math.max(0, left);
};

/** Whether the public may register now (UTC with milliseconds). */
export const isOpen = ({ opens, closes }: Registrations['terms'], meeting: Meeting, now: string): boolean =>
  isPlanned(meeting) && opens !== undefined && opens <= now && (closes === undefined || now < closes);

/** Whether there is a seat in a session for who signed up for it, or which place in its waiting list, from 1. */
export interface SessionSeat {
  readonly session: string;
  readonly status: 'seated' | 'waiting';
  readonly waitingPosition?: number;
}

/** `waiting`: who waits for a seat in the session, in order. */
export const sessionSeatOf = (session: string, waiting: readonly string[], registration: string): SessionSeat => {
  const place = waiting.indexOf(registration);
  return place < 0 ? { session, status: 'seated' } : { session, status: 'waiting', waitingPosition: place + 1 };
};

/** Place in the waiting list, from 1; undefined: it does not wait. */
export const waitingPosition = (state: Readonly<Registrations>, { standing, category, number }: { standing: Standing; category: string; number: number }): number | undefined =>
  standing === 'waiting' ? placeOf(state, state.categories.get(category)!.waiting, number) + 1 : undefined;
