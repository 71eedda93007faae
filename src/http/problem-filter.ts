import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Failure, failures } from '../deciding/failure.js';
import { Refusal, refusals, type RefusedAt } from '../deciding/refusal.js';
import { ReadFailure, readFailures } from '../projecting/read-failure.js';
import { StoreUnavailable } from '../event-store/event-store.js';
import { headerOf } from './exchange.js';
import { preferredLanguage, preferredType } from './negotiation.js';
import { pageLanguages, problemPage, type PageLanguage, type ProblemDetails } from './problem-page.js';
import { Problem, problems, type FieldError, type ProblemDescription } from './problems.js';
import { policyOfForms } from './security.js';

interface Known {
  readonly code: string;
  readonly row: ProblemDescription;
  readonly about?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly (FieldError | RefusedAt)[];
}

const problem = (code: keyof typeof problems, about: Known['about'] = {}): Known => ({ code, row: problems[code], about });

/** Fastify's own errors, by their code. */
const ofFastify: Readonly<Record<string, keyof typeof problems>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-json',
  FST_ERR_BAD_URL: 'not-found',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
};

const ofStatus: Readonly<Record<number, keyof typeof problems>> = { 400: 'malformed-json', 403: 'not-found', 404: 'not-found', 413: 'body-too-large', 415: 'unsupported-media-type' };

const known = (error: unknown): Known => {
  if (error instanceof Problem) return { code: error.code, row: problems[error.code], about: error.about, errors: error.errors };
  if (error instanceof Refusal) return { code: error.code, row: refusals[error.code], about: error.about, errors: error.errors };
  if (error instanceof Failure) return { code: error.code, row: failures[error.code], about: error.about };
  if (error instanceof ReadFailure) return { code: error.code, row: readFailures[error.code], about: error.about };
  if (error instanceof StoreUnavailable) return { code: 'store-unavailable', row: failures['store-unavailable'] };
  if (error instanceof HttpException) return problem(ofStatus[error.getStatus()] ?? 'internal-error');
  const { code, statusCode } = (typeof error === 'object' && error !== null ? error : {}) as { code?: unknown; statusCode?: unknown };
  // Who hung up in the middle of a body hears nothing of it, and nothing of ours went wrong.
  if (code === 'ECONNRESET' && statusCode === 400) return problem('malformed-json');
  const byCode = typeof code === 'string' ? ofFastify[code] : undefined;
  const byStatus = typeof code === 'string' && code.startsWith('FST_') && typeof statusCode === 'number' ? ofStatus[statusCode] : undefined;
  return problem(byCode ?? byStatus ?? 'internal-error');
};

/** As other pages choose it: what the address asks for, else what the browser prefers. */
const languageOf = (request: FastifyRequest): PageLanguage => {
  const asked = /[?&]lang=([^&]*)/.exec(request.url)?.[1];
  const found = preferredLanguage(asked, pageLanguages) ?? preferredLanguage(headerOf(request, 'accept-language'), pageLanguages);
  return pageLanguages.find((language) => language === found) ?? 'en';
};

/** Answers with problem details. What we did not foresee is logged with the request's id and told to nobody. */
export const answerProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
  const { code, row, errors = [], ...facts } = known(error);
  // What a read model stumbled over may be a draft's: it is the operator's to know.
  const about = error instanceof ReadFailure && request.actor === undefined ? {} : (facts.about ?? {});
  // That there is too much to do is told to each, not written down with a stack for each.
  if (row.status >= 500 && !(error instanceof Problem)) request.log.error({ err: error, code }, row.says);
  const details: ProblemDetails = {
    type: `/problems/${code}`,
    title: row.says,
    status: row.status,
    code,
    solve: row.solve,
    instance: `urn:uuid:${request.id}`,
    ...(Object.keys(about).length > 0 && { about }),
    ...(errors.length > 0 && { errors }),
  };
  if (row.status === 503) void reply.header('Retry-After', '1');
  if (typeof about['seconds'] === 'number') void reply.header('Retry-After', String(about['seconds']));
  if (row.status === 401) void reply.header('WWW-Authenticate', 'Bearer realm="baraza"');
  // Some answers had begun to say what they are before they failed.
  for (const header of ['ETag', 'Baraza-Position', 'Baraza-As-Of', 'Baraza-Recorded-At', 'Location', 'Cache-Control']) void reply.removeHeader(header);
  void reply.status(row.status).header('Cache-Control', 'no-store');
  // A person with a browser reads it as a page; what asks for anything, or for nothing in particular, is a program.
  if (preferredType(headerOf(request, 'accept'), ['application/problem+json', 'application/json', 'text/html']) === 'text/html')
    void reply.type('text/html; charset=utf-8').header('Content-Security-Policy', policyOfForms).header('Vary', 'Accept, Accept-Language, Authorization, Cookie').send(problemPage(details, request.url, languageOf(request)));
  else void reply.type('application/problem+json; charset=utf-8').send(JSON.stringify(details));
};

/** Turns every error into problem details. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}
