import { hashOf } from '../event-store/chain.js';
import type { Decoded, FactReader } from '../event-store/codec.js';
import type { StoredFact } from '../event-store/event-store.js';
import type { Event } from '../event-store/event.js';
import type { Fold } from './decider.js';
import { Remembered } from './remembered.js';

/** A stream's state with all that its next append needs. */
export interface Current<S> {
  readonly state: S;
  revision: number;
  position: bigint;
  at: string;
  /** Of the last fact: what the next one is chained to. */
  hash: string | null;
  readonly remembered: Remembered;
}

/** Of a stream that has no facts. */
export const begun = <S>({ initial }: Pick<Fold<S, Event>, 'initial'>): Current<S> => ({ state: initial(), revision: -1, position: 0n, at: '', hash: null, remembered: new Remembered() });

/** The next facts of the stream, as the log has them; they are given back decoded. @throws UnreadableFact */
export const follow = <S, E extends Event>(current: Current<S>, page: readonly StoredFact[], { decider, codec }: { readonly decider: Fold<S, E>; readonly codec: FactReader<E> }): Decoded<E>[] => {
  const events = page.map((fact) => codec.decode(fact));
  for (const [index, event] of events.entries()) {
    const fact = page[index]!;
    decider.evolve(current.state, event, event.recorded);
    current.remembered.learn(event.metadata, fact.revision, fact.position);
    Object.assign(current, { revision: fact.revision, position: fact.position, at: event.recorded.at });
  }
  const last = page.at(-1);
  if (last) current.hash = hashOf(last);
  return events;
};
