import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PersonId } from '../event-store/personal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, once the guard has looked; undefined: somebody of the public. */
    actor?: PersonId;
    /** When all of it had come, by `performance.now()`: from then on its time runs. */
    came: number;
  }
}

/** A request and the answer to it. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The exchange that a controller answers, as a parameter. */
export const Exchanging = createParamDecorator((_: unknown, context: ExecutionContext): Exchange => {
  const http = context.switchToHttp();
  return { request: http.getRequest(), reply: http.getResponse() };
});

/** A header that must stand at most once, as a text. */
export const headerOf = ({ headers }: FastifyRequest, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
};
