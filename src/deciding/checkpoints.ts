import { Worker } from 'node:worker_threads';
import type { EventStore } from '../event-store/event-store.js';
import type { Event } from '../event-store/event.js';
import { loadCheckpoint, type Kept } from './checkpoint.js';
import type { FromThread, Given } from './checkpoint.messages.js';
import type { Current } from './current.js';

/** A state is kept again when so many facts came since, and a third of all: so little is folded on a cold start, and little written in all. */
const fewest = 5_000;
const share = 3;

/**
 * States of long streams, kept in files so that a node that starts cold need not fold everything: a file a stream. They are disposable. What another build
 * wrote, or of another log, is ignored, and so is a file that is not whole, or whose last fact is not in the log as it was: the chain tells that all before it
 * are the same too. A state is kept by a thread that folds the log itself, beside what is decided meanwhile, so it is never ahead of what is on the disk.
 */
export class Checkpoints<S, E extends Event> {
  /** Up to which revision each stream was kept. */
  private readonly kept = new Map<string, number>();
  private thread: Worker | undefined;
  private ended: Promise<void> = Promise.resolve();
  private resting = false;

  /** `module`: the URL of the module whose `kept` says how states are made, with the same `decider`. */
  constructor(private readonly given: { readonly folder: string; readonly store: EventStore; readonly decider: Kept<S, E>['decider']; readonly module: string }) {}

  /** The state that was kept, if it can be gone on from. @throws StoreUnavailable */
  async load(stream: string): Promise<Current<S> | undefined> {
    const current = await loadCheckpoint(this.given, this.given, stream);
    if (current) this.kept.set(stream, current.revision);
    return current;
  }

  /** The stream is at this revision: its state is kept if that is worth it, one stream at a time. Nobody need wait for it. */
  reached(stream: string, revision: number): void {
    const since = revision - (this.kept.get(stream) ?? -1);
    if (!this.given.decider.keeping || this.thread || this.resting || since < Math.max(fewest, revision / share)) return;
    this.kept.set(stream, revision);
    this.keep(stream);
  }

  /** Resolves when nothing is kept any more: what was begun is left. */
  async rest(): Promise<void> {
    this.resting = true;
    // Not by ending it: in the midst of a call to SQLite that would end the process.
    this.thread?.postMessage('stop');
    await this.ended;
    this.resting = false;
  }

  /** Resolves when what is being kept is kept. */
  idle(): Promise<void> {
    return this.ended;
  }

  private keep(stream: string): void {
    let thread: Worker;
    try {
      thread = this.begin(stream);
    } catch {
      // What cannot be kept now is kept later, or not: a cold start takes longer then.
      return;
    }
    this.thread = thread;
    thread.on('message', ({ revision }: FromThread) => void (revision !== undefined && this.kept.set(stream, revision)));
    thread.on('error', () => undefined);
    this.ended = new Promise<void>((resolve) => thread.once('exit', () => resolve())).then(() => void (this.thread = undefined));
  }

  private begin(stream: string): Worker {
    const { folder, store, module } = this.given;
    const log = store.address();
    const given: Given = { module, folder, log, stream };
    return new Worker(new URL('./checkpoint.worker.js', import.meta.url), { workerData: given, transferList: log.kind === 'sqlite' ? [log.woken] : [] });
  }
}
