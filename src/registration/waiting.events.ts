import type { Event } from '../event-store/event.js';

/** Seats became free: these registrations, which waited longest, are seated. */
export type SeatsGiven = Event<'SeatsGiven', { registrations: readonly string[] }>;
/** Seats became free and are kept for these registrations, which waited longest, until the instant `until`. */
export type SeatsOffered = Event<'SeatsOffered', { registrations: readonly string[]; until: string }>;
/** The seat that was kept was taken up. */
export type OfferAccepted = Event<'OfferAccepted', { registration: string }>;
/** The seats that were kept for these registrations were not taken up in time; they have come to an end. */
export type OffersLapsed = Event<'OffersLapsed', { registrations: readonly string[] }>;

export type WaitingEvent = SeatsGiven | SeatsOffered | OfferAccepted | OffersLapsed;
