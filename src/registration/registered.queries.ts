import { Injectable } from '@nestjs/common';
import type { Ended } from '../deciding/remembered.js';
import { Codec } from '../event-store/codec.js';
import { factsOfCommand } from '../event-store/command-facts.js';
import { EventStore } from '../event-store/event-store.js';
import { sessionSeatOf, waitingPosition } from './places.rules.js';
import type { Registrations } from './registration.js';
import { registrationStream, type RegistrationEvent } from './registration.events.js';
import type { RegistrationAnswer } from './registration.queries.js';
import { theRegistration } from './standings.rules.js';

/** A registration as it stands. @throws Refusal unknown-registration */
export const answerOf = (state: Readonly<Registrations>, named: string): RegistrationAnswer => {
  const { id, held } = theRegistration(state, named);
  const { code, category, standing: status, days, sessions } = held;
  const position = waitingPosition(state, held);
  return {
    id, code, category, status, ...(position !== undefined && { waitingPosition: position }), ...(days.length > 0 && { checkedIn: [...days] }),
    ...(sessions.length > 0 && { sessionSeats: sessions.map((session) => sessionSeatOf(session, state.sessions.get(session)!.waiting, id)) }),
  };
};

/** What the senders of these forms are told: as it was decided, and nothing that was not. */
export const answersIn = (events: readonly RegistrationEvent[]): RegistrationAnswer[] =>
  events.flatMap(({ type, data }) => {
    if (type !== 'PersonRegistered' && type !== 'FormRepeated') return [];
    const { code, category, standing: status, place } = data;
    return [{ id: 'repeat' in data ? data.repeat : data.registration, code, category, status, ...(place !== undefined && { waitingPosition: place }) }];
  });

/** What was answered before, when a request is repeated. */
@Injectable()
export class RegisteredQueries {
  constructor(private readonly store: EventStore, private readonly codec: Codec<RegistrationEvent>) {}

  /** By the facts of the command that ended so. @throws StoreUnavailable */
  async answered(convening: string, ended: Ended): Promise<RegistrationAnswer[]> {
    return answersIn(await this.events(convening, ended));
  }

  /** The id of the registration that stands in another's place, by the same. @throws StoreUnavailable */
  async substitute(convening: string, ended: Ended): Promise<string> {
    const [next = ''] = (await this.events(convening, ended)).flatMap(({ type, data }) => (type === 'RegistrationSubstituted' ? [data.with] : []));
    return next;
  }

  private events(convening: string, { commandId, revision }: Ended): Promise<RegistrationEvent[]> {
    return factsOfCommand({ store: this.store, codec: this.codec }, registrationStream(convening), commandId, { direction: 'backwards', from: revision });
  }
}
