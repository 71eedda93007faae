import { Injectable } from '@nestjs/common';
import { Refusal } from '../deciding/refusal.js';
import { Codec, type Decoded } from '../event-store/codec.js';
import { factsOfCommand } from '../event-store/command-facts.js';
import { EventStore } from '../event-store/event-store.js';
import { Sealing } from '../event-store/sealing.js';
import { noConvening, type Convening } from './convening.js';
import type { ConveningCommand } from './convening.decider.js';
import { conveningStream, type ConveningEvent } from './convening.events.js';
import { ConveningQueries } from './convening.queries.js';
import { copyOf, sessionOf } from './supposition.rules.js';

type ToTakeBack = Extract<ConveningCommand, { type: 'TakeBack' }>['data'];

/** What a convening's log tells of changes that somebody wants to take back. */
@Injectable()
export class TakingBackQueries {
  constructor(
    private readonly convenings: ConveningQueries,
    private readonly store: EventStore,
    private readonly codec: Codec<ConveningEvent>,
    private readonly sealing: Sealing,
  ) {}

  /** The fact of this revision, or all facts of its command. @throws Refusal unknown-convening, unknown-revision; ReadFailure; StoreUnavailable */
  async facts(id: string, revision: number, of: 'change' | 'command'): Promise<ToTakeBack> {
    const stream = conveningStream(id);
    const named = await this.first(stream, revision);
    if (!named) {
      await this.convenings.at(id, 0, () => undefined);
      throw new Refusal('unknown-revision', { revision });
    }
    const { commandId } = named.metadata;
    const ofCommand = (direction: 'backwards' | 'forwards', from: number) => factsOfCommand({ store: this.store, codec: this.codec }, stream, commandId, { direction, from });
    const found = of === 'change' ? [named] : [...(await ofCommand('backwards', revision)), ...(await ofCommand('forwards', revision + 1))];
    await this.sealing.find(this.codec.peopleIn(found));
    const facts = found.map(({ type, data, recorded }) => ({ revision: recorded.revision, event: { type, data } as ConveningEvent }));
    return { facts, before: await this.before(id, facts) };
  }

  /** Nothing was before the first fact. */
  private async before(id: string, facts: ToTakeBack['facts']): Promise<ToTakeBack['before']> {
    const first = facts[0]?.revision ?? 0;
    const touched = new Set(facts.flatMap(({ event }) => sessionOf(event) ?? []));
    return first === 0 ? neededOf(noConvening(), touched) : this.convenings.at(id, first - 1, (convening) => neededOf(convening, touched));
  }

  private async first(stream: string, revision: number): Promise<Decoded<ConveningEvent> | undefined> {
    for await (const [fact] of this.store.readStream(stream, { from: revision, to: revision })) if (fact) return this.codec.decode(fact);
    return undefined;
  }
}

/** Copies: the convening goes on changing. */
const neededOf = ({ rooms, tracks, sessions, acceptances }: Readonly<Convening>, touched: ReadonlySet<string>): ToTakeBack['before'] => ({
  orders: { rooms: [...rooms.keys()], tracks: [...tracks.keys()], sessions: [...sessions.keys()] },
  sessions: new Map([...sessions].flatMap(([id, session]) => (touched.has(id) ? [[id, copyOf(session)] as const] : []))),
  acceptances: new Map(acceptances),
});
