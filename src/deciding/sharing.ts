/** After so many appends in a row a stream is read, although nobody else was seen to write it: who tries to would else never find it at rest. */
const unseenAppends = 8;
/** The longest that one lets others go first, in milliseconds. */
const longestRest = 500;

/**
 * How a stream is shared with other nodes that write to it. An append that meets another's is in vain, and the more it holds, the longer it is in the making
 * and the surer it meets one. So who was in vain rests, and comes back with one command. When that is written, it has said that it is there: those who
 * meet it rest, and all that waits follows at once. Who has written all rests then, or the faster one would write for ever and the other never.
 */
export class Sharing {
  #others = false;
  #inVain = false;
  /** One of several was written, and the others come next. */
  #announced = false;
  #unseen = 0;

  /**
   * Whether the stream is to be read before more is decided. While nobody else was seen to write it, what the state lacks is found by the
   * append, which names its revision, and where nothing is to be appended by reading after the decision.
   */
  get looksFirst(): boolean {
    return !this.#announced && (this.#others || this.#unseen >= unseenAppends);
  }

  /** The last append was in vain: the next one holds one command, of which the state learns when it is written, so that it need not be thrown away. */
  get isCautious(): boolean {
    return this.#inVain;
  }

  /** `found`: somebody else had written. */
  looked(found: boolean): void {
    this.#others ||= found;
    this.#unseen = 0;
  }

  /** What took so many milliseconds to decide and append was in vain, or was decided on what was not the truth. Gives how many to rest before it is tried again: one command alone is tried at once. */
  foundOthers(took: number, isAlone: boolean): number {
    this.#others = this.#inVain = true;
    this.#announced = false;
    return isAlone ? 0 : restAfter(took);
  }

  /** What took so many milliseconds was written; `more`: there are others waiting. Gives how many to rest before the next, never twice the same. */
  wrote(took: number, more: boolean): number {
    this.#announced = this.#inVain && more;
    this.#inVain = false;
    this.#unseen += 1;
    return this.#others && !this.#announced ? restAfter(took) : 0;
  }
}

const restAfter = (took: number): number => Math.min(took * (0.5 + Math.random()), longestRest);
