import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AsOfQuery, PageAsOfQuery } from '../http/as-of.requests.js';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { Showing } from '../http/showing.js';
import { ConveningAsking, type Done } from './asking.http.js';
import { ConveningPath, EmptyRequest } from './convening.requests.js';
import { ProgrammeQueries, type SessionRead, type SessionsRead } from './programme.queries.js';
import { OrderRequest } from './rooms.requests.js';
import { ChangeSessionRequest, PlanSessionRequest, RunningOrderRequest, SessionPath, SlotRequest } from './sessions.requests.js';

const subject = (session: string) => ({ kind: 'session', id: session });

/** The sessions of a convening: what they are, when and where they take place, and what happens in them. */
@ApiTags('sessions')
@ApiBearerAuth()
@Controller('convenings/:convening/sessions')
export class SessionsHttp {
  constructor(
    private readonly asking: ConveningAsking,
    private readonly showing: Showing,
    private readonly programme: ProgrammeQueries,
  ) {}

  /** The sessions with all they have, in programme order, page by page. */
  @Get()
  list(@Param() { convening }: ConveningPath, @Query() query: PageAsOfQuery, @Exchanging() exchange: Exchange): Promise<SessionsRead | undefined> {
    return this.showing.toOperator(exchange, query, (wanted) => this.programme.sessions(convening, query, wanted));
  }

  /** One session with all it has. */
  @Get(':session')
  read(@Param() { convening, session }: SessionPath, @Query() query: AsOfQuery, @Exchanging() exchange: Exchange): Promise<SessionRead | undefined> {
    return this.showing.toOperator(exchange, query, (wanted) => this.programme.session(convening, session, wanted));
  }

  /** Plans a session, last in the programme and without a slot. */
  @Post()
  async plan(@Param() { convening }: ConveningPath, @Body() { id, ...details }: PlanSessionRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    const done = await this.asking.ask(exchange, convening, { type: 'PlanSession', data: { session: id, ...details } }, subject(id));
    void exchange.reply.header('Location', `/convenings/${convening}/sessions/${id}`);
    return done;
  }

  /** Changes what is named. */
  @Patch(':session')
  change(@Param() { convening, session }: SessionPath, @Body() { notes, ...to }: ChangeSessionRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    const data = { session, to, ...(notes !== undefined && { notes }) };
    return this.asking.ask(exchange, convening, { type: 'ChangeSession', data }, subject(session));
  }

  /** Takes the session away. One that was published, or to which somebody was invited, is cancelled instead. */
  @Delete(':session')
  remove(@Param() { convening, session }: SessionPath, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'RemoveSession', data: { session } }, subject(session));
  }

  /** The order of the programme. */
  @Put('order')
  reorder(@Param() { convening }: ConveningPath, @Body() { order }: OrderRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'ReorderSessions', data: { order } });
  }

  /** When and where it takes place: gives the session a slot, or moves it there. */
  @Put(':session/slot')
  schedule(@Param() { convening, session }: SessionPath, @Body() slot: SlotRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'ScheduleSession', data: { session, slot } }, subject(session));
  }

  /** It is open again when and where it takes place. */
  @Delete(':session/slot')
  unschedule(@Param() { convening, session }: SessionPath, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'UnscheduleSession', data: { session } }, subject(session));
  }

  /** The whole running order. */
  @Put(':session/items')
  setItems(@Param() { convening, session }: SessionPath, @Body() { items }: RunningOrderRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'SetRunningOrder', data: { session, items } }, subject(session));
  }

  /** The session does not take place; it keeps what it has. */
  @Post(':session/cancellation')
  @HttpCode(200)
  cancel(@Param() { convening, session }: SessionPath, @Body() _nothing: EmptyRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'CancelSession', data: { session } }, subject(session));
  }

  /** The session takes place after all, with what it had. */
  @Delete(':session/cancellation')
  reinstate(@Param() { convening, session }: SessionPath, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'ReinstateSession', data: { session } }, subject(session));
  }
}
