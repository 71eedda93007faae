import type { Event } from '../event-store/event.js';
import type { Link, OrganisationKind, Text } from './texts.js';
import type { Policy } from './policy.events.js';

export interface Venue {
  readonly name: Text;
  readonly address?: Text;
  readonly city?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
}

export interface Organiser {
  readonly name: Text;
  readonly shortName?: string;
  readonly kind?: OrganisationKind;
  /** ISO 3166-1 alpha-2: the country represented. */
  readonly country?: string;
  /** `organiser`, `co-organiser`, `host`, `sponsor`, … as the organisers call it. */
  readonly role?: string;
}

/** Local dates, both included. */
export interface Dates {
  readonly start: string;
  readonly end: string;
}

/** What a convening says of itself. */
export interface Details {
  readonly title: Text;
  readonly subtitle?: Text;
  readonly description?: Text;
  /** BCP 47 tags; the first is the language of plain strings. */
  readonly languages: readonly string[];
  readonly venue?: Venue;
  /** How many people the convening is planned for. */
  readonly capacity?: number;
  readonly organisers: readonly Organiser[];
  readonly links: readonly Link[];
}

/** The convening was begun: the first fact of its stream. `start` and `end` are local dates, both included. */
export type ConveningPlanned = Event<'ConveningPlanned', Details & Dates & { convening: string; zone: string; policy: Policy }>;
/** Only the fields that changed; null: there was or is none. */
export type DetailsChange = { readonly [K in keyof Details]?: Details[K] | null };
/** What the convening says of itself changed: only the fields named. */
export type ConveningDetailsChanged = Event<'ConveningDetailsChanged', { from: DetailsChange; to: DetailsChange }>;
/** The days of the convening changed. */
export type ConveningDatesChanged = Event<'ConveningDatesChanged', { from: Dates; to: Dates }>;
/** The convening has another zone. Sessions keep their wall clock: a `SessionMoved` for each that has a slot follows in the same command. */
export type ConveningZoneChanged = Event<'ConveningZoneChanged', { from: string; to: string }>;

export type DetailsEvent = ConveningPlanned | ConveningDetailsChanged | ConveningDatesChanged | ConveningZoneChanged;
