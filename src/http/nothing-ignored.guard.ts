import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import { escaped, mostErrors, Problem, type FieldError } from './problems.js';

const unknown = (names: readonly string[], what: string): FieldError[] =>
  names.slice(0, mostErrors).map((name) => ({ pointer: `#/${escaped(name)}`, code: 'unknown-field', detail: `There is no ${what} ${name} here.` }));

/**
 * A route that takes no query or no body is given none: what would be ignored is refused, since who sends it believes that it
 * does something. Where there is a class for it, that says what there may be.
 */
@Injectable()
export class NothingIgnored implements CanActivate {
  /** @throws Problem invalid-query, invalid-body */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    // Where Nest keeps the parameters of a handler, by `<kind>:<place>`.
    const parameters: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name);
    const takes = (kind: RouteParamtypes) => Object.keys(parameters ?? {}).some((parameter) => parameter.startsWith(`${kind}:`));
    const sent = (part: unknown) => Object.keys(part ?? {});
    const query = takes(RouteParamtypes.QUERY) ? [] : sent(request.query);
    if (query.length > 0) throw new Problem('invalid-query', {}, unknown(query, 'parameter'));
    const body = takes(RouteParamtypes.BODY) ? [] : sent(request.body);
    if (body.length > 0) throw new Problem('invalid-body', {}, unknown(body, 'field'));
    return true;
  }
}
