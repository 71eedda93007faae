import type { StoredFact, Subscriber, Subscription } from '../event-store.js';
import { LogFeed, type Following } from './log-feed.js';
import type { Recorded } from './protocol.js';
import { pauseBefore } from './trouble.js';

/** The most facts that one call of the subscriber gets. */
const batch = 500;
/** A break that lasts is tried again at least so often, in milliseconds. */
const longestPause = 3_000;

/**
 * Follows the log for one subscriber, over one feed after the other: on every kind of break it asks again for what comes after the last
 * that was delivered. Calls of the subscriber come one at a time.
 */
export class LogSubscription implements Subscription {
  readonly #ended: Promise<void>;
  /** Everything up to here was delivered, or is nothing to deliver. */
  #through: bigint;
  #told: bigint | undefined;
  #delivering = false;
  #stopped = false;
  #woken = false;
  #resume: (() => void) | undefined;

  constructor(private readonly given: Following, private readonly streams: readonly string[] | undefined, after: bigint, private readonly subscriber: Subscriber) {
    this.#through = after;
    this.#ended = this.#follow();
  }

  /** Waits for the call that is running, if any: never await this inside one. */
  stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    return this.#ended;
  }

  async #follow(): Promise<void> {
    await Promise.resolve(); // Nobody is called before subscribe has returned.
    for (let attempt = 0; !this.#stopped; ) {
      const before = this.#through;
      try {
        await this.#feed();
      } catch (error) {
        if (error instanceof SubscriberFailed) {
          this.#stopped = true;
          this.subscriber.failed(error.cause);
        }
      }
      attempt = this.#through > before ? 0 : attempt + 1;
      this.#woken = false;
      if (!this.#stopped) await this.#rest(pauseBefore(attempt, longestPause));
    }
  }

  /** Delivers over one call until it breaks or is stopped. */
  async #feed(): Promise<void> {
    const link = await this.given.connection.link(Date.now() + this.given.heartbeat);
    await this.given.deletions.refresh();
    if (this.#stopped) return;
    const feed = new LogFeed(this.given, link, this.#through, () => this.#wake(), () => (this.#delivering ? undefined : this.#through));
    try {
      for (let live = false; !this.#stopped; ) {
        this.#woken = false;
        const taken = feed.take(batch);
        if (taken) {
          live ||= taken.caughtUp;
          await this.#deliver(taken.recorded);
        } else if (live && this.#told !== this.#through) {
          await this.#tellCaughtUp();
        } else if (feed.broken) {
          throw feed.broken;
        } else {
          await this.#rest();
        }
      }
    } finally {
      feed.end();
    }
  }

  /** What was delivered before is not delivered again, whatever the server says. */
  async #deliver(recorded: readonly Recorded[]): Promise<void> {
    const facts: StoredFact[] = [];
    let through = this.#through;
    for (const one of recorded) {
      if (one.position <= through) continue;
      through = one.position;
      facts.push(...this.given.reader.told(one, this.streams));
    }
    if (facts.length > 0) await this.#call(() => this.subscriber.facts(facts));
    this.#through = through;
  }

  async #tellCaughtUp(): Promise<void> {
    this.#told = this.#through;
    await this.#call(() => this.subscriber.caughtUp(this.#through));
  }

  async #call(step: () => void | Promise<void>): Promise<void> {
    if (this.#stopped) return;
    this.#delivering = true;
    try {
      await step();
    } catch (cause) {
      throw new SubscriberFailed(cause);
    } finally {
      this.#delivering = false;
    }
  }

  #wake(): void {
    this.#woken = true;
    this.#resume?.();
  }

  /** Until it is woken, or the time is up. */
  #rest(atMost?: number): Promise<void> {
    if (this.#woken) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = atMost === undefined ? undefined : setTimeout(resolve, atMost);
      this.#resume = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

class SubscriberFailed extends Error {
  constructor(override readonly cause: unknown) {
    super('The subscriber failed.');
  }
}
