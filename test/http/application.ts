import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { pino } from 'pino';
import { startBaraza, type Baraza } from '../../src/baraza.js';
import type { Config } from '../../src/config.js';
import { Clock } from '../../src/deciding/clock.js';

/** A clock that stands until it is set. */
export class StandingClock extends Clock {
  override readonly isOfAStory = true;
  time = Date.parse('2013-03-01T08:00:00Z');
  now = () => this.time;
  set(instant: string): void {
    this.time = Date.parse(instant);
  }
}

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The fields that tests look at by name: of a problem, of a change that is done, of health. */
export interface Body {
  readonly code?: string;
  readonly about?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
  readonly id?: string;
  readonly revision?: number;
  readonly next?: string;
  readonly parts?: readonly { readonly name: string; readonly details: { readonly head?: string } }[];
  readonly [field: string]: unknown;
}

/** What was answered. `body`: read from JSON, else empty; `text`: as it came. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly text: string;
}

export const token = 'a-token-for-the-tests';

/** The real application on a real port with real stores in a folder of its own. */
export class Application {
  readonly clock = new StandingClock();
  /** `more`: of its configuration, beside what every application of the tests has. */
  constructor(private readonly more: Partial<Config> = {}) {}
  readonly folder = mkdtempSync(join(tmpdir(), 'baraza-http-'));
  #baraza: Baraza | undefined;

  async start(clock: Clock = this.clock): Promise<void> {
    this.#baraza = await startBaraza({ host: '127.0.0.1', port: 0, data: this.folder, token, ...this.more }, { clock, log: pino({ level: 'silent' }) });
    await this.#baraza.serving;
  }

  /** Its folder stays. */
  async stop(): Promise<void> {
    await this.#baraza?.close();
    this.#baraza = undefined;
  }

  /** As after a restart of the process: everything in memory is gone. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async end(): Promise<void> {
    await this.#baraza?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get url(): string {
    return this.#baraza!.url;
  }

  /** As anybody: without a token unless the headers have one. A text is sent as it is. */
  async asked(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    // What goes on for ever is heard until it has said something.
    const isEndless = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    const text = isEndless ? await begunBy(response) : await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    // Cast: an object, of which tests look at what they expect.
    return { status: response.status, headers: response.headers, body: isJson && text ? (JSON.parse(text) as Body) : {}, text };
  }

  /** As the operator. */
  ask(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.asked(method, path, body, { authorization: `Bearer ${token}`, ...headers });
  }

  /** The position of the log's last fact: what writes nothing does not move it. */
  async head(): Promise<string | undefined> {
    const { body } = await this.ask('GET', '/health/ready');
    return body.parts?.find(({ name }) => name === 'event log')?.details.head;
  }
}

const begunBy = async ({ body }: Response): Promise<string> => {
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) return chunk;
  return '';
};

/** An application for the tests of one file. */
export const application = (): Application => {
  const it = new Application();
  beforeAll(() => it.start());
  afterAll(() => it.end());
  return it;
};
