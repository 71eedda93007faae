import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../deciding/clock.js';
import { Problem } from './problems.js';
import { Rates } from './rates.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Somebody without a token may change something by this route: see `Strangers`. */
    takesStrangers?: true;
  }
}

/** What somebody without a token may send at most, in bytes; it holds for a route, whoever asks. */
export const mostOfStrangers = 256 * 1024;

/** Of one address: enough for an office behind one address, and too little to fill a meeting. */
const fromOne = { atOnce: 100, perSecond: 0.2 };
/** In one convening, from wherever: a rush passes, and what goes on like one leaves the node to others. */
const toOne = { atOnce: 2_000, perSecond: 100 };

/** An IPv6 host has a whole network of 64 bits to itself. */
const networkOf = (address: string): string => {
  // An IPv4 address in the clothes of IPv6 (RFC 4291, 2.5.5.2) is one host.
  const mapped = /^::ffff:(.+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [before = '', after] = address.split('::');
  const groups = before.split(':');
  const known = after === undefined ? groups : [...groups, ...Array<string>(8 - groups.length - after.split(':').length).fill('0'), ...after.split(':')];
  return known.slice(0, 4).join(':');
};

/** From this machine: either a proxy that was not declared (BARAZA_PROXIES), and then everybody, or somebody who sits at it. */
const isHere = (address: string): boolean => address === '::1' || /^(::ffff:)?127\./.test(address);

/** The network that a request comes from; undefined: it is from here, or from a proxy that was not declared. */
export const comesFrom = ({ ip }: FastifyRequest): string | undefined => (isHere(ip) ? undefined : networkOf(ip));

/** How much those without a token may ask for. */
@Injectable()
export class Strangers {
  private readonly byAddress = new Rates(fromOne);
  private readonly byConvening = new Rates(toOne);
  private warned = false;

  constructor(private readonly clock: Clock) {}

  /** Counts what somebody asks for: `count` more of it than was counted before. @throws Problem too-many-requests */
  count(request: FastifyRequest, count = 1): void {
    if (request.actor !== undefined || !request.routeOptions.config.takesStrangers) return;
    this.warn(request);
    const now = this.clock.now();
    // Cast: the path of a route has texts.
    const { convening = '' } = request.params as { convening?: string };
    const from = comesFrom(request);
    const waits = [from === undefined ? 0 : this.byAddress.take(from, now, count), this.byConvening.take(convening, now, count)];
    const wait = Math.max(...waits);
    if (wait > 0) throw new Problem('too-many-requests', { seconds: Math.ceil(wait / 1_000) });
  }

  /** Once: what a proxy says is not believed, and all who come through it count as one. */
  private warn({ headers, ip, socket, log }: FastifyRequest): void {
    if (this.warned || headers['x-forwarded-for'] === undefined || ip !== socket.remoteAddress) return;
    this.warned = true;
    log.warn({ address: ip }, 'A proxy forwards requests that BARAZA_PROXIES does not name: who comes through it counts as one');
  }
}
