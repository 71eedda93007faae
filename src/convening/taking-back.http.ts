import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { ConveningAsking, type Done } from './asking.http.js';
import { TakingBackQueries } from './taking-back.queries.js';
import { FactPath, TakeBackRequest } from './taking-back.requests.js';

/** Changes are taken back by further facts: what happened stays in the history. */
@ApiTags('history')
@ApiBearerAuth()
@Controller('convenings/:convening/history/:revision/taking-back')
export class TakingBackHttp {
  constructor(
    private readonly asking: ConveningAsking,
    private readonly changes: TakingBackQueries,
  ) {}

  /**
   * Makes it as it was before the fact, or before all facts of its command, where the rules still allow it; else says what stands in the way.
   * The same again changes nothing.
   */
  @Post()
  @HttpCode(200)
  async takeBack(@Param() { convening, revision }: FactPath, @Body() { of = 'change' }: TakeBackRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'TakeBack', data: await this.changes.facts(convening, Number(revision), of) });
  }
}
