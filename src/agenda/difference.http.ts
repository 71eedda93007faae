import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asOfIn } from '../http/as-of.js';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { Readers } from '../http/readers.js';
import { Showing } from '../http/showing.js';
import { AgendaPath } from './agenda.requests.js';
import { DifferenceQueries } from './difference.queries.js';
import { DifferenceQuery } from './difference.requests.js';
import { differenceFormNames, differenceForms, type DifferenceFormName } from './renderers/difference-forms.js';
import { preferredForm, producing, readerOf, send } from './representations.http.js';

const Produces = producing(differenceForms, 'Difference');

/** What is otherwise in the agenda at one moment than at another: to the operator any two moments, to others what was published for the public. */
@ApiTags('agenda')
@Controller('convenings/:convening')
export class DifferenceHttp {
  constructor(
    private readonly differences: DifferenceQueries,
    private readonly showing: Showing,
    private readonly readers: Readers,
  ) {}

  /** In the form that `Accept` prefers. */
  @Get('agenda/difference')
  @Produces(...differenceFormNames)
  async preferred(@Param() path: AgendaPath, @Query() query: DifferenceQuery, @Exchanging() exchange: Exchange): Promise<Buffer | undefined> {
    return this.send(path, query, exchange, preferredForm(differenceForms, differenceFormNames, exchange), ['Accept']);
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
    if (form === 'html') this.readers.admit(exchange);
    const asked = {
      form, ...readerOf({ lang, tz }, exchange), from: asOfIn(from), ...(to !== undefined && { to: asOfIn(to) }),
      only: { ...(only && { what: only }), ...(person !== undefined && { person }) }, ...(audience && { audience }),
    };
    const representation = await this.differences.read(convening, asked, this.showing.after(exchange));
    return send(exchange, representation, differenceForms[form], lang, chosenBy);
  }
}
