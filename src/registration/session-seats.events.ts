import type { Event } from '../event-store/event.js';

/** How many seats a session has for those who signed up; left out: one signs up for it no more, or did not before. Nobody loses a seat by a lower number. */
export type SessionCapacityChanged = Event<'SessionCapacityChanged', { session: string; from?: number; to?: number }>;
/** A registration has a seat in a session, or waits for one. */
export type SessionSeatAsked = Event<'SessionSeatAsked', { session: string; registration: string; standing: 'seated' | 'waiting' }>;
/** A registration gave up its seat in a session, or its place in the waiting list. */
export type SessionSeatLeft = Event<'SessionSeatLeft', { session: string; registration: string }>;
/** Seats in a session became free: these registrations, which waited longest, have them. */
export type SessionSeatsGiven = Event<'SessionSeatsGiven', { session: string; registrations: readonly string[] }>;

export type SessionSeatEvent = SessionCapacityChanged | SessionSeatAsked | SessionSeatLeft | SessionSeatsGiven;
