import { LRUCache } from 'lru-cache';

/** So many at once, and so many a second in the long run. */
export interface Rate {
  readonly atOnce: number;
  readonly perSecond: number;
}

/** How many are counted; who was not seen for longest is forgotten first, and may begin anew. */
const most = 50_000;

/**
 * Limits how often something may be done under a name (the generic cell rate algorithm, ITU-T I.371): of each only the instant is kept, in milliseconds, at
 * which all that was done would be within the long run's measure.
 */
export class Rates {
  private readonly evenAt = new LRUCache<string, number>({ max: most });
  private readonly each: number;
  private readonly ahead: number;

  constructor({ atOnce, perSecond }: Rate) {
    this.each = 1_000 / perSecond;
    this.ahead = atOnce * this.each;
  }

  /** Counts so many, if they may be. Gives in how many milliseconds they may; 0: they may now, and are counted. */
  take(name: string, now: number, count = 1): number {
    const even = Math.max(now, this.evenAt.get(name) ?? 0) + count * this.each;
    const wait = even - now - this.ahead;
    if (wait > 0) return Math.ceil(wait);
    this.evenAt.set(name, even);
    return 0;
  }
}
