import { within } from '../deciding/within.js';
import { newId } from '../event-store/new-id.js';
import type { PersonId } from '../event-store/personal.js';
import type { Sealing } from '../event-store/sealing.js';

/** So many keys at most are made before anybody comes for them. */
const most = 200;
/** Those who come within so many milliseconds tell how many more will. */
const recent = 1_000;
/** So long, in milliseconds, anybody waits for keys: half of the time that a change has. */
const patience = 5_000;

/**
 * Ids of people who come now, with their keys on the disk. A key takes a commit: so while many come, keys of those who will come are made with those of who is there, about as many
 * as come in a second, and nobody waits for a commit of their own. Who comes alone has one key made, and no more.
 */
export class MadePeople {
  private readonly ready: PersonId[] = [];
  private awaited = 0;
  private taken = 0;
  private expected = 0;
  private since = -Infinity;
  private making: Promise<boolean> | undefined;

  constructor(private readonly sealing: Sealing) {}

  /** Where keys cannot be had in time, ids alone: who seals with them meets the same trouble and says so. */
  async take(count: number): Promise<PersonId[]> {
    this.awaited += count;
    const until = performance.now() + patience;
    let canBeMade = true;
    while (this.ready.length < count && canBeMade) canBeMade = await within(until - performance.now(), this.make(), false);
    this.awaited -= count;
    this.taken += count;
    const people = canBeMade ? this.ready.splice(0, count) : Array.from({ length: count }, newId);
    if (this.ready.length < this.expected / 2) void this.make();
    return people;
  }

  /** One transaction after the other; who comes meanwhile has a part in the next. False: it cannot be done. */
  private make(): Promise<boolean> {
    return (this.making ??= this.madeMore().then(() => true, () => false).finally(() => void (this.making = undefined)));
  }

  private async madeMore(): Promise<void> {
    // What one turn of the event loop asks goes together.
    await Promise.resolve();
    const now = performance.now();
    this.expected = now - this.since > recent ? 0 : Math.min(this.expected + this.taken, most);
    [this.taken, this.since] = [0, now];
    const people = Array.from({ length: Math.max(0, this.awaited + this.expected - this.ready.length) }, newId);
    await this.sealing.obtain(people);
    this.ready.push(...people);
  }
}
