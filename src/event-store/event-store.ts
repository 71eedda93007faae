import type { MessagePort } from 'node:worker_threads';

/** A fact on its way into the log: `data` and `metadata` are canonical JSON texts (RFC 8785), made by the codec. */
export interface NewFact {
  /** UUID, version 7: the store recognises a repeated append by it. */
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** A fact in the log. */
export interface StoredFact extends NewFact {
  readonly stream: string;
  /** Place in the stream, from 0. */
  readonly revision: number;
  /** Place in the whole log: grows, but not by ones. 64 bits in some stores, so never a number. */
  readonly position: bigint;
}

/** The revision a decision was made on, or that the stream did not exist. There is no "any": see design 4.2. */
export type Expected = number | 'none';

/** A node whose clock is further off the store's than this decides nothing (design 4.7). In milliseconds. */
export const clockTolerance = 5_000;

/** Where the last fact of an append stands. */
export interface Appended {
  readonly revision: number;
  readonly position: bigint;
}

export interface ReadStream {
  readonly direction?: 'forwards' | 'backwards';
  /** The first revision to read, included; left out, the stream's beginning (or its end, backwards). */
  readonly from?: number;
  /** The last revision to read, included. */
  readonly to?: number;
  /** At most so many facts. */
  readonly limit?: number;
}

export interface ReadAll {
  /** Only facts after this position; left out, from the beginning of the log. */
  readonly after?: bigint;
  /** Only facts up to this position, included. */
  readonly upTo?: bigint;
  /** Only streams whose names begin with one of these. */
  readonly streams?: readonly string[];
  readonly limit?: number;
}

export interface Subscriber {
  /** Facts in the order of the log, each once. The next come when this has finished: a slow reader is never flooded. */
  facts(facts: readonly StoredFact[]): void | Promise<void>;
  /**
   * Everything up to this position was delivered (or is of no interest to the filter). Called each time the
   * subscription has caught up with the log, so also when nothing matched: a checkpoint may move to it.
   */
  caughtUp(position: bigint): void | Promise<void>;
  /** The subscriber itself failed: the subscription has ended. Trouble of the store is mended inside and not told here. */
  failed(error: unknown): void;
}

export interface Subscription {
  /** Resolves when no further call will be made. */
  stop(): Promise<void>;
}

/** What follows a log needs no more of it. */
export type FollowedLog = Pick<EventStore, 'logId' | 'head' | 'readStream' | 'subscribe'>;

/** By what another thread of this process follows the log through a connection of its own (`openLog`): to be sent to it, `woken` to be transferred with it. */
export type LogAddress =
  /** The port is told of each commit, and is closed with the store. */
  | { readonly kind: 'sqlite'; readonly path: string; readonly woken: MessagePort }
  | { readonly kind: 'kurrentdb'; readonly logId: string; readonly url: string; readonly prefix: string; readonly deadline: number; readonly heartbeat: number };

/**
 * The log: streams of facts, and all of them in one order. Two adapters, one contract suite
 * (test/event-store/event-store.contract.ts). Also the injection token.
 */
export abstract class EventStore {
  /** Names this log for ever: positions of another log mean nothing here. A migrated or restored log has another. */
  abstract readonly logId: string;

  /**
   * Appends all facts or none, after the revision `expected`; resolves when they are durable.
   *
   * Repeated with the same ids and the same `expected`, it is answered as the first time and writes nothing: ids stored
   * from `expected` + 1 on are compared, all given ones must be there in order. Types and data are not compared.
   * @throws WrongRevision the stream is at another revision; nothing was written
   * @throws StreamDeleted the stream was deleted; nothing was written
   * @throws TooLarge over the store's limit of one append; nothing was written
   * @throws OutcomeUnknown it may or may not have been written: append the same again until it is known
   * @throws StoreUnavailable nothing was written, and trying later may help
   */
  abstract append(stream: string, expected: Expected, facts: readonly NewFact[]): Promise<Appended>;

  /** Reads a stream in pages. A stream that does not exist, or was deleted, has no facts. @throws StoreUnavailable */
  abstract readStream(stream: string, range?: ReadStream): AsyncIterable<readonly StoredFact[]>;

  /** Reads the log in its order, in pages, up to where it ended when reading began. @throws StoreUnavailable */
  abstract readAll(range?: ReadAll): AsyncIterable<readonly StoredFact[]>;

  /** Reads the log from a position and goes on with what is appended. It resumes by itself; there is no gap and no repeat. */
  abstract subscribe(range: Pick<ReadAll, 'after' | 'streams'>, subscriber: Subscriber): Subscription;

  /** The position of the last fact of the log; 0 when it is empty. @throws StoreUnavailable */
  abstract head(): Promise<bigint>;

  /** By how many milliseconds this node's clock is certainly ahead of the store's; behind it, when negative. Undefined: there is only one clock. */
  get clockAhead(): number | undefined {
    return undefined;
  }

  /** For a thread that follows the log by itself; one address each. @throws StoreUnavailable it was not reached yet */
  abstract address(): LogAddress;

  /** Removes a stream's facts for good; it can never be begun again. Deleting it twice, or what never was, is no error. @throws StoreUnavailable */
  abstract deleteStream(stream: string): Promise<void>;

  /** Answers what was asked so far, then lets go of the file or the connection. */
  abstract close(): Promise<void>;
}

/** The stream is not at the revision that the append expected: somebody else wrote. */
export class WrongRevision extends Error {
  override readonly name = 'WrongRevision';
  constructor(readonly stream: string, readonly expected: Expected, readonly actual: Expected) {
    super(`Stream ${stream} is at ${actual}, not at ${expected}.`);
  }
}

/** The stream was deleted: it can never be begun again. */
export class StreamDeleted extends Error {
  override readonly name = 'StreamDeleted';
  constructor(readonly stream: string) {
    super(`Stream ${stream} was deleted and cannot be written again.`);
  }
}

/** The append is over the store's limit: nothing was written, and trying again will not help. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** Nobody knows yet whether the append was written. Append the same facts at the same revision again until it is known. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/** The store cannot be reached or used now, and what was asked was not done. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The file is not what it should be, or another process has it. Nothing was changed; the message says what to do. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
}
