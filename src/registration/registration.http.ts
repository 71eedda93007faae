import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { hash } from 'node:crypto';
import { Refusal } from '../deciding/refusal.js';
import { AsOfQuery } from '../http/as-of.requests.js';
import type { Done } from '../http/asking.js';
import { Exchanging, headerOf, type Exchange } from '../http/exchange.js';
import { Problem } from '../http/problems.js';
import { isHeld, sayAsOf, Showing } from '../http/showing.js';
import { RegistrationAsking } from './registration-asking.http.js';
import {
  AddCategoryRequest, CategoryPath, ChangeCategoryRequest, ChangeRegistrationRequest, CloseCategoryRequest, FormRequest, NothingRequest, PrepareRegistrationRequest, RegistrationPath, SessionSeatsPath,
  SessionSeatsRequest,
} from './registration.requests.js';
import { RegistrationQueries } from './registration.queries.js';
import { sessionSeatsOf, toOrganisers, toPublic, type RegistrationTermsRead, type SessionSeatsRead } from './terms.queries.js';

const subject = (category: string) => ({ kind: 'category', id: category });

/** As facts hold instants: UTC with milliseconds. */
const utc = (instant: string) => new Date(instant).toISOString();

/** What is null stays null. */
const timesIn = ({ opens, closes }: { opens?: string | null; closes?: string | null }) => ({ ...(opens && { opens: utc(opens) }), ...(closes && { closes: utc(closes) }) });

/** On what terms people register for a convening: when, as what, for how many seats, and what they are asked. */
@ApiTags('registration')
@ApiBearerAuth()
@Controller('convenings/:convening/registration')
export class RegistrationHttp {
  constructor(
    private readonly asking: RegistrationAsking,
    private readonly registrations: RegistrationQueries,
    private readonly showing: Showing,
  ) {}

  /** What is open: to everybody once a time is set from which the public may register; places left as the terms show them. As it was: to organisers. */
  @Get()
  async read(@Param() { convening }: RegistrationPath, @Query() query: AsOfQuery, @Exchanging() exchange: Exchange): Promise<RegistrationTermsRead | undefined> {
    const { request, reply } = exchange;
    const isPublic = request.actor === undefined;
    if (isPublic && query.asOf !== undefined) throw new Problem('unauthenticated');
    const meeting = await this.asking.meeting(exchange, convening);
    const prepared = await this.registrations.prepared(convening, this.showing.wanted(exchange, query));
    if (isPublic && prepared.terms.opens === undefined) throw new Refusal('no-registration');
    const { then } = prepared;
    const body = (isPublic ? toPublic : toOrganisers)(prepared, then === undefined ? meeting : await this.asking.meeting(exchange, convening, then), then ?? this.asking.now());
    // Of what is told, not of the revision: it changes with the time, and a revision would tell the public how many register.
    const tag = `"${hash('sha256', JSON.stringify(body), 'base64url').slice(0, 22)}"`;
    void reply.header('ETag', tag).header('Vary', 'Authorization').header('Cache-Control', isPublic ? 'no-cache' : 'private, no-cache');
    if (!isPublic) sayAsOf(reply, prepared.revision, prepared.at);
    if (!isHeld(headerOf(request, 'if-none-match'), tag)) return body;
    void reply.status(304);
    return undefined;
  }

  /** People can be registered from now on: by the organisers at once, by the public when its time has come. */
  @Post()
  async prepare(@Param() { convening }: RegistrationPath, @Body() { ...terms }: PrepareRegistrationRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    const done = await this.asking.ask(exchange, convening, (meeting) => ({ type: 'PrepareRegistration', data: { convening, meeting, terms: { ...terms, ...timesIn(terms) } } }));
    void exchange.reply.header('Location', `/convenings/${convening}/registration`);
    return done;
  }

  /** Changes what is named. Who waits moves up at once into seats that there are more; nobody loses a seat by a lower capacity. */
  @Patch()
  change(@Param() { convening }: RegistrationPath, @Body() { ...to }: ChangeRegistrationRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, (meeting) => ({ type: 'ChangeTerms', data: { meeting, to: { ...to, ...timesIn(to) } } }));
  }

  /** From now on the public may register. */
  @Post('opening')
  @HttpCode(200)
  open(@Param() { convening }: RegistrationPath, @Body() _nothing: NothingRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, (meeting) => ({ type: 'OpenRegistration', data: { meeting } }));
  }

  /** From now on the public may register no more; the organisers may. */
  @Post('closing')
  @HttpCode(200)
  close(@Param() { convening }: RegistrationPath, @Body() _nothing: NothingRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, (meeting) => ({ type: 'CloseRegistration', data: { meeting } }));
  }

  /** What is asked beside name and contact: the whole form. Answers that were given stay as they were given. */
  @Put('form')
  setForm(@Param() { convening }: RegistrationPath, @Body() { fields }: FormRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, (meeting) => ({ type: 'SetForm', data: { meeting, fields } }));
  }

  /** Adds what one can register as, last in order. */
  @Post('categories')
  async add(@Param() { convening }: RegistrationPath, @Body() { id, ...details }: AddCategoryRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    const done = await this.asking.ask(exchange, convening, (meeting) => ({ type: 'AddCategory', data: { category: id, meeting, ...details } }), subject(id));
    void exchange.reply.header('Location', `/convenings/${convening}/registration`);
    return done;
  }

  /** Changes what is named. Who waits moves up at once into seats that there are more; nobody loses a seat by a lower capacity. */
  @Patch('categories/:category')
  changeCategory(@Param() { convening, category }: CategoryPath, @Body() { ...to }: ChangeCategoryRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, (meeting) => ({ type: 'ChangeCategory', data: { category, meeting, to } }), subject(category));
  }

  /** Nobody registers in the category any more. With `into`, everybody who stands in it is of that one: with their seats, or their place by the order of registration. */
  @Post('categories/:category/closing')
  @HttpCode(200)
  closeCategory(@Param() { convening, category }: CategoryPath, @Body() { into }: CloseCategoryRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, (meeting) => ({ type: 'CloseCategory', data: { category, meeting, ...(into !== undefined && { into }) } }), subject(category));
  }

  /** Who has a seat in a session, and who waits for one, in order; by the ids of their registrations. */
  @Get('sessions/:session')
  readSession(@Param() { convening, session }: SessionSeatsPath, @Query() query: AsOfQuery, @Exchanging() exchange: Exchange): Promise<SessionSeatsRead | undefined> {
    if (query.asOf !== undefined) return this.showing.toOperator(exchange, query, (wanted) => this.registrations.sessionSeats(convening, session, wanted));
    return this.asking.show(exchange, convening, (state) => ({ revision: state.revision, body: sessionSeatsOf(state, session) }));
  }

  /** One signs up for a session: it has so many seats. Who waits moves up into more; nobody loses a seat by fewer. */
  @Put('sessions/:session')
  limitSession(@Param() path: SessionSeatsPath, @Body() { capacity }: SessionSeatsRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.limit(path, capacity, exchange);
  }

  /** One signs up for a session no more: it is open to everybody. Who has a seat keeps it. */
  @Delete('sessions/:session')
  openSession(@Param() path: SessionSeatsPath, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.limit(path, null, exchange);
  }

  private async limit({ convening, session }: SessionSeatsPath, capacity: number | null, exchange: Exchange): Promise<Done> {
    const inProgramme = await this.asking.inProgramme(exchange, convening, session);
    return this.asking.ask(exchange, convening, (meeting) => ({ type: 'LimitSession', data: { session, capacity, inProgramme, meeting } }));
  }
}
