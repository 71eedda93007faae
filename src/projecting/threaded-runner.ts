import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { StoreRefused, type EventStore } from '../event-store/event-store.js';
import { lendKeys } from '../event-store/lent-keys.js';
import type { Sealing } from '../event-store/sealing.js';
import { messageOf } from '../event-store/sqlite/database.js';
import type { FromThread, Given, ToThread } from './projection.messages.js';
import { isDamage } from './read-database.js';
import { RowsReader } from './rows-reader.js';
import { Served, type Now } from './served.js';

/** How long to wait, in milliseconds, before another thread is started for one that died. */
const patience = 500;

/** Through what the rows of one file are read here. */
interface Opened<R> {
  readonly number: number;
  readonly reader: RowsReader;
  readonly rows: R;
}

/**
 * A read model that a thread of its own keeps: there a runner follows the log through a connection of its own, and writes. Here it is
 * read, through a read-only connection, so only what is committed; and what the runner is at is known as it was last told.
 */
export class ThreadedRunner<R> extends Served<R> {
  readonly #store: EventStore;
  readonly #given: Omit<Given, 'log' | 'keys'>;
  readonly #sealing: Sealing | undefined;
  readonly #rowsOf: (reader: RowsReader) => R;
  #now: Now = { stopped: [] };
  #thread: Thread | undefined;
  #opened: Opened<R> | undefined;
  /** The number of the file in which a read met damage: it is not read again. */
  #damaged: number | undefined;
  #starting: Promise<void> = Promise.resolve();
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;

  /**
   * `folder` is made if there is none. `module`: the URL of the module whose `projection` makes the one of this name. `sealing`: lends it keys, where it opens what is sealed.
   * `rows`: reads its rows.
   */
  constructor(given: { readonly store: EventStore; readonly folder: string; readonly name: string; readonly module: string; readonly sealing?: Sealing; readonly rows: (reader: RowsReader) => R }) {
    super(given.name);
    this.#store = given.store;
    this.#given = { folder: given.folder, module: given.module };
    this.#sealing = given.sealing;
    this.#rowsOf = given.rows;
  }

  override start(): Promise<void> {
    return (this.#starting = this.#start());
  }

  override async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#starting.catch(() => undefined);
    this.#letGo();
    this.#thread?.tell({ kind: 'stop' });
    await this.#thread?.gone;
    this.#told({ stopped: [] });
  }

  override read<T>(work: (rows: R) => T): T {
    const { serving } = this.#now;
    if (!serving) throw this.notServing();
    try {
      const { reader, rows } = this.#open(serving);
      return reader.together(() => work(rows));
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#damaged = serving.number;
      this.#thread?.tell({ kind: 'damaged', number: serving.number });
      this.#told(this.#now);
      throw this.notServing();
    }
  }

  protected override now(): Now {
    return this.#now;
  }

  protected override hurry(position: bigint, withinMilliseconds: number): void {
    this.#thread?.tell({ kind: 'awaited', position, withinMilliseconds });
  }

  async #start(): Promise<void> {
    // Another thread counts its files anew.
    this.#damaged = undefined;
    const thread = await startThread({ ...this.#given, log: this.#store.address(), ...(this.#sealing && { keys: keysOf(this.#sealing) }) }, (now) => this.#told(now));
    this.#thread = thread;
    void thread.gone.then((why) => this.#lost(why));
  }

  #open({ path, number }: Pick<NonNullable<Now['serving']>, 'path' | 'number'>): Opened<R> {
    if (this.#opened?.number === number) return this.#opened;
    this.#letGo();
    const reader = new RowsReader(path);
    return (this.#opened = { number, reader, rows: this.#rowsOf(reader) });
  }

  #letGo(): void {
    const opened = this.#opened;
    this.#opened = undefined;
    opened?.reader.close();
  }

  /** What the thread told before it heard of the damage may come after. */
  #told({ serving, ...rest }: Now): void {
    this.#now = serving && serving.number !== this.#damaged ? { ...rest, serving } : rest;
    this.look();
  }

  /** What is committed is served while another thread is begun; who waits for more is told why it does not come. */
  #lost(why: string): void {
    if (this.#stopped) return;
    this.#letGo();
    const { serving, building: _, ...rest } = this.#now;
    this.#told(serving ? { ...rest, serving: { ...serving, trouble: why } } : { ...rest, trouble: why });
    this.#retry = setTimeout(() => void this.start().catch((error: unknown) => this.#lost(messageOf(error))), patience);
  }
}

/** Where a thread asks for keys. */
const keysOf = (sealing: Sealing): MessagePort => {
  const { port1, port2 } = new MessageChannel();
  lendKeys(port1, sealing);
  return port2;
};

/** A thread at work. */
interface Thread {
  tell(message: ToThread): void;
  /** Resolves when it has ended, asked to or not, with why. */
  readonly gone: Promise<string>;
}

/** Resolves when it follows the log. @throws StoreRefused it cannot use the files */
const startThread = async (given: Given, told: (now: Now) => void): Promise<Thread> => {
  const worker = new Worker(new URL('./projection.worker.js', import.meta.url), { workerData: given, transferList: [...(given.log.kind === 'sqlite' ? [given.log.woken] : []), ...(given.keys ? [given.keys] : [])] });
  let why = 'its thread ended';
  // An error ends the thread; what follows from that is told by its exit.
  worker.on('error', (error) => (why = messageOf(error)));
  const gone = new Promise<string>((resolve) => worker.once('exit', () => resolve(why)));
  await new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'now') {
        told(message.now);
        return resolve();
      }
      void worker.terminate();
      if (message.kind === 'refused') why = message.why;
    });
    void gone.then((reason) => reject(new StoreRefused(reason)));
  });
  return { tell: (message) => worker.postMessage(message), gone };
};
