import type { Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { changed, difference, same, writtenDown, type Writing } from '../deciding/changes.js';
import type { Convening, Track } from './convening.js';
import { inOrder, reordering } from './order.rules.js';
import { theTrack } from './programme.rules.js';
import { inLanguages, type GivenText } from './texts.js';
import type { TrackDetails, TrackEvent } from './tracks.events.js';
import { firstLanguage } from './wording.rules.js';

/** A track as it may be asked for. */
export interface GivenTrack {
  readonly name: GivenText;
  readonly colour?: string;
}
/** What is left out stays; null removes. */
export interface GivenTrackChange {
  readonly name?: GivenText;
  readonly colour?: string | null;
}

export type AddTrack = Command<'AddTrack', GivenTrack & { track: string }>;
export type ChangeTrack = Command<'ChangeTrack', { track: string; to: GivenTrackChange }>;
export type RemoveTrack = Command<'RemoveTrack', { track: string }>;
/** `order`: the ids of all tracks. */
export type ReorderTracks = Command<'ReorderTracks', { order: readonly string[] }>;
export type TrackCommand = AddTrack | ChangeTrack | RemoveTrack | ReorderTracks;

const writing: Writing<GivenTrackChange, TrackDetails> = { name: inLanguages };

export const tracks: Part<Convening, TrackCommand, TrackEvent> = {
  decide: {
    AddTrack({ track, ...given }, convening) {
      const details = changed<TrackDetails>({ name: {} }, writtenDown(given, writing, firstLanguage(convening)));
      const held = convening.tracks.get(track);
      if (!held) return [{ type: 'TrackAdded', data: { track, ...details } }];
      if (same(detailsOf(held), details)) return [];
      throw new Refusal('track-exists', { track });
    },
    ChangeTrack({ track, to }, convening) {
      const change = difference<TrackDetails>(theTrack(convening, track), writtenDown(to, writing, firstLanguage(convening)));
      return change ? [{ type: 'TrackChanged', data: { track, ...change } }] : [];
    },
    RemoveTrack({ track }, convening) {
      const from = detailsOf(theTrack(convening, track));
      const sessions = [...convening.sessions.values()].filter(({ details }) => details.track === track).map(({ id }) => id);
      if (sessions.length > 0) throw new Refusal('track-in-use', { track, sessions });
      return [{ type: 'TrackRemoved', data: { track, from } }];
    },
    ReorderTracks({ order }, convening) {
      const data = reordering(convening.tracks.keys(), order);
      return data ? [{ type: 'TracksReordered', data }] : [];
    },
  },
  evolve: {
    TrackAdded: ({ tracks }, { track, ...details }, { revision }) => void tracks.set(track, { ...details, revision }),
    TrackChanged: ({ tracks }, { track, to }) => void tracks.set(track, changed<Track>(tracks.get(track)!, to)),
    TrackRemoved: ({ tracks }, { track }) => void tracks.delete(track),
    TracksReordered: (convening, { to }) => void (convening.tracks = inOrder(convening.tracks, to)),
  },
};

const detailsOf = ({ revision: _, ...details }: Track): TrackDetails => details;
