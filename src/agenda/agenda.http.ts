import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { isZone } from '../convening/times.js';
import { Exchanging, headerOf, type Exchange } from '../http/exchange.js';
import { preferredType } from '../http/negotiation.js';
import { Problem } from '../http/problems.js';
import { isHeld, sayAsOf, Showing } from '../http/showing.js';
import { AgendaQueries } from './agenda.queries.js';
import { AgendaPath, AgendaQuery } from './agenda.requests.js';
import { formNames, forms, type FormName } from './renderers/forms.js';

const types = formNames.map((name) => forms[name].mediaType);

/** For the description of the interface: the data has a shape, the pages are texts. */
const Produces = (...names: readonly FormName[]) =>
  ApiOkResponse({ content: Object.fromEntries(names.map((name) => [forms[name].mediaType, { schema: name === 'json' ? { $ref: '#/components/schemas/Agenda' } : { type: 'string' } }])) });

/**
 * The agenda of a convening: to the operator the working draft unless a version is asked for, to others what is published for
 * the public. As of a moment, what was so then.
 */
@ApiTags('agenda')
@Controller('convenings/:convening')
export class AgendaHttp {
  constructor(
    private readonly agendas: AgendaQueries,
    private readonly showing: Showing,
  ) {}

  /** In the form that `Accept` prefers. */
  @Get('agenda')
  @Produces(...formNames)
  async preferred(@Param() path: AgendaPath, @Query() query: AgendaQuery, @Exchanging() exchange: Exchange): Promise<Buffer | undefined> {
    const type = preferredType(headerOf(exchange.request, 'accept'), types);
    const form = formNames.find((name) => forms[name].mediaType === type);
    if (form === undefined) throw new Problem('not-acceptable', { available: types });
    return this.send(path, query, exchange, form, ['Accept']);
  }

  /** As data: `convening`, `version`, `revision`, `days` with their `sessions`, rooms and credits resolved. Fields are added, never removed. */
  @Get('agenda.json')
  @Produces('json')
  json(@Param() path: AgendaPath, @Query() query: AgendaQuery, @Exchanging() exchange: Exchange): Promise<Buffer | undefined> {
    return this.send(path, query, exchange, 'json');
  }

  /** As a page to read and to print. */
  @Get('agenda.html')
  @Produces('html')
  html(@Param() path: AgendaPath, @Query() query: AgendaQuery, @Exchanging() exchange: Exchange): Promise<Buffer | undefined> {
    return this.send(path, query, exchange, 'html');
  }

  /** As Markdown. */
  @Get('agenda.md')
  @Produces('md')
  markdown(@Param() path: AgendaPath, @Query() query: AgendaQuery, @Exchanging() exchange: Exchange): Promise<Buffer | undefined> {
    return this.send(path, query, exchange, 'md');
  }

  private async send({ convening }: AgendaPath, { version, audience, lang, tz, asOf }: AgendaQuery, exchange: Exchange, form: FormName, chosenBy: readonly string[] = []): Promise<Buffer | undefined> {
    const { request, reply } = exchange;
    if (tz !== undefined && !isZone(tz)) throw new Problem('invalid-query', {}, [{ pointer: '#/tz', code: 'zone', detail: 'tz must be an IANA name such as "Africa/Dar_es_Salaam".' }]);
    const operator = request.actor !== undefined;
    const acceptLanguage = headerOf(request, 'accept-language');
    const asked = {
      form, operator, ...(version !== undefined && { version }), ...(audience && { audience }), ...(lang !== undefined && { language: lang }),
      ...(acceptLanguage !== undefined && { acceptLanguage }), ...(tz !== undefined && { zone: tz }),
    };
    const { bytes, tag, revision, at } = await this.agendas.read(convening, asked, this.showing.wanted(exchange, asOf === undefined ? {} : { asOf }));
    const negotiated = lang === undefined && forms[form].inOneLanguage ? ['Accept-Language'] : [];
    sayAsOf(reply, revision, at);
    void reply
      .type(`${forms[form].mediaType}; charset=utf-8`)
      .header('ETag', tag)
      .header('Vary', [...chosenBy, 'Authorization', ...negotiated].join(', '))
      .header('Cache-Control', operator ? 'private, no-cache' : 'no-cache');
    if (!isHeld(headerOf(request, 'if-none-match'), tag)) return bytes;
    void reply.status(304);
    return undefined;
  }
}
