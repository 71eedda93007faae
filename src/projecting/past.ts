import { LRUCache } from 'lru-cache';
import type { Recorded } from '../event-store/event.js';
import type { EventStore, StoredFact } from '../event-store/event-store.js';
import { breather } from '../event-store/breather.js';
import type { KeptStates, Moment } from './kept-states.js';
import { Evolving, type Standing } from './parts.js';
import type { Projector } from './projection.js';
import type { ProjectionRunner } from './runner.js';

/** Parts of the past, each as it was since one fact, are kept in memory up to so many, and states up to so many places of parts: they share the parts. */
const partsKept = 20_000;
const placesKept = 200_000;
const instantsKept = 10_000;
/** So many parts are read in one go. */
const partsAtOnce = 64;

/** A fact that could not be applied, on the way to a state of the past. */
export class Unfoldable extends Error {
  override readonly name = 'Unfoldable';
  constructor(readonly fact: StoredFact, cause: unknown) {
    super(String(cause), { cause });
  }
}

/**
 * Streams' states at any moment: the last checkpoint before it, and what was told since from the log. Where there is no
 * checkpoint, from the beginning: it takes longer and gives the same.
 */
export class Past<S extends Standing, P extends object, E, R extends Projector> {
  readonly #states = new LRUCache<string, Readonly<S>>({ maxSize: placesKept, sizeCalculation: (state) => 20 + this.parts.of(state).size });
  readonly #parts = new LRUCache<string, P>({ max: partsKept });
  /** Of instants that no further fact can belong to, the revision. -1: it is before the beginning. */
  readonly #revisions = new LRUCache<string, number>({ max: instantsKept });
  readonly #folding = new Map<string, Promise<Readonly<S> | undefined>>();

  /** `kept`: where a projector of the runner keeps the states; `event`: reads a fact. */
  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner<R>,
    private readonly kept: (projector: R) => KeptStates<S, P, E>,
    private readonly parts: KeptStates<S, P, E>['parts'],
    private readonly event: (fact: StoredFact) => E & { readonly recorded: Recorded },
  ) {}

  /**
   * The state after the fact of this revision, or after the last fact recorded until this instant (UTC with milliseconds): it will not
   * change. Past the end it is as it is. Undefined: there was none yet. What stopped the stream later does not matter.
   * @throws Unfoldable; StoreUnavailable
   */
  async at(stream: string, moment: Moment): Promise<Readonly<S> | undefined> {
    const live = this.#live(stream);
    if (live && ('revision' in moment ? live.revision === moment.revision : live.at <= moment.instant)) return live;
    const revision = 'revision' in moment ? moment.revision : this.#revisions.get(`${moment.instant} ${stream}`);
    if (revision !== undefined && revision < 0) return undefined;
    const known = revision === undefined ? undefined : this.#states.get(`${revision} ${stream}`);
    if (known) return known;
    const wanted: Moment = revision === undefined ? moment : { revision };
    const name = `${'revision' in wanted ? wanted.revision : wanted.instant} ${stream}`;
    let folding = this.#folding.get(name);
    if (!folding) {
      folding = this.#fold(stream, wanted).finally(() => this.#folding.delete(name));
      this.#folding.set(name, folding);
    }
    return folding;
  }

  #live = (stream: string): Readonly<S> | undefined =>
    this.runner.serving && !this.runner.stopped(stream) ? this.runner.read((projector) => this.kept(projector).state(stream)) : undefined;

  async #fold(stream: string, moment: Moment): Promise<Readonly<S> | undefined> {
    const breathe = breather();
    const evolving = new Evolving<S, P, E>(this.parts, await this.#begun(stream, moment));
    const { state } = evolving;
    const since = new Map<string, number>();
    let past = false;
    const to = 'revision' in moment ? moment.revision : undefined;
    if (to === undefined || state.revision < to)
      reading: for await (const page of this.store.readStream(stream, { from: state.revision + 1, ...(to !== undefined && { to }) }))
        for (const [index, fact] of page.entries()) {
          if (index % 16 === 15) await breathe();
          const event = this.#read(fact);
          past = 'instant' in moment && event.recorded.at > moment.instant;
          if (past) break reading;
          for (const id of this.#told(evolving, event, fact)) since.set(id, event.recorded.revision);
        }
    if (past && 'instant' in moment) this.#revisions.set(`${moment.instant} ${stream}`, state.revision);
    if (state.revision < 0) return undefined;
    this.#intern(stream, state, since);
    this.#states.set(`${state.revision} ${stream}`, state);
    return state;
  }

  #read(fact: StoredFact): E & { readonly recorded: Recorded } {
    try {
      return this.event(fact);
    } catch (error) {
      throw new Unfoldable(fact, error);
    }
  }

  /** What became of a part by one fact is one part to all states that have it: whoever made something of it need not make it again. */
  #intern(stream: string, state: S, since: ReadonlyMap<string, number>): void {
    const held = this.parts.of(state);
    for (const [id, revision] of since) {
      const part = held.get(id);
      if (part === undefined) continue;
      const name = `${revision} ${id} ${stream}`;
      const known = this.#parts.get(name);
      if (known) held.set(id, known);
      else this.#parts.set(name, part);
    }
  }

  /** Gives the ids of the parts that it changed. */
  #told(evolving: Evolving<S, P, E>, event: E & { readonly recorded: Recorded }, fact: StoredFact): readonly string[] {
    try {
      return evolving.evolve(event, event.recorded);
    } catch (error) {
      throw new Unfoldable(fact, error);
    }
  }

  /** The state of the last checkpoint; an empty one where there is none, or it cannot be had now. */
  async #begun(stream: string, moment: Moment): Promise<S> {
    try {
      const revision = this.runner.serving ? this.#kept((kept) => kept.lastKept(stream, moment)) : undefined;
      if (revision === undefined) return this.parts.initial();
      const name = `${revision} ${stream}`;
      const known = this.#states.get(name) ?? (await this.#checkpoint(stream, revision));
      this.#states.set(name, known);
      return this.parts.copy(known);
    } catch {
      // Its rows went while it was read, or cannot be read: they are built again, and the log has everything.
      return this.parts.initial();
    }
  }

  async #checkpoint(stream: string, revision: number): Promise<S> {
    const { state, parts } = this.#kept((kept) => kept.checkpoint(stream, revision));
    const breathe = breather();
    const held = this.parts.of(state);
    for (let from = 0; from < parts.length; from += partsAtOnce) {
      this.#kept((kept) => {
        for (const [id, since] of parts.slice(from, from + partsAtOnce)) {
          const name = `${since} ${id} ${stream}`;
          const part = this.#parts.get(name) ?? kept.part(stream, id, since);
          this.#parts.set(name, part);
          held.set(id, part);
        }
      });
      await breathe();
    }
    return state;
  }

  #kept<T>(read: (kept: KeptStates<S, P, E>) => T): T {
    return this.runner.read((projector) => read(this.kept(projector)));
  }
}
