import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AsOfQuery } from '../http/as-of.requests.js';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { PageQuery } from '../http/pages.requests.js';
import { Showing } from '../http/showing.js';
import { ConveningAsking, type Done } from './asking.http.js';
import { CarryingOverQueries, type Beginning } from './carrying-over.queries.js';
import { ChangeConveningRequest, ConcludeConveningRequest, ConveningPath, EmptyRequest, PlanConveningRequest } from './convening.requests.js';
import { DetailsQueries, type ConveningsRead, type DetailsRead } from './details.queries.js';

/** A convening was planned; of one that was begun from another also what is to be decided anew. */
interface Begun extends Done, Partial<Beginning> {}

/** The meeting. */
@ApiTags('convenings')
@ApiBearerAuth()
@Controller('convenings')
export class ConveningsHttp {
  constructor(
    private readonly asking: ConveningAsking,
    private readonly showing: Showing,
    private readonly details: DetailsQueries,
    private readonly carryingOver: CarryingOverQueries,
  ) {}

  /** Convenings by id, page by page: to the operator all of them as they are, to others those that are published, as published. */
  @Get()
  async list(@Query() page: PageQuery, @Exchanging() exchange: Exchange): Promise<ConveningsRead> {
    const after = this.showing.after(exchange);
    const convenings = await (exchange.request.actor === undefined ? this.details.allPublished(after, page) : this.details.drafts(after, page));
    void exchange.reply.header('Vary', 'Authorization').header('Cache-Control', 'no-cache');
    return convenings;
  }

  /** What it says of itself: to the operator as it is, to others as published. What was never published does not exist for them. */
  @Get(':convening')
  async read(@Param() { convening }: ConveningPath, @Query() query: AsOfQuery, @Exchanging() exchange: Exchange): Promise<DetailsRead | undefined> {
    const wanted = this.showing.wanted(exchange, query);
    return this.showing.show(exchange, await (exchange.request.actor === undefined ? this.details.published(convening, wanted) : this.details.draft(convening, wanted)));
  }

  /** Plans a convening, from nothing or from another. Its id is used once, for ever. */
  @Post()
  @RouteConfig({ takesLong: true })
  async plan(@Body() { id, from, ...details }: PlanConveningRequest, @Exchanging() exchange: Exchange): Promise<Begun> {
    const plan = { convening: id, ...details };
    const done = from
      ? await this.asking.ask(exchange, id, { type: 'PlanConveningFrom', data: { ...plan, from: await this.carryingOver.read(from, this.showing.after(exchange)) } })
      : await this.asking.ask(exchange, id, { type: 'PlanConvening', data: plan });
    void exchange.reply.header('Location', `/convenings/${id}`);
    return { ...done, ...(from && (await this.carryingOver.told(id))) };
  }

  /** Changes what is named, all at once. In another zone sessions keep their hours on the door. */
  @Patch(':convening')
  change(@Param() { convening }: ConveningPath, @Body() { start, end, zone, policy, ...to }: ChangeConveningRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    const rest = { ...(start !== undefined && { start }), ...(end !== undefined && { end }), ...(zone !== undefined && { zone }), ...(policy && { policy }) };
    return this.asking.ask(exchange, convening, { type: 'ChangeConvening', data: { to, ...rest } });
  }

  /** The meeting is over, on its last day or after; said again with other figures and a reason, corrects them. */
  @Post(':convening/conclusion')
  @HttpCode(200)
  conclude(@Param() { convening }: ConveningPath, @Body() data: ConcludeConveningRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'ConcludeConvening', data });
  }

  /** The meeting does not take place. */
  @Post(':convening/cancellation')
  @HttpCode(200)
  cancel(@Param() { convening }: ConveningPath, @Body() data: EmptyRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'CancelConvening', data });
  }
}
