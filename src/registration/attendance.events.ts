import type { Event } from '../event-store/event.js';

/** The person is here on this day, a local date. */
export type CheckedIn = Event<'CheckedIn', { registration: string; day: string }>;
/** The person was not here on this day after all. */
export type CheckInUndone = Event<'CheckInUndone', { registration: string; day: string }>;
/** The person did not come: the seat is free. */
export type NoShowRecorded = Event<'NoShowRecorded', { registration: string }>;
/** The person came after all, and has a seat again. */
export type NoShowUndone = Event<'NoShowUndone', { registration: string }>;

export type AttendanceEvent = CheckedIn | CheckInUndone | NoShowRecorded | NoShowUndone;
