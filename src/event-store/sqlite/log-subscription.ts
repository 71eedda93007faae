import type { ReadAll, Subscriber, Subscription } from '../event-store.js';
import type { LogReader } from './log-reader.js';

/** How long to wait before reading again after the store could not be read. */
const patience = 200;

/** Follows the log for one subscriber: reads what is there, then waits to be woken by a commit. Calls come one at a time. */
export class LogSubscription implements Subscription {
  readonly #reader: LogReader;
  readonly #subscriber: Subscriber;
  readonly #streams: readonly string[] | undefined;
  readonly #ended: Promise<void>;
  #after: bigint;
  #stopped = false;
  #woken = false;
  #resume: (() => void) | undefined;

  constructor(reader: LogReader, range: Pick<ReadAll, 'after' | 'streams'>, subscriber: Subscriber) {
    this.#reader = reader;
    this.#subscriber = subscriber;
    this.#streams = range.streams;
    this.#after = range.after ?? 0n;
    this.#ended = this.#follow();
  }

  /** Something was committed. */
  wake(): void {
    this.#woken = true;
    this.#resume?.();
  }

  /** Waits for the call that is running, if any: never await this inside one. */
  stop(): Promise<void> {
    this.#stopped = true;
    this.#resume?.();
    return this.#ended;
  }

  async #follow(): Promise<void> {
    await Promise.resolve(); // Nobody is called before subscribe has returned.
    while (!this.#stopped) {
      this.#woken = false;
      let again = false;
      try {
        again = !(await this.#catchUp());
      } catch (error) {
        this.#stopped = true;
        this.#subscriber.failed(error);
        return;
      }
      if (this.#stopped) return;
      if (again) await this.#rest(patience);
      else if (!this.#woken) await this.#rest();
    }
  }

  /** Delivers up to the head. False: the store could not be read. Throws what the subscriber throws. */
  async #catchUp(): Promise<boolean> {
    const read = <R>(step: () => R): Attempt<R> => {
      try {
        return { value: step() };
      } catch {
        return undefined;
      }
    };
    const head = read(() => this.#reader.head());
    if (!head) return false;
    const pages = this.#reader.pages(this.#after, head.value, this.#streams);
    for (;;) {
      const page = await pages.next().then((value) => ({ value }), () => undefined);
      if (!page) return false;
      if (this.#stopped) return true;
      if (page.value.done) break;
      const { facts, through } = page.value.value;
      if (facts.length > 0) await this.#subscriber.facts(facts);
      if (this.#stopped) return true;
      this.#after = through;
    }
    await this.#subscriber.caughtUp(this.#after);
    return true;
  }

  #rest(atMost?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = atMost === undefined ? undefined : setTimeout(resolve, atMost);
      this.#resume = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

type Attempt<R> = { readonly value: R } | undefined;
