import type { EventStore, ReadAll, StoredFact, Subscription } from '../../src/event-store/event-store.js';

/** A subscriber that remembers what it was told. */
export interface Follower {
  readonly subscription: Subscription;
  readonly facts: StoredFact[];
  /** What `caughtUp` told, in order. */
  readonly positions: bigint[];
  readonly failure: Promise<unknown>;
  /** The most calls that ran at the same time. */
  readonly atOnce: number;
  /** Resolves when it has caught up to this position or a later one. */
  reached(position: bigint): Promise<void>;
}

/** Subscribes; `each` runs inside every delivery of facts. */
export const follow = (store: EventStore, range: Pick<ReadAll, 'after' | 'streams'>, each: () => Promise<void> = async () => undefined): Follower => {
  const facts: StoredFact[] = [];
  const positions: bigint[] = [];
  let waiting: { readonly position: bigint; readonly resolve: () => void }[] = [];
  let running = 0;
  let most = 0;
  let fail: (error: unknown) => void = () => undefined;
  const failure = new Promise<unknown>((resolve) => (fail = resolve));
  const isReached = (position: bigint) => positions.some((told) => told >= position);
  const subscription = store.subscribe(range, {
    async facts(page) {
      running += 1;
      most = Math.max(most, running);
      await each();
      facts.push(...page);
      running -= 1;
    },
    caughtUp(position) {
      positions.push(position);
      for (const one of waiting) if (isReached(one.position)) one.resolve();
      waiting = waiting.filter((one) => !isReached(one.position));
    },
    failed: (error) => fail(error),
  });
  return {
    subscription,
    facts,
    positions,
    failure,
    get atOnce() {
      return most;
    },
    reached: (position) => (isReached(position) ? Promise.resolve() : new Promise((resolve) => waiting.push({ position, resolve }))),
  };
};
