import { Injectable } from '@nestjs/common';
import { BrowserPass } from '../access/browser-pass.js';
import { Operator } from '../access/operator.js';
import type { PersonId } from '../event-store/personal.js';
import { headerOf, type Exchange } from './exchange.js';

/** Who reads a page: who sends the token, and a browser that has shown it. Only reads of pages ask. */
@Injectable()
export class Readers {
  constructor(private readonly operator: Operator, private readonly pass: BrowserPass) {}

  /** Undefined: somebody of the public. */
  reader({ request }: Exchange): PersonId | undefined {
    return request.actor ?? (this.hasPass({ request }) ? this.operator.id : undefined);
  }

  hasPass = ({ request }: Pick<Exchange, 'request'>): boolean => this.pass.isIn(headerOf(request, 'cookie'));

  /** From here on who holds a pass counts as who sends the token. What they are shown is no other site's to load. */
  admit(exchange: Exchange): void {
    if (exchange.request.actor !== undefined || !this.hasPass(exchange)) return;
    exchange.request.actor = this.operator.id;
    void exchange.reply.header('Cross-Origin-Resource-Policy', 'same-origin');
  }
}
