import { Injectable } from '@nestjs/common';
import { Refusal, refusals, type Facts } from '../deciding/refusal.js';
import { inTurns } from '../event-store/breather.js';
import { Codec } from '../event-store/codec.js';
import { EventStore } from '../event-store/event-store.js';
import { asOfIn } from '../http/as-of.js';
import { AsOfQueries } from './as-of.queries.js';
import type { Displacement, Origin, ProgrammeCarriedOver } from './carrying-over.events.js';
import { carriedOver, type CarriedOver } from './carrying-over.rules.js';
import { conveningStream, type ConveningEvent } from './convening.events.js';
import { ConveningQueries } from './convening.queries.js';
import type { Slot } from './slots.events.js';
import type { Text } from './texts.js';
import { slotOf } from './times.js';

/** A session that had a slot in the convening that this one was begun from, and has none here. */
export interface Displaced {
  readonly session: string;
  readonly title: Text;
  /** When and where it was there. */
  readonly was: Slot;
  /** It would be outside the days, or at a time that does not exist, exists twice, or is over before it begins. */
  readonly because: Displacement;
}

/** A session that was cancelled in the convening that this one was begun from: it was not taken over. */
export interface LeftOut {
  readonly session: string;
  readonly title: Text;
}

/** What is told of a beginning. */
export interface Beginning {
  /** The convening that it was begun from, and as it was when. */
  readonly origin: Origin;
  /** What is to be scheduled anew, in programme order. */
  readonly unscheduled: readonly Displaced[];
  readonly leftOut: readonly LeftOut[];
}

/** Which convening to start from. */
interface Asked {
  readonly convening: string;
  readonly asOf?: string;
  readonly appearances?: 'proposed';
}

/** What convenings have to give to those that are begun from them. */
@Injectable()
export class CarryingOverQueries {
  constructor(
    private readonly convenings: ConveningQueries,
    private readonly asOf: AsOfQueries,
    private readonly store: EventStore,
    private readonly codec: Codec<ConveningEvent>,
  ) {}

  /** `after`: the position that it must include. @throws Refusal unknown-origin; Problem as-of-…; ReadFailure; StoreUnavailable */
  async read({ convening: id, asOf, appearances }: Asked, after: bigint): Promise<CarriedOver> {
    try {
      // What is seen does not change any more: it may be read in turns.
      const { convening, open } = await this.asOf.show(id, { after, ...(asOf !== undefined && { asOf: asOfIn(asOf) }) }, (seen, opener) => ({ convening: seen, open: opener }));
      return await inTurns(carriedOver(convening, open, { appearances: appearances === 'proposed' }));
    } catch (error) {
      throw error instanceof Refusal ? unknown(error, { convening: id, ...(asOf !== undefined && { asOf }) }) : error;
    }
  }

  /** What its beginning left to be decided anew: a repeated request is told the same. @throws ReadFailure; StoreUnavailable */
  async told(id: string): Promise<Beginning> {
    const { origin, unscheduled } = await this.beginning(id);
    const because = new Map(Object.entries(unscheduled).flatMap(([why, sessions]) => sessions.map((session) => [session, why as Displacement] as const)));
    return this.convenings.at(origin.convening, origin.revision, ({ sessions }) => ({
      origin,
      unscheduled: [...sessions.values()].flatMap(({ id: session, details: { title }, slot }) => {
        const why = because.get(session);
        return why && slot ? [{ session, title, was: slotOf(slot), because: why }] : [];
      }),
      leftOut: [...sessions.values()].filter(({ cancelled }) => cancelled).map(({ id: session, details: { title } }) => ({ session, title })),
    }));
  }

  /** One of the first facts of its stream: a part of a programme may begin before it. */
  private async beginning(id: string): Promise<ProgrammeCarriedOver['data']> {
    for await (const page of this.store.readStream(conveningStream(id), { to: 2 }))
      for (const fact of page) {
        const event = this.codec.event(fact);
        if (event.type === 'ProgrammeCarriedOver') return event.data;
      }
    throw new Error(`${id} was not begun from another convening`);
  }
}

/** What is not there is named in the body, not in the address. */
const unknown = ({ code, about }: Refusal, asked: Facts): Refusal =>
  new Refusal('unknown-origin', asked, [{ pointer: code === 'unknown-convening' ? '#/from/convening' : '#/from/asOf', code, detail: refusals[code].says, about }]);
