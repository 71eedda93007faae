import { createHmac, hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { inTurns } from '../event-store/breather.js';
import { newId } from '../event-store/new-id.js';
import { canonicalJson } from '../event-store/canonical.js';
import { Clock } from '../deciding/clock.js';
import type { Command, Subject } from '../deciding/decider.js';
import type { Ended } from '../deciding/remembered.js';
import type { Asked } from '../deciding/stream-queue.js';
import type { PersonId } from '../event-store/personal.js';
import { headerOf, type Exchange } from './exchange.js';
import { lengths } from './fields.js';
import { Positions, type Kind } from './positions.js';
import { Problem, wrongHeader } from './problems.js';
import { revisionTag, revisionsIn } from './revisions.js';
import { Secret } from '../access/secret.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What it asks for may be as long as a programme, which is read, decided and stored in parts. */
    takesLong?: true;
  }
}

/** How long a command may wait until it is stored, in milliseconds, and one that takes long: from when all of the request had come. */
const patience = { usual: 10_000, long: 60_000 };

/** How it ended, as the body of the answer; the revision is the one in the ETag. */
export interface Done {
  readonly revision: number;
}

/** Somebody without a token. */
export interface Stranger {
  /** Who stands in the facts as who asked. */
  readonly actor: PersonId;
  /** By what we know them again: an Idempotency-Key is theirs. */
  readonly known: string;
}

/** From a request to what is asked with it, and from how it ended to the answer. */
@Injectable()
export class Asking {
  private readonly bodyKey: Buffer;

  constructor(
    private readonly clock: Clock,
    private readonly positions: Positions,
    secret: Secret,
  ) {
    this.bodyKey = secret.keyFor('request bodies');
  }

  /** `subject`: what If-Match is compared with, and whose revision the answer's ETag names. `stranger`: who asks, if there is no token. @throws Problem */
  async asked<C extends Command>({ request }: Exchange, command: C, subject?: Subject, stranger?: Stranger): Promise<Asked<C>> {
    const actor = request.actor ?? stranger?.actor;
    if (actor === undefined) throw new Problem('unauthenticated');
    const commandId = newId();
    const reason = reasonIn(headerOf(request, 'reason'));
    const key = idempotencyKeyIn(headerOf(request, 'idempotency-key'));
    const revisions = revisionsIn(headerOf(request, 'if-match'));
    return {
      command,
      commandId,
      correlationId: commandId,
      actor,
      deadline: this.deadline(request),
      ...(subject && { subject }),
      ...(reason !== undefined && { reason }),
      ...(revisions && { ifMatch: { revisions } }),
      ...(key !== undefined && { request: { key: hash('sha256', `${request.actor ?? stranger?.known}\n${key}`), body: await this.digest(request) } }),
    };
  }

  /** UTC with milliseconds. */
  now(): string {
    return new Date(this.clock.now()).toISOString();
  }

  /** How long what is asked may wait, by the clock; what was done for it before counts. */
  deadline({ came, routeOptions }: Exchange['request']): number {
    return this.clock.now() + patience[routeOptions.config.takesLong ? 'long' : 'usual'] - (performance.now() - came);
  }

  /**
   * What the answer's headers say of how a command ended. Gives the revision that the ETag names; to a stranger it is not told, since it would tell how much
   * happens there. `kind`: of the stream.
   */
  answer({ request, reply }: Exchange, ended: Ended, kind: Kind = 'convening'): number {
    const revision = ended.subjectRevision;
    void reply.header('Baraza-Position', this.positions.acknowledge(ended.position, kind));
    if (request.actor !== undefined) void reply.header('ETag', revisionTag(revision));
    return revision;
  }

  /** What makes a request the same request: what it asks for, where, and the body whatever its spelling. Of a long body in turns. */
  private digest({ method, url, body }: Exchange['request']): Promise<string> {
    const digest = createHmac('sha256', this.bodyKey).update(`${method} ${url}\n`);
    return inTurns(
      (function* () {
        for (const part of canonicalParts(body ?? {})) {
          digest.update(part);
          yield;
        }
        return digest.digest('hex');
      })(),
    );
  }
}

/** The canonical JSON (RFC 8785) of a body, in parts: of each list that one of its fields holds, entry by entry. */
function* canonicalParts(body: object): Generator<string> {
  let before = '{';
  for (const [name, value] of Object.entries(body as Readonly<Record<string, object>>).sort(([one], [other]) => (one < other ? -1 : 1))) {
    yield `${before}${JSON.stringify(name)}:`;
    before = ',';
    if (!Array.isArray(value)) {
      yield canonicalJson(value);
      continue;
    }
    // Cast: a list in JSON.
    for (const [index, entry] of (value as readonly object[]).entries()) yield (index === 0 ? '[' : ',') + canonicalJson(entry);
    yield value.length === 0 ? '[]' : ']';
  }
  yield before === '{' ? '{}' : '}';
}

/** Percent-encoded UTF-8 (RFC 3986, 2.1): headers are ASCII, reasons are not. @throws Problem */
const reasonIn = (header: string | undefined): string | undefined => {
  if (header === undefined || header.trim() === '') return undefined;
  if (!/^[\x20-\x7e]*$/.test(header)) throw wrongHeader('Reason', 'Send the reason as percent-encoded UTF-8: é is %C3%A9.');
  let reason: string;
  try {
    reason = decodeURIComponent(header.trim());
  } catch {
    throw wrongHeader('Reason', 'Send the reason as percent-encoded UTF-8: % itself is %25.');
  }
  if (reason.length > lengths.note || /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Surrogate}/u.test(reason))
    throw wrongHeader('Reason', `A reason has at most ${lengths.note} characters and no control characters.`);
  return reason;
};

const idempotencyKeyIn = (header: string | undefined): string | undefined => {
  if (header === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(header)) throw wrongHeader('Idempotency-Key', 'A key is 1 to 255 visible ASCII characters.');
  return header;
};
