import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AsOfQuery } from '../http/as-of.requests.js';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { Showing } from '../http/showing.js';
import { idFor } from '../http/made-ids.js';
import { AppearancePath, ChangeAppearanceRequest, ProposeAppearanceRequest } from './appearances.requests.js';
import { ConveningAsking, type Done } from './asking.http.js';
import { ProgrammeQueries, type AppearancesRead, type OneAppearanceRead } from './programme.queries.js';
import { OrderRequest } from './rooms.requests.js';
import { SessionPath } from './sessions.requests.js';

const subject = (session: string) => ({ kind: 'session', id: session });

/** Who appears in a session. ETag and If-Match are the session's. */
@ApiTags('appearances')
@ApiBearerAuth()
@Controller('convenings/:convening/sessions/:session/appearances')
export class AppearancesHttp {
  constructor(
    private readonly asking: ConveningAsking,
    private readonly showing: Showing,
    private readonly programme: ProgrammeQueries,
  ) {}

  /** Who appears, in the order in which they are printed. */
  @Get()
  list(@Param() { convening, session }: SessionPath, @Query() query: AsOfQuery, @Exchanging() exchange: Exchange): Promise<AppearancesRead | undefined> {
    return this.showing.toOperator(exchange, query, (wanted) => this.programme.appearances(convening, session, wanted));
  }

  /** One appearance. */
  @Get(':appearance')
  read(@Param() { convening, session, appearance }: AppearancePath, @Query() query: AsOfQuery, @Exchanging() exchange: Exchange): Promise<OneAppearanceRead | undefined> {
    return this.showing.toOperator(exchange, query, (wanted) => this.programme.appearance(convening, session, appearance, wanted));
  }

  /** Proposes somebody, or makes the seat of an office for which nobody is named yet; last in order. */
  @Post()
  async propose(@Param() { convening, session }: SessionPath, @Body() { id, ...seat }: ProposeAppearanceRequest, @Exchanging() exchange: Exchange): Promise<Done & { id: string }> {
    const appearance = id ?? idFor(exchange);
    const done = await this.asking.ask(exchange, convening, { type: 'ProposeAppearance', data: { session, appearance, ...seat } }, subject(session));
    void exchange.reply.header('Location', `/convenings/${convening}/sessions/${session}/appearances/${appearance}`);
    return { id: appearance, ...done };
  }

  /** Changes what is named. */
  @Patch(':appearance')
  change(@Param() { convening, session, appearance }: AppearancePath, @Body() { ...change }: ChangeAppearanceRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'ChangeAppearance', data: { session, appearance, ...change } }, subject(session));
  }

  /** Takes the seat away. One that was published or went past `proposed` is cancelled instead. */
  @Delete(':appearance')
  remove(@Param() { convening, session, appearance }: AppearancePath, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'RemoveAppearance', data: { session, appearance } }, subject(session));
  }

  /** The order in which they are printed. */
  @Put('order')
  reorder(@Param() { convening, session }: SessionPath, @Body() { order }: OrderRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'ReorderAppearances', data: { session, order } }, subject(session));
  }
}
