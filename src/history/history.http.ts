import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Readable } from 'node:stream';
import { Exchanging, headerOf, type Exchange } from '../http/exchange.js';
import { preferredType } from '../http/negotiation.js';
import { Problem } from '../http/problems.js';
import { OrTheDoor } from './door.http.js';
import { HistoryAnswers, type HistoryAsked } from './answers.http.js';
import type { HistoryOf } from './history.queries.js';
import { HistoryPath, HistoryQuery, RegistrationHistoryQuery } from './history.requests.js';
import type { HistoryRead } from './renderers/entries.js';

const types = ['application/json', 'text/html', 'text/csv'] as const;

const Produces = (...media: readonly (typeof types)[number][]) =>
  ApiOkResponse({ content: Object.fromEntries(media.map((type) => [type, { schema: type === 'application/json' ? { $ref: '#/components/schemas/HistoryRead' } : { type: 'string' } }])) });

/** Everything that happened to a convening, told: who changed what, from what to what, when and why. For organisers and auditors. */
@ApiTags('history')
@ApiBearerAuth()
@Controller('convenings/:convening')
export class HistoryHttp {
  constructor(private readonly answers: HistoryAnswers) {}

  /** A part in the form that `Accept` prefers, or as a table all that is looked for. */
  @Get('history')
  @Produces(...types)
  @OrTheDoor()
  preferred(@Param() { convening }: HistoryPath, @Query() query: HistoryQuery, @Exchanging() exchange: Exchange): Promise<Buffer | Readable> {
    return this.#preferred('convening', convening, query, exchange);
  }

  /** A part as data: changes with their facts, the latest first, and where to read on. */
  @Get('history.json')
  json(@Param() { convening }: HistoryPath, @Query() query: HistoryQuery, @Exchanging() exchange: Exchange): Promise<HistoryRead> {
    return this.answers.json('convening', convening, query, exchange);
  }

  /** A part as a page to look things up in. */
  @Get('history.html')
  @Produces('text/html')
  @OrTheDoor()
  html(@Param() { convening }: HistoryPath, @Query() query: HistoryQuery, @Exchanging() exchange: Exchange): Promise<Buffer> {
    return this.answers.html('convening', convening, query, exchange);
  }

  /** All that is looked for as a table (CSV), one row a fact, sent while it is read. */
  @Get('history.csv')
  @Produces('text/csv')
  csv(@Param() { convening }: HistoryPath, @Query() query: HistoryQuery, @Exchanging() exchange: Exchange): Promise<Readable> {
    return this.answers.csv('convening', convening, query, exchange);
  }

  /** What happened to the registrations, in the same way: a part in the form that `Accept` prefers, or as a table all that is looked for. */
  @Get('registrations/history')
  @Produces(...types)
  @OrTheDoor()
  preferredOfRegistrations(@Param() { convening }: HistoryPath, @Query() query: RegistrationHistoryQuery, @Exchanging() exchange: Exchange): Promise<Buffer | Readable> {
    return this.#preferred('registrations', convening, query, exchange);
  }

  /** What happened to the registrations, a part as data. */
  @Get('registrations/history.json')
  jsonOfRegistrations(@Param() { convening }: HistoryPath, @Query() query: RegistrationHistoryQuery, @Exchanging() exchange: Exchange): Promise<HistoryRead> {
    return this.answers.json('registrations', convening, query, exchange);
  }

  /** What happened to the registrations, a part as a page. */
  @Get('registrations/history.html')
  @Produces('text/html')
  @OrTheDoor()
  htmlOfRegistrations(@Param() { convening }: HistoryPath, @Query() query: RegistrationHistoryQuery, @Exchanging() exchange: Exchange): Promise<Buffer> {
    return this.answers.html('registrations', convening, query, exchange);
  }

  /** What happened to the registrations, all that is looked for as a table (CSV). */
  @Get('registrations/history.csv')
  @Produces('text/csv')
  csvOfRegistrations(@Param() { convening }: HistoryPath, @Query() query: RegistrationHistoryQuery, @Exchanging() exchange: Exchange): Promise<Readable> {
    return this.answers.csv('registrations', convening, query, exchange);
  }

  async #preferred(of: HistoryOf, id: string, asked: HistoryAsked, exchange: Exchange): Promise<Buffer | Readable> {
    const type = preferredType(headerOf(exchange.request, 'accept'), types);
    if (type === undefined) throw new Problem('not-acceptable', { available: types });
    void exchange.reply.header('Vary', 'Accept, Authorization, Cookie, Accept-Language');
    if (type === 'text/html') return this.answers.html(of, id, asked, exchange);
    if (type === 'text/csv') return this.answers.csv(of, id, asked, exchange);
    const read = await this.answers.json(of, id, asked, exchange);
    void exchange.reply.type('application/json; charset=utf-8');
    return Buffer.from(JSON.stringify(read));
  }
}
