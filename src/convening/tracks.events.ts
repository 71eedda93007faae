import type { Event } from '../event-store/event.js';
import type { Text } from './texts.js';

export interface TrackDetails {
  readonly name: Text;
  /** `#rrggbb`. */
  readonly colour?: string;
}

/** Only the fields that changed; null: there was or is none. */
export type TrackChange = { readonly [K in keyof TrackDetails]?: TrackDetails[K] | null };

export type TrackAdded = Event<'TrackAdded', TrackDetails & { track: string }>;
export type TrackChanged = Event<'TrackChanged', { track: string; from: TrackChange; to: TrackChange }>;
export type TrackRemoved = Event<'TrackRemoved', { track: string; from: TrackDetails }>;
export type TracksReordered = Event<'TracksReordered', { from: readonly string[]; to: readonly string[] }>;

export type TrackEvent = TrackAdded | TrackChanged | TrackRemoved | TracksReordered;
