/**
 * The messages and services that the client package generated from the server's protocol: the one place that knows where in the
 * package they lie. They are CommonJS whose names only running the module tells, so each comes as a whole.
 */
import gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import gossipService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import type { CallOptions, ClientReadableStream, Metadata } from '@grpc/grpc-js';
import type { Expected, NewFact, StoredFact } from '../event-store.js';
import { readAnswer, type ReadAnswer } from './read-answer.js';

export type { MemberInfo } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
export type { BatchAppendReq, BatchAppendResp, TombstoneReq } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { ReadReq } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { StreamsClient } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
export type { ReadReq, StreamsClient };
export { gossip, gossipService, shared, streams, streamsService };
export type { ReadAnswer };

/** A fact as the server gives it: under the name it has there. */
export type Recorded = StoredFact;

const nothing = () => new shared.Empty();
const named = (stream: string) => new shared.StreamIdentifier().setStreamName(Buffer.from(stream));

/** One append, whole in one message. */
export const appendRequest = (id: string, stream: string, expected: Expected, facts: readonly NewFact[]) => {
  const options = new streams.BatchAppendReq.Options().setStreamIdentifier(named(stream));
  if (expected === 'none') options.setNoStream(new empty.Empty());
  else options.setStreamPosition(`${expected}`);
  const messages = facts.map((fact) => {
    const message = new streams.BatchAppendReq.ProposedMessage().setId(new shared.UUID().setString(fact.id)).setData(Buffer.from(fact.data)).setCustomMetadata(Buffer.from(fact.metadata));
    message.getMetadataMap().set('type', fact.type).set('content-type', 'application/json');
    return message;
  });
  return new streams.BatchAppendReq().setCorrelationId(new shared.UUID().setString(id)).setOptions(options).setProposedMessagesList(messages).setIsFinal(true);
};

const readRequest = () => {
  const options = new streams.ReadReq.Options().setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(nothing()));
  return { options, request: new streams.ReadReq().setOptions(options) };
};

/** So many facts of a stream from a revision; without one from its beginning, or backwards from its end. */
export const streamRequest = (stream: string, direction: 'forwards' | 'backwards', from: number | undefined, count: number) => {
  const { options, request } = readRequest();
  const place = new streams.ReadReq.Options.StreamOptions().setStreamIdentifier(named(stream));
  if (from !== undefined) place.setRevision(`${from}`);
  else if (direction === 'forwards') place.setStart(nothing());
  else place.setEnd(nothing());
  options.setStream(place).setReadDirection(direction === 'forwards' ? 0 : 1).setNoFilter(nothing()).setCount(`${count}`);
  return request;
};

/** Which streams, by the beginnings of their names or by an expression. */
export type NameFilter = { readonly prefixes: readonly string[] } | { readonly regex: string };

/** How many events the server looks at for one step of a filtered reading. */
const window = 2_000;

/** The log from a position (included, where it is read; excluded, where it is followed). `count` left out: follow it. */
export const logRequest = (direction: 'forwards' | 'backwards', from: bigint | undefined, filter: NameFilter, count?: number) => {
  const { options, request } = readRequest();
  const place = new streams.ReadReq.Options.AllOptions();
  if (from !== undefined) place.setPosition(new streams.ReadReq.Options.Position().setCommitPosition(`${from}`).setPreparePosition(`${from}`));
  else if (direction === 'forwards') place.setStart(nothing());
  else place.setEnd(nothing());
  const expression = new streams.ReadReq.Options.FilterOptions.Expression();
  if ('regex' in filter) expression.setRegex(filter.regex);
  else expression.setPrefixList([...filter.prefixes]);
  options
    .setAll(place)
    .setReadDirection(direction === 'forwards' ? 0 : 1)
    .setFilter(new streams.ReadReq.Options.FilterOptions().setStreamIdentifier(expression).setMax(window).setCheckpointintervalmultiplier(1));
  if (count === undefined) options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
  else options.setCount(`${count}`);
  return request;
};

/** Whatever its revision: the stream is ended for good, also one that never began. */
export const tombstoneRequest = (stream: string) =>
  new streams.TombstoneReq().setOptions(new streams.TombstoneReq.Options().setStreamIdentifier(named(stream)).setAny(nothing()));

/** Calls the server's Read. */
export const read = (client: StreamsClient, request: ReadReq, metadata: Metadata, options: CallOptions): ClientReadableStream<ReadAnswer> => {
  const { path, requestSerialize } = streamsService.StreamsService.read;
  return client.makeServerStreamRequest(path, requestSerialize, readAnswer, request, metadata, options);
};
