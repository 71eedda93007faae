import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonFaultIn } from '../../src/cli/json-faults.js';
import { jsonLines } from '../../src/cli/json-lines.js';
import { placeAt, placesOf } from '../../src/cli/json-places.js';
import { escaped } from '../../src/http/problems.js';

const aText = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('a"b', 'a/b', '~', '{[,:', 'é\n', '\\', '__proto__'));
const { value: aValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, fc.constantFrom(null, true, -1.5e3, 0), aText, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(aText, tie('value'), { maxKeys: 4, noNullPrototype: true })),
}));
/** Every place in a value, as a pointer, with what is there. */
const placesIn = (value: unknown, pointer = '#'): [string, unknown][] => [
  [pointer, value],
  ...(typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, field]) => placesIn(field, `${pointer}/${escaped(name)}`)) : []),
];

describe('places in a text of JSON', () => {
  it('are where the values begin, or of fields their names, however it is written', () =>
    fc.assert(fc.property(aValue, fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      const lines = text.split('\n');
      const all = placesIn(value);
      const places = placesOf(text, all.map(([pointer]) => pointer));
      for (const [pointer, there] of all) {
        const { line, column } = places.get(pointer)!;
        const rest = [lines[line - 1]!.slice(column - 1), ...lines.slice(line)].join('\n');
        const name = pointer.split('/').at(-1)!.replaceAll('~1', '/').replaceAll('~0', '~');
        const isNamed = rest.startsWith(`${JSON.stringify(name)}:`);
        expect(JSON.stringify(there).startsWith((isNamed ? rest.slice(JSON.stringify(name).length + 1) : rest).trimStart().slice(0, 1))).toBe(true);
        if (!isNamed) expect(pointer === '#' || /^\d+$/.test(name)).toBe(true);
      }
    })));

  it('of what is not there are those of what would hold it', () => {
    const text = '{ "a": [ { "b": 1 } ] }';
    expect([...placesOf(text, ['#/a/0/b', '#/a/0/c/d', '#/a/7', '#/z'])].map(([pointer, { column }]) => `${pointer} ${column}`)).toEqual(['#/a/0/b 12', '#/a/0/c/d 10', '#/a/7 3', '#/z 1']);
  });

  it('of a field that stands twice is the last, and of a text that no parser can follow its beginning', () => {
    expect(placesOf('{ "a": 1, "a": 2 }', ['#/a']).get('#/a')).toEqual({ line: 1, column: 11 });
    const deep = `[${'['.repeat(50_000)}`;
    expect([...placesOf(deep, ['#/0/0'])]).toEqual([['#/0/0', { line: 1, column: 1 }]]);
  });
});

describe('what makes a text no JSON', () => {
  it('is nothing in JSON, and what is missing or too much in what is nearly so', () =>
    fc.assert(fc.property(aValue, fc.constantFrom(0, 1), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      expect(jsonFaultIn(text)).toBeUndefined();
      expect(jsonFaultIn(`${text} ,`)).toEqual({ offset: text.length + 1, says: 'the document ended before this: nothing may follow it' });
      expect(jsonFaultIn(`[${text}`)).toEqual({ offset: text.length + 1, says: 'a ] is missing, and the text ends here' });
      expect(jsonFaultIn(`[${text},]`)).toEqual({ offset: text.length + 1, says: 'nothing follows this comma but ]: take the comma away' });
    })));

  it.each([
    ['{\n  "a": 1\n  "b": 2 }', 3, 3, 'a comma is missing before this'], ['{ "a": 1,\n }', 1, 9, 'nothing follows this comma but }: take the comma away'], ['{ a: 1 }', 1, 3, 'a stands outside of quotes: a double quote (") is missing'],
    ['[01]', 1, 3, 'a number does not begin with 0'], ['[.5]', 1, 2, '.5 is no number as JSON has them'], ['["a\nb"]', 1, 2, 'the quote that ends this text is missing in its line'],
    ['["a\tb"]', 1, 2, 'a tab or another control character stands in this text: write it as \\t'], ['{ "a" 1 }', 1, 7, 'a colon is missing before this'], ['{ "a": }', 1, 8, 'a value is missing before this'],
    ['[1}', 1, 3, 'a ] is missing before this'], ['{ "a": 1 ]', 1, 10, 'a } is missing before this'], ['', 1, 1, 'there is nothing in it'], [' \n', 1, 1, 'there is nothing in it'],
    ['{} {}', 1, 4, 'the document ended before this: nothing may follow it'], ["['a']", 1, 2, 'texts stand in straight double quotes ("), not in others'], ['{ “a”: 1 }', 1, 3, 'texts stand in straight double quotes ("), not in others'],
    ['["\\x"]', 1, 2, 'a \\ in this text begins nothing that JSON knows: a \\ itself is written \\\\'], ['// x\n{}', 1, 1, 'JSON has no comments: take it away'], ['# x\n{}', 1, 1, 'JSON has no comments: take it away'],
    ['[True]', 1, 2, 'True is no value of JSON: true, false and null are, in small letters'], ['{ "a": 1; }', 1, 9, '";" may not stand here'], ['{ "a": 1,\n<<<<<<< HEAD\n "b": 2\n', 2, 1, 'a merge left its marks here: choose between the two sides'],
  ])('%j: at %i:%i, %s', (text, line, column, says) => {
    const fault = jsonFaultIn(text)!;
    expect({ ...placeAt(text, fault.offset), says: fault.says }).toEqual({ line, column, says });
  });
});

describe('JSON for people', () => {
  it('is the same value', () => fc.assert(fc.property(aValue, (value) => expect(JSON.parse(jsonLines(value))).toEqual(value))));

  it('has the same lines whatever the order of fields was', () =>
    fc.assert(fc.property(aValue, (value) => {
      const turned = (each: unknown): unknown => (Array.isArray(each) ? each.map(turned) : typeof each === 'object' && each !== null ? Object.fromEntries(Object.entries(each).reverse().map(([name, field]) => [name, turned(field)])) : each);
      expect(jsonLines(turned(value))).toBe(jsonLines(value));
    })));
});
