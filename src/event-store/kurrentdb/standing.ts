import { randomUUID } from 'node:crypto';
import { StoreRefused, StoreUnavailable } from '../event-store.js';
import { refuseUnlessOpen, type Standing } from '../movable.js';
import type { Appends } from './appends.js';
import type { Names } from './names.js';
import type { Reads } from './reads.js';

/** How the log stands to moves: the last event of a stream of the store's own, which most logs do not have. */
export class KeptStanding {
  readonly #stream: string;

  constructor(names: Names, private readonly reads: Reads, private readonly appends: Appends) {
    this.#stream = names.own('standing');
  }

  /** @throws StoreUnavailable */
  async read(): Promise<Standing> {
    const last = await this.#last();
    // Cast: `write` wrote it.
    return last ? (JSON.parse(last.data) as Standing) : {};
  }

  /** @throws WrongRevision somebody else wrote at the same time; StoreUnavailable, OutcomeUnknown */
  async write(standing: Standing): Promise<void> {
    const last = await this.#last();
    await this.appends.append(this.#stream, last ? last.revision : 'none', [{ id: randomUUID(), type: 'LogStands', data: JSON.stringify(standing), metadata: '{}' }]);
  }

  async #last() {
    const part = await this.reads.stream(this.#stream, 'backwards', undefined, 1);
    return typeof part === 'string' ? undefined : part[0];
  }
}

/**
 * Whether nodes may use the log. An append begins only where it was seen open a moment ago: what a move copies is all there is, that moment
 * after it closed the log.
 */
export class Openness {
  /** On the clock of `performance.now()`. */
  #seen = -Infinity;
  #looking: Promise<void> | undefined;

  constructor(private readonly standing: KeptStanding, private readonly moment: number) {}

  /** @throws StoreRefused the log is closed, or not whole; StoreUnavailable */
  async now(standing = this.standing): Promise<void> {
    const asked = performance.now();
    refuseUnlessOpen('the log in the KurrentDB', await standing.read());
    this.#seen = asked;
  }

  /** @throws StoreUnavailable it is not, or cannot be asked */
  async lately(): Promise<void> {
    if (performance.now() - this.#seen < this.moment) return;
    this.#looking ??= this.now().finally(() => (this.#looking = undefined));
    await this.#looking.catch((error: unknown) => {
      throw error instanceof StoreRefused ? new StoreUnavailable(error.message) : error;
    });
  }
}
