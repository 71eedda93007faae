import type { Terminal } from './tool.js';

/** Milliseconds between two tellings. */
const often = 200;
const seldom = 5_000;

/** Tells a person who waits how far something is: a line drawn over itself on a terminal, else a line every five seconds. */
export class Progress {
  private readonly begun = performance.now();
  private told = this.begun;
  private drawn = false;

  constructor(
    private readonly err: Terminal['err'],
    private readonly what: string,
  ) {}

  /** So many are done, of so many if that is known. */
  at(done: number, of?: number): void {
    const now = performance.now();
    if (now - this.told < (this.err.isTTY ? often : seldom)) return;
    this.told = now;
    const share = of ? ` of ${of.toLocaleString('en')} (${Math.floor((100 * done) / of)} %)` : '';
    this.draw(`${this.what}: ${done.toLocaleString('en')}${share}, ${Math.round((1_000 * done) / (now - this.begun)).toLocaleString('en')}/s`);
  }

  /** Clears the line, so that what is written next begins one of its own. */
  end(): void {
    if (this.drawn) this.err.write('\r\x1b[K');
    this.drawn = false;
  }

  private draw(line: string): void {
    this.err.write(this.err.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
    this.drawn = this.err.isTTY === true;
  }
}
