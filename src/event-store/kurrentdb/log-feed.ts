import type { ClientReadableStream, ServiceError } from '@grpc/grpc-js';
import type { Connection, Link } from './connection.js';
import type { Deletions } from './deletions.js';
import type { LogReader } from './log-reader.js';
import type { Names } from './names.js';
import { logRequest, read, type ReadAnswer, type Recorded } from './protocol.js';
import { Trouble } from './trouble.js';

/** With so many waiting for a slow subscriber, the server is asked to pause; with so few, to go on. */
const crowded = 2_000;
const eased = 500;

/** What following the log needs. */
export interface Following {
  readonly connection: Connection;
  readonly reader: LogReader;
  readonly deletions: Deletions;
  readonly names: Names;
  /** How often it is looked whether a silent call is only quiet, in milliseconds. */
  readonly heartbeat: number;
}

/** What came, in order; `caughtUp`: that was all there was when the server sent it. */
export interface Taken {
  readonly recorded: readonly Recorded[];
  readonly caughtUp: boolean;
}

/** One call that follows the log, until it breaks. */
export class LogFeed {
  readonly #call: ClientReadableStream<ReadAnswer>;
  readonly #items: (Recorded | 'caught up')[] = [];
  readonly #release: () => void;
  readonly #beat: NodeJS.Timeout;
  #broken: Error | undefined;
  #paused = false;
  #heard = false;
  #looking = false;

  /**
   * `wake`: called when something came, or broke. `idleAt`: up to where the subscriber has everything; undefined while it has something in hand.
   */
  constructor(private readonly given: Following, link: Link, after: bigint, wake: () => void, private readonly idleAt: () => bigint | undefined) {
    const { connection, names, heartbeat } = given;
    this.#call = read(link.client, logRequest('forwards', after > 0n ? after : undefined, names.everything), connection.metadata(), {});
    this.#release = link.hold(this.#call);
    this.#call.on('data', (answer: ReadAnswer) => {
      this.#hear(answer);
      wake();
    });
    this.#call.on('error', (error: ServiceError) => {
      this.#broken = connection.trouble(link, error);
      wake();
    });
    this.#call.on('end', () => {
      this.#broken ??= new Trouble('the server ended the subscription', true, false);
      wake();
    });
    this.#beat = setInterval(() => void this.#look(), heartbeat);
  }

  /** Why nothing more will come. */
  get broken(): Error | undefined {
    return this.#broken;
  }

  /** At most so many facts; undefined: nothing is there now. */
  take(most: number): Taken | undefined {
    if (this.#items.length === 0) return undefined;
    const mark = this.#items.indexOf('caught up');
    const count = Math.min(most, mark < 0 ? this.#items.length : mark);
    const recorded = this.#items.splice(0, count) as Recorded[]; // Before the mark there are only these.
    const caughtUp = mark === count;
    if (caughtUp) this.#items.shift();
    if (this.#paused && this.#items.length <= eased) {
      this.#paused = false;
      this.#call.resume();
    }
    return { recorded, caughtUp };
  }

  end(): void {
    clearInterval(this.#beat);
    this.#release();
    this.#call.cancel();
  }

  #hear({ recorded, caughtUp }: ReadAnswer): void {
    this.#heard = true;
    if (recorded) this.#items.push(recorded);
    else if (caughtUp) this.#items.push('caught up');
    if (this.#paused || this.#items.length < crowded) return;
    this.#paused = true;
    this.#call.pause();
  }

  /** A call that is open and says nothing is compared with the end of the log, and ended when it hides something. */
  async #look(): Promise<void> {
    const quiet = !this.#heard && !this.#looking && this.#isIdle();
    this.#heard = false;
    if (!quiet) return;
    this.#looking = true;
    const head = await this.given.reader.head().catch(() => undefined); // A link that is of no more use is left by this, and the call with it.
    this.#looking = false;
    const through = this.idleAt();
    if (head !== undefined && through !== undefined && head > through && !this.#heard && this.#isIdle()) this.#call.cancel();
  }

  #isIdle(): boolean {
    return this.#items.length === 0 && this.idleAt() !== undefined;
  }
}
