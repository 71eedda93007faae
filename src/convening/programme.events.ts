import type { Event } from '../event-store/event.js';

/** A programme that is too large for one append is set in parts, which follow each other at once: this one begins. Until the last has come the programme is unfinished, and nothing is published. */
export type ProgrammePartSet = Event<'ProgrammePartSet', { part: number; of: number }>;

export type ProgrammeEvent = ProgrammePartSet;
