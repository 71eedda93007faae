import { Readable } from 'node:stream';

/** So many bytes may wait unsent for one who listens: who reads more slowly than that is let go, and comes back when it can. */
export const mostUnsent = 256 * 1024;

/** So long, in milliseconds, who catches up may take to read what is on its way. */
const patience = 30_000;

/** One who listens, as the stream that is sent to them (server-sent events). It holds little of what they have not read. */
export class Listener extends Readable {
  #wanted: (() => void) | undefined;

  override _read(): void {
    this.#wanted?.();
    this.#wanted = undefined;
  }

  /** Sends this when it can be sent. Whoever does not read is let go. */
  tell(text: string | Buffer): void {
    if (this.destroyed || this.readableEnded) return;
    this.push(text);
    if (this.readableLength > mostUnsent) this.destroy();
  }

  /** Resolves when more is wanted, or nothing more ever. */
  async ready(): Promise<void> {
    if (this.destroyed || this.readableLength < this.readableHighWaterMark) return;
    await new Promise<void>((resolve) => {
      const late = setTimeout(() => this.destroy(), patience);
      const done = () => {
        clearTimeout(late);
        this.off('close', done);
        resolve();
      };
      this.#wanted = done;
      this.once('close', done);
    });
  }

  /** Says goodbye: a browser asks again by itself, here or of another node. */
  end(): void {
    if (!this.destroyed) this.push(null);
  }
}
