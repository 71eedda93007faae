import type { Event } from '../event-store/event.js';
import type { Text } from './texts.js';

export interface TrackDetails {
  readonly name: Text;
  /** `#rrggbb`. */
  readonly colour?: string;
}

/** Only the fields that changed; null: there was or is none. */
export type TrackChange = { readonly [K in keyof TrackDetails]?: TrackDetails[K] | null };

/** A track was added, last in order. */
export type TrackAdded = Event<'TrackAdded', TrackDetails & { track: string }>;
/** What a track says of itself changed: only the fields named. */
export type TrackChanged = Event<'TrackChanged', { track: string; from: TrackChange; to: TrackChange }>;
/** A track was taken away; no session belonged to it. */
export type TrackRemoved = Event<'TrackRemoved', { track: string; from: TrackDetails }>;
/** The order in which tracks are told changed. */
export type TracksReordered = Event<'TracksReordered', { from: readonly string[]; to: readonly string[] }>;

export type TrackEvent = TrackAdded | TrackChanged | TrackRemoved | TracksReordered;
