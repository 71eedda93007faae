import type { Event } from '../event-store/event.js';
import type { Audience, Text } from './texts.js';

/** A version of the agenda: the prefix of the stream that ends with this fact. `note` tells readers what is new. */
export type AgendaPublished = Event<'AgendaPublished', { number: number; label: string; audience: Audience; note?: Text }>;
/** A publication was withdrawn: the one before it, for the same audience, counts again. */
export type PublicationWithdrawn = Event<'PublicationWithdrawn', { number: number; label: string }>;

export type PublicationEvent = AgendaPublished | PublicationWithdrawn;
