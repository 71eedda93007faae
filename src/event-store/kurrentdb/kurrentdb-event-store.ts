import {
  EventStore, OutcomeUnknown, StoreUnavailable, TooLarge,
  type Appended, type Expected, type LogAddress, type NewFact, type ReadAll, type ReadStream, type StoredFact, type Subscriber, type Subscription,
} from '../event-store.js';
import { Appends } from './appends.js';
import { Connection } from './connection.js';
import { Deletions } from './deletions.js';
import type { Following } from './log-feed.js';
import { nameOf } from './log-name.js';
import { LogReader } from './log-reader.js';
import { LogSubscription } from './log-subscription.js';
import { Names } from './names.js';
import { Reads } from './reads.js';
import { ServerClock } from './server-clock.js';
import { settingsFrom } from './settings.js';
import { KeptStanding, Openness } from './standing.js';

/** The server's limit of one append, over everything it counts. */
const appendBytes = 1024 * 1024;

/** How long one call has, in milliseconds. */
export const usualDeadline = 10_000;
/** How long one attempt to reach a store may take, in milliseconds: whoever waits for it wants to know why, and tries again. */
export const reaching = 2_000;

/** Where the log is, and how patient its users are. */
export interface KurrentDb {
  /** `kurrentdb://` or `esdb://`, of one node or of a cluster. */
  readonly url: string;
  /** Before the names of all streams, so that a cluster can be shared with other applications. */
  readonly prefix?: string;
  /** How long one call has, in milliseconds. */
  readonly deadline?: number;
  /** How often it is looked whether a silent subscription is only quiet, in milliseconds. */
  readonly heartbeat?: number;
  /** This node's clock, in milliseconds since 1970, to be compared with the server's; left out, it is not. */
  readonly now?: () => number;
  /** Its name, where that is known already: then it is used without being reached first. */
  readonly logId?: string;
  /** For a move: also a log that is closed, or not whole yet, is opened. */
  readonly toMove?: boolean;
}

/** The log in a KurrentDB (EventStoreDB 23.10 or later): any number of nodes write to it. */
export class KurrentDbEventStore extends EventStore {
  readonly #subscriptions = new Set<LogSubscription>();
  readonly #reads: Reads;
  readonly #appends: Appends;
  readonly #following: Following;
  readonly #openness: Openness | undefined;
  readonly #clock: ServerClock | undefined;
  readonly #given: Omit<LogAddress & { readonly kind: 'kurrentdb' }, 'kind' | 'logId'>;
  #looking: NodeJS.Timeout | undefined;
  /** Whether something was written since the clocks were compared. */
  #wrote = false;
  #logId: string | undefined;
  #closing: Promise<void> | undefined;

  private constructor({ url, prefix = '', deadline = usualDeadline, heartbeat = 5_000, toMove = false, now, logId }: KurrentDb) {
    super();
    this.#logId = logId;
    this.#given = { url, prefix, deadline, heartbeat };
    const connection = new Connection(settingsFrom(url));
    const names = new Names(prefix);
    this.#appends = new Appends(connection, deadline);
    this.#reads = new Reads(connection, deadline);
    const deletions = new Deletions(names, this.#reads, this.#appends);
    this.#openness = toMove ? undefined : new Openness(new KeptStanding(names, new Reads(connection, reaching), this.#appends), heartbeat);
    this.#following = { connection, names, deletions, reader: new LogReader(this.#reads, names, deletions), heartbeat };
    this.#clock = now && new ServerClock(names, this.#reads, this.#appends, now);
  }

  /** The log at this address, whether it can be reached or not: `reach` must have resolved before it is used. @throws StoreRefused the address is wrong */
  static at(given: KurrentDb): KurrentDbEventStore {
    return new KurrentDbEventStore(given);
  }

  /** Opens the log, which is given a name if it has none. @throws StoreRefused the address is wrong, or the log was moved; StoreUnavailable it cannot be reached now */
  static async open(given: KurrentDb): Promise<KurrentDbEventStore> {
    const store = KurrentDbEventStore.at(given);
    try {
      await store.reach(given.deadline ?? usualDeadline);
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  /** Learns the name of the log, which is given one if it has none, and compares the clocks. @throws StoreUnavailable it cannot be reached within this many milliseconds; StoreRefused it was moved */
  async reach(patience = reaching): Promise<void> {
    const { names, connection } = this.#following;
    const reads = new Reads(connection, patience);
    await this.#openness?.now(new KeptStanding(names, reads, this.#appends));
    this.#logId ??= await nameOf(names.own('log'), reads, this.#appends);
    await this.#clock?.compare();
    this.#lookAtClocks();
  }

  /** @throws StoreUnavailable it was not reached yet */
  override get logId(): string {
    if (this.#logId === undefined) throw new StoreUnavailable('The event store was not reached yet.');
    return this.#logId;
  }

  override async append(stream: string, expected: Expected, facts: readonly NewFact[]): Promise<Appended> {
    checkName(stream);
    if (this.#closing) throw new StoreUnavailable('The event store is closed.');
    if (facts.length === 0) throw new RangeError('An append has at least one fact.');
    if (expected !== 'none' && !(Number.isSafeInteger(expected) && expected >= 0)) throw new RangeError(`${expected} is not a revision.`);
    const bytes = facts.reduce((sum, fact) => sum + sizeOf(fact), 0);
    if (bytes > appendBytes) throw new TooLarge(`An append of ${bytes} bytes is over the limit of ${appendBytes}.`);
    await this.#openness?.lately();
    this.#wrote = true;
    return this.#appends.append(this.#following.names.stored(stream), expected, facts, stream);
  }

  override get clockAhead(): number | undefined {
    return this.#clock?.ahead;
  }

  override readStream(stream: string, range?: ReadStream): AsyncIterable<readonly StoredFact[]> {
    return this.#following.reader.stream(stream, range);
  }

  override readAll(range?: ReadAll): AsyncIterable<readonly StoredFact[]> {
    return this.#following.reader.all(range);
  }

  override subscribe(range: Pick<ReadAll, 'after' | 'streams'>, subscriber: Subscriber): Subscription {
    if (this.#closing) throw new StoreUnavailable('The event store is closed.');
    const subscription = new LogSubscription(this.#following, range.streams, range.after ?? 0n, subscriber);
    this.#subscriptions.add(subscription);
    return {
      stop: async () => {
        await subscription.stop();
        this.#subscriptions.delete(subscription);
      },
    };
  }

  override head(): Promise<bigint> {
    return this.#following.reader.head();
  }

  override address(): LogAddress {
    return { kind: 'kurrentdb', logId: this.logId, ...this.#given };
  }

  override async deleteStream(stream: string): Promise<void> {
    checkName(stream);
    try {
      await this.#following.deletions.add(stream);
      await this.#reads.tombstone(this.#following.names.stored(stream));
    } catch (error) {
      throw error instanceof OutcomeUnknown ? new StoreUnavailable(`Stream ${stream} may not have been deleted (${error.message}). Delete it again.`) : error;
    }
  }

  override close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #lookAtClocks(): void {
    clearInterval(this.#looking);
    if (this.#clock && !this.#closing) this.#looking = setInterval(() => void this.#compareClocks(), this.#following.heartbeat).unref();
  }

  /** Where that is due. What cannot be compared now is compared later. */
  async #compareClocks(): Promise<void> {
    if (!this.#clock?.isDue(this.#wrote)) return;
    this.#wrote = false;
    clearInterval(this.#looking);
    await this.#clock.compare().catch(() => undefined);
    this.#lookAtClocks();
  }

  async #close(): Promise<void> {
    clearInterval(this.#looking);
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.stop()));
    await this.#appends.idle();
    this.#following.connection.close();
  }
}

/** Half of a surrogate pair has no UTF-8: two such names would become one. */
const checkName = (stream: string): void => {
  if (stream === '' || /\p{Surrogate}/u.test(stream)) throw new RangeError('A stream name is not empty and is well-formed Unicode.');
};

/** As the server counts: types in two bytes a character. */
const sizeOf = (fact: NewFact): number => fact.type.length * 2 + Buffer.byteLength(fact.data) + Buffer.byteLength(fact.metadata);
