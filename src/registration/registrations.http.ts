import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Refusal } from '../deciding/refusal.js';
import { MadePeople } from '../http/made-people.js';
import type { Stranger } from '../http/asking.js';
import { AsOfQuery } from '../http/as-of.requests.js';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { newIds } from '../http/made-ids.js';
import { Problem, type FieldError } from '../http/problems.js';
import { Showing } from '../http/showing.js';
import { Strangers } from '../http/strangers.js';
import { Addresses } from './addresses.http.js';
import { codeIn, newCode } from './codes.http.js';
import { answerOf, answersIn, RegisteredQueries } from './registered.queries.js';
import { RegistrationQueries, type RegistrationAnswer, type RegistrationRead } from './registration.queries.js';
import type { AskRegistration } from './registration.handler.js';
import { RegistrationAsking, type Look, type Meeting } from './registration-asking.http.js';
import { NothingRequest, RegistrationPath } from './registration.requests.js';
import type { Entry } from './registrations.events.js';
import { CheckInPath, CheckInRequest, MemberRequest, OneRegistrationPath, RecategoriseRequest, RegisterRequest, SessionSeatPath, SubstituteEntryRequest, SubstituteRequest } from './registrations.requests.js';

/** Those who came with one request, in its order. */
export interface GroupAnswer {
  readonly registrations: readonly RegistrationAnswer[];
}
/** One person, or a group. */
export type RegisteredAnswer = RegistrationAnswer | GroupAnswer;

/** A step of a registration. */
interface Step {
  readonly registration: string;
  readonly meeting: Meeting;
}
/** A new registration, with what is made for it. */
interface Newcomer {
  readonly registration: string;
  readonly person: string;
  readonly code: string;
  readonly address?: string;
  readonly entry: Entry;
}

/** So often a code is made that another has: one in 350 million is, with a hundred thousand of them. */
const attempts = 3;
const isTaken = (error: unknown) => error instanceof Refusal && (error.code === 'code-taken' || error.code === 'registration-exists');

/** @throws Problem invalid-body */
const membersOf = ({ members, ...one }: RegisterRequest, isPublic: boolean): readonly MemberRequest[] => {
  const beside = Object.keys(one).filter((field) => one[field as keyof typeof one] !== undefined);
  if (members && (beside.length > 0 || members.length === 0)) throw new Problem('invalid-body', {}, [{ pointer: '#/members', code: 'members', detail: 'A group has at least one member, and says nothing beside its members.' }]);
  const missing = (['category', 'name'] as const).filter((field) => !members && one[field] === undefined);
  if (missing.length > 0) throw new Problem('invalid-body', {}, missing.map((field) => ({ pointer: `#/${field}`, code: 'missing', detail: `${field} is missing.` })));
  // Cast: a body of one person has what is not missing.
  const all = members ?? [one as MemberRequest];
  if (!isPublic) return all;
  const errors = all.flatMap(({ email, person }, index): FieldError[] => {
    const at = members ? `#/members/${index}` : '#';
    return [
      ...(email === undefined ? [{ pointer: `${at}/email`, code: 'missing', detail: 'email is missing.' }] : []),
      ...(person === undefined ? [] : [{ pointer: `${at}/person`, code: 'unknown-field', detail: 'Who a person is, only the operator says.' }]),
    ];
  });
  if (errors.length > 0) throw new Problem('invalid-body', {}, errors.slice(0, 20));
  return all;
};

/** As it was typed. What cannot be a code is refused as one that nobody has. */
const named = (typed: string): string => (/^[0-9a-f-]{36}$/.test(typed) ? typed : (codeIn(typed) ?? typed));

/** Who is registered: one registration and its steps. */
@ApiTags('registrations')
@ApiBearerAuth()
@Controller('convenings/:convening/registrations')
export class RegistrationsHttp {
  constructor(
    private readonly asking: RegistrationAsking,
    private readonly registrations: RegistrationQueries,
    private readonly registered: RegisteredQueries,
    private readonly showing: Showing,
    private readonly addresses: Addresses,
    private readonly strangers: Strangers,
    private readonly people: MadePeople,
  ) {}

  /**
   * Registers one person, or a group: all or nobody. The public while registration is open, by an e-mail address for each; with the operator's token at any time.
   * A form with the address of somebody who is registered takes no seat; to the public it is answered like any other.
   */
  @Post()
  @RouteConfig({ takesStrangers: true })
  async register(@Param() { convening }: RegistrationPath, @Body() body: RegisterRequest, @Exchanging() exchange: Exchange): Promise<RegisteredAnswer> {
    const isPublic = exchange.request.actor === undefined;
    const members = membersOf(body, isPublic);
    if (members.length > 1) this.strangers.count(exchange.request, members.length - 1);
    const [first, ...others] = await this.registerAll(convening, members, body.members !== undefined, exchange);
    if (body.members !== undefined) return { registrations: [first!, ...others] };
    void exchange.reply.header('Location', `/convenings/${convening}/registrations/${first!.id}`);
    return first!;
  }

  /** One registration, by its id or code; a repeated form leads to the registration that stands. */
  @Get(':registration')
  read(@Param() { convening, registration }: OneRegistrationPath, @Query() query: AsOfQuery, @Exchanging() exchange: Exchange): Promise<RegistrationRead | undefined> {
    return this.showing.toOperator(exchange, query, async (wanted) => {
      await this.asking.meeting(exchange, convening);
      return this.registrations.registration(convening, named(registration), wanted);
    });
  }

  /** The organisers approve it: it has a seat, or waits for one in the order of registration. */
  @Post(':registration/approval')
  @HttpCode(200)
  approve(@Param() path: OneRegistrationPath, @Body() _nothing: NothingRequest, @Exchanging() exchange: Exchange): Promise<RegistrationAnswer> {
    return this.step(path, exchange, (data) => ({ type: 'ApproveRegistration', data }));
  }

  /** The organisers refuse it, with a reason (in the header `Reason`). Who waited longest has its seat. */
  @Post(':registration/refusal')
  @HttpCode(200)
  refuse(@Param() path: OneRegistrationPath, @Body() _nothing: NothingRequest, @Exchanging() exchange: Exchange): Promise<RegistrationAnswer> {
    return this.step(path, exchange, (data) => ({ type: 'RefuseRegistration', data }));
  }

  /** The person does not come after all. Who waited longest has the seat. */
  @Post(':registration/withdrawal')
  @HttpCode(200)
  withdraw(@Param() path: OneRegistrationPath, @Body() _nothing: NothingRequest, @Exchanging() exchange: Exchange): Promise<RegistrationAnswer> {
    return this.step(path, exchange, (data) => ({ type: 'WithdrawRegistration', data }));
  }

  /** Another person comes instead: a registration of their own, with the same seat or place. It is answered with the new one. */
  @Post(':registration/substitution')
  @HttpCode(200)
  substitute(@Param() path: OneRegistrationPath, @Body() { with: entry }: SubstituteRequest, @Exchanging() exchange: Exchange): Promise<RegistrationAnswer> {
    const { convening } = path;
    const registration = named(path.registration);
    return untilFree(async () => {
      const [other] = (await this.newcomers(convening, [entry])) as [Newcomer];
      let answer: RegistrationAnswer | undefined;
      const look: Look = (state) => void (answer = state.registrations.has(other.registration) ? answerOf(state, other.registration) : undefined);
      const subject = { kind: 'registration', id: registration };
      const ended = await this.asking.askUntilEnded(exchange, convening, (meeting) => ({ type: 'SubstituteRegistration', data: { registration, meeting, with: other } }), { subject, look });
      if (answer) return answer;
      const before = await this.registered.substitute(convening, ended);
      return this.asking.read(exchange, convening, (state) => answerOf(state, before));
    });
  }

  /** It is of another category: with its seat, if that one has a seat for it. Who waits stands in that waiting list by the order of registration. */
  @Put(':registration/category')
  recategorise(@Param() path: OneRegistrationPath, @Body() { category }: RecategoriseRequest, @Exchanging() exchange: Exchange): Promise<RegistrationAnswer> {
    return this.step(path, exchange, (data) => ({ type: 'RecategoriseRegistration', data: { ...data, category } }));
  }

  /** The seat that is kept for who moved up is taken up. */
  @Post(':registration/acceptance')
  @HttpCode(200)
  accept(@Param() path: OneRegistrationPath, @Body() _nothing: NothingRequest, @Exchanging() exchange: Exchange): Promise<RegistrationAnswer> {
    return this.step(path, exchange, (data) => ({ type: 'AcceptOffer', data }));
  }

  /** The person is here. The second of two desks is told that the first was there, and when. */
  @Post(':registration/check-ins')
  @HttpCode(200)
  checkIn(@Param() path: OneRegistrationPath, @Body() { day }: CheckInRequest, @Exchanging() exchange: Exchange): Promise<RegistrationAnswer> {
    return this.step(path, exchange, (data) => ({ type: 'CheckIn', data: { ...data, ...(day !== undefined && { day }) } }));
  }

  /** The person was not here on this day after all. */
  @Delete(':registration/check-ins/:day')
  undoCheckIn(@Param() path: CheckInPath, @Exchanging() exchange: Exchange): Promise<RegistrationAnswer> {
    return this.step(path, exchange, (data) => ({ type: 'UndoCheckIn', data: { ...data, day: path.day } }));
  }

  /** The person did not come, and the seat is free; who is checked in after that has one again, if there is one. */
  @Post(':registration/no-show')
  @HttpCode(200)
  recordNoShow(@Param() path: OneRegistrationPath, @Body() _nothing: NothingRequest, @Exchanging() exchange: Exchange): Promise<RegistrationAnswer> {
    return this.step(path, exchange, (data) => ({ type: 'RecordNoShow', data }));
  }

  /** A seat in a session, or a place in its waiting list. */
  @Put(':registration/sessions/:session')
  async askSeat(@Param() path: SessionSeatPath, @Body() _nothing: NothingRequest, @Exchanging() exchange: Exchange): Promise<RegistrationAnswer> {
    const { convening, session } = path;
    const inProgramme = await this.asking.inProgramme(exchange, convening, session);
    return this.step(path, exchange, (data) => ({ type: 'AskSessionSeat', data: { ...data, session, inProgramme } }));
  }

  /** Gives up the seat in a session, or the place in its waiting list. */
  @Delete(':registration/sessions/:session')
  leaveSession(@Param() path: SessionSeatPath, @Exchanging() exchange: Exchange): Promise<RegistrationAnswer> {
    return this.step(path, exchange, (data) => ({ type: 'LeaveSession', data: { ...data, session: path.session } }));
  }

  /** Under new ids and codes, which are made anew where one is taken. A repeated request is answered as it was. */
  private registerAll(convening: string, bodies: readonly MemberRequest[], isGroup: boolean, exchange: Exchange): Promise<readonly RegistrationAnswer[]> {
    const by = exchange.request.actor === undefined ? 'public' : 'organisers';
    return untilFree(async () => {
      const newcomers = await this.newcomers(convening, bodies);
      const members = newcomers.map((newcomer, index) => ({ ...newcomer, category: bodies[index]!.category }));
      const [{ person: actor, registration, address = '' }] = newcomers as [Newcomer];
      const stranger: Stranger = { actor, known: address };
      const [group] = isGroup ? newIds(1) : [];
      let answers: readonly RegistrationAnswer[] = [];
      const ended = await this.asking.askUntilEnded(
        exchange, convening, (meeting) => ({ type: 'Register', data: { by, meeting, ...(group !== undefined && { group }), members } }),
        { stranger, look: (_, events) => void (answers = answersIn(events)), ...(!isGroup && { subject: { kind: 'registration', id: registration } }) },
      );
      return answers.length > 0 ? answers : this.registered.answered(convening, ended);
    });
  }

  private step({ convening, registration: typed }: OneRegistrationPath, exchange: Exchange, make: (data: Step) => AskRegistration['asked']['command']): Promise<RegistrationAnswer> {
    const registration = named(typed);
    return this.asking.step(exchange, convening, registration, (meeting) => make({ registration, meeting }));
  }

  private async newcomers(convening: string, bodies: readonly (SubstituteEntryRequest & { readonly category?: string })[]): Promise<Newcomer[]> {
    const ids = newIds(bodies.length);
    const people = await this.people.take(bodies.filter(({ person }) => person === undefined).length);
    return bodies.map(({ category: _, person = people.pop()!, answers = {}, ...entry }, index) => ({
      registration: ids[index]!, person, code: newCode(), entry: { ...entry, answers }, ...(entry.email !== undefined && { address: this.addresses.digest(convening, entry.email) }),
    }));
  }
}

const untilFree = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === attempts || !isTaken(error)) throw error;
    }
  }
};
