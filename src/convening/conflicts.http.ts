import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AsOfQuery } from '../http/as-of.requests.js';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { Showing } from '../http/showing.js';
import { AcceptConflictRequest, ConflictPath } from './conflicts.requests.js';
import { ConveningAsking, type Done } from './asking.http.js';
import { ConflictsQueries } from './conflicts.queries.js';
import { ConveningPath } from './convening.requests.js';

/** What the rules find wrong, and what of it may be. */
@ApiTags('conflicts')
@ApiBearerAuth()
@Controller('convenings/:convening/conflicts')
export class ConflictsHttp {
  constructor(
    private readonly asking: ConveningAsking,
    private readonly showing: Showing,
    private readonly conflicts: ConflictsQueries,
  ) {}

  /** What is wrong, with what holds publication and what was accepted and why; and acceptances that hold for nothing now. */
  @Get()
  list(@Param() { convening }: ConveningPath, @Query() query: AsOfQuery, @Exchanging() exchange: Exchange): Promise<Buffer | undefined> {
    void exchange.reply.type('application/json; charset=utf-8');
    return this.showing.toOperator(exchange, query, (wanted) => this.conflicts.conflicts(convening, wanted));
  }

  /** The conflict may be, also before it is there, while its slots and people stand. `beforehand`: it is there, and a change of it was refused that it is accepted for. Needs a reason. */
  @Post(':key/acceptance')
  @HttpCode(200)
  accept(@Param() { convening, key }: ConflictPath, @Body() { reason, beforehand }: AcceptConflictRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'AcceptConflict', data: { conflict: key, ...(reason !== undefined && { reason }), ...(beforehand && { beforehand: true }) } });
  }

  /** The conflict may no longer be. */
  @Delete(':key/acceptance')
  withdraw(@Param() { convening, key }: ConflictPath, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'WithdrawConflictAcceptance', data: { conflict: key } });
  }
}
