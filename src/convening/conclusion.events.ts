import type { Event } from '../event-store/event.js';

/** Attendance as reported, with where the report is from. */
export interface ReportedAttendance {
  readonly participants?: number;
  readonly countries?: number;
  /** Where the figures are from: a title, an address. */
  readonly source?: string;
}

export type ConveningConcluded = Event<'ConveningConcluded', { attendance: ReportedAttendance }>;
export type ReportedAttendanceCorrected = Event<'ReportedAttendanceCorrected', { from: ReportedAttendance; to: ReportedAttendance }>;
export type ConveningCancelled = Event<'ConveningCancelled', { convening: string }>;

export type ConclusionEvent = ConveningConcluded | ReportedAttendanceCorrected | ConveningCancelled;
