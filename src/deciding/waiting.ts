import type { Event } from '../event-store/event.js';
import type { Asked, Look } from './asked.js';
import type { Command } from './decider.js';
import type { Ended } from './remembered.js';

/** Somebody who stands in the queue of a stream. */
export interface Waiting<S, C extends Command, E extends Event> {
  /** Undefined: nothing is asked for, the state is only looked at. */
  readonly asked: Asked<C> | undefined;
  readonly deadline: number;
  readonly look: Look<S, E>;
  readonly resolve: (ended: Ended) => void;
  readonly reject: (error: unknown) => void;
  settled: boolean;
  /** It is being decided, or was: what becomes of it shows when it is appended. */
  decided: boolean;
}

/** Answers once. */
export const settle = (waiting: { settled: boolean }, how: () => void) => {
  if (waiting.settled) return;
  waiting.settled = true;
  how();
};
