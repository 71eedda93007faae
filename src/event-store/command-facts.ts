import { breather } from './breather.js';
import type { Codec, Decoded } from './codec.js';
import type { EventStore, ReadStream } from './event-store.js';
import type { Event } from './event.js';

/**
 * The facts that one command made, from a revision on as far as they stand together, in the order of the stream; others have their turn in between.
 * @throws StoreUnavailable, UnreadableFact
 */
export const factsOfCommand = async <E extends Event>(
  { store, codec }: { readonly store: EventStore; readonly codec: Codec<E> }, stream: string, commandId: string, range: Required<Pick<ReadStream, 'from' | 'direction'>>,
): Promise<Decoded<E>[]> => {
  const found: Decoded<E>[] = [];
  const breathe = breather();
  reading: for await (const page of store.readStream(stream, range))
    for (const fact of page) {
      const event = codec.decode(fact);
      if (event.metadata.commandId !== commandId) break reading;
      found.push(event);
      const pause = breathe();
      if (pause) await pause;
    }
  return range.direction === 'backwards' ? found.reverse() : found;
};
