import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainly } from '../../src/http/json-plain.js';
import { scanned } from '../../src/http/json-scan.js';

const most = { values: 60, objects: 20 };
const scan = (text: string) => {
  const steps = scanned(Buffer.from(text), most);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
};
const isFaultless = (text: string) => !scan(text).isBlank && scan(text).faults.length === 0;

/** Names that come twice often, and such as nobody may use; texts that look like names. */
const aName = fc.constantFrom('name', 'email', 'a', 'a:', ':', '', 'constructor', '__proto__', 'x'.repeat(101), 'é');
const aText = fc.oneof(fc.constantFrom(': x', ':', '{', ',"', 'Zoë', '\u0085', '\u007f', '\ud800', '\u0007', '\\'), fc.string());
const { value: aValue } = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 6 }, aText.map((text) => JSON.stringify(text)), fc.constantFrom('1', 'null', 'true', '-0.5e3'), tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 6 }).map((entries) => `[${entries.join(',')}]`),
  object: fc.tuple(fc.constantFrom('', ' ', '\n\t'), fc.array(fc.tuple(aName, tie('value')), { maxLength: 6 })).map(([space, fields]) => `{${fields.map(([name, value]) => `${JSON.stringify(name)}${space}:${space}${value}`).join(',')}}`),
}));

describe('A short body that is read at once', () => {
  it('is one in which a scan finds nothing, and has the same value', () =>
    fc.assert(fc.property(aValue, (text) => {
      const plain = plainly(Buffer.from(text), most);
      // What has escapes or controls in it is always scanned.
      const isDoubtful = /[\\\u007f-\u009f\ufeff]/.test(text);
      const isPlain = !isDoubtful && text.startsWith('{') && isFaultless(text);
      expect(plain).toEqual(isPlain ? JSON.parse(text) : undefined);
    }), { numRuns: 3_000 }));

  it.each([
    ['a name that stands twice', '{"a":1,"a":1}'], ['one that stands twice further down', '{"a":{"b":{"c":1,"c":{}}}}'], ['what is no JSON', '{"a":1'], ['two values', '{} {}'], ['a list', '[]'], ['a name of JavaScript', '{"__proto__":{}}'],
    ['more than a text of 8 KB', `{"a":"${'x'.repeat(8 * 1024)}"}`], ['33 levels', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`], ['101 fields', `{${Array.from({ length: 101 }, (_, n) => `"f${n}":1`).join(',')}}`], ['21 objects', `{"a":[${Array(21).fill('{}').join(',')}]}`], ['names that a scan holds for one', '{"":1,"\ufeff":2}'], ['nothing', ''],
  ])('has not %s', (_, text) => expect(plainly(Buffer.from(text), { values: 1_000, objects: 20 })).toBeUndefined());

  it('may have texts that look like names', () => expect(plainly(Buffer.from('{"a":": x","b":":"}'), most)).toEqual({ a: ': x', b: ':' }));
});
