import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { Readers } from '../http/readers.js';
import { Showing } from '../http/showing.js';
import { AgendaQueries } from './agenda.queries.js';
import { AgendaPath, AgendaQuery } from './agenda.requests.js';
import { changedScriptHash } from './renderers/changed-note.js';
import { formNames, forms, type FormName } from './renderers/forms.js';
import { preferredForm, producing, readerOf, send } from './representations.http.js';

/** The page runs one script, which listens to this very server. */
const pagePolicy = `default-src 'none';style-src 'unsafe-inline';script-src '${changedScriptHash}';connect-src 'self';img-src 'self' data:;base-uri 'none';form-action 'none';frame-ancestors 'none'`;

const Produces = producing(forms, 'Agenda');

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
    private readonly readers: Readers,
  ) {}

  /** In the form that `Accept` prefers. */
  @Get('agenda')
  @Produces(...formNames)
  async preferred(@Param() path: AgendaPath, @Query() query: AgendaQuery, @Exchanging() exchange: Exchange): Promise<Buffer | undefined> {
    return this.send(path, query, exchange, preferredForm(forms, formNames, exchange), ['Accept']);
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
    if (form === 'html') this.readers.admit(exchange);
    const asked = { form, ...readerOf({ lang, tz }, exchange), ...(version !== undefined && { version }), ...(audience && { audience }) };
    const representation = await this.agendas.read(convening, asked, this.showing.wanted(exchange, asOf === undefined ? {} : { asOf }));
    if (form === 'html') void exchange.reply.header('Content-Security-Policy', pagePolicy);
    return send(exchange, representation, forms[form], lang, chosenBy);
  }
}
