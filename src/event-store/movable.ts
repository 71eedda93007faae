import { StoreRefused, type EventStore } from './event-store.js';
import type { PersonId } from './personal.js';

/** How a log stands to the moves that it took part in. A log that was never moved has none of this. */
export interface Standing {
  /** The id of the log that this one is a copy of. */
  readonly copyOf?: string;
  /** The copy is not whole: no node may serve it. */
  readonly unfinished?: true;
  /** The id of the log that took its place: this one is closed, and no node may serve it. */
  readonly movedTo?: string;
}

/** Keys as they are stored, still wrapped: who moves them needs no secret. All in base64. */
export interface WrappedKeys {
  readonly salt: string;
  /** What tells whether a secret is the right one. */
  readonly check: string;
  /** By person; null: erased, never to be made again. */
  readonly people: ReadonlyMap<PersonId, string | null>;
}

/** One end of a move, or a log that was put back from a copy: a log with its keys, and what no node needs to know of them. Every call but `close` throws StoreUnavailable where a store cannot be used. */
export interface Movable {
  /** For sentences: "the event log /data/events.db". */
  readonly name: string;
  readonly log: EventStore;
  /** How long nodes that run may go on writing once the log is closed, until they find out, in milliseconds. */
  readonly echo: number;
  standing(): Promise<Standing>;
  /** Writes down how the log stands from now on, durably. */
  stand(standing: Standing): Promise<void>;
  /** Gives the log another id, which `log.logId` tells when it is opened again. Gives it back. */
  nameAnew(): Promise<string>;
  /** The streams that can never be begun again. */
  deletedStreams(): Promise<readonly string[]>;
  /** Undefined: no key was ever made. */
  keys(): Promise<WrappedKeys | undefined>;
  /** Keeps these keys beside those that are there. Whether they fit together shows when they are read back. */
  keepKeys(keys: WrappedKeys): Promise<void>;
  close(): Promise<void>;
}

/** @throws StoreRefused the log is closed, or not whole: a node must not serve it */
export const refuseUnlessOpen = (name: string, { movedTo, unfinished, copyOf }: Standing): void => {
  if (unfinished) throw new StoreRefused(`${capital(name)} is the unfinished copy of log ${copyOf}. Run the migration again: it goes on where it ended.`);
  if (movedTo !== undefined) throw new StoreRefused(`${capital(name)} is closed: everything in it was moved to log ${movedTo}, or is being moved there. Set KURRENTDB_URL (or, after a move back, leave it out) to open that one.`);
};

export const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
