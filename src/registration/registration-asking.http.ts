import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Subject } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { Asking, type Done, type Stranger } from '../http/asking.js';
import type { Exchange } from '../http/exchange.js';
import { Positions } from '../http/positions.js';
import { Showing, type Seen } from '../http/showing.js';
import { MeetingsQueries } from './meetings.queries.js';
import { answerOf } from './registered.queries.js';
import type { RegistrationAnswer } from './registration.queries.js';
import type { Registrations } from './registration.js';
import type { RegistrationEvent } from './registration.events.js';
import { AskRegistration, RegistrationHandling, type Ended } from './registration.handler.js';
import { registrationStream } from './registration.events.js';

type RegistrationCommand = AskRegistration['asked']['command'];
export type Meeting = Awaited<ReturnType<MeetingsQueries['meeting']>>;
/** A command that knows of the meeting. */
type Make = (meeting: Meeting) => RegistrationCommand;
/** Looks at what a command left, and at what it wrote. */
export type Look = (state: Readonly<Registrations>, events: readonly RegistrationEvent[]) => void;

/** From a controller to the command bus and back. */
@Injectable()
export class RegistrationAsking {
  constructor(
    private readonly bus: CommandBus,
    private readonly asking: Asking,
    private readonly showing: Showing,
    private readonly handling: RegistrationHandling,
    private readonly meetings: MeetingsQueries,
    private readonly positions: Positions,
  ) {}

  /** `subject`: what the command is about, for If-Match and ETag; left out: the whole stream. @throws Problem, Refusal, Failure, ReadFailure */
  async ask(exchange: Exchange, convening: string, make: Make, subject?: Subject): Promise<Done> {
    return { revision: (await this.askUntilEnded(exchange, convening, make, { ...(subject && { subject }) })).subjectRevision };
  }

  /** A step of one registration, `named` by its id or code. @throws as `ask` */
  async step(exchange: Exchange, convening: string, named: string, make: Make): Promise<RegistrationAnswer> {
    let seen: RegistrationAnswer | undefined;
    await this.askUntilEnded(exchange, convening, make, { subject: { kind: 'registration', id: named }, look: (state) => void (seen = answerOf(state, named)) });
    // It was looked at before the answer came.
    return seen!;
  }

  /** With all that is known of how it ended. `stranger`: who asks, if there is no token. @throws as `ask` */
  async askUntilEnded(exchange: Exchange, convening: string, make: Make, { subject, look, stranger }: { subject?: Subject; look?: Look; stranger?: Stranger }): Promise<Ended> {
    const command = make(await this.meeting(exchange, convening));
    const ended = await this.bus.execute(new AskRegistration(convening, await this.asking.asked(exchange, command, subject, stranger), look));
    this.asking.answer(exchange, ended, 'registrations');
    return ended;
  }

  /** A view of the registration for a convening as decisions see it, and as it stands on the disk. @throws Refusal no-registration; as `ask` */
  async read<T>(exchange: Exchange, convening: string, view: (state: Readonly<Registrations>) => T): Promise<T> {
    await this.meeting(exchange, convening);
    let seen: { readonly it: T } | { readonly failed: unknown } = { failed: new Refusal('no-registration') };
    const look = (state: Readonly<Registrations>) => {
      try {
        if (state.convening !== '') seen = { it: view(state) };
      } catch (error) {
        seen = { failed: error };
      }
    };
    await this.handling.look(registrationStream(convening), look, this.asking.deadline(exchange.request));
    // The compiler does not see that `look` was called.
    const found = seen as { readonly it: T } | { readonly failed: unknown };
    if ('failed' in found) throw found.failed;
    return found.it;
  }

  /** To the operator only. @throws Problem unauthenticated; as `read` */
  show<T>(exchange: Exchange, convening: string, view: (state: Readonly<Registrations>) => Omit<Seen<T>, 'upTo'>): Promise<T | undefined> {
    return this.showing.toOperator(exchange, {}, () => this.read(exchange, convening, (state) => ({ ...view(state), upTo: state.revision })));
  }

  /** What the programme says of a session. @throws Refusal unknown-convening; ReadFailure */
  inProgramme({ request }: Exchange, convening: string, session: string): ReturnType<MeetingsQueries['inProgramme']> {
    return this.meetings.inProgramme(convening, session, this.positions.wantedBy(request.headers['baraza-position'], 'convening'));
  }

  /** UTC with milliseconds. */
  now(): string {
    return this.asking.now();
  }

  /** The convening, as it is known here, or as it was `then`; to a stranger one that is planned is none: nobody is to know of it. @throws Refusal unknown-convening, no-registration; ReadFailure */
  async meeting({ request }: Exchange, convening: string, then?: string): Promise<Meeting> {
    try {
      return await this.meetings.meeting(convening, this.positions.wantedBy(request.headers['baraza-position'], 'convening'), then);
    } catch (error) {
      if (request.actor === undefined && error instanceof Refusal && error.code === 'unknown-convening') throw new Refusal('no-registration');
      throw error;
    }
  }
}
