import { Worker } from 'node:worker_threads';
import { OutcomeUnknown, StoreRefused, StoreUnavailable } from '../event-store.js';
import type { FromWriter, Outcome, ToWriter, Work } from './writer.messages.js';

interface Waiting {
  readonly work: Work;
  readonly bytes: number;
  answer(outcome: Outcome): void;
}

/** A batch is closed at this size, so that one does not make the others wait long. */
const batchBytes = 8 * 1024 * 1024;
/** More than this waiting is refused: memory has an end. */
const waitingBytes = 256 * 1024 * 1024;
const waitingWorks = 20_000;

/** The main thread's end of the writer: what arrives while the writer commits makes its next batch, by one message. */
export class GroupCommit {
  readonly #worker: Worker;
  readonly #committed: () => void;
  readonly #gone: Promise<void>;
  #queue: Waiting[] = [];
  #queuedBytes = 0;
  #inFlight: readonly Waiting[] = [];
  #sendingSoon = false;
  #closed: 'no' | 'closing' | 'lost' = 'no';
  #idle: (() => void) | undefined;

  private constructor(worker: Worker, committed: () => void) {
    this.#worker = worker;
    this.#committed = committed;
    worker.on('message', (message: FromWriter) => {
      if (message.kind === 'done') this.#done(message.outcomes);
    });
    this.#gone = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#lost();
        resolve();
      });
    });
    // An error ends the worker; what follows from that is told by its exit.
    worker.on('error', () => undefined);
  }

  /**
   * Starts the writer on a file that was prepared and locked. `committed` is called after each batch.
   * @throws StoreRefused the writer cannot work with the file
   */
  static async start(path: string, committed: () => void): Promise<GroupCommit> {
    const worker = new Worker(new URL('./writer.worker.js', import.meta.url), { workerData: { path } });
    await new Promise<void>((resolve, reject) => {
      worker.once('message', (message: FromWriter) => {
        if (message.kind === 'ready') resolve();
        else reject(new StoreRefused(`The event log ${path} cannot be written: ${message.kind === 'refused' ? message.why : message.kind}.`));
      });
      worker.once('error', (error) => reject(new StoreRefused(`The writer of ${path} did not start: ${error.message}.`)));
    });
    return new GroupCommit(worker, committed);
  }

  /** Resolves with what became of the work; `bytes` is its size, for the limits. @throws StoreUnavailable it was not taken */
  submit(work: Work, bytes: number): Promise<Outcome> {
    if (this.#closed !== 'no') return Promise.reject(new StoreUnavailable('The event log is closed.'));
    if (this.#queue.length >= waitingWorks || this.#queuedBytes + bytes > waitingBytes) {
      return Promise.reject(new StoreUnavailable('Too many appends are waiting for the disk. Try again later.'));
    }
    return new Promise((answer) => {
      this.#queue.push({ work, bytes, answer });
      this.#queuedBytes += bytes;
      this.#sendSoon();
    });
  }

  /** Answers what was submitted, then ends the writer. */
  async close(): Promise<void> {
    if (this.#closed === 'no') {
      this.#closed = 'closing';
      if (this.#inFlight.length > 0 || this.#queue.length > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
      this.#tell({ kind: 'close' });
    }
    await this.#gone;
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
    if (this.#closed === 'lost' || this.#inFlight.length > 0 || this.#queue.length === 0) return;
    let bytes = 0;
    let count = 0;
    for (const waiting of this.#queue) {
      if (count > 0 && bytes + waiting.bytes > batchBytes) break;
      bytes += waiting.bytes;
      count += 1;
    }
    this.#inFlight = this.#queue.splice(0, count);
    this.#queuedBytes -= bytes;
    this.#tell({ kind: 'batch', works: this.#inFlight.map(({ work }) => work) });
  }

  #done(outcomes: readonly Outcome[]): void {
    const answered = this.#inFlight;
    this.#inFlight = [];
    this.#send();
    answered.forEach((waiting, index) => waiting.answer(outcomes[index] ?? { kind: 'unknown', why: 'the writer gave no answer' }));
    this.#committed();
    if (this.#inFlight.length === 0 && this.#queue.length === 0) this.#idle?.();
  }

  /** The writer's thread ended. Asked to, that is all; else what it had is unknown, and what it had not was not done. */
  #lost(): void {
    this.#closed = 'lost';
    const unknown = this.#inFlight;
    const untouched = this.#queue;
    this.#inFlight = [];
    this.#queue = [];
    for (const waiting of unknown) waiting.answer({ kind: 'unknown', why: 'the writer ended' });
    for (const waiting of untouched) waiting.answer({ kind: 'unavailable', why: 'the writer ended' });
    this.#idle?.();
  }

  #tell(message: ToWriter): void {
    this.#worker.postMessage(message);
  }
}

/** The error of an outcome that is neither a success nor about the stream. */
export const troubleOf = (outcome: Extract<Outcome, { why: string }>): Error =>
  outcome.kind === 'unknown'
    ? new OutcomeUnknown(`The commit failed (${outcome.why}): nobody knows yet whether it was written.`)
    : new StoreUnavailable(`The event log could not be written: ${outcome.why}.`);
