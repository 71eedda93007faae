import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { jsonSchemaOf } from '../../src/http/json-schema.js';
import { fieldsOf, type Shape } from '../../src/http/shape.js';
import { faultsIn } from '../../src/http/validation.js';
import { allShapes, bodyOf, libraryFaults } from './shapes.js';

let shapes: ReadonlyMap<string, Shape>;
beforeAll(async () => {
  shapes = await allShapes();
});

const told = (body: object, shape: Shape) => faultsIn(body, shape).map(({ pointer, code, detail }) => `${pointer} ${code} ${detail}`);
/** What is tried of each class: many kinds of values meet in one. */
const numRuns = Number(process.env.BARAZA_TEST_RUNS ?? 20);

describe('what is wrong with a body', () => {
  it('is what class-validator finds by the same table, with the same places, codes and sentences', () => {
    expect(shapes.size).toBeGreaterThan(40);
    for (const shape of shapes.values()) fc.assert(fc.property(bodyOf(shape), (body) => expect(told(body, shape).toSorted()).toEqual(libraryFaults(body, shape).toSorted())), { numRuns });
  });

  it('is something, and nothing, often enough to say so', () => {
    const tried = [...shapes.values()].flatMap((shape) => fc.sample(bodyOf(shape), { numRuns: 20, seed: 1 }).map((body) => told(body, shape)));
    expect(tried.filter((faults) => faults.length === 0).length).toBeGreaterThan(100);
    expect(new Set(tried.flat().map((fault) => fault.split(' ')[1])).size).toBeGreaterThan(20);
  });
});

describe('the JSON Schema of a class', () => {
  /** A schema names the form; whether there is such a day, and whether an address can be parsed, it leaves to us. */
  const beyondSchemas = new Set(['day', 'time', 'instant', 'as-of', 'address']);
  const tried = ['ProgrammeRequest', 'PlanConveningRequest', 'ChangeConveningRequest', 'RecordAttendanceRequest', 'StateAvailabilityRequest'];

  it.each(tried)('takes what is taken, and refuses what is refused: %s', (name) => {
    const shape = shapes.get(name)!;
    const takes = new Ajv2020({ strict: true, validateFormats: false }).compile(jsonSchemaOf(shape, { id: `https://example.org/${name}.json`, title: name, sayings: {} }));
    fc.assert(fc.property(bodyOf(shape), (body) => {
      const faults = faultsIn(body, shape);
      if (takes(body)) expect(faults.filter(({ code }) => !beyondSchemas.has(code))).toEqual([]);
      else expect({ body, faults }).not.toEqual({ body, faults: [] });
    }), { numRuns: numRuns * 5 });
  });

  it('knows the forms of a moment, each of them', () => {
    const shape = shapes.get('PlanConveningRequest')!;
    const takes = new Ajv2020({ strict: true, validateFormats: false }).compile(jsonSchemaOf(shape, { id: 'https://example.org/plan.json', title: 'plan', sayings: {} }));
    const from = (asOf: string) => ({ id: 'a', title: 'A', start: '2013-05-27', end: '2013-05-27', zone: 'UTC', from: { convening: 'b', asOf } });
    const taken = ['rev:17', 'version:final', '2013-05-27T09:00Z', '2013-05-27T09:00:01.5+03:00', '2013-05-27T09:00 03:00', '2013-05-27T09:00'];
    const not = ['simba', 'rev:', 'rev:17\n', 'version:', 'version:Final', '2013-05-27', '2013-05-27T24:00Z', '2013-05-27T09:00 3', `version:${'x'.repeat(65)}`];
    const [bySchema, byClass] = [(asOf: string) => takes(from(asOf)), (asOf: string) => faultsIn(from(asOf), shape).length === 0];
    expect([...taken, ...not].filter(bySchema)).toEqual(taken);
    expect([...taken, ...not].filter(byClass)).toEqual(taken);
  });

  it('says of each field what is said of it', () => {
    const [name, shape] = [...shapes].find(([each]) => each === 'ProgrammeRequest')!;
    const sayings = { [name]: { description: 'All of it.', properties: { rooms: { description: 'In order.' } } } };
    const schema = jsonSchemaOf(shape, { id: 'https://example.org/programme.json', title: 'Programme', sayings });
    expect(schema).toMatchObject({ description: 'All of it.', required: ['sessions'], additionalProperties: false, properties: { rooms: { description: 'In order.', type: 'array', items: { $ref: '#/$defs/AddRoomRequest' }, maxItems: 2_000 } } });
    // Cast: as just seen.
    expect(Object.keys((schema as { properties: object }).properties)).toEqual([...fieldsOf(shape).keys()]);
  });
});
