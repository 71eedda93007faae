import { Injectable } from '@nestjs/common';
import { Refusal } from '../deciding/refusal.js';
import { Codec } from '../event-store/codec.js';
import { EventStore } from '../event-store/event-store.js';
import type { Open, PersonId } from '../event-store/personal.js';
import { Sealing } from '../event-store/sealing.js';
import type { Moment } from '../projecting/kept-states.js';
import { Past, Unfoldable } from '../projecting/past.js';
import type { Stopped } from '../projecting/projection.js';
import { ReadFailure } from '../projecting/read-failure.js';
import type { Convening, ProvablePublication, Publication, Session } from './convening.js';
import { conveningStream, type ConveningEvent } from './convening.events.js';
import { ConveningReadModel, type ConveningEntry, type ConveningProjector } from './convening.projection.js';
import { conveningParts } from './parts.projection.js';

/** So long, in milliseconds, a read waits for this node to have read what it must include. */
const patience = 5_000;

/** Looks at a convening when everything that takes time is done. What it sees does not change any more. */
export type View<T> = (convening: Readonly<Convening>, open: Open) => T;

/** A convening in a list. `stopped`: a fact of it could not be applied here, so this is how it was before. */
export type ListedConvening = ConveningEntry & { readonly stopped?: true };

/** What is known of convenings. `after`: the position that the answer must include at least; 0n: whatever is known. */
@Injectable()
export class ConveningQueries {
  /** Of these, the keys of all people whom they name were fetched. */
  readonly #opened = new WeakSet<Readonly<Convening> | Session>();
  readonly #states: Past<Convening, Session, ConveningEvent, ConveningProjector>;

  constructor(private readonly readModel: ConveningReadModel, store: EventStore, private readonly sealing: Sealing, codec: Codec<ConveningEvent>) {
    this.#states = new Past(store, readModel, ({ states }) => states, conveningParts, (fact) => codec.event(fact));
  }

  /** A view of the convening as it is. @throws Refusal unknown-convening; ReadFailure; StoreUnavailable */
  async head<T>(id: string, after: bigint, view: View<T>): Promise<T> {
    const stream = conveningStream(id);
    await this.reached(after);
    const stopped = this.readModel.stopped(stream);
    if (stopped) throw isStopped(stopped);
    await this.readModel.read(({ states }) => states.ahead(stream));
    return this.#seen(id, planned(id, this.readModel.read(({ states }) => states.state(stream))), view);
  }

  /**
   * A view of the convening as it was after the fact of this revision. Past the end it is as it is.
   * @throws as `head`; what stopped the stream later does not matter
   */
  async at<T>(id: string, revision: number, view: View<T>): Promise<T> {
    return this.#seen(id, planned(id, await this.#past(id, { revision })), view);
  }

  /** A view of the convening as it was at this moment. Undefined: it was not planned yet. @throws as `at`, and what the view throws */
  async asOf<T>(id: string, moment: Moment, view: View<T>): Promise<{ readonly seen: T } | undefined> {
    const found = await this.#past(id, moment);
    return found && { seen: await this.#seen(id, planned(id, found), view) };
  }

  /** A publication of this convening, with the hash it ends on. @throws ReadFailure */
  provable(id: string, publication: Publication): ProvablePublication {
    return { ...publication, hash: this.readModel.read((projector) => projector.hashOf(conveningStream(id), publication.revision)) };
  }

  /** The publication that this state ends with. @throws ReadFailure */
  publishedIn({ id, publications, revision }: Readonly<Convening>): ProvablePublication | null {
    const published = publications.find((each) => each.revision === revision);
    return published ? this.provable(id, published) : null;
  }

  /** Resolves when what is read includes this position. @throws ReadFailure */
  reached(after: bigint): Promise<void> {
    return this.readModel.reached(after, patience);
  }

  /** All convenings, by id. @throws ReadFailure; StoreUnavailable */
  async list(after: bigint): Promise<readonly ListedConvening[]> {
    await this.reached(after);
    const entries = this.readModel.read((projector) => projector.entries());
    return entries.map((entry) => (this.readModel.stopped(conveningStream(entry.id)) ? { ...entry, stopped: true } : entry));
  }

  async #past(id: string, moment: Moment): Promise<Readonly<Convening> | undefined> {
    try {
      return await this.#states.at(conveningStream(id), moment);
    } catch (error) {
      throw error instanceof Unfoldable ? isStopped({ ...error.fact, why: error.message }) : error;
    }
  }

  /** The keys of its people are fetched first. */
  async #seen<T>(id: string, convening: Readonly<Convening>, view: View<T>): Promise<T> {
    if (!this.#opened.has(convening)) {
      const unopened = [...convening.sessions.values()].filter((session) => !this.#opened.has(session));
      await this.sealing.find(peopleOf(convening, unopened));
      for (const each of [convening, ...unopened]) this.#opened.add(each);
    }
    return view(convening, this.sealing.opener(conveningStream(id)));
  }
}

const planned = (id: string, convening: Readonly<Convening> | undefined): Readonly<Convening> => {
  if (!convening || convening.phase === 'unplanned') throw new Refusal('unknown-convening', { convening: id });
  return convening;
};

const isStopped = ({ revision, position, type, why }: Stopped) => new ReadFailure('read-model-stopped', { revision, position: String(position), type, why });

/** Whose values the state holds, of the sessions only of these. */
function* peopleOf({ acceptances }: Readonly<Convening>, sessions: readonly Session[]): Generator<PersonId> {
  for (const { notes, appearances } of sessions) {
    if (notes) yield notes.of;
    for (const { credit } of appearances.values()) if (credit) yield credit.of;
  }
  for (const { reason } of acceptances.values()) yield reason.of;
}
