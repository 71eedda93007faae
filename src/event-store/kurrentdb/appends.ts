import type { ClientDuplexStream, ServiceError } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { StoreUnavailable, StreamDeleted, TooLarge, WrongRevision, type Appended, type Expected, type NewFact } from '../event-store.js';
import type { Connection, Link } from './connection.js';
import { appendRequest, shared, type BatchAppendReq, type BatchAppendResp } from './protocol.js';
import { attempting, Trouble } from './trouble.js';

/** So many appends are with the server at once; the next wait for one of them to be answered. */
const inFlight = 256;

interface Pending {
  readonly answered: (answer: BatchAppendResp) => void;
  readonly broken: (trouble: Error) => void;
}

/**
 * Appends share one call, the server's BatchAppend: each is one message there and one back. The call itself has no deadline, so each append
 * has one of its own; when it passes, nobody knows what became of it.
 */
class Pipeline {
  readonly #call: ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
  readonly #pending = new Map<string, Pending>();

  constructor(private readonly connection: Connection, readonly link: Link) {
    this.#call = link.client.batchAppend(connection.metadata());
    const release = link.hold(this.#call);
    this.#call.on('data', (answer: BatchAppendResp) => {
      const id = answer.getCorrelationId()?.getString() ?? '';
      const pending = this.#pending.get(id);
      this.#pending.delete(id); // An answer that comes a second time finds nobody.
      pending?.answered(answer);
    });
    this.#call.on('error', (error: ServiceError) => {
      release();
      this.#end(connection.trouble(link, error));
    });
    this.#call.on('end', () => {
      release();
      connection.leave(link);
      this.#end(new Trouble('the server ended the call', false, true));
    });
  }

  /** @throws Trouble not answered; StoreUnavailable */
  send(stream: string, expected: Expected, facts: readonly NewFact[], until: number): Promise<BatchAppendResp> {
    return new Promise((resolve, reject) => {
      const id = randomUUID();
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new Trouble('the server did not answer', false, true));
        this.connection.leave(this.link); // It may be frozen, with a connection that looks sound.
      }, until - Date.now());
      const settle = () => clearTimeout(timer);
      this.#pending.set(id, { answered: (answer) => (settle(), resolve(answer)), broken: (trouble) => (settle(), reject(trouble)) });
      this.#call.write(appendRequest(id, stream, expected, facts));
    });
  }

  #end(trouble: Error): void {
    const all = [...this.#pending.values()];
    this.#pending.clear();
    for (const { broken } of all) broken(trouble);
  }
}

/** Writes facts under their streams' names in the server. */
export class Appends {
  #pipeline: Pipeline | undefined;
  #busy = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #running = new Set<Promise<unknown>>();

  constructor(private readonly connection: Connection, private readonly deadline: number) {}

  /** As the port's append. `name`: of the stream, for whoever is told what went wrong. */
  append(stored: string, expected: Expected, facts: readonly NewFact[], name = stored): Promise<Appended> {
    const running = this.#append(stored, expected, facts, name).finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }

  /** Resolves when all that was asked was answered. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.#running]);
  }

  async #append(stored: string, expected: Expected, facts: readonly NewFact[], name: string): Promise<Appended> {
    const until = Date.now() + this.deadline;
    await this.#turn(until);
    try {
      return await attempting(`An append to ${name}`, until, async () => {
        const { connection } = this;
        const link = await connection.link(until);
        if (this.#pipeline?.link !== link) this.#pipeline = new Pipeline(connection, link);
        const answer = await this.#pipeline.send(stored, expected, facts, Math.min(until, Date.now() + this.deadline / 2));
        return outcomeOf(answer, name, expected);
      });
    } finally {
      this.#busy -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(until: number): Promise<void> {
    while (this.#busy >= inFlight) {
      const come = await new Promise<boolean>((resolve) => {
        const next = () => (clearTimeout(timer), resolve(true));
        const timer = setTimeout(() => {
          this.#waiting.splice(this.#waiting.indexOf(next), 1);
          resolve(false);
        }, until - Date.now());
        this.#waiting.push(next);
      });
      if (!come) throw new StoreUnavailable('The event store has more to write than it can take. Try again later.');
    }
    this.#busy += 1;
  }
}

/** Larger than any revision that the port knows: how servers say that there is no stream. */
const revisionOf = (text: string): Expected => (BigInt(text) > BigInt(Number.MAX_SAFE_INTEGER) ? 'none' : Number(text));

/** @throws WrongRevision, StreamDeleted, TooLarge, StoreUnavailable, Trouble */
const outcomeOf = (answer: BatchAppendResp, stream: string, expected: Expected): Appended => {
  const success = answer.getSuccess();
  if (success) {
    const position = success.getPosition();
    // A repeat whose facts were deleted meanwhile succeeds without a position, and writes nothing.
    if (!position || !success.hasCurrentRevision()) throw new StreamDeleted(stream);
    return { revision: Number(success.getCurrentRevision()), position: BigInt(position.getCommitPosition()) };
  }
  const error = answer.getError();
  const details = error?.getDetails();
  const why = error?.getMessage() ?? '';
  switch (details?.getTypeName().split('.').at(-1)) {
    case 'WrongExpectedVersion': {
      const wrong = details.unpack((bytes) => shared.WrongExpectedVersion.deserializeBinary(bytes), 'event_store.client.WrongExpectedVersion');
      throw new WrongRevision(stream, expected, wrong?.hasCurrentStreamRevision() ? revisionOf(wrong.getCurrentStreamRevision()) : 'none');
    }
    case 'StreamDeleted':
      throw new StreamDeleted(stream);
    case 'MaximumAppendSizeExceeded':
      throw new TooLarge(`The append to ${stream} is over the limit of the event store.`);
    case 'AccessDenied':
      throw new StoreUnavailable(`The event store does not let this node write to ${stream}.`);
    case 'BadRequest':
      throw new StoreUnavailable(`The event store does not take the append to ${stream}: ${why}.`);
    case 'Empty':
      // It did not begin: it starts up, is busy, or there is no leader yet.
      throw new Trouble(why, true, false);
    default:
      throw new Trouble(why, false, false);
  }
};
