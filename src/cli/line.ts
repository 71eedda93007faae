import type { Terminal } from './tool.js';

/** A line for a person who waits: drawn over itself on a terminal; elsewhere a line of its own each time. */
export class Line {
  private drawn = false;

  constructor(private readonly err: Terminal['err']) {}

  /** How often it is to be told, in milliseconds: `often` where it can be drawn over, else every five seconds. */
  every(often: number): number {
    return this.err.isTTY ? often : 5_000;
  }

  draw(text: string): void {
    this.err.write(this.err.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
    this.drawn = this.err.isTTY === true;
  }

  /** Clears it, so that what is written next begins a line of its own. */
  end(): void {
    if (this.drawn) this.err.write('\r\x1b[K');
    this.drawn = false;
  }
}
