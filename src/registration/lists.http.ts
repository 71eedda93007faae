import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { organisationKinds } from '../convening/texts.js';
import { AsOfQuery } from '../http/as-of.requests.js';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { Problem } from '../http/problems.js';
import { sayAsOf, Showing } from '../http/showing.js';
import { RegistrationCountsQueries, type CountsRead } from './counts.queries.js';
import { RegistrationListsQueries, wordsIn, type Asked, type RegistrationsRead } from './lists.queries.js';
import { CategoryPageQuery, CategoryQuery, ListPageQuery, ListQuery, ListsPath, PresentPageQuery, PresentQuery } from './lists.requests.js';

const usual = 50;
const csvType = 'text/csv; charset=utf-8; header=present';
const IsCsv = () => ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } });

/** What the query of a list asks for. */
const askedBy = ({ category, status, country, kind, day, q, answer, order = 'registration', lang }: ListQuery): Asked => ({
  filter: {
    ...(category !== undefined && { category }), ...(status !== undefined && { standings: [status] }), ...(country !== undefined && { country }), ...(day !== undefined && { day }),
    ...(kind !== undefined && { kind: organisationKinds.indexOf(kind) }), ...(q !== undefined && { words: wordsIn(q) }), ...(answer !== undefined && { chosen: [answer.split(':') as [string, string]] }),
  },
  order, ...(lang !== undefined && { language: lang }),
});
const of = ({ category, lang }: CategoryQuery) => ({ ...(category !== undefined && { category }), ...(lang !== undefined && { lang }) });
/** Who has a seat, in the order of protocol. */
const participants = (query: CategoryQuery) => askedBy({ ...of(query), status: 'seated', order: 'protocol' });
const waiting = (query: CategoryQuery): Asked => ({ ...askedBy(of(query)), order: 'waiting' });
/** Who is here on a day, in the order of protocol. */
const present = (query: PresentQuery) => askedBy({ ...of(query), day: query.day, order: 'protocol' });

/** Lists of who is registered, and how many: for organisers. */
@ApiTags('registrations')
@ApiBearerAuth()
@Controller('convenings/:convening')
export class RegistrationListsHttp {
  constructor(
    private readonly showing: Showing,
    private readonly lists: RegistrationListsQueries,
    private readonly counted: RegistrationCountsQueries,
  ) {}

  /** Registrations, page by page: as they came or in the order of protocol, filtered and searched. */
  @Get('registrations')
  all(@Param() path: ListsPath, @Query() query: ListPageQuery, @Exchanging() exchange: Exchange): Promise<RegistrationsRead | undefined> {
    return this.page(path, query, exchange, askedBy(query));
  }

  /** The same as CSV, whole. */
  @Get('registrations.csv')
  @IsCsv()
  allAsCsv(@Param() path: ListsPath, @Query() query: ListQuery, @Exchanging() exchange: Exchange): Promise<StreamableFile> {
    return this.csv(path, query, exchange, askedBy(query), 'registrations');
  }

  /** How many, by category, country, kind of organisation, day, status, and choice in the form. */
  @Get('registrations/counts')
  counts(@Param() { convening }: ListsPath, @Query() query: AsOfQuery, @Exchanging() exchange: Exchange): Promise<CountsRead | undefined> {
    return this.showing.toOperator(exchange, query, (wanted) => this.counted.counts(convening, wanted));
  }

  /**
   * Who has a seat, in the order of protocol: states by country, in the order of the language; then the United Nations, inter-governmental organisations, national
   * human rights institutions, non-governmental organisations, academia, the private sector, media and others; in each by organisation, then by name.
   */
  @Get('registrations/participants')
  participants(@Param() path: ListsPath, @Query() query: CategoryPageQuery, @Exchanging() exchange: Exchange): Promise<RegistrationsRead | undefined> {
    return this.page(path, query, exchange, participants(query));
  }

  /** The same as CSV, whole. */
  @Get('registrations/participants.csv')
  @IsCsv()
  participantsAsCsv(@Param() path: ListsPath, @Query() query: CategoryQuery, @Exchanging() exchange: Exchange): Promise<StreamableFile> {
    return this.csv(path, query, exchange, participants(query), 'participants');
  }

  /** Who waits, by category, in the order in which they will move up. */
  @Get('registrations/waiting')
  waiting(@Param() path: ListsPath, @Query() query: CategoryPageQuery, @Exchanging() exchange: Exchange): Promise<RegistrationsRead | undefined> {
    return this.page(path, query, exchange, waiting(query));
  }

  /** The same as CSV, whole. */
  @Get('registrations/waiting.csv')
  @IsCsv()
  waitingAsCsv(@Param() path: ListsPath, @Query() query: CategoryQuery, @Exchanging() exchange: Exchange): Promise<StreamableFile> {
    return this.csv(path, query, exchange, waiting(query), 'waiting');
  }

  /** Who is here on a day, in the order of protocol. */
  @Get('registrations/present')
  present(@Param() path: ListsPath, @Query() query: PresentPageQuery, @Exchanging() exchange: Exchange): Promise<RegistrationsRead | undefined> {
    return this.page(path, query, exchange, present(query));
  }

  /** The same as CSV, whole. */
  @Get('registrations/present.csv')
  @IsCsv()
  presentAsCsv(@Param() path: ListsPath, @Query() query: PresentQuery, @Exchanging() exchange: Exchange): Promise<StreamableFile> {
    return this.csv(path, query, exchange, present(query), `present-${query.day}`);
  }

  private page({ convening }: ListsPath, query: CategoryPageQuery, exchange: Exchange, asked: Asked): Promise<RegistrationsRead | undefined> {
    const { limit = usual, after } = query;
    return this.showing.toOperator(exchange, query, (wanted) => this.lists.page(convening, wanted, asked, { limit: Number(limit), ...(after !== undefined && { after }) }));
  }

  private async csv({ convening }: ListsPath, query: AsOfQuery, exchange: Exchange, asked: Asked, name: string): Promise<StreamableFile> {
    if (exchange.request.actor === undefined) throw new Problem('unauthenticated');
    const { upTo, at, parts } = await this.lists.csv(convening, this.showing.wanted(exchange, query), asked);
    sayAsOf(exchange.reply, upTo, at);
    void exchange.reply.header('Vary', 'Authorization').header('Cache-Control', 'private, no-cache');
    return new StreamableFile(Readable.from(parts, { objectMode: false }), { type: csvType, disposition: `attachment; filename="${convening}-${name}.csv"` });
  }
}
