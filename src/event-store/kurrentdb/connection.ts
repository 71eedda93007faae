import { connectivityState, Metadata, type ServiceError } from '@grpc/grpc-js';
import { StoreUnavailable } from '../event-store.js';
import { findLeader } from './discovery.js';
import { streamsService, type StreamsClient } from './protocol.js';
import type { Address, Settings } from './settings.js';
import { Trouble, troubleOf, whyUnmade } from './trouble.js';

/** How long a node has to take up a connection, in milliseconds. */
const connecting = 3_000;
/** A message holds an append of 1 MiB, or an event that another client wrote: up to 16 MiB. */
const largestMessage = 17 * 1024 * 1024;

/** What can be ended: a call of any kind. */
interface Call {
  cancel(): void;
}

/** One connection to one node. Calls on it end with it. */
export class Link {
  readonly #calls = new Set<Call>();
  #lost = false;

  constructor(readonly address: Address, readonly client: StreamsClient) {}

  /** It was left. */
  get lost(): boolean {
    return this.#lost;
  }

  get usable(): boolean {
    return !this.#lost && this.client.getChannel().getConnectivityState(false) === connectivityState.READY;
  }

  /** The call is ended with the link. Answers how to let go of it when it has ended by itself. */
  hold(call: Call): () => void {
    this.#calls.add(call);
    if (this.#lost) call.cancel();
    return () => void this.#calls.delete(call);
  }

  end(): void {
    if (this.#lost) return;
    this.#lost = true;
    for (const call of [...this.#calls]) call.cancel();
    this.client.close();
  }
}

/**
 * The way to the node that leads, since decisions are made on what is read there. A link that is of no more use is left, and the next
 * one who asks makes another, to the node that is said to lead.
 */
export class Connection {
  #link: Promise<Link> | undefined;
  #leader: Address | undefined;
  #failed: Address | undefined;
  /** Why there was no link when there last was none. */
  #why = 'no node has answered';
  #closed = false;

  constructor(private readonly settings: Settings) {}

  /** A link that is up. @throws Trouble there is none in time; StoreUnavailable closed */
  async link(until: number): Promise<Link> {
    for (;;) {
      if (this.#closed) throw new StoreUnavailable('The event store is closed.');
      const asked = (this.#link ??= this.#connect());
      let link: Link;
      try {
        link = await before(until, asked, () => this.#why);
      } catch (error) {
        if (error instanceof Error && !(error instanceof Late)) this.#why = error.message;
        // One that takes its time may still come up for the next who asks.
        if (this.#link === asked && !(error instanceof Late)) this.#link = undefined;
        throw error;
      }
      if (link.usable) return link;
      this.leave(link);
    }
  }

  /** The link is of no more use: its calls end, and it is not given out again. */
  leave(link: Link, leader?: Address): void {
    // A call that is refused also ends: by then it is known who leads.
    if (link.lost) return;
    void this.#link?.then((current) => {
      if (current !== link) return;
      this.#link = undefined;
      this.#leader = leader;
      this.#failed = leader ? undefined : link.address;
    }, () => undefined);
    link.end();
  }

  /** What goes with each call: that the leader shall answer, and who asks. */
  metadata(): Metadata {
    const metadata = new Metadata();
    metadata.add('requires-leader', 'true');
    if (this.settings.authorization !== undefined) metadata.add('authorization', this.settings.authorization);
    return metadata;
  }

  /** Reads the end of a call, and leaves the link where it is of no more use. */
  trouble(link: Link, error: ServiceError): Error {
    const trouble = troubleOf(error);
    if (trouble instanceof Trouble && trouble.connection) this.leave(link, trouble.leader);
    return trouble;
  }

  close(): void {
    this.#closed = true;
    void this.#link?.then((link) => link.end(), () => undefined);
  }

  async #connect(): Promise<Link> {
    const address = this.#leader ?? (await this.#resolve());
    this.#leader = undefined;
    const client = new streamsService.StreamsClient(`${address.address}:${address.port}`, this.settings.channel, {
      // A connection of its own: one that froze must not be found again in a pool.
      'grpc.use_local_subchannel_pool': 1,
      'grpc.keepalive_time_ms': this.settings.keepAliveInterval < 0 ? 2 ** 31 - 1 : this.settings.keepAliveInterval,
      'grpc.keepalive_timeout_ms': this.settings.keepAliveTimeout < 0 ? 2 ** 31 - 1 : this.settings.keepAliveTimeout,
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 1_000,
      'grpc.max_receive_message_length': largestMessage,
      'grpc.max_send_message_length': largestMessage,
    });
    await new Promise<void>((resolve, reject) => {
      // A node that refuses is asked no second time here: another may lead by now.
      const watch = () => {
        const channel = client.getChannel();
        const state = channel.getConnectivityState(true);
        if (state === connectivityState.READY) return resolve();
        const failed = (why: string) => {
          this.#failed = address;
          client.close();
          reject(new Trouble(`${address.address}:${address.port} ${why}`, true, true));
        };
        if (state === connectivityState.TRANSIENT_FAILURE) return void whyNot(client).then(failed);
        channel.watchConnectivityState(state, deadline, (error) => (error ? failed('does not answer') : watch()));
      };
      const deadline = Date.now() + connecting;
      watch();
    });
    return new Link(address, client);
  }

  async #resolve(): Promise<Address> {
    const [only] = this.settings.hosts;
    return this.settings.gossip || !only ? findLeader(this.settings, this.#failed) : only;
  }
}

/** A channel tells why it failed to those who call on it, and to nobody else. */
const whyNot = (client: StreamsClient): Promise<string> =>
  new Promise((resolve) => client.makeUnaryRequest('/', () => Buffer.alloc(0), () => undefined, undefined, (error) => resolve(error ? whyUnmade(error) : 'cannot be reached')));

/** The time of one who waits is up, not that of what is waited for. */
class Late extends Trouble {}

const before = async <R>(until: number, work: Promise<R>, why: () => string): Promise<R> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late(`there is no connection yet: ${why()}`, true, false)), Math.max(0, until - Date.now()));
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};
