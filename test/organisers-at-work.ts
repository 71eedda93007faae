import { setTimeout } from 'node:timers/promises';
import type { Answer, Application, Method } from './http/application.js';

/** A change that was acknowledged, and what of it stands in exactly one fact of the log. */
export interface Acknowledged {
  readonly type: string;
  readonly holding: string;
}

/** How often the same is asked again while nobody knows what became of it, in milliseconds. */
const pause = 50;
const at = '/convenings/shared';

/**
 * Organisers who work on one convening through all nodes at once, and others who read on one node what was changed through another. Each repeats a
 * request that is answered 503, with its Idempotency-Key, until it is certain; any other answer than the one that is due is an error.
 */
export class OrganisersAtWork {
  readonly acknowledged: Acknowledged[] = [];
  /** How long the longest change and the longest read took to be answered, in milliseconds. */
  readonly longest = { change: 0, read: 0 };
  #timesPutOff = 0;
  #stopped = false;
  #failure: Error | undefined;
  readonly #waiting = new Set<() => void>();
  #working: readonly Promise<void>[] = [];

  constructor(private readonly nodes: readonly Application[]) {}

  /** Plans the convening and opens its registration. */
  async begin(): Promise<void> {
    for (const [method, path, body] of [
      ['POST', '/convenings', { id: 'shared', title: 'A meeting', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' }],
      ['POST', `${at}/registration`, { opens: '2013-01-01T00:00:00Z' }],
      ['POST', `${at}/registration/categories`, { id: 'participant', name: 'Participant', capacity: 200 }],
    ] as const)
      await this.#certain(0, method, path, body, path);
    this.#working = [0, 1, 2, 3].map((n) => this.#plan(n)).concat([4, 5].map((n) => this.#register(n)));
  }

  /** Resolves when so many more changes were acknowledged than now. */
  acknowledges(count: number): Promise<void> {
    const goal = this.acknowledged.length + count;
    return this.#until(() => this.acknowledged.length >= goal);
  }

  /** Resolves when so many more requests were put off than now. */
  isPutOff(count: number): Promise<void> {
    const goal = this.#timesPutOff + count;
    return this.#until(() => this.#timesPutOff >= goal);
  }

  /** Every change that was begun is brought to its end. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#working);
    if (this.#failure) throw this.#failure;
  }

  /** Adds a session through one node, reads it through another, and gives it another title. */
  async #plan(organiser: number): Promise<void> {
    for (let n = 0; this.#goesOn; n += 1) {
      const [id, title] = [`s${organiser}-${n}`, `Of ${organiser} the ${n}.`];
      const { headers } = await this.#certain(organiser, 'POST', `${at}/sessions`, { id, kind: 'talk', title: 'A talk' }, `add-${id}`);
      this.#acknowledge({ type: 'SessionPlanned', holding: `"session":"${id}"` });
      await this.#read(organiser + 1, n % 4 === 3 ? `${at}/history?limit=5` : `${at}/sessions/${id}`, headers.get('baraza-position') ?? '');
      await this.#certain(organiser, 'PATCH', `${at}/sessions/${id}`, { title }, `title-${id}`);
      this.#acknowledge({ type: 'SessionDetailsChanged', holding: `"${title}"` });
    }
  }

  /** Registers one after the other: each is a new person with a new key, so that a form carried out twice shows. */
  async #register(desk: number): Promise<void> {
    for (let n = 0; this.#goesOn; n += 1) {
      const body = { category: 'participant', name: { given: `Of ${desk}`, family: `The ${n}.` }, email: `person-${n}@desk-${desk}.example.org` };
      const { body: { id }, headers } = await this.#certain(desk, 'POST', `${at}/registrations`, body, `form-${desk}-${n}`);
      this.#acknowledge({ type: 'PersonRegistered', holding: `"registration":"${id}"` });
      await this.#read(desk + 1, `${at}/registrations/${id}`, headers.get('baraza-position') ?? '');
    }
  }

  get #goesOn(): boolean {
    return !this.#stopped && !this.#failure;
  }

  #acknowledge(one: Acknowledged): void {
    this.acknowledged.push(one);
    this.#look();
  }

  /** Asks again with the same key until it is done. */
  async #certain(node: number, method: Method, path: string, body: object, key: string): Promise<Answer> {
    for (;;) {
      const answer = await this.#timed('change', node, method, path, body, { 'idempotency-key': key });
      if (answer.status < 300) return answer;
      await this.#putOff(answer, `${method} ${path}`);
    }
  }

  /** Reads until what was changed through another node is there: until then it is put off, and never told otherwise. */
  async #read(node: number, path: string, position: string): Promise<void> {
    for (let seen = false; !seen && !this.#stopped; ) {
      const answer = await this.#timed('read', node, 'GET', path, undefined, { 'baraza-position': position });
      seen = answer.status === 200;
      if (!seen) await this.#putOff(answer, `GET ${path}`);
    }
  }

  async #timed(kind: 'change' | 'read', node: number, ...given: Parameters<Application['ask']>): Promise<Answer> {
    const began = performance.now();
    const answer = await this.nodes[node % this.nodes.length]!.ask(...given);
    this.longest[kind] = Math.max(this.longest[kind], performance.now() - began);
    return answer;
  }

  async #putOff({ status, headers, text }: Answer, what: string): Promise<void> {
    if (status !== 503 || !headers.has('retry-after')) {
      this.#failure = new Error(`${what} was answered ${status}: ${text}`);
      this.#look();
      throw this.#failure;
    }
    this.#timesPutOff += 1;
    this.#look();
    await setTimeout(pause);
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }

  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!isSo() && !this.#failure) return;
        this.#waiting.delete(look);
        if (this.#failure) reject(this.#failure);
        else resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
}
