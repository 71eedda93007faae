import type { Registrations, SessionSeats } from './registration.js';
import type { SessionSeatEvent } from './session-seats.events.js';

/** Who moves up in a session when it has so many seats and these are taken. */
export const movingUp = (session: string, { waiting }: SessionSeats, capacity: number | undefined, taken: number): SessionSeatEvent[] => {
  const registrations = capacity === undefined ? [] : waiting.slice(0, Math.max(0, capacity - taken));
  return registrations.length > 0 ? [{ type: 'SessionSeatsGiven', data: { session, registrations } }] : [];
};

/** A registration leaves a session: who waited longest there gets its seat. */
export const leaving = ({ sessions }: Readonly<Registrations>, session: string, registration: string): SessionSeatEvent[] => {
  const seats = sessions.get(session)!;
  const moved = seats.seated.has(registration) ? movingUp(session, seats, seats.capacity, seats.seated.size - 1) : [];
  return [{ type: 'SessionSeatLeft', data: { session, registration } }, ...moved];
};

/** A registration that has no seat any more leaves all sessions it signed up for. */
export const leavingSessions = (state: Readonly<Registrations>, registration: string): SessionSeatEvent[] =>
  state.registrations.get(registration)!.sessions.flatMap((session) => leaving(state, session, registration));
