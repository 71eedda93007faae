import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Asking } from '../http/asking.js';
import { AsOfQuery } from '../http/as-of.requests.js';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { newIds } from '../http/made-ids.js';
import { Showing } from '../http/showing.js';
import { ConveningAsking } from './asking.http.js';
import { ConveningPath } from './convening.requests.js';
import { ProgrammeDocumentQueries, type ProgrammeChanged } from './programme-document.queries.js';
import { ProgrammeQuery, ProgrammeRequest } from './programme.requests.js';

/** The whole programme as one document: what is read can be edited and sent back. ETag and If-Match are the convening's. */
@ApiTags('programme')
@ApiBearerAuth()
@Controller('convenings/:convening/programme')
export class ProgrammeHttp {
  constructor(
    private readonly convenings: ConveningAsking,
    private readonly asking: Asking,
    private readonly showing: Showing,
    private readonly documents: ProgrammeDocumentQueries,
  ) {}

  /** Rooms, tracks, and sessions with all they have, in their order. */
  @Get()
  read(@Param() { convening }: ConveningPath, @Query() query: AsOfQuery, @Exchanging() exchange: Exchange): Promise<Buffer | undefined> {
    void exchange.reply.type('application/json; charset=utf-8');
    return this.showing.toOperator(exchange, query, (wanted) => this.documents.read(convening, wanted));
  }

  /**
   * So shall the programme be: all of it, or every reason why not, each with its place. What is not named is removed; what was published, or
   * somebody was invited to, is cancelled instead. The answer tells what changed; the same document again changes nothing.
   */
  @Put()
  @RouteConfig({ takesDocuments: true })
  async set(@Param() { convening }: ConveningPath, @Query() { dryRun }: ProgrammeQuery, @Body() programme: ProgrammeRequest, @Exchanging() exchange: Exchange): Promise<ProgrammeChanged | undefined> {
    const unnamed = programme.sessions.reduce((sum, { appearances = [] }) => sum + appearances.filter(({ id }) => id === undefined).length, 0);
    const command = { type: 'SetProgramme', data: { programme, ids: newIds(unnamed) } } as const;
    if (dryRun !== 'true') return this.documents.changed(convening, await this.convenings.askUntilEnded(exchange, convening, command));
    return this.showing.show(exchange, await this.documents.wouldChange(convening, this.asking.asked(exchange, command), this.showing.after(exchange)));
  }
}
