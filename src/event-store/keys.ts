import type { PersonId } from './personal.js';

/**
 * The keys of sealed values: 32 bytes a person, wrapped by `BARAZA_SECRET` where they are stored. Also the injection
 * token. Adapters: one contract suite (test/event-store/keys.contract.ts).
 */
export abstract class Keys {
  /**
   * The keys of these people; whoever has none gets one, durably, before this resolves. Who loses the race to make a
   * key uses the winner's. Somebody whose key was erased never gets another and is missing from the answer.
   * @throws StoreUnavailable
   */
  abstract obtain(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Uint8Array>>;

  /** The keys of these people, of those who have one. @throws StoreUnavailable */
  abstract find(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Uint8Array>>;

  /** Erases a person's key for good, also from the disk. */
  abstract erase(person: PersonId): Promise<void>;

  /** Lets go of the file or the connection. */
  abstract close(): Promise<void>;
}
