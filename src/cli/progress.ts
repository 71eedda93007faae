import { Line } from './line.js';
import type { Terminal } from './tool.js';

/** Tells a person who waits how far something is: a line drawn over itself on a terminal, else a line every five seconds. */
export class Progress {
  private readonly begun = performance.now();
  private readonly line: Line;
  private told = this.begun;

  constructor(err: Terminal['err'], private readonly what: string) {
    this.line = new Line(err);
  }

  /** So many are done, of so many if that is known. */
  at(done: number, of?: number): void {
    const now = performance.now();
    if (now - this.told < this.line.every(200)) return;
    this.told = now;
    const share = of ? ` of ${of.toLocaleString('en')} (${Math.floor((100 * done) / of)} %)` : '';
    this.line.draw(`${this.what}: ${done.toLocaleString('en')}${share}, ${Math.round((1_000 * done) / (now - this.begun)).toLocaleString('en')}/s`);
  }

  /** Clears the line, so that what is written next begins one of its own. */
  end(): void {
    this.line.end();
  }
}
