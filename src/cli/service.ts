import type { Terminal } from './tool.js';
import { WrongUse } from './tool.js';

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

/** There was no answer, or none of Baraza's; the message is a sentence for people. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
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
  if (value === undefined) throw new NoAnswer(`What answers at ${url} is not Baraza: it said ${response.status} with ${type || 'nothing'}. BARAZA_URL or --url says where Baraza serves.`);
  // Cast: what Baraza answers with that is no success is a problem.
  return response.ok ? { body: value, tag } : { problem: value as ProblemTold, tag };
};

const answered = async (url: string, path: string, request: RequestInit): Promise<{ response: Response; text: string }> => {
  try {
    const response = await fetch(url + path, request);
    return { response, text: await response.text() };
  } catch (error) {
    throw new NoAnswer(`Baraza did not answer at ${url}: ${whyOf(error)}. Is it running? BARAZA_URL or --url says where.`);
  }
};

/** `fetch` says what went wrong in the cause, often in one of several. */
const whyOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors.length > 0) return whyOf(cause.errors[0]);
  return cause instanceof Error ? whyOf(cause) : error.message;
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
