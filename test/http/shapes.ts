import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { fieldsOf, type KnownField, type Shape } from '../../src/http/shape.js';

// Classes of requests, what they may be sent, and what a well-known library says of it.

/** Every class of every request there is, by its name. */
export const allShapes = async (): Promise<ReadonlyMap<string, Shape>> => {
  const source = new URL('../../src/', import.meta.url);
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.requests.ts'));
  const shapes = new Map<string, Shape>();
  for (const name of files) {
    // Cast: such a file exports classes of requests, and plain values beside them.
    const module = (await import(`../../src/${name.replace(/\.ts$/, '.js')}`)) as Readonly<Record<string, Shape | object>>;
    for (const [exported, shape] of Object.entries(module)) if (typeof shape === 'function' && /^class /.test(String(shape))) shapes.set(exported, shape as Shape);
  }
  return shapes;
};

const person = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01';
const texts = [
  'simba', 'Welcome', person, 'en', 'pt-BR', 'TZ', '#204a87', '2013-05-27', '2013-02-30', '2013-05-27T09:00', '2013-02-30T09:00+03:00', '2013-05-27T09:00+03:00', '2013-05-27T09:00:00Z', 'https://example.org/é', 'https://', 'https:// x',
  'amina@example.org', 'amina@', 'room-taken:a:b', 'diet:vegan', '/convenings/arusha-2013/history.html', '7', '501', 'latest', 'rev:17', 'version:latest', '2013-05-27T09:00 03:00', '2013-02-30T09:00 03:00', '', ' ', '\u3000', 'two\nlines', 'tab\there', 'para\u2029graph', '😀'.repeat(500), '😀'.repeat(501), 'x'.repeat(500), 'x'.repeat(501), 'x'.repeat(4_001), 'x'.repeat(20_001), 'Simba\n', 'simba\n',
];
const values: readonly unknown[] = [
  ...texts, ...texts.slice(0, 24).map((text) => ({ en: text, fr: 'Bienvenue' })), ...texts.slice(-8).map((text) => ({ 'pt-BR': text })), { English: 'Welcome' }, { '': 'x' }, { en: null },
  null, true, false, 0, -1, 1, 7, 1.5, 1e300, [], {}, [null], [[]], [{}], ['en', 'fr'], ['en', 'en'], ['simba', 'tembo'], [7], { withheld: true }, { withheld: false }, { withheld: true, name: 'x' },
];
const anything = fc.constantFrom(...values);

/** Mostly what the class takes, with something else here and there, fields left out, and fields that it does not have. */
export const bodyOf = (shape: Shape): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries([...fieldsOf(shape)].map(([name, field]) => [name, valueOf(field)])), { requiredKeys: [] })
    .chain((body) => fc.oneof({ weight: 8, arbitrary: fc.constant(body) }, { weight: 1, arbitrary: anything.map((value) => ({ ...body, stranger: value })) }));

const valueOf = ({ kind }: KnownField): fc.Arbitrary<unknown> => {
  const part = kind.of && bodyOf(kind.of());
  const fitting = values.concat(kind.schema['enum'] ?? [], kind.schema['minimum'], kind.schema['maximum']).filter((value) => kind.fits(value, { alone: value }));
  const usual = part ? (kind.isList ? fc.array(part, { maxLength: 3 }) : part) : fc.constantFrom(...fitting);
  return fc.oneof({ weight: 25, arbitrary: usual }, { weight: 1, arbitrary: anything });
};

/** What class-validator finds wrong, each with place, code and sentence, in the words of our answers. It does not say of each entry of a list that it is no object. */
export const libraryFaults = (body: object, shape: Shape): string[] => {
  const strangers: string[] = [];
  const known = withoutStrangers(body, shape, '#', strangers);
  // Cast: a class of requests can be made.
  const found = toldFaults(validateSync(plainToInstance(shape as ClassConstructor<object>, known), { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false }), '#');
  const places = strangers.map((fault) => `${fault.split(' ')[0]}/`);
  return [...strangers, ...found.filter((fault) => !places.some((place) => fault.startsWith(place)))];
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The body with an empty object for each entry of a list that is none: the faults found in those are not the library's to tell. */
const withoutStrangers = (body: object, shape: Shape, at: string, strangers: string[]): object =>
  Object.fromEntries(Object.entries(body).map(([name, value]: [string, unknown]) => {
    const of = fieldsOf(shape).get(name)?.kind.of;
    if (!of || (Array.isArray(value) && fieldsOf(shape).get(name)?.kind.fits(value, body) !== true)) return [name, value];
    if (!Array.isArray(value)) return [name, isObject(value) ? withoutStrangers(value, of(), `${at}/${name}`, strangers) : value];
    return [name, value.map((entry: unknown, index) => {
      if (isObject(entry)) return withoutStrangers(entry, of(), `${at}/${name}/${index}`, strangers);
      strangers.push(`${at}/${name}/${index} object Each entry of ${name} must be an object.`);
      return {};
    })];
  }));

const toldFaults = (errors: readonly ValidationError[], at: string): string[] =>
  errors.flatMap(({ property, constraints = {}, children = [], value }) => {
    const pointer = `${at}/${property}`;
    if ('whitelistValidation' in constraints) return [`${pointer} unknown-field There is no field ${property} here.`];
    const own = Object.entries(constraints).filter(([code]) => code !== 'nestedValidation');
    // A field that is missing breaks all its rules at once: one sentence says it.
    if (value === undefined && own.length > 0) return [`${pointer} missing ${property} is missing.`];
    return own.length > 0 ? own.map(([code, detail]) => `${pointer} ${code} ${detail}`) : toldFaults(children, pointer);
  });
