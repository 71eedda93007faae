import { OutcomeUnknown, StoreUnavailable, WrongRevision, type EventStore, type Expected } from '../../../src/event-store/event-store.js';
import { fact } from '../event-store.contract.js';

/** An append that the store acknowledged. */
export interface Acknowledged {
  readonly stream: string;
  readonly revision: number;
  readonly ids: readonly string[];
}

/**
 * Writers that append one after the other until they are stopped: some each to a stream of its own, some all to one. What is unknown or
 * unavailable is appended again as it was, what is in conflict on the newer revision, as deciding does.
 */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  /** Calls that ended without a certain answer. */
  troubles = 0;
  /** The longest call, in milliseconds. */
  longest = 0;
  #stopped = false;
  readonly #waiting = new Set<() => void>();
  readonly #writers: readonly Promise<void>[];

  constructor(private readonly store: EventStore) {
    const own = Array.from({ length: 8 }, (_, index) => this.#write(`own-${index}`));
    const shared = Array.from({ length: 4 }, () => this.#write('shared'));
    this.#writers = [...own, ...shared];
  }

  /** Resolves when so many more appends were acknowledged than now. */
  acknowledges(count: number): Promise<void> {
    const goal = this.acknowledged.length + count;
    return this.#until(() => this.acknowledged.length >= goal);
  }

  /** Resolves when so many more calls ended without a certain answer than now. */
  isTroubled(count: number): Promise<void> {
    const goal = this.troubles + count;
    return this.#until(() => this.troubles >= goal);
  }

  /** Every append that was begun is brought to its end. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#writers);
  }

  async #write(stream: string): Promise<void> {
    let expected: Expected = 'none';
    for (let count = 0; !this.#stopped; count += 1) {
      const facts = Array.from({ length: 1 + (count % 3) }, (_, index) => fact(`${stream} ${count} ${index}`));
      for (let certain = false; !certain; ) {
        const began = Date.now();
        try {
          const { revision } = await this.store.append(stream, expected, facts);
          this.acknowledged.push({ stream, revision, ids: facts.map(({ id }) => id) });
          expected = revision;
          certain = true;
        } catch (error) {
          if (error instanceof WrongRevision) expected = error.actual;
          else if (error instanceof OutcomeUnknown || error instanceof StoreUnavailable) this.troubles += 1;
          else throw error;
        }
        this.longest = Math.max(this.longest, Date.now() - began);
        for (const look of [...this.#waiting]) look();
      }
    }
  }

  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
}
