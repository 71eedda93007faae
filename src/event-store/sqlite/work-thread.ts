import { Worker } from 'node:worker_threads';
import { StoreUnavailable } from '../event-store.js';
import { messageOf } from './database.js';
import type { FromThread, ToThread } from './works.messages.js';

interface Waiting<W, A> {
  readonly work: W;
  readonly bytes: number;
  answer(answer: A): void;
}

/** A batch is closed at this size, so that one does not make the others wait long. */
const batchBytes = 8 * 1024 * 1024;
/** More than this waiting is refused: memory has an end. */
const waitingBytes = 256 * 1024 * 1024;
const waitingWorks = 20_000;

/** What the thread does, and what is said of it where it says nothing itself. */
export interface Job<A> {
  /** The file that the thread runs, beside this one. */
  readonly script: `./${string}.worker.js`;
  readonly given: object;
  /** Called after each batch, and when a thread that died was replaced: what it did last is known by then. */
  readonly worked?: () => void;
  /** Of works whose thread died. */
  readonly lost: (why: string) => A;
  /** Of works that no thread began, since none could be started. */
  readonly untouched: (why: string) => A;
  readonly sentences: { readonly closed: string; readonly crowded: string };
}

/**
 * The main thread's end of a thread that does works on a file: what is asked while it has a batch makes its next, by one message. The thread is started
 * when there is work for it, also where one died. A process that waits for an answer does not end; one that waits for none may.
 */
export class WorkThread<W, A> {
  #thread: Thread<W> | undefined;
  #starting: Promise<void> | undefined;
  #queue: Waiting<W, A>[] = [];
  #queuedBytes = 0;
  #inFlight: readonly Waiting<W, A>[] = [];
  #sendingSoon = false;
  #closed: Promise<void> | undefined;
  #idle: (() => void) | undefined;

  constructor(private readonly job: Job<A>) {}

  /** Starts the thread before there is work. @throws Error why it cannot be */
  start(): Promise<void> {
    return (this.#starting ??= this.#start().finally(() => (this.#starting = undefined)));
  }

  /** Resolves with what came of the work; `bytes` is its size, for the limits. @throws StoreUnavailable it was not taken */
  submit(work: W, bytes = 0): Promise<A> {
    const { closed, crowded } = this.job.sentences;
    if (this.#closed) return Promise.reject(new StoreUnavailable(closed));
    if (this.#queue.length >= waitingWorks || this.#queuedBytes + bytes > waitingBytes) return Promise.reject(new StoreUnavailable(crowded));
    return new Promise((answer) => {
      this.#queue.push({ work, bytes, answer });
      this.#queuedBytes += bytes;
      this.#sendSoon();
    });
  }

  /** Answers what was submitted, then ends the thread. */
  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    if (this.#isBusy) await new Promise<void>((resolve) => (this.#idle = resolve));
    const thread = this.#thread;
    this.#thread = undefined;
    if (!thread) return;
    thread.worker.ref();
    thread.tell({ kind: 'close' });
    await thread.gone;
  }

  get #isBusy(): boolean {
    return this.#inFlight.length > 0 || this.#queue.length > 0;
  }

  async #start(): Promise<void> {
    const worker = new Worker(new URL(this.job.script, import.meta.url), { workerData: this.job.given });
    let trouble = 'its thread ended';
    // An error ends the thread; what follows from that is told by its exit.
    worker.on('error', (error) => (trouble = messageOf(error)));
    const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (message: FromThread<A>) => {
        if (message.kind === 'done') this.#done(message.answers);
        else if (message.kind === 'ready') resolve();
        else reject(new Error(message.why));
      });
      void gone.then(() => reject(new Error(trouble)));
    });
    const thread = { worker, gone, tell: (message: ToThread<W>) => worker.postMessage(message) };
    this.#thread = thread;
    void gone.then(() => this.#lost(thread, trouble));
    this.#rest();
  }

  /** In a microtask: what one turn of the event loop submits goes together. */
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
    if (!this.#thread) return void this.#replace();
    let bytes = 0;
    let count = 0;
    for (const waiting of this.#queue) {
      if (count > 0 && bytes + waiting.bytes > batchBytes) break;
      bytes += waiting.bytes;
      count += 1;
    }
    this.#inFlight = this.#queue.splice(0, count);
    this.#queuedBytes -= bytes;
    this.#thread.worker.ref();
    this.#thread.tell({ kind: 'batch', works: this.#inFlight.map(({ work }) => work) });
  }

  #done(answers: readonly A[]): void {
    const answered = this.#inFlight;
    this.#inFlight = [];
    this.#send();
    answered.forEach((waiting, index) => waiting.answer(answers[index] ?? this.job.lost('the thread gave no answer')));
    this.job.worked?.();
    this.#rest();
  }

  /** The thread died: nobody knows what came of its batch. What it had not been given is for the next one. */
  #lost(thread: Thread<W>, why: string): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    const lost = this.#inFlight;
    this.#inFlight = [];
    for (const waiting of lost) waiting.answer(this.job.lost(why));
    this.#send();
    this.#rest();
  }

  async #replace(): Promise<void> {
    if (this.#starting) return;
    try {
      await this.start();
    } catch (error) {
      const untouched = this.#queue;
      this.#queue = [];
      this.#queuedBytes = 0;
      for (const waiting of untouched) waiting.answer(this.job.untouched(messageOf(error)));
    }
    this.job.worked?.();
    this.#send();
    this.#rest();
  }

  #rest(): void {
    if (this.#isBusy) return;
    this.#thread?.worker.unref();
    this.#idle?.();
  }
}

/** A thread at work. */
interface Thread<W> {
  readonly worker: Worker;
  tell(message: ToThread<W>): void;
  /** Resolves when it has ended, asked to or not. */
  readonly gone: Promise<void>;
}
