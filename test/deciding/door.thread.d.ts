import type { Command, Decider } from '../../src/deciding/decider.js';
import type { Catalogue, Event } from '../../src/event-store/event.js';

export type Came = Event<'Came', { who: number }>;
export type Come = Command<'Come', { who: number }>;
export interface Door {
  came: number[];
}
export const door: Decider<Door, Come, Came>;
export const catalogue: Catalogue<Came>;
export const keptByThreads: string;
