import type { Server } from 'node:http';

/** So long, in milliseconds, a turn of the event loop takes up what comes. */
const longest = 4;
/** What waits is taken up in the order in which it came: so many in a turn, and only one while people come in. */
const atOnce = 8;

/**
 * In which turn of the event loop a request is begun. The platform lets one new connection in each turn (libuv since 1.45), and without this all who have asked are begun in
 * the same turn: two hundred who come together would be let in one by one over seconds, while those who are in are served over and over.
 */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  /** When the first request of this turn was begun. */
  private since: number | undefined;
  private cameIn = false;
  private isLooking = false;

  constructor(server: Server) {
    server.on('connection', () => {
      this.cameIn = true;
      this.look();
    });
  }

  /** Calls this at once, or in a later turn. */
  begin(request: () => void): void {
    this.look();
    const now = performance.now();
    if (this.cameIn || this.waiting.length > 0 || now - (this.since ?? now) > longest) return void this.waiting.push(request);
    this.since ??= now;
    request();
  }

  /** At the end of this turn. */
  private look(): void {
    if (this.isLooking) return;
    this.isLooking = true;
    setImmediate(() => {
      this.isLooking = false;
      this.since = undefined;
      const begun = this.waiting.splice(0, this.cameIn ? 1 : atOnce);
      this.cameIn = false;
      if (this.waiting.length > 0) this.look();
      for (const request of begun) request();
    });
  }
}
