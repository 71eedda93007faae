import type { LogAddress } from '../event-store/event-store.js';

/** What the thread of a checkpoint begins with. */
export interface Given {
  /** The module whose `kept` says how the state is made and kept, by its URL. */
  readonly module: string;
  readonly folder: string;
  readonly log: LogAddress;
  readonly stream: string;
}

/** To the thread, whatever is said: it is to leave what it began. From the thread, at its end: up to which revision the state is kept; nothing, if there is none to keep. */
export interface FromThread {
  readonly revision?: number;
}
