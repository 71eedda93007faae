import { Injectable } from '@nestjs/common';
import { ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { PersonId } from '../event-store/personal.js';
import { headerOf, type Exchange } from '../http/exchange.js';
import { preferredLanguage } from '../http/negotiation.js';
import { Readers } from '../http/readers.js';
import { doorPage, leavingForm } from './renderers/door-page.js';
import { pagePolicy } from './renderers/page.js';
import { sentencesIn, toldIn } from './renderers/vocabularies.js';
import type { Html } from '../http/html.js';

/** For the description of the interface: a browser that may not read is shown a page. */
export const OrTheDoor = () =>
  ApiUnauthorizedResponse({
    description: 'This needs the operator’s token: a browser may show it here.',
    content: { 'text/html': { schema: { type: 'string' } }, 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });

/** Who may read a history: who sends the token, and a browser that has shown it. */
@Injectable()
export class Door {
  constructor(private readonly readers: Readers) {}

  /** Undefined: nobody who may. */
  reader = (exchange: Exchange): PersonId | undefined => this.readers.reader(exchange);

  /** The page on which a browser shows the token. `isAgain`: it showed a wrong one. */
  shut({ request, reply }: Exchange, to: string, isAgain = false): Buffer {
    void reply.status(401).type('text/html; charset=utf-8').headers({
      'www-authenticate': 'Bearer realm="baraza"', 'cache-control': 'no-store', vary: 'Authorization, Cookie, Accept-Language', 'content-security-policy': pagePolicy(),
    });
    return Buffer.from(doorPage(sentencesIn(preferredLanguage(headerOf(request, 'accept-language'), toldIn) ?? 'en'), to, isAgain));
  }

  /** A way to give the pass back, for who has one. */
  leaving({ request }: Exchange, page: Parameters<typeof leavingForm>[0]): Html | undefined {
    return request.actor === undefined && this.readers.hasPass({ request }) ? leavingForm(page, request.url) : undefined;
  }
}
