import { types } from 'node:util';
import type { Terminal } from './tool.js';
import { WrongUse } from './tool.js';

const { isNativeError } = types;

/** So long, in milliseconds, an answer is waited for. */
const patience = 120_000;

/** Where Baraza serves, and who asks. */
export interface Address {
  readonly url: string;
  readonly token: string;
}

/** By flags, else by the environment. @throws WrongUse */
export const addressFrom = ({ url: flagged, token: given }: { readonly url?: string | undefined; readonly token?: string | undefined }, { environment }: Terminal): Address => {
  const url = flagged ?? environment['BARAZA_URL'] ?? 'http://127.0.0.1:3000';
  const token = given ?? environment['BARAZA_TOKEN'];
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new WrongUse(`${url} is no address: BARAZA_URL and --url are such as http://127.0.0.1:3000.`);
  if (token === undefined || token === '') throw new WrongUse('Who asks? Set BARAZA_TOKEN to the operator’s token, or give it with --token.');
  return { url: url.replace(/\/+$/, ''), token };
};

/** Problem details (RFC 9457), as Baraza answers with. */
export interface ProblemTold {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly solve: string;
  readonly about?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly detail: string; readonly about?: Readonly<Record<string, unknown>> }[];
}

/** There was no answer, or none of Baraza's; the message is a sentence for people. `mayBeDone`: what was asked may have reached it. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  constructor(message: string, readonly mayBeDone = false) {
    super(message);
  }
}

/** What was answered: a value, or a problem. */
export type Answered = ({ readonly body: unknown } | { readonly problem: ProblemTold }) & { readonly tag: string | null };

/** Asks Baraza over HTTP. `body`: JSON, as it is sent. @throws NoAnswer */
export const askService = async (
  { url, token }: Address, method: 'GET' | 'PUT', path: string, { body, headers = {} }: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answered> => {
  const { response, text } = await answered(url, path, {
    method, redirect: 'error', signal: AbortSignal.timeout(patience),
    headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body }),
  });
  const type = response.headers.get('content-type') ?? '';
  const tag = response.headers.get('etag');
  const value = type.includes('json') ? jsonOf(text) : undefined;
  if (value === undefined) throw new NoAnswer(`What answers at ${url} is not Baraza: it said ${response.status} with ${type || 'nothing'}. BARAZA_URL or --url says where Baraza serves.`, response.status >= 500);
  // Cast: what Baraza answers with that is no success is a problem.
  return response.ok ? { body: value, tag } : { problem: value as ProblemTold, tag };
};

const answered = async (url: string, path: string, request: RequestInit): Promise<{ response: Response; text: string }> => {
  try {
    const response = await fetch(url + path, request);
    return { response, text: await response.text() };
  } catch (error) {
    if (isLost(error)) throw new NoAnswer(`The connection to Baraza at ${url} was lost: ${whyOf(error)}.`, true);
    throw new NoAnswer(`Baraza did not answer at ${url}: ${whyOf(error)}. Is it running? BARAZA_URL or --url says where.`);
  }
};

/** `fetch` says what went wrong in the cause, often in one of several. */
const causeOf = (error: unknown): unknown => {
  if (!isNativeError(error)) return error;
  const cause: unknown = 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : error.cause;
  return isNativeError(cause) ? causeOf(cause) : error;
};

const whyOf = (error: unknown): string => {
  const cause = causeOf(error);
  return isNativeError(cause) ? cause.message : String(cause);
};

/** A connection that was lost, or an answer that did not come in time; whatever else fails does before anything is sent. */
const lost = /^(ECONNRESET|EPIPE|ETIMEDOUT|UND_ERR_SOCKET|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT|HPE_.*)$/;
const isLost = (error: unknown): boolean => {
  const cause = causeOf(error);
  // What is given up for its time is a DOMException, which is no native error.
  return (typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError') || (isNativeError(cause) && 'code' in cause && lost.test(String(cause.code)));
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
