import { setTimeout } from 'node:timers/promises';

/** The longest that a command waits for others to share its append, in milliseconds. */
const longest = 10;
/** Of the time that an append takes. */
const share = 1 / 4;

/**
 * Who was answered by one append mostly asks again, all a moment later: whoever is first would have an append alone, and the others would wait for it and then for theirs.
 * So where one of the last two appends carried several commands, the next waits until as many are there, for a small part of the time that an append takes.
 */
export class Gathering {
  #last = 0;
  #before = 0;
  #patience = 0;

  /** An append carried so many commands, and took so many milliseconds. */
  wrote(commands: number, took: number): void {
    this.#before = this.#last;
    this.#last = commands;
    this.#patience = Math.min(took * share, longest);
  }

  /** Resolves when as many wait as are to be expected, or it is not worth waiting for more. */
  async gather(waiting: () => number): Promise<void> {
    const expected = Math.max(this.#last, this.#before);
    const until = performance.now() + this.#patience;
    while (waiting() < expected && performance.now() < until) await setTimeout(1);
  }
}
