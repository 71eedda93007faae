import { Refusal } from '../deciding/refusal.js';
import type { Registrations } from './registration.js';
import { isPlanned, type Meeting } from './meeting.rules.js';
import type { RegistrationEvent } from './registration.events.js';
import type { Standing } from './registrations.events.js';
import { holdsSeat } from './standings.rules.js';

const hour = 60 * 60 * 1000;
/** A fact of three times as many registrations would be larger than one may be; between facts others have their turn. */
const mostInAFact = 2_000;

/**
 * Seats and waiting lists while a decision is being made: the state, with what is decided so far laid over it. The state
 * itself is not touched, and nothing but what the decision is about is looked at.
 */
export interface Seating {
  /** What is decided so far, in order. */
  readonly facts: RegistrationEvent[];
  standing(registration: string): Standing;
  /** Somebody who came, or was approved, takes a seat if there is one. */
  take(category: string): 'seated' | 'waiting';
  /** Somebody who cannot wait takes a seat. @throws Refusal no-place-left */
  mustTake(category: string): void;
  /** A form that takes no seat is answered as one that would: where there is no seat, it keeps a place in the line that is told. */
  repeat(category: string): 'seated' | 'waiting';
  /** Which in the line who came last is, from 1: to the organisers among people, to the public among forms. */
  place(category: string, by: 'public' | 'organisers'): number;
  /** The registration is to stand so; the seat or place in the waiting list that it had is free. */
  leave(registration: string, standing: Standing): void;
  /** The registration is to be of another category; the seat or place that it had is free. @throws Refusal no-place-left: it has a seat, and the other category has none for it */
  recategorise(registration: string, category: string): void;
  /** Another number of seats: of a category, or in all (undefined). Infinity: no limit. */
  limit(category: string | undefined, capacity: number): void;
  /** Who stands in one category is of the other. */
  merge(category: string, into: string): void;
  /** Those who waited longest get what is free: the fact is among `facts` then. */
  moveUp(): void;
}

interface Row {
  capacity: number;
  taken: number;
  waiting: number;
  repeats: number;
  /** Waiting lists, each in the order of registration, and how far each was gone through. */
  lists: { readonly ids: readonly string[]; next: number }[];
}

/** Of what has no place left; more may be taken than there are. */
interface Full {
  readonly capacity: number;
  readonly taken: number;
}

/** One of a category's waiting lists while seats are given. `head`: who waited longest in it, once that was looked for. */
interface Queue {
  readonly category: string;
  readonly list: Row['lists'][number];
  head?: { readonly registration: string; readonly number: number } | undefined;
}

/** Offers that were not taken up by now have lapsed, and others have moved up, before anything else is decided. */
export const seating = (state: Readonly<Registrations>, meeting: Meeting, now: string): Seating => {
  const over = new Overlay(state, meeting, now);
  over.lapse();
  return over;
};

class Overlay implements Seating {
  readonly facts: RegistrationEvent[] = [];
  private readonly standings = new Map<string, Standing>();
  private readonly rows = new Map<string, Row>();
  private capacity: number;
  private taken: number;

  constructor(
    private readonly state: Readonly<Registrations>,
    private readonly meeting: Meeting,
    private readonly now: string,
  ) {
    this.capacity = state.terms.capacity ?? Infinity;
    this.taken = state.taken;
  }

  standing(registration: string): Standing {
    return this.standings.get(registration) ?? this.state.registrations.get(registration)!.standing;
  }

  take(category: string): 'seated' | 'waiting' {
    if (this.placesLeft(category) > 0) {
      this.seats(category, 1);
      return 'seated';
    }
    this.row(category).waiting++;
    return 'waiting';
  }

  mustTake(category: string): void {
    if (this.placesLeft(category) === 0) throw new Refusal('no-place-left', { category, full: { ...this.fullIn(category), ...this.fullInAll() } });
    this.seats(category, 1);
  }

  repeat(category: string): 'seated' | 'waiting' {
    if (this.placesLeft(category) > 0) return 'seated';
    this.row(category).repeats++;
    return 'waiting';
  }

  place(category: string, by: 'public' | 'organisers'): number {
    const { waiting, repeats } = this.row(category);
    return by === 'public' ? waiting + repeats : waiting;
  }

  leave(registration: string, standing: Standing): void {
    const { category } = this.state.registrations.get(registration)!;
    const from = this.standing(registration);
    if (holdsSeat(from)) this.seats(category, -1);
    if (from === 'waiting') this.row(category).waiting--;
    this.standings.set(registration, standing);
  }

  recategorise(registration: string, category: string): void {
    const { category: from } = this.state.registrations.get(registration)!;
    const standing = this.standing(registration);
    if (holdsSeat(standing)) {
      // Of the seats in all it has one already.
      const full = this.fullIn(category);
      if (full.category) throw new Refusal('no-place-left', { category, full });
      this.seats(from, -1);
      this.seats(category, 1);
    }
    if (standing === 'waiting') {
      this.row(from).waiting--;
      this.row(category).waiting++;
      // It stays in the list where it waited: no seat is free there, else it would not have waited.
      this.row(category).lists.push({ ids: [registration], next: 0 });
    }
  }

  limit(category: string | undefined, capacity: number): void {
    if (category === undefined) this.capacity = capacity;
    else this.row(category).capacity = capacity;
  }

  merge(category: string, into: string): void {
    const [from, to] = [this.row(category), this.row(into)];
    to.taken += from.taken;
    to.waiting += from.waiting;
    to.repeats += from.repeats;
    to.lists.push(...from.lists);
    Object.assign(from, { taken: 0, waiting: 0, repeats: 0, lists: [] } satisfies Partial<Row>);
  }

  moveUp(): void {
    if (!isPlanned(this.meeting)) return;
    const { hoursToAccept } = this.state.terms;
    const standing = hoursToAccept === undefined ? 'seated' : 'offered';
    const moved: string[] = [];
    const queues = [...this.state.categories.keys()].flatMap((category) => this.row(category).lists.map((list): Queue => ({ category, list })));
    for (let next = this.longestWaiting(queues); next?.head; next = this.longestWaiting(queues)) {
      const { category, head } = next;
      moved.push(head.registration);
      this.standings.set(head.registration, standing);
      this.seats(category, 1);
      this.row(category).waiting--;
      delete next.head;
    }
    for (let from = 0; from < moved.length; from += mostInAFact) {
      const registrations = moved.slice(from, from + mostInAFact);
      if (hoursToAccept === undefined) this.facts.push({ type: 'SeatsGiven', data: { registrations } });
      else this.facts.push({ type: 'SeatsOffered', data: { registrations, until: new Date(Date.parse(this.now) + hoursToAccept * hour).toISOString() } });
    }
  }

  lapse(): void {
    const { firstLapse, offers } = this.state;
    if (firstLapse === undefined || firstLapse > this.now || !isPlanned(this.meeting)) return;
    const due = [...offers].filter(([, until]) => until <= this.now).map(([registration]) => registration);
    for (const registration of due) this.leave(registration, 'lapsed');
    for (let from = 0; from < due.length; from += mostInAFact) this.facts.push({ type: 'OffersLapsed', data: { registrations: due.slice(from, from + mostInAFact) } });
    this.moveUp();
  }

  /** Of all for whom a seat is free, at whose head is who registered first. */
  private longestWaiting(queues: readonly Queue[]): Queue | undefined {
    let found: Queue | undefined;
    for (const queue of queues) {
      if (this.placesLeft(queue.category) === 0) continue;
      const head = (queue.head ??= this.headOf(queue));
      if (head && !(found?.head && found.head.number < head.number)) found = queue;
    }
    return found;
  }

  /** Who waited longest in one list; undefined: nobody waits in it. */
  private headOf({ list }: Queue): Queue['head'] {
    while (list.next < list.ids.length && this.standing(list.ids[list.next]!) !== 'waiting') list.next++;
    const registration = list.ids[list.next];
    return registration === undefined ? undefined : { registration, number: this.state.registrations.get(registration)!.number };
  }

  /** Infinity: as many as come. 0 also where more are taken than there are. */
  private placesLeft(category: string): number {
    const { capacity, taken } = this.row(category);
    return Math.max(0, Math.min(capacity - taken, this.capacity - this.taken));
  }

  private fullIn(of: string): { category?: Full } {
    const { capacity, taken } = this.row(of);
    return taken < capacity ? {} : { category: { capacity, taken } };
  }

  private fullInAll(): { registration?: Full } {
    const { capacity, taken } = this;
    return taken < capacity ? {} : { registration: { capacity, taken } };
  }

  private seats(category: string, more: number): void {
    this.row(category).taken += more;
    this.taken += more;
  }

  private row(category: string): Row {
    let row = this.rows.get(category);
    if (!row) {
      const { capacity = Infinity, taken, waiting, repeats } = this.state.categories.get(category)!;
      this.rows.set(category, (row = { capacity, taken, waiting: waiting.length, repeats: repeats.length, lists: [{ ids: waiting, next: 0 }] }));
    }
    return row;
  }
}
