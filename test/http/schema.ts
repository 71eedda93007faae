/** What a description of the interface says of a value: as much of JSON Schema as ours uses (OpenAPI 3.0). */
export interface Schema {
  readonly $ref?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly description?: string;
  readonly example?: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const kinds: Readonly<Record<NonNullable<Schema['type']>, (value: unknown) => boolean>> = {
  object: isObject, array: Array.isArray, string: (value) => typeof value === 'string', integer: Number.isInteger, boolean: (value) => typeof value === 'boolean',
};
const known = new Set(['$ref', 'type', 'nullable', 'enum', 'allOf', 'anyOf', 'properties', 'required', 'additionalProperties', 'items', 'description', 'example', 'minimum']);

/** Holds values against schemas that name each other, and keeps what of them it has seen. A field that is not described is a fault. */
export class Described {
  /** `Shape.field` of every field that a value had. */
  readonly seen = new Set<string>();

  constructor(private readonly schemas: Readonly<Record<string, Schema>>) {}

  /** Every field of these shapes and of all that they are made of, as `Shape.field`. */
  fields(names: readonly string[]): Set<string> {
    const found = new Set<string>();
    const walk = ({ $ref, allOf = [], anyOf = [], properties = {}, items }: Schema, within: string) => {
      if ($ref !== undefined) return reach($ref.split('/').at(-1)!);
      for (const [name, field] of Object.entries(properties)) {
        found.add(`${within}.${name}`);
        walk(field, `${within}.${name}`);
      }
      for (const each of [...allOf, ...anyOf, ...(items ? [items] : [])]) walk(each, within);
    };
    const reached = new Set<string>();
    const reach = (name: string) => {
      if (reached.has(name)) return;
      reached.add(name);
      walk(this.schemas[name]!, name);
    };
    names.forEach(reach);
    return found;
  }

  /** What does not fit, each with its place. */
  faults(schema: Schema, value: unknown, at = '#', within = ''): string[] {
    const foreign = Object.keys(schema).filter((word) => !known.has(word));
    if (foreign.length > 0) throw new Error(`${at}: this test does not know ${foreign.join(', ')}`);
    const { $ref, type, nullable, allOf = [], anyOf } = schema;
    if ($ref !== undefined) {
      const name = $ref.split('/').at(-1)!;
      return this.faults(this.schemas[name] ?? { enum: [] }, value, at, name);
    }
    if (value === null && nullable) return [];
    if (type && !kinds[type](value)) return [`${at} is no ${type}`];
    if (schema.enum && !schema.enum.includes(value)) return [`${at} is none of ${schema.enum.join(', ')}`];
    if (anyOf && !anyOf.some((each) => this.faults(each, value, at, within).length === 0)) return [`${at} is none of what it may be`];
    return [
      ...allOf.flatMap((each) => this.faults(each, value, at, within)),
      ...(Array.isArray(value) && schema.items ? value.flatMap((each, index) => this.faults(schema.items!, each, `${at}/${index}`, within)) : []),
      ...(isObject(value) && (schema.properties ?? schema.additionalProperties) !== undefined ? this.#fieldFaults(schema, value, at, within) : []),
    ];
  }

  #fieldFaults({ properties = {}, required = [], additionalProperties }: Schema, value: Readonly<Record<string, unknown>>, at: string, within: string): string[] {
    const missing = required.filter((name) => !(name in value)).map((name) => `${at}/${name} is missing`);
    const wrong = Object.entries(value).flatMap(([name, field]) => {
      if (!Object.hasOwn(properties, name) && additionalProperties === true) return [];
      if (!Object.hasOwn(properties, name)) return typeof additionalProperties === 'object' ? this.faults(additionalProperties, field, `${at}/${name}`, within) : [`${at}/${name} is not described`];
      this.seen.add(`${within}.${name}`);
      return this.faults(properties[name]!, field, `${at}/${name}`, `${within}.${name}`);
    });
    return [...missing, ...wrong];
  }
}
