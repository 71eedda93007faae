import { StoreUnavailable } from '../event-store/event-store.js';

/** Milliseconds between two attempts: at first, and in the end. */
const firstPause = 50;
const longestPause = 2_000;

/** What a node waits for before it serves: its event store. Until it is there all but health is answered 503. Also the injection token. */
export class Awaited {
  #why: string | undefined = 'it has not answered yet';
  #stopped = false;
  #resume: (() => void) | undefined;

  /** Why it is not there; undefined: it is. */
  get why(): string | undefined {
    return this.#why;
  }

  /**
   * Attempts it until it is there; `told` hears why it is not, each time for another reason.
   * @throws StoreUnavailable this was stopped; and whatever no further attempt would change
   */
  async reach(attempt: () => Promise<void>, told: (why: string) => void = () => undefined): Promise<void> {
    for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
      if (this.#stopped) throw new StoreUnavailable('This node stops.');
      try {
        await attempt();
        if (!this.#stopped) return;
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        if (error.message !== this.#why) told(error.message);
        this.#why = error.message;
      }
      await this.#rest(pause);
    }
  }

  /** It is there, and all else that is needed to serve. */
  arrived(): void {
    this.#why = undefined;
  }

  /** Nobody needs it any more. */
  stop(): void {
    this.#stopped = true;
    this.#resume?.();
  }

  #rest(milliseconds: number): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#resume = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
