import { randomUUID } from 'node:crypto';
import { WrongRevision } from '../event-store.js';
import type { Appends } from './appends.js';
import type { Names } from './names.js';
import type { Reads } from './reads.js';

const page = 1_000;

/**
 * Which streams were deleted. The server's log goes on showing the facts of a deleted stream until it is scavenged, and readers of the log
 * must not see them: so each deletion is also written down in a stream of the store's own, which is read before the log is.
 */
export class Deletions {
  readonly #deleted = new Set<string>();
  #revision = -1;

  constructor(private readonly names: Names, private readonly reads: Reads, private readonly appends: Appends) {}

  has(stream: string): boolean {
    return this.#deleted.has(stream);
  }

  /** All of them. @throws StoreUnavailable */
  async all(): Promise<readonly string[]> {
    await this.refresh();
    return [...this.#deleted].sort();
  }

  /** Learns of all that were deleted before this was called. @throws StoreUnavailable */
  async refresh(): Promise<void> {
    for (;;) {
      const facts = await this.reads.stream(this.names.own('deleted'), 'forwards', this.#revision + 1, page);
      if (typeof facts === 'string') return;
      for (const { data, revision } of facts) {
        // Cast: `add` wrote it.
        this.#deleted.add((JSON.parse(data) as { stream: string }).stream);
        this.#revision = Math.max(this.#revision, revision);
      }
      if (facts.length < page) return;
    }
  }

  /** Writes down that a stream is deleted, once. @throws StoreUnavailable, OutcomeUnknown */
  async add(stream: string): Promise<void> {
    for (;;) {
      await this.refresh();
      if (this.#deleted.has(stream)) return;
      const fact = { id: randomUUID(), type: 'StreamDeleted', data: JSON.stringify({ stream }), metadata: '{}' };
      try {
        await this.appends.append(this.names.own('deleted'), this.#revision < 0 ? 'none' : this.#revision, [fact]);
      } catch (error) {
        if (!(error instanceof WrongRevision)) throw error;
      }
    }
  }
}
