import type { Event } from '../event-store/event.js';
import type { Personal } from '../event-store/personal.js';
import type { Audience, Link, Text } from './texts.js';

export const sessionKinds = [
  'opening', 'keynote', 'panel', 'talk', 'working-group', 'workshop', 'plenary', 'side-event', 'ceremony', 'performance', 'social', 'break', 'closing', 'other',
] as const;
export type SessionKind = (typeof sessionKinds)[number];

/** What a session says of itself. Its notes, slot, items and appearances have facts of their own. */
export interface SessionDetails {
  readonly kind: SessionKind;
  readonly title: Text;
  readonly subtitle?: Text;
  readonly abstract?: Text;
  /** A track's id. */
  readonly track?: string;
  /** The language spoken, BCP 47. */
  readonly language?: string;
  /** The languages interpreted into. */
  readonly interpretation: readonly string[];
  readonly audience: Audience;
  readonly links: readonly Link[];
}

/** Only the fields that changed; null: there was or is none. */
export type SessionChange = { readonly [K in keyof SessionDetails]?: SessionDetails[K] | null };

/** A session was added, last in order. `notes` are for organisers only, and belong to who wrote them. */
export type SessionPlanned = Event<'SessionPlanned', SessionDetails & { session: string; notes?: Personal<string> }>;
/** What a session says of itself changed: only the fields named. */
export type SessionDetailsChanged = Event<'SessionDetailsChanged', { session: string; from: SessionChange; to: SessionChange }>;
/** The organisers’ notes on a session changed. */
export type SessionNotesChanged = Event<'SessionNotesChanged', { session: string; from?: Personal<string>; to?: Personal<string> }>;
/** A session does not take place; it keeps what it had. */
export type SessionCancelled = Event<'SessionCancelled', { session: string }>;
/** A cancelled session takes place after all, with what it had. */
export type SessionReinstated = Event<'SessionReinstated', { session: string }>;
/** Only a session that was never published, and to which nobody has answered, is removed. */
export type SessionRemoved = Event<'SessionRemoved', { session: string; title: Text }>;
/** The order of the sessions in the programme changed. */
export type SessionsReordered = Event<'SessionsReordered', { from: readonly string[]; to: readonly string[] }>;

export type SessionEvent =
  | SessionPlanned | SessionDetailsChanged | SessionNotesChanged | SessionCancelled | SessionReinstated | SessionRemoved | SessionsReordered;
