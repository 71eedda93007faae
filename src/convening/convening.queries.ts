import { Injectable } from '@nestjs/common';
import { Refusal } from '../deciding/refusal.js';
import { Codec } from '../event-store/codec.js';
import { EventStore } from '../event-store/event-store.js';
import type { Open } from '../event-store/personal.js';
import { Sealing } from '../event-store/sealing.js';
import { noConvening, type Convening, type Publication } from './convening.js';
import { conveningDecider } from './convening.decider.js';
import { conveningStream, type ConveningEvent } from './convening.events.js';
import { ConveningReadModel } from './convening.projection.js';
import type { Dates, Venue } from './details.events.js';
import { audiences, mayBeSeenBy, type Audience, type Text } from './texts.js';

/** A convening in a list. */
export interface ConveningEntry extends Dates {
  readonly id: string;
  readonly title: Text;
  readonly languages: readonly string[];
  readonly zone: string;
  readonly phase: Exclude<Convening['phase'], 'unplanned'>;
  readonly venue?: Venue;
  /** The publication that counts for each audience; missing: nothing was published for it, or all was withdrawn. */
  readonly published: { readonly [A in Audience]?: Publication };
  /** Of the last fact. */
  readonly revision: number;
  readonly at: string;
}

/**
 * Looks at a convening: runs in one go, when everything that takes time is done. It must not keep the state, which goes on
 * changing: it gives back what it made of it.
 */
export type View<T> = (convening: Readonly<Convening>, open: Open) => T;

/** What is known of convenings. `after`: the position that the answer must include at least; 0n: whatever is known. */
@Injectable()
export class ConveningQueries {
  constructor(readonly readModel: ConveningReadModel, private readonly store: EventStore, private readonly sealing: Sealing, private readonly codec: Codec<ConveningEvent>) {}

  /** A view of the convening as it is. @throws Refusal unknown-convening; ReadFailure; StoreUnavailable */
  async head<T>(id: string, _after: bigint, view: View<T>): Promise<T> {
    return this.at(id, Number.MAX_SAFE_INTEGER, view);
  }

  /** A view of the convening as it was after the fact of this revision: a publication's version. @throws as `head` */
  async at<T>(id: string, revision: number, view: View<T>): Promise<T> {
    const stream = conveningStream(id);
    const state = noConvening();
    for await (const page of this.store.readStream(stream, { to: revision })) {
      const events = page.map((fact) => this.codec.decode(fact));
      await this.sealing.find(events.flatMap((event) => this.codec.people(event)));
      for (const event of events) conveningDecider.evolve(state, event, event.recorded);
    }
    if (state.phase === 'unplanned') throw new Refusal('unknown-convening', { convening: id });
    return view(state, this.sealing.opener(stream));
  }

  /** All convenings, by id. @throws ReadFailure; StoreUnavailable */
  async list(_after: bigint): Promise<readonly ConveningEntry[]> {
    const ids = new Set<string>();
    for await (const page of this.store.readAll({ streams: [conveningStream('')] })) for (const { stream } of page) ids.add(stream.slice(conveningStream('').length));
    return Promise.all([...ids].sort().map((id) => this.at(id, Number.MAX_SAFE_INTEGER, entryOf)));
  }
}

const entryOf = ({ id, details: { title, languages, venue }, dates, zone, phase, publications, revision, at }: Readonly<Convening>): ConveningEntry => ({
  id, title, languages, ...dates, zone, phase: phase as ConveningEntry['phase'], ...(venue && { venue }),
  published: Object.fromEntries(audiences.flatMap((audience) => {
    const latest = publications.findLast((publication) => !publication.withdrawn && mayBeSeenBy(publication.audience, audience));
    return latest ? [[audience, latest]] : [];
  })),
  revision, at,
});
