import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonLines } from '../../src/cli/json-lines.js';
import { faultAt, placeAt, placesOf } from '../../src/cli/json-places.js';
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

describe('where a text stops to be JSON', () => {
  it('is its end, if it is JSON or only the beginning of it', () =>
    fc.assert(fc.property(aValue, fc.nat(), fc.constantFrom(0, 1), (value, cut, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      expect(faultAt(text)).toBe(text.length);
      const beginning = text.slice(0, 1 + (cut % text.length));
      // What is cut in the middle of a word or a text stops where that begins.
      expect(faultAt(beginning)).toBeGreaterThanOrEqual(beginning.search(/("[^"]*|[-\d.eE+]*|[a-z]*)$/) - 40);
      expect(() => { JSON.parse(`${text},`); }).toThrow();
      expect(faultAt(`${text} ,`)).toBe(text.length + 1);
    })));

  it.each([
    ['{\n  "a": 1\n  "b": 2 }', 3, 3], ['[1, 2,]', 1, 7], ['{ "a": 1, }', 1, 11], ['{ a: 1 }', 1, 3], ['[01]', 1, 3], ['["a\nb"]', 1, 2], ['{ "a" 1 }', 1, 7], ['[1}', 1, 3], ['', 1, 1], ['{} {}', 1, 4], ["['a']", 1, 2], ['["\\x"]', 1, 2],
  ])('%j: at %i:%i', (text, line, column) => {
    expect(() => { JSON.parse(text); }).toThrow();
    expect(placeAt(text, faultAt(text))).toEqual({ line, column });
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
