import type { Event } from '../event-store/event.js';
import type { Audience, Text } from './texts.js';

/** A step inside a session's running order. */
export interface Item {
  readonly id: string;
  readonly title: Text;
  readonly minutes?: number;
  /** The id of one of the session's appearances: whose step it is. */
  readonly appearance?: string;
  readonly audience: Audience;
}

/** A step was added to a session’s running order, at its end. */
export type ItemAdded = Event<'ItemAdded', { session: string; item: Item }>;
/** A step changed: the whole item as it was and as it is. */
export type ItemChanged = Event<'ItemChanged', { session: string; from: Item; to: Item }>;
/** A step was taken out of a session’s running order. */
export type ItemRemoved = Event<'ItemRemoved', { session: string; from: Item }>;
/** The order of the steps changed: ids in their order; also says where an added item stands when that is not the end. */
export type ItemsReordered = Event<'ItemsReordered', { session: string; from: readonly string[]; to: readonly string[] }>;

export type RunningOrderEvent = ItemAdded | ItemChanged | ItemRemoved | ItemsReordered;
