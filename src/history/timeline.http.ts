import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { changedScriptHash } from '../agenda/renderers/changed-note.js';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { sayAsOf, Showing } from '../http/showing.js';
import { HistoryAnswers } from './answers.http.js';
import { Door, OrTheDoor } from './door.http.js';
import { HistoryPath } from './history.requests.js';
import { addressesOf, pagePolicy } from './renderers/page.js';
import { timelineParts } from './renderers/timeline-page.js';
import { timelineScriptHash } from './renderers/timeline-script.js';
import { together, TimelineQueries } from './timeline.queries.js';
import { TimelineQuery } from './timeline.requests.js';

/** The past of a convening to leaf through. */
@ApiTags('history')
@ApiBearerAuth()
@Controller('convenings/:convening')
export class TimelineHttp {
  constructor(private readonly timeline: TimelineQueries, private readonly answers: HistoryAnswers, private readonly door: Door, private readonly showing: Showing) {}

  /** The agenda as it stood, with what had changed since the publication or busy day before, by whom and why; and a slider over all that time. */
  @Get('timeline.html')
  @ApiOkResponse({ content: { 'text/html': { schema: { type: 'string' } } } })
  @OrTheDoor()
  async html(@Param() { convening }: HistoryPath, @Query() { asOf, day, quarter, lang }: TimelineQuery, @Exchanging() exchange: Exchange): Promise<Buffer | undefined> {
    if (this.door.reader(exchange) === undefined) return this.door.shut(exchange, exchange.request.url);
    const addresses = addressesOf(`/convenings/${convening}`, true);
    const slid = ([['day', day], ['quarter', quarter]] as const).find(([, place]) => place !== undefined && place !== '');
    if (slid) return this.#led(addresses.timeline!({ asOf: `rev:${await this.timeline.until(convening, slid[0], Number(slid[1]), this.showing.after(exchange))}`, lang }), exchange);
    const reader = this.answers.reader(lang === undefined ? {} : { lang }, exchange);
    const then = await this.timeline.at(convening, this.showing.wanted(exchange, asOf === undefined ? {} : { asOf }), reader);
    const written = await together(timelineParts(then, addresses, lang, this.door.leaving(exchange, then.changes.telling.sentences)));
    sayAsOf(exchange.reply, then.agenda.revision, then.agenda.at);
    void exchange.reply.type('text/html; charset=utf-8').headers({
      vary: 'Authorization, Cookie, Accept-Language', 'cache-control': 'private, no-cache', 'cross-origin-resource-policy': 'same-origin', 'content-security-policy': pagePolicy(timelineScriptHash, changedScriptHash),
    });
    return written;
  }

  /** To the address by which the moment can be found again. */
  #led(to: string, { reply }: Exchange): undefined {
    void reply.status(303).header('Location', to).header('Cache-Control', 'no-store');
    return undefined;
  }
}
