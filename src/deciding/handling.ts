import { LRUCache } from 'lru-cache';
import type { Event } from '../event-store/event.js';
import type { Command } from './decider.js';
import type { Ended } from './remembered.js';
import { StreamQueue, type Asked, type Look, type Surroundings } from './stream-queue.js';

/** So many streams' states are kept; the least recently used goes first. */
const kept = 1_000;

/** The one path from a command to events, for one kind of stream. Handlers call it and add nothing. */
export class Handling<S, C extends Command, E extends Event> {
  private readonly queues = new LRUCache<string, StreamQueue<S, C, E>>({
    max: kept,
    // A queue that is let go while it works finishes its work: `idle` still waits for it.
    dispose: (queue) => {
      const idle = queue.idle().finally(() => this.leaving.delete(idle));
      this.leaving.add(idle);
    },
  });
  private readonly leaving = new Set<Promise<void>>();

  constructor(private readonly surroundings: Surroundings<S, C, E>) {}

  /** Decides the command on the truth of its stream. `look`: at what it left. @throws Refusal, Failure */
  handle(stream: string, asked: Asked<C>, look?: Look<S, E>): Promise<Ended> {
    return this.queue(stream).ask(asked, look);
  }

  /** Looks at the truth of a stream, which waits for what was asked before. `deadline`: by the clock. @throws Failure */
  look(stream: string, look: Look<S, E>, deadline: number): Promise<void> {
    return this.queue(stream).look(look, deadline);
  }

  private queue(stream: string): StreamQueue<S, C, E> {
    let queue = this.queues.get(stream);
    if (!queue) this.queues.set(stream, (queue = new StreamQueue(stream, this.surroundings)));
    return queue;
  }

  /** Resolves when everything that was asked is answered, and nothing is done for later. */
  async idle(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.idle()).concat(...this.leaving));
    await this.surroundings.checkpoints?.rest();
  }
}
