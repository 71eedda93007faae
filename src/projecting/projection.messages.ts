import type { MessagePort } from 'node:worker_threads';
import type { LogAddress } from '../event-store/event-store.js';
import type { Now } from './served.js';

/** What the thread of a projection begins with. */
export interface Given {
  /** The module whose `projection` it keeps, by its URL. */
  readonly module: string;
  readonly folder: string;
  readonly log: LogAddress;
  /** Lends it the keys of what is sealed, where its rows need them. */
  readonly keys?: MessagePort;
}

/** To the thread. */
export type ToThread =
  /** Somebody waits for this position. */
  | { readonly kind: 'awaited'; readonly position: bigint; readonly withinMilliseconds: number }
  /** Damage was met in the file of this number. */
  | { readonly kind: 'damaged'; readonly number: number }
  | { readonly kind: 'stop' };

/** From the thread: `now` when it has started and each time that something changed, `refused` when it cannot start, `stopped` when its files are closed. */
export type FromThread = { readonly kind: 'now'; readonly now: Now } | { readonly kind: 'refused'; readonly why: string } | { readonly kind: 'stopped' };
