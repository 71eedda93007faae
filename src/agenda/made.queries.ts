import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Problem } from '../http/problems.js';

/** So many are made at once: anybody may ask for another language and zone each time, each costs what it costs, and of a hundred that go on in turns all would be done at the very end. */
const mostMaking = 3;

/** Something as it is sent. */
export interface Made {
  readonly bytes: Buffer;
  /** A hash of the bytes, as a strong tag. */
  readonly tag: string;
  /** The revision of the convening that it shows. */
  readonly revision: number;
  /** When that was recorded (UTC). */
  readonly at: string;
}

/** What is made of a convening to be sent: each once, for all who ask for it meanwhile, and kept while it is read. */
export class MadeOnce {
  readonly #making = new Map<string, Promise<Made>>();
  readonly #kept: LRUCache<string, Made>;

  /** `bytesKept`: together; the least recently used goes first. */
  constructor(bytesKept: number) {
    this.#kept = new LRUCache<string, Made>({ maxSize: bytesKept, sizeCalculation: ({ bytes }) => bytes.length + 200 });
  }

  /** By its name, which says all that it is made of. @throws Problem too-busy; what `make` throws */
  of(name: string, make: () => Promise<Omit<Made, 'tag'>>): Promise<Made> | Made {
    const there = this.#kept.get(name) ?? this.#making.get(name);
    if (there) return there;
    if (this.#making.size >= mostMaking) throw new Problem('too-busy');
    const making = this.#make(name, make).finally(() => this.#making.delete(name));
    this.#making.set(name, making);
    return making;
  }

  async #make(name: string, make: () => Promise<Omit<Made, 'tag'>>): Promise<Made> {
    const made = await make();
    const tagged = { ...made, tag: `"${createHash('sha256').update(made.bytes).digest('base64url')}"` };
    this.#kept.set(name, tagged);
    return tagged;
  }
}
