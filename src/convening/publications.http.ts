import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AsOfQuery } from '../http/as-of.requests.js';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { Showing } from '../http/showing.js';
import { ConveningAsking, type Done } from './asking.http.js';
import { ConflictsQueries, type PublicationsRead } from './conflicts.queries.js';
import { ConveningPath, EmptyRequest } from './convening.requests.js';
import { PublicationPath, PublishAgendaRequest } from './publications.requests.js';

/** Versions of the agenda. */
@ApiTags('publications')
@ApiBearerAuth()
@Controller('convenings/:convening/publications')
export class PublicationsHttp {
  constructor(
    private readonly asking: ConveningAsking,
    private readonly showing: Showing,
    private readonly conflicts: ConflictsQueries,
  ) {}

  /** All versions, and which of them counts for whom now, by number. */
  @Get()
  list(@Param() { convening }: ConveningPath, @Query() query: AsOfQuery, @Exchanging() exchange: Exchange): Promise<PublicationsRead | undefined> {
    return this.showing.toOperator(exchange, query, (wanted) => this.conflicts.publications(convening, wanted));
  }

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
