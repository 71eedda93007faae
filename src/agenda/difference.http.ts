import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { isZone } from '../convening/times.js';
import { asOfIn } from '../http/as-of.js';
import { Exchanging, headerOf, type Exchange } from '../http/exchange.js';
import { preferredType } from '../http/negotiation.js';
import { Problem } from '../http/problems.js';
import { isHeld, sayAsOf, Showing } from '../http/showing.js';
import { AgendaPath } from './agenda.requests.js';
import { DifferenceQueries } from './difference.queries.js';
import { DifferenceQuery } from './difference.requests.js';
import { differenceFormNames, differenceForms, type DifferenceFormName } from './renderers/difference-forms.js';

const types = differenceFormNames.map((name) => differenceForms[name].mediaType);

/** For the description of the interface: the data has a shape, the others are texts. */
const Produces = (...names: readonly DifferenceFormName[]) =>
  ApiOkResponse({ content: Object.fromEntries(names.map((name) => [differenceForms[name].mediaType, { schema: name === 'json' ? { $ref: '#/components/schemas/Difference' } : { type: 'string' } }])) });

/** What is otherwise in the agenda at one moment than at another: to the operator any two moments, to others what was published for the public. */
@ApiTags('agenda')
@Controller('convenings/:convening')
export class DifferenceHttp {
  constructor(
    private readonly differences: DifferenceQueries,
    private readonly showing: Showing,
  ) {}

  /** In the form that `Accept` prefers. */
  @Get('agenda/difference')
  @Produces(...differenceFormNames)
  async preferred(@Param() path: AgendaPath, @Query() query: DifferenceQuery, @Exchanging() exchange: Exchange): Promise<Buffer | undefined> {
    const type = preferredType(headerOf(exchange.request, 'accept'), types);
    const form = differenceFormNames.find((name) => differenceForms[name].mediaType === type);
    if (form === undefined) throw new Problem('not-acceptable', { available: types });
    return this.send(path, query, exchange, form, ['Accept']);
  }

  /** As data: every field before and after, by session; and how many sessions were moved, cancelled, … */
  @Get('agenda/difference.json')
  @Produces('json')
  json(@Param() path: AgendaPath, @Query() query: DifferenceQuery, @Exchanging() exchange: Exchange): Promise<Buffer | undefined> {
    return this.send(path, query, exchange, 'json');
  }

  /** As a page, before and after beside each other. */
  @Get('agenda/difference.html')
  @Produces('html')
  html(@Param() path: AgendaPath, @Query() query: DifferenceQuery, @Exchanging() exchange: Exchange): Promise<Buffer | undefined> {
    return this.send(path, query, exchange, 'html');
  }

  /** As a table, one row a field. */
  @Get('agenda/difference.csv')
  @Produces('csv')
  csv(@Param() path: AgendaPath, @Query() query: DifferenceQuery, @Exchanging() exchange: Exchange): Promise<Buffer | undefined> {
    return this.send(path, query, exchange, 'csv');
  }

  private async send({ convening }: AgendaPath, { from, to, only, person, audience, lang, tz }: DifferenceQuery, exchange: Exchange, form: DifferenceFormName, chosenBy: readonly string[] = []): Promise<Buffer | undefined> {
    const { request, reply } = exchange;
    if (tz !== undefined && !isZone(tz)) throw new Problem('invalid-query', {}, [{ pointer: '#/tz', code: 'zone', detail: 'tz must be an IANA name such as "Africa/Dar_es_Salaam".' }]);
    const operator = request.actor !== undefined;
    const acceptLanguage = headerOf(request, 'accept-language');
    const asked = {
      form, operator, from: asOfIn(from), ...(to !== undefined && { to: asOfIn(to) }), only: { ...(only && { what: only }), ...(person !== undefined && { person }) }, ...(audience && { audience }),
      ...(lang !== undefined && { language: lang }), ...(acceptLanguage !== undefined && { acceptLanguage }), ...(tz !== undefined && { zone: tz }),
    };
    const { bytes, tag, revision, at } = await this.differences.read(convening, asked, this.showing.after(exchange));
    const negotiated = lang === undefined && differenceForms[form].inOneLanguage ? ['Accept-Language'] : [];
    sayAsOf(reply, revision, at);
    void reply
      .type(`${differenceForms[form].mediaType}; charset=utf-8`)
      .header('ETag', tag)
      .header('Vary', [...chosenBy, 'Authorization', ...negotiated].join(', '))
      .header('Cache-Control', operator ? 'private, no-cache' : 'no-cache');
    if (!isHeld(headerOf(request, 'if-none-match'), tag)) return bytes;
    void reply.status(304);
    return undefined;
  }
}
