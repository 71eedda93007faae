import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Exchanging, headerOf, type Exchange } from '../http/exchange.js';
import { html, type Html } from '../http/html.js';
import { preferredType } from '../http/negotiation.js';
import { PageQuery } from '../http/pages.requests.js';
import { plainPage } from '../http/plain-page.js';
import { Problem } from '../http/problems.js';
import { Showing } from '../http/showing.js';
import { DetailsQueries, type ConveningsRead, type Listed } from './details.queries.js';

/** Where a person arrives who knows nothing but our address. */
@ApiExcludeController()
@Controller()
export class FrontHttp {
  constructor(private readonly details: DetailsQueries, private readonly showing: Showing) {}

  /** What is published, and where the rest is; programs have their lists below /convenings. */
  @Get()
  async front(@Query() page: PageQuery, @Exchanging() exchange: Exchange): Promise<Buffer> {
    if (preferredType(headerOf(exchange.request, 'accept'), ['application/json', 'text/html']) !== 'text/html') throw new Problem('not-found');
    const published = await this.details.allPublished(this.showing.after(exchange), page);
    void exchange.reply.type('text/html; charset=utf-8').headers({ vary: 'Accept', 'cache-control': 'no-cache' });
    return Buffer.from(frontPage(published));
  }
}

const frontPage = ({ convenings, next }: ConveningsRead): string =>
  plainPage('Published agendas', html`<h1>Baraza</h1>
<p>Plans, runs and remembers meetings.</p>
<h2>Published agendas</h2>
${convenings.length === 0 ? html`<p class="quiet">None yet.</p>\n` : html`<ul>\n${convenings.map(entry)}</ul>\n`}${next === undefined ? undefined : html`<p><a href="/?after=${next}">More</a></p>\n`}<h2>For programs</h2>
<p><a href="/docs">The interface</a>: every address, what it takes and gives.</p>
`);

const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

const entry = ({ id, title, languages: [language = 'en'], start, end, venue }: Listed): Html => {
  const [own = language] = [language, ...Object.keys(title)].filter((each) => title[each]);
  const when = [...new Set([start, end])].map((day) => days.format(Date.parse(day))).join(' – ');
  return html`<li><a href="/convenings/${id}/agenda.html" lang="${own}"><bdi>${title[own] ?? id}</bdi></a><br><span class="quiet">${[when, venue?.city].filter(Boolean).join(', ')}</span></li>\n`;
};
