import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { ConveningAsking, type Done } from './asking.http.js';
import { ConveningPath, EmptyRequest } from './convening.requests.js';
import { PublicationPath, PublishAgendaRequest } from './publications.requests.js';

/** Versions of the agenda. */
@ApiTags('publications')
@ApiBearerAuth()
@Controller('convenings/:convening/publications')
export class PublicationsHttp {
  constructor(private readonly asking: ConveningAsking) {}

  /** Publishes the agenda as it is now. Refused while conflicts hold it. */
  @Post()
  async publish(@Param() { convening }: ConveningPath, @Body() publication: PublishAgendaRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    const done = await this.asking.ask(exchange, convening, { type: 'PublishAgenda', data: publication });
    void exchange.reply.header('Location', `/convenings/${convening}/agenda?version=${publication.label}`);
    return done;
  }

  /** Takes a version back, with a reason; the one before it counts again. */
  @Post(':number/withdrawal')
  @HttpCode(200)
  withdraw(@Param() { convening, number }: PublicationPath, @Body() _nothing: EmptyRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'WithdrawPublication', data: { number: Number(number) } });
  }
}
