import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problems.js';
import { Operator } from '../access/operator.js';

const reads: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Tells requests of the operator from those of the public, who write only where a route takes strangers. A token that is wrong is refused on
 * reads too: who sends one believes to see more than the public. @throws Problem `unauthenticated`
 */
export const admit = (request: FastifyRequest, operator: Operator): void => {
  // Whose token was looked at before.
  if (request.actor === operator.id) return;
  const { authorization } = request.headers;
  if (authorization === undefined) {
    if (reads.has(request.method) || request.routeOptions.config.takesStrangers) return;
    throw new Problem('unauthenticated');
  }
  const [, token] = /^Bearer +([\x21-\x7e]{1,256})$/i.exec(authorization) ?? [];
  if (token === undefined || !operator.holds(token)) throw new Problem('unauthenticated');
  request.actor = operator.id;
};

/** Stands before every route, whatever came before it. */
@Injectable()
export class OperatorGuard implements CanActivate {
  constructor(private readonly operator: Operator) {}

  /** @throws Problem `unauthenticated` */
  canActivate(context: ExecutionContext): boolean {
    admit(context.switchToHttp().getRequest<FastifyRequest>(), this.operator);
    return true;
  }
}
