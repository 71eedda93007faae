import { Metadata, Server, ServerCredentials, status, type sendUnaryData, type ServerDuplexStream, type ServerUnaryCall, type ServerWritableStream, type ServiceError } from '@grpc/grpc-js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import gossipService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb.js';
import features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import featuresService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import type { BatchAppendReq, BatchAppendResp, ReadReq, ReadResp, TombstoneReq, TombstoneResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import statusMessages from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { maxAppendSize, ServerLog, type ExpectedRevision, type Kept, type Written } from './server-log.js';
import { Wire } from './wire.js';

/** What becomes of one append: `lost` is written and its call ends without an answer, `never` is written and not answered. */
export type Fate = 'answered' | 'twice' | 'lost' | 'never' | 'not ready' | { readonly late: number };

/**
 * A KurrentDB node in this process: the server's protocol on a real port, over the services that the client package generated, with the
 * server's rules as they were seen on real servers. It misbehaves on demand. Several nodes may share a log.
 */
export class Double {
  /** Decides the fate of each append as it comes. */
  fate: () => Fate = () => 'answered';
  /** After so many messages the next reading breaks. */
  cutReadAfter: number | undefined;
  /** The node that leads, if it is not this one. */
  leader: Double | undefined;
  /** Every subscription is told everything twice. */
  repeats = false;
  /** So much later than it could it tells its subscriptions what is new, in milliseconds. */
  late = 0;
  readonly #subscriptions = new Set<ServerWritableStream<ReadReq, ReadResp>>();
  readonly #muted = new WeakSet<object>();
  readonly #server = new Server({ 'grpc.max_receive_message_length': 8 * 1024 * 1024 });
  #wire: Wire | undefined;

  private constructor(readonly log: ServerLog, private readonly cluster: () => readonly Double[]) {}

  /** `cluster`: all nodes, as gossip tells. */
  static async start(log = new ServerLog(), cluster?: () => readonly Double[], speaking = ServerCredentials.createInsecure()): Promise<Double> {
    const double: Double = new Double(log, cluster ?? (() => [double]));
    double.#server.addService(streamsService.StreamsService, {
      read: (call: ServerWritableStream<ReadReq, ReadResp>) => double.#read(call),
      batchAppend: (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) => double.#batchAppend(call),
      tombstone: (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, answer: sendUnaryData<TombstoneResp>) => double.#tombstone(call, answer),
    });
    double.#server.addService(gossipService.GossipService, {
      read: (_: unknown, answer: sendUnaryData<InstanceType<typeof gossip.ClusterInfo>>) => answer(null, new gossip.ClusterInfo().setMembersList(double.cluster().map((node) => node.#member()))),
    });
    // Our adapter does not ask; the bare client, which the benches measure beside it, appends one by one where this is not told.
    const batches = new features.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName('batchappend');
    double.#server.addService(featuresService.ServerFeaturesService, {
      getSupportedMethods: (_: unknown, answer: sendUnaryData<InstanceType<typeof features.SupportedMethods>>) => answer(null, new features.SupportedMethods().setEventStoreServerVersion('23.10.6').setMethodsList([batches])),
    });
    const port = await new Promise<number>((resolve, reject) =>
      double.#server.bindAsync('127.0.0.1:0', speaking, (error, bound) => (error ? reject(error) : resolve(bound))),
    );
    double.#wire = new Wire(port);
    await double.#wire.open();
    return double;
  }

  get wire(): Wire {
    if (!this.#wire) throw new Error('It has not started.');
    return this.#wire;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.wire.port}?tls=false`;
  }

  /** As a server does with a live subscription whose client is slow. */
  dropSubscriptions(): void {
    for (const call of [...this.#subscriptions]) call.emit('error', failure(status.ABORTED, 'Operation timed out: Consumer too slow to handle event while live. Client resubscription required.'));
  }

  /** The subscriptions that there are stay open and say nothing more. */
  muteSubscriptions(): void {
    for (const call of this.#subscriptions) this.#muted.add(call);
  }

  /** So many are open. */
  get subscriptions(): number {
    return this.#subscriptions.size;
  }

  async stop(): Promise<void> {
    await this.wire.refuse();
    this.#server.forceShutdown();
  }

  #member() {
    const states = gossip.MemberInfo.VNodeState;
    return new gossip.MemberInfo()
      .setIsAlive(true)
      .setState(this.leader ? states.FOLLOWER : states.LEADER)
      .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(this.wire.port));
  }

  /** Undefined: this node leads, or need not. */
  #notLeader(headers: Metadata): ServiceError | undefined {
    if (!this.leader || headers.get('requires-leader')[0] !== 'true') return undefined;
    return failure(status.NOT_FOUND, 'Leader info available', { exception: 'not-leader', 'leader-endpoint-host': '127.0.0.1', 'leader-endpoint-port': `${this.leader.wire.port}` });
  }

  #batchAppend(call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void {
    call.on('data', (request: BatchAppendReq) => {
      const elsewhere = this.#notLeader(call.metadata);
      if (elsewhere) return void call.emit('error', elsewhere);
      const fate = this.fate();
      const answer = new streams.BatchAppendResp().setCorrelationId(request.getCorrelationId());
      if (fate === 'not ready') return void call.write(answer.setError(statusOf('Server Is Not Ready', new empty.Empty(), 'google.protobuf.Empty')));
      const options = request.getOptions();
      const events = request.getProposedMessagesList().map((message) => ({
        id: message.getId()?.getString() ?? '',
        type: message.getMetadataMap().get('type') ?? '',
        data: message.getData_asU8(),
        metadata: message.getCustomMetadata_asU8(),
      }));
      const expected: ExpectedRevision = options?.hasNoStream() ? 'none' : options?.hasAny() ? 'any' : options?.hasStreamExists() ? 'exists' : BigInt(options?.getStreamPosition() ?? 0);
      tell(answer, this.log.append(nameOf(options?.getStreamIdentifier()), expected, events));
      if (fate === 'never') return;
      if (fate === 'lost') return void call.emit('error', failure(status.UNAVAILABLE, 'the answer was lost'));
      if (typeof fate === 'object') return void setTimeout(() => call.write(answer), fate.late);
      call.write(answer);
      if (fate === 'twice') call.write(answer);
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  }

  #tombstone(call: ServerUnaryCall<TombstoneReq, TombstoneResp>, answer: sendUnaryData<TombstoneResp>): void {
    const elsewhere = this.#notLeader(call.metadata);
    if (elsewhere) return answer(elsewhere);
    const stream = nameOf(call.request.getOptions()?.getStreamIdentifier());
    if (this.log.tombstone(stream)) answer(null, new streams.TombstoneResp());
    else answer(streamDeleted(stream));
  }

  #read(call: ServerWritableStream<ReadReq, ReadResp>): void {
    call.on('error', () => undefined);
    const elsewhere = this.#notLeader(call.metadata);
    if (elsewhere) return void call.emit('error', elsewhere);
    const options = call.request.getOptions();
    if (!options) return void call.emit('error', failure(status.INVALID_ARGUMENT, 'no options'));
    if (options.hasSubscription()) return this.#subscribe(call);
    const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
    const count = Number(options.getCount());
    let events: readonly Kept[];
    const place = options.getStream();
    if (place) {
      const stream = nameOf(place.getStreamIdentifier());
      const stored = this.log.stream(stream);
      if (stored === 'deleted') return void call.emit('error', streamDeleted(stream));
      if (!stored) {
        call.write(new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(place.getStreamIdentifier())));
        return void call.end();
      }
      const from = place.hasRevision() ? BigInt(place.getRevision()) : undefined;
      events = backwards ? stored.filter(({ revision }) => from === undefined || revision <= from).reverse() : stored.filter(({ revision }) => revision >= (from ?? 0n));
    } else {
      const from = options.getAll()?.getPosition();
      const at = from && BigInt(from.getCommitPosition());
      const wanted = this.log.all.filter(filterOf(options));
      events = backwards ? wanted.filter(({ position }) => at === undefined || position < at).reverse() : wanted.filter(({ position }) => position >= (at ?? 0n));
    }
    let left = this.#cut();
    for (const event of events.slice(0, count)) {
      if (left-- <= 0) return void call.emit('error', failure(status.UNAVAILABLE, 'the reading was cut'));
      call.write(answerOf(event, 1_000));
    }
    call.end();
  }

  #subscribe(call: ServerWritableStream<ReadReq, ReadResp>): void {
    const options = call.request.getOptions();
    if (!options) return;
    const from = options.getAll()?.getPosition();
    const isWanted = filterOf(options);
    const window = options.getFilter()?.getMax() ?? 32;
    let after = from ? BigInt(from.getCommitPosition()) : 0n;
    let left = this.#cut();
    let looked = 0;
    this.#subscriptions.add(call);
    call.write(new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('0')));
    const tell = () => {
      if (this.#muted.has(call)) return;
      // New ones are at the end.
      let first = this.log.all.length;
      while (first > 0 && this.log.all[first - 1]!.position > after) first -= 1;
      for (const event of this.log.all.slice(first)) {
        after = event.position;
        if (isWanted(event)) {
          if (left-- <= 0) return void call.emit('error', failure(status.UNAVAILABLE, 'the subscription was cut'));
          call.write(answerOf(event, 1));
          if (this.repeats) call.write(answerOf(event, 1));
        }
        looked += 1;
        if (looked % window === 0) call.write(new streams.ReadResp().setCheckpoint(new streams.ReadResp.Checkpoint().setCommitPosition(`${after}`).setPreparePosition(`${after}`)));
      }
    };
    tell();
    call.write(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
    const forget = this.log.watch(() => (this.late > 0 ? void setTimeout(tell, this.late) : tell()));
    const end = () => {
      forget();
      this.#subscriptions.delete(call);
    };
    call.on('cancelled', end);
    call.on('close', end);
    call.on('error', end);
  }

  #cut(): number {
    const left = this.cutReadAfter ?? Infinity;
    this.cutReadAfter = undefined;
    return left;
  }
}

const nameOf = (identifier: InstanceType<typeof shared.StreamIdentifier> | undefined): string => Buffer.from(identifier?.getStreamName_asU8() ?? []).toString();

const failure = (code: status, details: string, headers: Record<string, string> = {}): ServiceError => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
};

const streamDeleted = (stream: string) => failure(status.FAILED_PRECONDITION, `Event stream is deleted.`, { exception: 'stream-deleted', 'stream-name': encodeURIComponent(stream) });

const filterOf = (options: InstanceType<typeof streams.ReadReq.Options>): ((event: Kept) => boolean) => {
  const expression = options.getFilter()?.getStreamIdentifier();
  if (!expression) return () => true;
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return ({ stream }) => prefixes.some((prefix) => stream.startsWith(prefix));
  const pattern = new RegExp(expression.getRegex());
  return ({ stream }) => pattern.test(stream);
};

/** `exactness` of the time, in milliseconds: readings cut it to whole seconds, subscriptions do not. */
const answerOf = (event: Kept, exactness: number): ReadResp => {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(event.id))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(event.stream)))
    .setStreamRevision(`${event.revision}`)
    .setPreparePosition(`${event.position}`)
    .setCommitPosition(`${event.position}`)
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  const created = BigInt(Math.floor(event.created / exactness) * exactness) * 10_000n;
  recorded.getMetadataMap().set('type', event.type).set('content-type', 'application/json').set('created', `${created}`);
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(`${event.position}`));
};

interface Message {
  serializeBinary(): Uint8Array;
}

const statusOf = (message: string, details: Message, type: string) => {
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), type);
  return new statusMessages.Status().setMessage(message).setDetails(packed);
};

const tell = (answer: BatchAppendResp, written: Written): void => {
  switch (written.kind) {
    case 'written': {
      const success = new streams.BatchAppendResp.Success().setCurrentRevision(`${written.revision}`);
      if (written.position === undefined) success.setNoPosition(new empty.Empty());
      else success.setPosition(new shared.AllStreamPosition().setCommitPosition(`${written.position}`).setPreparePosition(`${written.position}`));
      return void answer.setSuccess(success);
    }
    case 'wrong': {
      const wrong = new shared.WrongExpectedVersion();
      if (written.current === 'none') wrong.setCurrentNoStream(new empty.Empty());
      else wrong.setCurrentStreamRevision(`${written.current}`);
      return void answer.setError(statusOf('WrongExpectedVersion', wrong, 'event_store.client.WrongExpectedVersion'));
    }
    case 'deleted':
      return void answer.setError(statusOf('StreamDeleted', new shared.StreamDeleted(), 'event_store.client.StreamDeleted'));
    case 'too large':
      return void answer.setError(statusOf('MaximumAppendSizeExceeded', new shared.MaximumAppendSizeExceeded().setMaxappendsize(maxAppendSize), 'event_store.client.MaximumAppendSizeExceeded'));
  }
};
