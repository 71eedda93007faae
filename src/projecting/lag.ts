import type { EventStore } from '../event-store/event-store.js';

/** How far a read model is behind the log. */
export interface Lag {
  /** So many facts of the log it has not read yet. */
  readonly events: number;
  /** There are more than were counted. */
  readonly orMore?: true;
  /** How long ago the oldest of them was recorded, by this node's clock. */
  readonly seconds: number;
}

/** So many are counted: more is told by positions. */
const most = 1_000;

/** How far behind this position is. `now`: milliseconds since 1970. @throws StoreUnavailable */
export const lagOf = async (store: EventStore, position: bigint, now: number): Promise<Lag> => {
  let events = 0;
  let oldest = now;
  for await (const page of store.readAll({ after: position, limit: most + 1 })) {
    // Cast: the codec wrote it. What others wrote has no time.
    if (events === 0) oldest = Date.parse((JSON.parse(page[0]?.metadata ?? '{}') as { at?: string }).at ?? '');
    events += page.length;
  }
  const seconds = Math.max(0, Math.round((now - oldest) / 100) / 10) || 0;
  return events > most ? { events: most, orMore: true, seconds } : { events, seconds };
};
