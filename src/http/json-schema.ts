import { fieldsOf, type KnownField, type Schema, type Shape } from './shape.js';

/** What is said of classes and fields, for people: the descriptions of a description of the interface. */
export type Sayings = Readonly<Record<string, { readonly description?: string; readonly properties?: Readonly<Record<string, { readonly description?: string }>> }>>;

/**
 * The JSON Schema (2020-12) of what a class of requests takes, made from the same table as its validation. What it cannot say is that
 * a date must be in the calendar and an address one that can be parsed. `id`: the schema's own address.
 */
export const jsonSchemaOf = (shape: Shape, { id, title, sayings }: { readonly id: string; readonly title: string; readonly sayings: Sayings }): Schema => {
  const parts = new Map<Shape, Schema>();
  const whole = objectOf(shape, sayings, parts);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema', $id: id, title, ...whole,
    $defs: Object.fromEntries([...parts].map(([part, schema]) => [part.name, schema])),
  };
};

const objectOf = (shape: Shape, sayings: Sayings, parts: Map<Shape, Schema>): Schema => {
  const fields = [...fieldsOf(shape)];
  const said = sayings[shape.name];
  const required = fields.filter(([, { presence }]) => presence === 'needed').map(([name]) => name);
  const described = (name: string) => said?.properties?.[name]?.description;
  return {
    ...(said?.description !== undefined && { description: said.description }),
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(fields.map(([name, field]) => [name, { ...(described(name) !== undefined && { description: described(name) }), ...valueOf(field, sayings, parts) }])),
    additionalProperties: false,
    ...fields.reduce<Schema>((besides, [, { kind }]) => ({ ...besides, ...kind.besides }), {}),
  };
};

const valueOf = ({ kind: { schema, of, isList }, presence }: KnownField, sayings: Sayings, parts: Map<Shape, Schema>): Schema => {
  const part = of && referenceTo(of(), sayings, parts);
  const value = { ...schema, ...(isList ? { type: 'array', items: part } : part) };
  return presence === 'removed' ? { anyOf: [value, { type: 'null' }] } : value;
};

const referenceTo = (part: Shape, sayings: Sayings, parts: Map<Shape, Schema>): Schema => {
  if (!parts.has(part)) {
    parts.set(part, {}); // It may hold itself.
    parts.set(part, objectOf(part, sayings, parts));
  }
  return { $ref: `#/$defs/${part.name}` };
};
