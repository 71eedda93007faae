import { StoreUnavailable, type FollowedLog, type ReadAll, type ReadStream, type StoredFact, type Subscriber, type Subscription } from '../event-store.js';
import { LogReader } from './log-reader.js';
import { LogSubscription } from './log-subscription.js';

/** The log of a file that somebody else writes, read and followed. */
export class SqliteLog implements FollowedLog {
  readonly logId: string;
  readonly reader: LogReader;
  readonly #subscriptions = new Set<LogSubscription>();
  #closed = false;

  constructor(path: string) {
    this.reader = new LogReader(path);
    this.logId = this.reader.logId();
  }

  async head(): Promise<bigint> {
    return this.reader.head();
  }

  readStream(stream: string, range?: ReadStream): AsyncIterable<readonly StoredFact[]> {
    return this.reader.stream(stream, range);
  }

  subscribe(range: Pick<ReadAll, 'after' | 'streams'>, subscriber: Subscriber): Subscription {
    if (this.#closed) throw new StoreUnavailable('The event log is closed.');
    const subscription = new LogSubscription(this.reader, range, subscriber);
    this.#subscriptions.add(subscription);
    const stop = async () => {
      await subscription.stop();
      this.#subscriptions.delete(subscription);
    };
    return { stop };
  }

  /** Something was committed. */
  wake(): void {
    for (const subscription of this.#subscriptions) subscription.wake();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.stop()));
    this.reader.close();
  }
}
