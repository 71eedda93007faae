import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonInParts } from '../../src/convening/programme-document.rules.js';

/** Goes through a list once, as who reads it lazily. */
function* oneByOne<T>(all: readonly T[]): Generator<T> {
  yield* all;
}

it('the JSON of an object in parts is its JSON, fields that are not there left out and long lists read one by one', () =>
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.constant(undefined))), fc.array(fc.jsonValue()), (head, entries) => {
    expect([...jsonInParts({ head, entries: oneByOne(entries) })].join('')).toBe(JSON.stringify({ head, entries }));
  })));
