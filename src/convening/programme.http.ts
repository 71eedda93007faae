import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Asking } from '../http/asking.js';
import { AsOfQuery } from '../http/as-of.requests.js';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { mostBytes } from '../http/json-body.js';
import { newIds } from '../http/made-ids.js';
import { Showing } from '../http/showing.js';
import { ConveningAsking } from './asking.http.js';
import { ConveningPath } from './convening.requests.js';
import { ProgrammeDocumentQueries } from './programme-document.queries.js';
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
   * somebody was invited to, is cancelled instead. The answer tells what changed, and the conflicts that come about or end by it; the same document again changes nothing.
   */
  @Put()
  @RouteConfig({ takesDocuments: true, takesLong: true })
  async set(@Param() { convening }: ConveningPath, @Query() { dryRun }: ProgrammeQuery, @Body() programme: ProgrammeRequest, @Exchanging() exchange: Exchange): Promise<Buffer | undefined> {
    const { request, reply } = exchange;
    void reply.type('application/json; charset=utf-8');
    const log = request.log.child({ convening, sessions: programme.sessions.length });
    if (isLarge(request)) log.info('a large programme was read');
    const unnamed = programme.sessions.reduce((sum, { appearances = [] }) => sum + appearances.filter(({ id }) => id === undefined).length, 0);
    const command = { type: 'SetProgramme', data: { programme, ids: newIds(unnamed) } } as const;
    if (dryRun === 'true') return this.showing.show(exchange, await this.documents.wouldChange(convening, programme, await this.asking.asked(exchange, command), this.showing.after(exchange)));
    const before = await this.documents.now(convening);
    const ended = await this.convenings.askUntilEnded(exchange, convening, command, undefined, (progress) => log.info(progress, 'a programme is set in parts'));
    return this.documents.changed(convening, programme, ended, before);
  }
}

/** What takes longer than a moment is told in the log. */
const isLarge = ({ headers }: Exchange['request']) => Number(headers['content-length'] ?? Infinity) > mostBytes;
