import type { StoredFact } from '../event-store/event-store.js';
import type { Database } from '../event-store/sqlite/database.js';

/** From facts to rows: what a read model is made of. Rows belong to one stream each. */
export interface Projection<P extends Projector> {
  /** Names its files: `<name>-<tables>.<version>.db`. */
  readonly name: string;
  /** Version of the tables. Another one cannot be served from by this build. */
  readonly tables: number;
  /** Version of what is put in them. Another one is rebuilt beside the old, which serves until the new one has caught up. */
  readonly version: number;
  /** Prefixes of the streams it is made from: `['convening-']`. */
  readonly streams: readonly string[];
  /** Makes the tables of a new file. */
  create(database: Database): void;
  /** Puts a projector on a file whose tables were made by `create`. `path`: where the file is. */
  open(database: Database, path: string): P;
}

/**
 * One read database at work: deterministic, and called by the runner alone, one call after the other. Rows and the checkpoint
 * change in one transaction. What is applied may be kept in memory until it is to be written.
 */
export interface Projector {
  /** Does ahead, in turns, what applying these facts needs and does not wait for: fetches the keys of what they seal, copies what they change. @throws what is in the way now; the facts come again later */
  prepare?(facts: readonly StoredFact[]): Promise<void>;
  /** Applies the next fact of its stream, once, in memory: nothing is written before `write`. A throw stops this stream only: what was not committed of it is forgotten. */
  apply(fact: StoredFact): void;
  /** Writes the rows of what was applied to the stream since they were last written. Where they may be many, others have their turn in between. */
  write(stream: string): void | Promise<void>;
  /** What was applied to the stream since the last commit is lost: the rows are the truth again. */
  forget(stream: string): void;
  /** All that the log held is written for the first time: what is read from now on may be put in order. Outside of a transaction. */
  built?(): void;
  /** Lets go of what it opened beside the file. */
  close?(): void;
}

/** Why a stream is stopped: the fact that could not be applied. */
export interface Stopped {
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  /** The type of the fact. */
  readonly type: string;
  readonly why: string;
}

/** Rows that were written well read badly: the file is damaged, and is built again. */
export class RowsDamaged extends Error {
  override readonly name = 'RowsDamaged';
}
