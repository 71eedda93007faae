import type { Recorded } from '../event-store/event.js';

/** Where and when a state stands: after which fact. -1: none. */
export interface Standing {
  readonly revision: number;
  readonly at: string;
}

/**
 * How a folded state is taken apart, so that a change writes little and the past shares what stayed the same: a spine, and parts
 * by id in their order. Pure: nothing here keeps anything.
 */
export interface Parts<S extends Standing, P extends object, E> {
  initial(): S;
  evolve(state: S, event: E, recorded: Recorded): void;
  /** The parts, in their order; the map is the state's own. */
  of(state: Readonly<S>): Map<string, P>;
  /** The parts that this fact will change, make or take away; one too many costs little, one missing is a change of the past. */
  changedBy(event: E, state: Readonly<S>): Iterable<string>;
  /** A state that can be changed without this one. It has the same parts: who changes one puts a copy in its place. */
  copy(state: Readonly<S>): S;
  /** A part that can be changed without this one. */
  copyPart(part: P): P;
  /** Everything but the parts, as a text. */
  spineText(state: Readonly<S>): string;
  partText(part: P): string;
  /** A state with these parts. @throws when the text was not made by `spineText` */
  fromSpine(text: string, parts: Map<string, P>): S;
  /** @throws when the text was not made by `partText` */
  partFrom(text: string): P;
}

/** A state on its way through its facts, which may share its parts with others: those it changes it copies first. */
export class Evolving<S extends Standing, P extends object, E> {
  /** Parts that nobody else holds. */
  #own = new Set<string>();

  constructor(private readonly parts: Parts<S, P, E>, readonly state: S) {}

  /** Copies what this fact will change, in steps: of one that changes thousands of parts that takes longer than all else. */
  *prepare(event: E): Generator<undefined, void> {
    for (const id of this.parts.changedBy(event, this.state)) {
      this.#makeOwn(id);
      yield;
    }
  }

  /** Gives the ids of the parts that it changed. @throws what the fold throws */
  evolve(event: E, recorded: Recorded): readonly string[] {
    const changed = [...this.parts.changedBy(event, this.state)];
    for (const id of changed) this.#makeOwn(id);
    this.parts.evolve(this.state, event, recorded);
    return changed;
  }

  #makeOwn(id: string): void {
    if (this.#own.has(id)) return;
    this.#own.add(id);
    const held = this.parts.of(this.state);
    const part = held.get(id);
    if (part !== undefined) held.set(id, this.parts.copyPart(part));
  }

  /** The state as it is now; it will not change. */
  share(): Readonly<S> {
    this.#own = new Set();
    return this.parts.copy(this.state);
  }
}
