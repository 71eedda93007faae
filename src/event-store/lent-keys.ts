import type { MessagePort } from 'node:worker_threads';
import { StoreUnavailable } from './event-store.js';
import type { Keys } from './keys.js';
import type { PersonId } from './personal.js';
import type { Sealing } from './sealing.js';
import { messageOf } from './sqlite/database.js';

interface Asked {
  readonly number: number;
  readonly people: readonly PersonId[];
}
type Answered = { readonly number: number } & ({ readonly keys: ReadonlyMap<PersonId, Uint8Array> } | { readonly why: string });

/** Answers a thread that reads what is sealed: with keys of those who have one, and makes none. It lasts as long as the port. */
export const lendKeys = (port: MessagePort, sealing: Sealing): void => {
  const answer = (answered: Answered) => port.postMessage(answered);
  port.on('message', ({ number, people }: Asked) => {
    sealing.keysOf(people).then((keys) => answer({ number, keys }), (error: unknown) => answer({ number, why: messageOf(error) }));
  });
};

/** The keys that another thread lends: this one has no secret, and knows nothing of where they are. */
export class LentKeys implements Pick<Keys, 'find'> {
  private readonly waiting = new Map<number, (answered: Answered) => void>();
  private asked = 0;

  constructor(private readonly port: MessagePort) {
    port.on('message', (answered: Answered) => {
      const tell = this.waiting.get(answered.number);
      this.waiting.delete(answered.number);
      tell?.(answered);
    });
  }

  /** @throws StoreUnavailable */
  find(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Uint8Array>> {
    return new Promise((resolve, reject) => {
      const number = ++this.asked;
      this.waiting.set(number, (answered) => ('keys' in answered ? resolve(answered.keys) : reject(new StoreUnavailable(answered.why))));
      this.port.postMessage({ number, people } satisfies Asked);
    });
  }
}
