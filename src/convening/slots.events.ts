import type { Event } from '../event-store/event.js';

/**
 * When and where a session takes place. `start` and `end` are the wall clock at the venue with its offset
 * (`2013-05-27T09:00+03:00`): the hour on the door and the instant both survive a later change of zone rules.
 * The room may still be open.
 */
export interface Slot {
  readonly room?: string;
  readonly start: string;
  readonly end: string;
}

/** A session that had no slot got one. */
export type SessionScheduled = Event<'SessionScheduled', { session: string; slot: Slot }>;
/** A session takes place at another time or in another room. */
export type SessionMoved = Event<'SessionMoved', { session: string; from: Slot; to: Slot }>;
/** A session has no slot any more. */
export type SessionUnscheduled = Event<'SessionUnscheduled', { session: string; from: Slot }>;
/** The session moved, and by the convening's policy this confirmation is to be given anew. */
export type ReconfirmationAsked = Event<'ReconfirmationAsked', { session: string; appearance: string; from: Slot; to: Slot }>;

export type SlotEvent = SessionScheduled | SessionMoved | SessionUnscheduled | ReconfirmationAsked;
