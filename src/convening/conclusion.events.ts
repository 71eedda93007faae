import type { Event } from '../event-store/event.js';

/** Attendance as reported, with where the report is from. */
export interface ReportedAttendance {
  readonly participants?: number;
  readonly countries?: number;
  /** Where the figures are from: a title, an address. */
  readonly source?: string;
}

/** The meeting is over, with attendance as reported. */
export type ConveningConcluded = Event<'ConveningConcluded', { attendance: ReportedAttendance }>;
/** The report of attendance was wrong or is more exact now. */
export type ReportedAttendanceCorrected = Event<'ReportedAttendanceCorrected', { from: ReportedAttendance; to: ReportedAttendance }>;
/** The meeting does not take place. */
export type ConveningCancelled = Event<'ConveningCancelled', { convening: string }>;

export type ConclusionEvent = ConveningConcluded | ReportedAttendanceCorrected | ConveningCancelled;
