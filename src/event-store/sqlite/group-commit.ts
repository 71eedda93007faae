import { Worker } from 'node:worker_threads';
import { OutcomeUnknown, StoreRefused, StoreUnavailable } from '../event-store.js';
import { messageOf } from './database.js';
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

/**
 * The main thread's end of the writer: what arrives while the writer commits makes its next batch, by one message. A
 * writer that died is replaced when there is work for it.
 */
export class GroupCommit {
  readonly #path: string;
  readonly #committed: () => void;
  #writer: Writer | undefined;
  #starting = false;
  #queue: Waiting[] = [];
  #queuedBytes = 0;
  #inFlight: readonly Waiting[] = [];
  #sendingSoon = false;
  #closed: Promise<void> | undefined;
  #idle: (() => void) | undefined;

  private constructor(path: string, committed: () => void) {
    this.#path = path;
    this.#committed = committed;
  }

  /**
   * Starts the writer on a file that was prepared and locked. `committed` is called after each batch.
   * @throws StoreRefused the writer cannot work with the file
   */
  static async start(path: string, committed: () => void): Promise<GroupCommit> {
    const commit = new GroupCommit(path, committed);
    await commit.#start();
    return commit;
  }

  /** Resolves with what became of the work; `bytes` is its size, for the limits. @throws StoreUnavailable it was not taken */
  submit(work: Work, bytes: number): Promise<Outcome> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('The event log is closed.'));
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
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    if (this.#inFlight.length > 0 || this.#queue.length > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
    const writer = this.#writer;
    this.#writer = undefined;
    if (!writer) return;
    writer.tell({ kind: 'close' });
    await writer.gone;
  }

  /** @throws StoreRefused */
  async #start(): Promise<void> {
    const writer = await startWriter(this.#path, (outcomes) => this.#done(outcomes));
    this.#writer = writer;
    void writer.gone.then(() => this.#lost(writer));
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
    if (!this.#writer) return void this.#replace();
    let bytes = 0;
    let count = 0;
    for (const waiting of this.#queue) {
      if (count > 0 && bytes + waiting.bytes > batchBytes) break;
      bytes += waiting.bytes;
      count += 1;
    }
    this.#inFlight = this.#queue.splice(0, count);
    this.#queuedBytes -= bytes;
    this.#writer.tell({ kind: 'batch', works: this.#inFlight.map(({ work }) => work) });
  }

  #done(outcomes: readonly Outcome[]): void {
    const answered = this.#inFlight;
    this.#inFlight = [];
    this.#send();
    answered.forEach((waiting, index) => waiting.answer(outcomes[index] ?? { kind: 'unknown', why: 'the writer gave no answer' }));
    this.#committed();
    this.#rest();
  }

  /** The writer died: nobody knows what became of its batch. What it had not been given is for the next one. */
  #lost(writer: Writer): void {
    if (this.#writer !== writer) return;
    this.#writer = undefined;
    const unknown = this.#inFlight;
    this.#inFlight = [];
    for (const waiting of unknown) waiting.answer({ kind: 'unknown', why: 'the writer died' });
    this.#send();
    this.#rest();
  }

  async #replace(): Promise<void> {
    if (this.#starting) return;
    this.#starting = true;
    try {
      await this.#start();
    } catch (error) {
      const untouched = this.#queue;
      this.#queue = [];
      this.#queuedBytes = 0;
      for (const waiting of untouched) waiting.answer({ kind: 'unavailable', why: messageOf(error) });
    } finally {
      this.#starting = false;
    }
    this.#committed(); // What the lost writer wrote last is known by now.
    this.#send();
    this.#rest();
  }

  #rest(): void {
    if (this.#inFlight.length === 0 && this.#queue.length === 0) this.#idle?.();
  }
}

/** A writer's thread at work. */
interface Writer {
  tell(message: ToWriter): void;
  /** Resolves when the thread has ended, asked to or not. */
  readonly gone: Promise<void>;
}

/** @throws StoreRefused the writer cannot work with the file */
const startWriter = async (path: string, done: (outcomes: readonly Outcome[]) => void): Promise<Writer> => {
  const worker = new Worker(new URL('./writer.worker.js', import.meta.url), { workerData: { path } });
  let trouble = 'its thread ended';
  // An error ends the thread; what follows from that is told by its exit.
  worker.on('error', (error) => (trouble = messageOf(error)));
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const refuse = (why: string) => reject(new StoreRefused(`The event log ${path} cannot be written: ${why}.`));
    worker.on('message', (message: FromWriter) => {
      if (message.kind === 'done') done(message.outcomes);
      else if (message.kind === 'ready') resolve();
      else refuse(message.why);
    });
    void gone.then(() => refuse(trouble));
  });
  return { tell: (message) => worker.postMessage(message), gone };
};

/** The error of an outcome that is neither a success nor about the stream. */
export const troubleOf = (outcome: Extract<Outcome, { why: string }>): Error =>
  outcome.kind === 'unknown'
    ? new OutcomeUnknown(`The commit failed (${outcome.why}): nobody knows yet whether it was written.`)
    : new StoreUnavailable(`The event log could not be written: ${outcome.why}.`);
