import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Refusal } from '../deciding/refusal.js';
import { Exchanging, headerOf, type Exchange } from '../http/exchange.js';
import { Problem, wrongHeader } from '../http/problems.js';
import { Showing } from '../http/showing.js';
import { comesFrom } from '../http/strangers.js';
import { Changes } from './changes.queries.js';
import { ChangesQuery } from './changes.requests.js';
import { Door } from './door.http.js';
import { HistoryPath } from './history.requests.js';

/** What happens to a convening, told while it happens. */
@ApiTags('history')
@ApiBearerAuth()
@Controller('convenings/:convening')
export class ChangesHttp {
  constructor(private readonly changes: Changes, private readonly door: Door, private readonly showing: Showing) {}

  /**
   * Server-sent events, to be read with `EventSource`: to the operator a fact each (`revision`, `at`, `type`, `command`, and ids of what it is about), to others that
   * another version of the agenda is published for them. Each comes when who reads then sees it. Ids are revisions: a lost connection goes on from the last by itself.
   */
  @Get('changes')
  @RouteConfig({ staysOpen: true })
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' } } } })
  async listen(@Param() { convening }: HistoryPath, @Query() { after, audience }: ChangesQuery, @Exchanging() exchange: Exchange): Promise<StreamableFile | undefined> {
    const isOperator = this.door.reader(exchange) !== undefined;
    const as = audience ?? (isOperator ? 'internal' : 'public');
    if (!isOperator && as !== 'public') throw new Problem('unauthenticated');
    const seen = lastIn(headerOf(exchange.request, 'last-event-id')) ?? (after === undefined ? undefined : Number(after));
    try {
      const told = await this.changes.listen(convening, as, seen, this.showing.after(exchange), isOperator ? undefined : comesFrom(exchange.request));
      // A connection that was kept for another request after the goodbye would keep a node from stopping.
      void exchange.reply.type('text/event-stream; charset=utf-8').headers({ 'cache-control': 'no-store', vary: 'Authorization, Cookie', 'x-accel-buffering': 'no', connection: 'close' });
      // As it is: read through an iterator, the connection of who is let go would stay until they read again.
      if (exchange.request.method !== 'HEAD') return new StreamableFile(told);
      told.destroy();
      return undefined;
    } catch (error) {
      // The public is not told which convenings are planned and not published.
      if (!isOperator && error instanceof Refusal && error.code === 'unknown-convening') throw new Problem('nothing-published');
      throw error;
    }
  }
}

/** @throws Problem invalid-header */
const lastIn = (header: string | undefined): number | undefined => {
  if (header === undefined || header === '') return undefined;
  if (!/^\d{1,15}$/.test(header)) throw wrongHeader('Last-Event-ID', 'Send the id that an event had, or leave it out.');
  return Number(header);
};
