import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { application, type Body, type Method } from './application.js';

/** Bounded, so that the whole suite stays short; more of them: a number in the environment. */
const numRuns = Number(process.env.BARAZA_TEST_RUNS ?? 250);
const app = application();

/** What the interface's description says of a value. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}
interface Route {
  readonly method: Method;
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly body?: Schema;
}

const person = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01';
const known = ['anything', 'constructor', 'simba', 'justice', 'talk', 'panel', 'judge', '1', '2', person, 'no-slot:talk', 'room-taken:panel:talk', 'not-confirmed:panel.judge', 'order'];
const dates = ['2013-05-27', '2013-05-28', '1900-01-01', '2200-12-31'];
const times = ['2013-05-27T09:00', '2013-05-27T10:30+03:00', '2013-03-31T02:30', '1900-01-01T00:00', '2200-12-31T23:59-14:59', '2013-05-28T08:00:00Z', '2012-12-31T23:59:00.000Z'];
const odd = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', ' ', '..', '/', '%', '__proto__', 'constructor', 'toString', '\u0000', '\u2028', '\ud800', 'x'.repeat(5_000), '<script>', "';--"));
const anyJson = fc.jsonValue({ maxDepth: 4 });
/** What an object may be given beside or instead of what it takes. */
const strange = fc.oneof(anyJson, odd, fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 1.5, [], {}, [null], [[]], { withheld: true }, { en: null }, { hasOwnProperty: 1, toString: 2, valueOf: 3, then: 4, length: 5 }));

let routes: readonly Route[] = [];
let schemas: Readonly<Record<string, Schema>> = {};

/** Mostly what the schema says, now and then something else. */
const valueOf = (schema: Schema, depth = 0): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 40, arbitrary: shaped(schema, depth) }, { weight: 1, arbitrary: strange });

const words = ['Welcome', 'Africa/Dar_es_Salaam', 'America/New_York', 'en', 'fr', 'TZ', '#204a87', 'https://example.org/note', 'amina@example.org', ...known, ...dates, ...times];
const textOf = ({ pattern, format }: Schema): fc.Arbitrary<string> => {
  const fitting = words.filter((word) => (pattern === undefined || new RegExp(pattern).test(word)) && (format !== 'date' || dates.includes(word)) && (format !== 'uri' || URL.canParse(word)));
  return fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: odd });
};

const shaped = (schema: Schema, depth: number): fc.Arbitrary<unknown> => {
  if (depth > 6) return fc.constant(null);
  if (schema.$ref !== undefined) return shaped(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, depth + 1);
  if (schema.allOf?.[0]) return shaped(schema.allOf[0], depth + 1);
  if (schema.oneOf) return fc.oneof(...schema.oneOf.map((each) => shaped(each, depth + 1)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.type === 'array') return fc.array(valueOf(schema.items ?? {}, depth + 1), { maxLength: 4 });
  if (schema.type === 'integer') return fc.oneof({ weight: 20, arbitrary: fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 9 }) }, { weight: 1, arbitrary: fc.constantFrom((schema.minimum ?? 0) - 1, (schema.maximum ?? 9) + 1) });
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'string') return textOf(schema);
  if (schema.additionalProperties) return fc.dictionary(fc.oneof({ weight: 20, arbitrary: fc.constantFrom('en', 'fr', 'sw', 'zh-Hant') }, { weight: 1, arbitrary: fc.constantFrom('English', 'constructor') }), valueOf(schema.additionalProperties, depth + 1), { maxKeys: 3 });
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, valueOf(field, depth + 1)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...(schema.required ?? [])] });
};

const likely: Readonly<Record<string, readonly string[]>> = {
  registration: ['7KQ2M-4XD9T', person], category: ['participant', 'press'], day: dates, room: ['simba', 'constructor'], track: ['justice', 'constructor'], session: ['talk', 'panel', 'constructor'], appearance: ['judge', 'constructor'], person: [person], number: ['1', '2'],
  key: ['no-slot:talk', 'room-taken:panel:talk', 'not-confirmed:panel.judge', 'no-moderator:panel', 'order'],
};
/** Nothing more would be decided in a convening that is cancelled. */
const endsIt = (path: string) => path.endsWith('{convening}/cancellation');
/** Mostly in the convening that is there. */
const pathOf = ({ path, parameters }: Route): fc.Arbitrary<string> => {
  const names = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  const ids = names.map((name) =>
    fc.oneof({ weight: name === 'convening' && !endsIt(path) ? 80 : 0, arbitrary: fc.constant('anything') }, { weight: 20, arbitrary: fc.constantFrom(...(likely[name] ?? (endsIt(path) ? known.slice(1) : known))) }, { weight: 1, arbitrary: odd }),
  );
  return fc.tuple(...ids).map((values) => names.reduce((address, name, index) => address.replace(`{${name}}`, () => encodeSafely(values[index] ?? '')), path));
};
/** Half a surrogate pair has no percent-encoding. */
const encodeSafely = (text: string) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, ''));

const oddHeaders: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    'if-match': fc.constantFrom('"r1"', '*', 'r1', '"', '"r99999999999999999999"'),
    'if-none-match': fc.constantFrom('"r1"', '*', 'W/"r1"', 'nonsense'),
    'idempotency-key': fc.constantFrom('one', 'two', 'with space', 'x'.repeat(300)),
    'baraza-position': fc.constantFrom('x', '00000000-0000-4000-8000-000000000000.1', `${person}.99999999999999999999`),
    reason: fc.constantFrom('because', '%', '%00', '%E2%9C%93'),
  },
  { requiredKeys: [] },
);

const headersFor = fc.oneof({ weight: 6, arbitrary: fc.constant<Record<string, string>>({}) }, { weight: 1, arbitrary: oddHeaders });

/** Never our fault, and a problem wherever it is theirs. */
const isAnsweredWell = async (method: Method, path: string, body: unknown, headers: Record<string, string>) => {
  const answer = await app.ask(method, path, method === 'GET' ? undefined : JSON.stringify(body), headers);
  const { status, text } = answer;
  const told = { method, path: path.slice(0, 200), headers, body: JSON.stringify(body)?.slice(0, 2_000), status, answer: text.slice(0, 500) };
  if (status >= 500) throw new Error(JSON.stringify(told));
  if (status >= 400 && (answer.headers.get('content-type') !== 'application/problem+json; charset=utf-8' || typeof answer.body.code !== 'string')) throw new Error(JSON.stringify(told));
};

beforeAll(async () => {
  const { body } = await app.asked('GET', '/docs/openapi.json');
  // Cast: the document is what the test is about; what is not there fails it below.
  const { paths, components } = body as Body & { paths: Record<string, Record<string, { parameters?: Route['parameters']; requestBody?: { content: Record<string, { schema: Schema }> } }>>; components: { schemas: Record<string, Schema> } };
  schemas = components.schemas;
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema;
      return { method: method.toUpperCase() as Method, path, parameters, ...(schema && { body: schema }) };
    }),
  );
  const at = '/convenings/anything';
  for (const [method, path, given] of [
    ['POST', '/convenings', { id: 'anything', title: 'Anything', start: '2013-05-27', end: '2013-05-28', zone: 'Europe/Paris' }],
    ['POST', `${at}/rooms`, { id: 'simba', name: 'Simba' }],
    ['POST', `${at}/tracks`, { id: 'justice', name: 'Justice' }],
    ['POST', `${at}/sessions`, { id: 'talk', kind: 'talk', title: 'A talk' }],
    ['POST', `${at}/sessions`, { id: 'panel', kind: 'panel', title: 'A panel' }],
    ['POST', `${at}/sessions/panel/appearances`, { id: 'judge', role: 'speaker', person, credit: { name: 'Amina Juma' } }],
    ['POST', `${at}/publications`, { label: 'first' }],
    ['POST', `${at}/registration`, { opens: '2013-01-01T00:00:00Z' }],
    ['POST', `${at}/registration/categories`, { id: 'participant', name: 'Participant', capacity: 2 }],
  ] as const) expect((await app.ask(method, path, given)).status).toBe(201);
});

describe('whatever is sent to any route', () => {
  it('finds a route for each thing that can be asked', () => {
    expect(routes.filter(({ method }) => method !== 'GET').length).toBe(63);
    expect(routes.filter(({ method, body }) => ['POST', 'PUT', 'PATCH'].includes(method) && !body).map(({ path }) => path)).toEqual([]);
  });

  it('is answered or refused, and never breaks anything: bodies as described, with odd things in them', async () => {
    const request = fc.constantFrom(...routes).chain((route) => fc.record({ route: fc.constant(route), path: pathOf(route), body: route.body ? valueOf(route.body) : fc.constant({}), headers: headersFor }));
    await fc.assert(fc.asyncProperty(request, ({ route, path, body, headers }) => isAnsweredWell(route.method, path, body, headers)), { numRuns });
  }, 120_000);

  it('is answered or refused, and never breaks anything: any JSON at all', async () => {
    const request = fc.constantFrom(...routes).chain((route) => fc.record({ route: fc.constant(route), path: pathOf(route), body: strange, headers: headersFor }));
    await fc.assert(fc.asyncProperty(request, ({ route, path, body, headers }) => isAnsweredWell(route.method, path, body, headers)), { numRuns: Math.ceil(numRuns / 2) });
  }, 120_000);

  it('leaves what is there readable', async () => {
    const { body } = await app.ask('GET', '/convenings');
    const ids = (body.convenings as { id: string }[]).map(({ id }) => id);
    for (const id of ids)
      for (const part of ['', '/rooms', '/tracks', '/sessions', '/availability', '/conflicts', '/publications'])
        expect({ id, part, status: (await app.ask('GET', `/convenings/${id}${part}`)).status }).toEqual({ id, part, status: 200 });
  });
});
