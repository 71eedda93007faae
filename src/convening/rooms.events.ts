import type { Event } from '../event-store/event.js';
import type { Text } from './texts.js';

export interface RoomDetails {
  readonly name: Text;
  /** Seats. */
  readonly capacity?: number;
  /** Where it is and what it has, for people: "second floor, step-free". */
  readonly description?: Text;
}

/** Only the fields that changed; null: there was or is none. */
export type RoomChange = { readonly [K in keyof RoomDetails]?: RoomDetails[K] | null };

/** A room was added, last in order. */
export type RoomAdded = Event<'RoomAdded', RoomDetails & { room: string }>;
/** What a room says of itself changed: only the fields named. */
export type RoomChanged = Event<'RoomChanged', { room: string; from: RoomChange; to: RoomChange }>;
/** A room was taken away; no session was in it. */
export type RoomRemoved = Event<'RoomRemoved', { room: string; from: RoomDetails }>;
/** The order in which rooms are told changed. */
export type RoomsReordered = Event<'RoomsReordered', { from: readonly string[]; to: readonly string[] }>;

export type RoomEvent = RoomAdded | RoomChanged | RoomRemoved | RoomsReordered;
