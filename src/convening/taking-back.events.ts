import type { Event } from '../event-store/event.js';

/** Changes were taken back: the facts of these revisions, by the facts that follow in the same command. */
export type ChangesTakenBack = Event<'ChangesTakenBack', { revisions: readonly number[] }>;

export type TakingBackEvent = ChangesTakenBack;
