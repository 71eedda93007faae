import { Body, Controller, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { ConveningAsking, type Done } from './asking.http.js';
import { ChangeConveningRequest, ConcludeConveningRequest, ConveningPath, EmptyRequest, PlanConveningRequest } from './convening.requests.js';

/** The meeting. */
@ApiTags('convenings')
@ApiBearerAuth()
@Controller('convenings')
export class ConveningsHttp {
  constructor(private readonly asking: ConveningAsking) {}

  /** Plans a convening. Its id is used once, for ever. */
  @Post()
  async plan(@Body() { id, ...details }: PlanConveningRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    const done = await this.asking.ask(exchange, id, { type: 'PlanConvening', data: { convening: id, ...details } });
    void exchange.reply.header('Location', `/convenings/${id}`);
    return done;
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
