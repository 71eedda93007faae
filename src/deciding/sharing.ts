/** After so many appends in a row a stream is read, although nobody else was seen to write it: who tries to would else never find it at rest. */
const unseenAppends = 8;
/** The longest that who has written lets others go first, in milliseconds. */
const longestRest = 500;

/**
 * How a stream is shared with other nodes that write to it. An append that meets another's is in vain, so whoever is faster would write for ever and the
 * other never: the faster one looks up now and then, who has written rests while others may, and who was in vain comes back with little.
 */
export class Sharing {
  #others = false;
  #inVain = false;
  #unseen = 0;

  /**
   * Whether the stream is to be read before more is decided. While nobody else was seen to write it, what the state lacks is found by the
   * append, which names its revision, and where nothing is to be appended by reading after the decision.
   */
  get looksFirst(): boolean {
    return this.#others || this.#unseen >= unseenAppends;
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

  /** An append was in vain, or what it was decided on was not the truth. */
  foundOthers(): void {
    this.#others = this.#inVain = true;
  }

  /** An append took so many milliseconds. Gives how many to rest before the next, never twice the same. */
  wrote(took: number): number {
    this.#inVain = false;
    this.#unseen += 1;
    return this.#others ? Math.min(took * (0.5 + Math.random()), longestRest) : 0;
  }
}
