import { randomUUID } from 'node:crypto';
import { clockTolerance, WrongRevision, type Expected } from '../event-store.js';
import type { Appends } from './appends.js';
import type { Names } from './names.js';
import type { Reads } from './reads.js';

/** How old a comparison may become while this node writes, and while it writes no more because its clock is off. In milliseconds. */
const lasts = 5 * 60_000;
const lastsWhenOff = 15_000;

/** What a comparison found: this node's clock was at least and at most so far ahead, and so far from this process's steady time. */
interface Compared {
  readonly least: number;
  readonly most: number;
  readonly apart: number;
  /** In steady time. */
  readonly at: number;
}

/**
 * This node's clock beside the server's, which stamps each event that it writes: what we append was written between sending it and hearing
 * of it. Between two comparisons this process's steady time tells at once when somebody sets the node's clock.
 */
export class ServerClock {
  #compared: Compared | undefined;

  /** `now`: this node's clock, in milliseconds since 1970. */
  constructor(private readonly names: Names, private readonly reads: Reads, private readonly appends: Appends, private readonly now: () => number) {}

  /** By how many milliseconds this node's clock is certainly ahead of the server's; behind it, when negative. */
  get ahead(): number {
    if (!this.#compared) return 0;
    const moved = this.#apart() - this.#compared.apart;
    const [least, most] = [this.#compared.least + moved, this.#compared.most + moved];
    return least > 0 ? least : Math.min(most, 0);
  }

  /** Whether to compare again. `writes`: this node wrote something since it last compared. */
  isDue(writes: boolean): boolean {
    if (!this.#compared) return true;
    const age = performance.now() - this.#compared.at;
    return Math.abs(this.ahead) > clockTolerance ? age > lastsWhenOff : writes && age > lasts;
  }

  /** Writes an event of the store's own and looks when the server says that it was. @throws StoreUnavailable, OutcomeUnknown */
  async compare(): Promise<void> {
    const stream = this.names.own('clock');
    const last = await this.reads.stream(stream, 'backwards', undefined, 1);
    let expected: Expected = (typeof last === 'string' ? undefined : last[0]?.revision) ?? 'none';
    for (;;) {
      const sent = this.now();
      try {
        const { revision } = await this.appends.append(stream, expected, [{ id: randomUUID(), type: 'ClockCompared', data: '{}', metadata: '{}' }]);
        const heard = this.now();
        const created = await this.reads.created(stream, revision);
        if (created) this.#compared = { least: sent - created.latest, most: heard - created.earliest, apart: this.#apart(), at: performance.now() };
        return;
      } catch (error) {
        if (!(error instanceof WrongRevision)) throw error;
        expected = error.actual;
      }
    }
  }

  #apart(): number {
    return this.now() - performance.now();
  }
}
