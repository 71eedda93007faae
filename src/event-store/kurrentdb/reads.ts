import { status, type ServiceError } from '@grpc/grpc-js';
import { OutcomeUnknown, StoreUnavailable } from '../event-store.js';
import type { Connection } from './connection.js';
import { logRequest, read, streamRequest, tombstoneRequest, type NameFilter, type ReadAnswer, type ReadReq, type Recorded } from './protocol.js';
import { attempting, saidBy } from './trouble.js';

/** What a stream held where it was read; it may hold more. */
export type Part<Read = Recorded> = readonly Read[] | 'none' | 'deleted';

const ticksAMillisecond = 10_000n;

/** One call a page: it has a deadline, is repeated on another connection when it breaks, and holds nothing of the server while the reader thinks. */
export class Reads {
  constructor(private readonly connection: Connection, private readonly deadline: number) {}

  /** @throws StoreUnavailable */
  async stream(stored: string, direction: 'forwards' | 'backwards', from: number | undefined, count: number): Promise<Part> {
    return this.#attempting(`Reading ${stored}`, (until) => this.#read(streamRequest(stored, direction, from, count), until, ({ recorded }) => recorded));
  }

  /** Forwards from a position, included; or backwards from one, excluded, or from the end. @throws StoreUnavailable */
  async log(direction: 'forwards' | 'backwards', from: bigint | undefined, filter: NameFilter, count: number): Promise<readonly Recorded[]> {
    const part = await this.#attempting('Reading the log', (until) => this.#read(logRequest(direction, from, filter, count), until, ({ recorded }) => recorded));
    return typeof part === 'string' ? [] : part;
  }

  /**
   * When the server wrote an event, in milliseconds since 1970; undefined: it is not there any more. Some servers tell it in whole seconds.
   * @throws StoreUnavailable
   */
  async created(stored: string, revision: number): Promise<{ readonly earliest: number; readonly latest: number } | undefined> {
    const part = await this.#attempting(`Reading ${stored}`, (until) => this.#read(streamRequest(stored, 'forwards', revision, 1), until, ({ created }) => created));
    const [ticks] = typeof part === 'string' ? [] : part;
    if (ticks === undefined) return undefined;
    const earliest = Number(ticks / ticksAMillisecond);
    return { earliest, latest: earliest + (ticks % (1_000n * ticksAMillisecond) === 0n ? 1_000 : 1) };
  }

  /** Ends a stream for good. @throws StoreUnavailable */
  async tombstone(stored: string): Promise<void> {
    await this.#attempting(`Deleting ${stored}`, async (until) => {
      const link = await this.connection.link(until);
      await new Promise<void>((resolve, reject) => {
        const call = link.client.tombstone(tombstoneRequest(stored), this.connection.metadata(), { deadline: until }, (error) => {
          release();
          if (!error || isDeleted(error)) resolve();
          else reject(this.connection.trouble(link, error));
        });
        const release = link.hold(call);
      });
    });
  }

  async #attempting<R>(what: string, attempt: (until: number) => Promise<R>): Promise<R> {
    try {
      return await attempting(what, Date.now() + this.deadline, (until) => attempt(Math.min(until, Date.now() + this.deadline / 2)));
    } catch (error) {
      // What reads or deletes can be done again: it only was not done.
      throw error instanceof OutcomeUnknown ? new StoreUnavailable(error.message) : error;
    }
  }

  async #read<Read>(request: ReadReq, until: number, readIn: (answer: ReadAnswer) => Read | undefined): Promise<Part<Read>> {
    const link = await this.connection.link(until);
    return new Promise((resolve, reject) => {
      const found: Read[] = [];
      let missing = false;
      const call = read(link.client, request, this.connection.metadata(), { deadline: until });
      const release = link.hold(call);
      call.on('data', (answer: ReadAnswer) => {
        const wanted = readIn(answer);
        if (wanted !== undefined) found.push(wanted);
        missing ||= answer.missing === true;
      });
      call.on('end', () => {
        release();
        resolve(missing ? 'none' : found);
      });
      call.on('error', (error: ServiceError) => {
        release();
        if (isDeleted(error)) resolve('deleted');
        else if (error.code === status.NOT_FOUND && saidBy(error) === 'stream-not-found') resolve('none');
        else reject(this.connection.trouble(link, error));
      });
    });
  }
}

const isDeleted = (error: ServiceError): boolean => error.code === status.FAILED_PRECONDITION && saidBy(error) === 'stream-deleted';

