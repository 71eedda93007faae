import { Worker } from 'node:worker_threads';
import { StoreUnavailable } from '../event-store.js';
import { Keys } from '../keys.js';
import type { PersonId } from '../personal.js';
import { canonicalPath } from './database-file.js';
import { messageOf } from './database.js';
import { preparedKeyFile } from './key-file.js';
import type { FromKeys, KeysAnswer, KeysWork, ToKeys } from './keys.messages.js';

interface Waiting {
  readonly work: KeysWork;
  answer(answer: KeysAnswer): void;
}

/** More than this waiting is refused: memory has an end. */
const mostWaiting = 20_000;

/**
 * The keys in a SQLite file beside the log, written and read by a thread of their own: a commit takes as long as the disk does. What is asked while
 * it commits makes its next transaction. A thread that died is replaced when it is needed.
 */
export class SqliteKeys extends Keys {
  readonly #path: string;
  readonly #wrapping: Buffer;
  #thread: Worker | undefined;
  #queue: Waiting[] = [];
  #inFlight: readonly Waiting[] = [];
  #sendingSoon = false;
  #closed: Promise<void> | undefined;
  #idle: (() => void) | undefined;

  private constructor(path: string, wrapping: Buffer) {
    super();
    this.#path = path;
    this.#wrapping = wrapping;
  }

  /**
   * Opens the key file, which is made if there is none (its folder must exist).
   * @throws StoreRefused the secret is not the one that the keys are wrapped with, or the file is not a whole key file
   */
  static open(path: string, secret: Uint8Array | string): SqliteKeys {
    const file = canonicalPath(path);
    return new SqliteKeys(file, preparedKeyFile(file, secret));
  }

  override obtain(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Uint8Array>> {
    return this.#ask({ kind: 'obtain', people });
  }

  override find(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Uint8Array>> {
    return this.#ask({ kind: 'find', people });
  }

  override async erase(person: PersonId): Promise<void> {
    await this.#ask({ kind: 'erase', person });
  }

  /** Answers what was asked, then ends the thread. */
  override close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    if (this.#inFlight.length > 0 || this.#queue.length > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
    this.#wrapping.fill(0);
    const thread = this.#thread;
    if (!thread) return;
    this.#thread = undefined;
    thread.ref();
    const gone = new Promise((resolve) => thread.once('exit', resolve));
    thread.postMessage({ kind: 'close' } satisfies ToKeys);
    await gone;
  }

  /** @throws StoreUnavailable */
  async #ask(work: KeysWork): Promise<ReadonlyMap<PersonId, Uint8Array>> {
    if (this.#closed) throw new StoreUnavailable('The key file is closed.');
    if (this.#queue.length >= mostWaiting) throw new StoreUnavailable('Too many keys are waited for. Try again later.');
    const answer = await new Promise<KeysAnswer>((resolve) => {
      this.#queue.push({ work, answer: resolve });
      this.#sendSoon();
    });
    if (answer.kind === 'unavailable') throw new StoreUnavailable(answer.why);
    return new Map(answer.keys);
  }

  /** In a microtask: what one turn of the event loop asks goes together. */
  #sendSoon(): void {
    if (this.#sendingSoon || this.#inFlight.length > 0) return;
    this.#sendingSoon = true;
    queueMicrotask(() => {
      this.#sendingSoon = false;
      this.#send();
    });
  }

  #send(): void {
    if (this.#inFlight.length > 0 || this.#queue.length === 0) return;
    this.#thread ??= this.#started();
    this.#inFlight = this.#queue;
    this.#queue = [];
    // A process that waits for keys does not end; one that only has them open may.
    this.#thread.ref();
    this.#thread.postMessage({ kind: 'works', works: this.#inFlight.map(({ work }) => work) } satisfies ToKeys);
  }

  #started(): Worker {
    const thread = new Worker(new URL('./keys.worker.js', import.meta.url), { workerData: { path: this.#path, wrapping: this.#wrapping } });
    let trouble = 'its thread ended';
    // An error ends the thread; what follows from that is told by its exit.
    thread.on('error', (error) => (trouble = messageOf(error)));
    thread.on('message', (answers: FromKeys) => this.#done(answers));
    thread.once('exit', () => this.#lost(thread, `The key file could not be used: ${trouble}.`));
    return thread;
  }

  #done(answers: FromKeys): void {
    const answered = this.#inFlight;
    this.#inFlight = [];
    this.#send();
    answered.forEach((waiting, index) => waiting.answer(answers[index]!));
    this.#rest();
  }

  /** What became of its transaction does not matter: who asks again finds a key or makes one. */
  #lost(thread: Worker, why: string): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    const lost = this.#inFlight;
    this.#inFlight = [];
    for (const waiting of lost) waiting.answer({ kind: 'unavailable', why });
    this.#send();
    this.#rest();
  }

  #rest(): void {
    if (this.#inFlight.length > 0 || this.#queue.length > 0) return;
    this.#thread?.unref();
    this.#idle?.();
  }
}
