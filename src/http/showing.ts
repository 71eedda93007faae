import { Injectable } from '@nestjs/common';
import { asOfIn, type Wanted } from './as-of.js';
import type { AsOfQuery } from './as-of.requests.js';
import { headerOf, type Exchange } from './exchange.js';
import { Positions } from './positions.js';
import { Problem } from './problems.js';
import { revisionTag } from './revisions.js';

/** What was read. `revision`: of what it is about, named by the ETag; `upTo`: the revision of the stream that it shows; `at`: when that was recorded, where that is known. */
export interface Seen<T> {
  readonly revision: number;
  readonly upTo: number;
  readonly at?: string;
  readonly body: T;
}

/** From a request to what a read must include, and from what was read to the answer. */
@Injectable()
export class Showing {
  constructor(private readonly positions: Positions) {}

  /** The position that the answer to this request must include. @throws Problem */
  after({ request }: Exchange): bigint {
    return this.positions.wantedBy(request.headers['baraza-position']);
  }

  /** What the answer must include, and as of when it is to be. @throws Problem */
  wanted(exchange: Exchange, { asOf }: AsOfQuery): Wanted {
    return { after: this.after(exchange), ...(asOf !== undefined && { asOf: asOfIn(asOf) }) };
  }

  /** Reads for the operator only: what is planned is nobody else's. @throws Problem `unauthenticated`, and what the read throws */
  async toOperator<T>(exchange: Exchange, query: AsOfQuery, read: (wanted: Wanted) => Promise<Seen<T>>): Promise<T | undefined> {
    if (exchange.request.actor === undefined) throw new Problem('unauthenticated');
    return this.show(exchange, await read(this.wanted(exchange, query)));
  }

  /** The body to send, with what its headers say of it; undefined where the client has it already (304). */
  show<T>({ request, reply }: Exchange, { revision, upTo, at, body }: Seen<T>): T | undefined {
    const tag = revisionTag(revision);
    sayAsOf(reply, upTo, at);
    void reply.header('ETag', tag).header('Vary', 'Authorization').header('Cache-Control', request.actor === undefined ? 'no-cache' : 'private, no-cache');
    if (!isHeld(headerOf(request, 'if-none-match'), tag)) return body;
    void reply.status(304);
    return undefined;
  }
}

/** Which revision of the stream an answer shows, and when that was recorded. */
export const sayAsOf = (reply: Exchange['reply'], revision: number, at: string | undefined): void => {
  void reply.header('Baraza-As-Of', `rev:${revision}`);
  if (at !== undefined) void reply.header('Baraza-Recorded-At', at);
};

/** Whether If-None-Match names this tag, by weak comparison (RFC 9110, 13.1.2). */
export const isHeld = (header: string | undefined, tag: string): boolean =>
  header !== undefined && header.split(',').some((each) => ['*', tag].includes(each.trim().replace(/^W\//, '')));
