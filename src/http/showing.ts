import { Injectable } from '@nestjs/common';
import { headerOf, type Exchange } from './exchange.js';
import { Positions } from './positions.js';
import { Problem } from './problems.js';
import { revisionTag } from './revisions.js';

/** What was read. `revision`: of what it is about, named by the ETag; `upTo`: the revision of the stream that it shows. */
export interface Seen<T> {
  readonly revision: number;
  readonly upTo: number;
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

  /** Reads for the operator only: what is planned is nobody else's. @throws Problem `unauthenticated`, and what the read throws */
  async toOperator<T>(exchange: Exchange, read: (after: bigint) => Promise<Seen<T>>): Promise<T | undefined> {
    if (exchange.request.actor === undefined) throw new Problem('unauthenticated');
    return this.show(exchange, await read(this.after(exchange)));
  }

  /** The body to send, with what its headers say of it; undefined where the client has it already (304). */
  show<T>({ request, reply }: Exchange, { revision, upTo, body }: Seen<T>): T | undefined {
    const tag = revisionTag(revision);
    void reply.header('ETag', tag).header('Baraza-As-Of', `rev:${upTo}`).header('Vary', 'Authorization').header('Cache-Control', request.actor === undefined ? 'no-cache' : 'private, no-cache');
    if (!isHeld(headerOf(request, 'if-none-match'), tag)) return body;
    void reply.status(304);
    return undefined;
  }
}

/** Whether If-None-Match names this tag, by weak comparison (RFC 9110, 13.1.2). */
export const isHeld = (header: string | undefined, tag: string): boolean =>
  header !== undefined && header.split(',').some((each) => ['*', tag].includes(each.trim().replace(/^W\//, '')));
