import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Refusal } from '../deciding/refusal.js';
import { Codec } from '../event-store/codec.js';
import { EventStore } from '../event-store/event-store.js';
import type { Open, PersonId } from '../event-store/personal.js';
import { Sealing } from '../event-store/sealing.js';
import { breather } from '../projecting/breather.js';
import type { Stopped } from '../projecting/projection.js';
import { ReadFailure } from '../projecting/read-failure.js';
import type { Convening } from './convening.js';
import { conveningDecider } from './convening.decider.js';
import { conveningStream, type ConveningEvent } from './convening.events.js';
import { ConveningReadModel, type ConveningEntry } from './convening.projection.js';

/** So long, in milliseconds, a read waits for this node to have read what it must include. */
const patience = 5_000;
/** Earlier versions are kept in memory up to so many sessions; the least recently used goes first. */
const sessionsKept = 20_000;

/**
 * Looks at a convening: runs in one go, when everything that takes time is done. It must not keep the state, which goes on
 * changing: it gives back what it made of it.
 */
export type View<T> = (convening: Readonly<Convening>, open: Open) => T;

/** A convening in a list. `stopped`: a fact of it could not be applied here, so this is how it was before. */
export type ListedConvening = ConveningEntry & { readonly stopped?: true };

/** What is known of convenings. `after`: the position that the answer must include at least; 0n: whatever is known. */
@Injectable()
export class ConveningQueries {
  /** Of these streams, the keys of all people that they named up to this revision were fetched. */
  readonly #opened = new LRUCache<string, number>({ max: 1_000 });
  readonly #versions = new LRUCache<string, Readonly<Convening>>({ maxSize: sessionsKept, sizeCalculation: ({ sessions }) => 1 + sessions.size });
  readonly #folding = new Map<string, Promise<Readonly<Convening>>>();

  constructor(private readonly readModel: ConveningReadModel, private readonly store: EventStore, private readonly sealing: Sealing, private readonly codec: Codec<ConveningEvent>) {}

  /** A view of the convening as it is. @throws Refusal unknown-convening; ReadFailure; StoreUnavailable */
  async head<T>(id: string, after: bigint, view: View<T>): Promise<T> {
    const stream = conveningStream(id);
    await this.readModel.reached(after, patience);
    for (;;) {
      const stopped = this.readModel.stopped(stream);
      if (stopped) throw isStopped(stopped);
      const convening = planned(id, this.#live(stream));
      if (this.#isOpen(stream, convening)) return view(convening, this.sealing.opener(stream));
      await this.#open(stream, convening);
    }
  }

  /**
   * A view of the convening as it was after the fact of this revision: of a version of the agenda. Past the end it is as it is.
   * @throws as `head`; what stopped the stream later does not matter
   */
  async at<T>(id: string, revision: number, view: View<T>): Promise<T> {
    const stream = conveningStream(id);
    for (;;) {
      const live = this.readModel.serving && !this.readModel.stopped(stream) ? this.#live(stream) : undefined;
      if (live?.revision !== revision) break;
      if (this.#isOpen(stream, live)) return view(live, this.sealing.opener(stream));
      await this.#open(stream, live);
    }
    return view(planned(id, await this.#version(stream, revision)), this.sealing.opener(stream));
  }

  /** All convenings, by id. @throws ReadFailure; StoreUnavailable */
  async list(after: bigint): Promise<readonly ListedConvening[]> {
    await this.readModel.reached(after, patience);
    const entries = this.readModel.read((projector) => projector.entries());
    return entries.map((entry) => (this.readModel.stopped(conveningStream(entry.id)) ? { ...entry, stopped: true } : entry));
  }

  #live = (stream: string): Readonly<Convening> | undefined => this.readModel.read((projector) => projector.convening(stream));

  #isOpen = (stream: string, { revision }: Readonly<Convening>): boolean => this.#opened.get(stream) === revision;

  /** Fetches the keys of its people. Meanwhile it may change. */
  async #open(stream: string, convening: Readonly<Convening>): Promise<void> {
    const { revision } = convening;
    await this.sealing.find(peopleOf(convening));
    this.#opened.set(stream, revision);
  }

  /** Of the past nothing changes: it is folded once, and those who ask meanwhile wait for the same. */
  #version(stream: string, revision: number): Promise<Readonly<Convening>> {
    const name = `${revision} ${stream}`;
    const known = this.#versions.get(name);
    if (known) return Promise.resolve(known);
    let folding = this.#folding.get(name);
    if (!folding) {
      folding = this.#fold(stream, revision).finally(() => this.#folding.delete(name));
      this.#folding.set(name, folding);
    }
    return folding;
  }

  async #fold(stream: string, to: number): Promise<Readonly<Convening>> {
    const breathe = breather();
    const convening = conveningDecider.initial();
    for await (const page of this.store.readStream(stream, { to })) {
      for (const [index, fact] of page.entries()) {
        if (index % 16 === 15) await breathe();
        try {
          const event = this.codec.event(fact);
          conveningDecider.evolve(convening, event, event.recorded);
        } catch (error) {
          throw isStopped({ ...fact, why: String(error) });
        }
      }
    }
    await this.sealing.find(peopleOf(convening));
    if (convening.revision === to) this.#versions.set(`${to} ${stream}`, convening);
    return convening;
  }
}

const planned = (id: string, convening: Readonly<Convening> | undefined): Readonly<Convening> => {
  if (!convening || convening.phase === 'unplanned') throw new Refusal('unknown-convening', { convening: id });
  return convening;
};

const isStopped = ({ revision, position, type, why }: Stopped) => new ReadFailure('read-model-stopped', { revision, position: String(position), type, why });

/** Whose values the state holds. */
const peopleOf = ({ sessions, acceptances }: Readonly<Convening>): Set<PersonId> => {
  const people = new Set<PersonId>();
  for (const { notes, appearances } of sessions.values()) {
    if (notes) people.add(notes.of);
    for (const { credit } of appearances.values()) if (credit) people.add(credit.of);
  }
  for (const { reason } of acceptances.values()) people.add(reason.of);
  return people;
};
