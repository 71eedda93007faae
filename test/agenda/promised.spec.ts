import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { golden } from './golden.js';
import { Described, type Schema } from '../http/schema.js';

/** By language: what the languages are is the writers’ matter. */
const isText = (value: object) => Object.keys(value).length > 0 && Object.keys(value).every((name) => /^[a-z]{2,3}(-[A-Za-z]+)*$/.test(name)) && Object.values(value).every((text) => typeof text === 'string');

/** Where a field stands and what sort of value it holds: `days[].sessions[].slot.start string`. */
const fieldsOf = (value: unknown, at = ''): string[] => {
  if (Array.isArray(value)) return [...(at ? [`${at} list`] : []), ...value.flatMap((each) => fieldsOf(each, `${at}[]`))];
  if (value === null) return [];
  if (typeof value !== 'object') return [`${at} ${typeof value}`];
  if (at && isText(value)) return [`${at} text`];
  return [...(at && !at.endsWith(']') ? [`${at} object`] : []), ...Object.entries(value).flatMap(([name, field]) => fieldsOf(field, at ? `${at}.${name}` : name))];
};

const names = ['arusha', 'arusha-organisers', 'geneva-fr', 'geneva-ar'];
const shown = (read: (name: string) => string) => [...new Set(names.flatMap((name) => fieldsOf(JSON.parse(read(name)))))].sort();
const goldens = (name: string) => readFileSync(`${import.meta.dirname}/golden/${name}.json`, 'utf8');

/** What was promised once and what is there: to be kept, lines are added, and none is taken out, not even by writing goldens anew. */
const kept = (file: string, there: readonly string[]): string[] => {
  const path = `${import.meta.dirname}/golden/${file}`;
  const before = existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
  return golden(file, `${[...new Set([...before, ...there])].sort().join('\n')}\n`).trimEnd().split('\n');
};
const promised = kept('promised-fields.txt', shown(goldens));

/** What is told of it in the description of the interface, also what these examples do not have. */
const told = () => {
  // Cast: the document says of itself what it is.
  const { components } = JSON.parse(readFileSync('docs/reference/openapi.json', 'utf8')) as { components: { schemas: Record<string, Schema> } };
  return [...new Described(components.schemas).fields(['Agenda'])].sort();
};

describe('the agenda as data', () => {
  it('has every field that was promised, with the same sort of value, and what it has is promised', () => expect(shown(goldens)).toEqual(promised));

  it('is told with every field that was promised', () => expect(told()).toEqual(kept('promised-shapes.txt', told())));

  it.each(['days', 'slot', 'abstract', 'person', 'credit', 'label'])('without %s would break a promise', (field) => {
    const without = (name: string) => JSON.stringify(JSON.parse(goldens(name)), (key, value: unknown) => (key === field ? undefined : value));
    expect(promised.filter((each) => !shown(without).includes(each)).length).toBeGreaterThan(0);
  });

  it('with numbers for texts would break a promise', () => {
    const otherwise = (name: string) => goldens(name).replaceAll(/"revision":(\d+)/g, '"revision":"$1"');
    expect(promised.filter((each) => !shown(otherwise).includes(each))).toEqual(['revision number']);
  });
});
