import { describe, expect, test } from '@jest/globals';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import fc from 'fast-check';
import { readAnswer } from '../../../src/event-store/kurrentdb/read-answer.js';

const largest = 2n ** 63n - 1n;
const event = fc.record({
  id: fc.uuid(), stream: fc.string({ unit: 'grapheme', minLength: 1 }), revision: fc.maxSafeNat(), position: fc.bigInt({ min: 1n, max: largest }),
  type: fc.string({ unit: 'grapheme', minLength: 1 }), data: fc.string({ unit: 'grapheme', maxLength: 300 }), metadata: fc.string({ unit: 'grapheme' }), created: fc.bigInt({ min: 1n, max: largest }),
});
type Event = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

/** As the generated class writes it, with all that a server sends beside. `last`: its data are the last bytes. */
const written = ({ id, stream, revision, position, type, data, metadata, created }: Event, last = false): Buffer => {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(id)).setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream)))
    .setStreamRevision(`${revision}`).setPreparePosition(`${position}`).setCommitPosition(`${position}`).setData(Buffer.from(data)).setCustomMetadata(Buffer.from(metadata));
  recorded.getMetadataMap().set('content-type', 'application/json').set('type', type).set('created', `${created}`);
  const read = new streams.ReadResp.ReadEvent().setEvent(recorded);
  return Buffer.from(new streams.ReadResp().setEvent(last ? read : read.setCommitPosition(`${position}`)).serializeBinary());
};

describe('What a server answers to a read', () => {
  test('is read as the generated class writes it', () =>
    fc.assert(fc.property(event, ({ created, ...recorded }) => void expect(readAnswer(written({ created, ...recorded }))).toEqual({ recorded, created }))));

  test.each<[string, InstanceType<typeof streams.ReadResp>, object]>([
    ['that there is no such stream', new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from('talks')))), { missing: true }],
    ['that all was sent', new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()), { caughtUp: true }],
    ['how far it looked', new streams.ReadResp().setCheckpoint(new streams.ReadResp.Checkpoint().setCommitPosition(`${largest}`).setPreparePosition('1')), {}],
    ['where the log ends', new streams.ReadResp().setLastAllStreamPosition(new shared.AllStreamPosition().setCommitPosition('7').setPreparePosition('7')), {}],
    ['where a stream ends', new streams.ReadResp().setLastStreamPosition(`${largest}`), {}],
  ])('tells %s', (_, answer, read) => expect(readAnswer(Buffer.from(answer.serializeBinary()))).toEqual(read));

  test('is not read when it is cut short', () =>
    fc.assert(
      fc.property(event, fc.boolean(), fc.nat(), (whole, last, cut) => {
        const bytes = written(whole, last);
        expect(() => readAnswer(bytes.subarray(0, 1 + (cut % (bytes.length - 1))))).toThrow(RangeError);
      }),
    ));
});
