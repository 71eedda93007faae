/** What JSON Schema (2020-12) says of a value. */
export type Schema = Readonly<Record<string, unknown>>;

/** A class of requests: its fields say what a body, a query or a path may hold. */
export type Shape = abstract new (...given: never[]) => object;

/** What a field may hold. */
export interface Kind {
  /** Names in answers what is wrong with another value: `slug`. */
  readonly code: string;
  /** Whether a value is one, where need be by the object that it stands in. */
  readonly fits: (value: unknown, within: object) => boolean;
  /** The end of "… must be …". */
  readonly expects: string;
  readonly schema: Schema;
  /** What it says of the object that it stands in. */
  readonly besides?: Schema;
  /** The class of the object, or of each object of the list. Asked for late: classes name each other. */
  readonly of?: () => Shape;
  readonly isList?: true;
}

/** Whether a field has to be there; what may be removed may be null, and what may be empty, an empty text. */
type Presence = 'needed' | 'left-out' | 'removed' | 'empty';

interface Field {
  readonly kind?: Kind;
  readonly presence: Presence;
}

/** A field whose kind was said. */
export type KnownField = Field & { readonly kind: Kind };

/** The fields that a class itself says. */
const own = new Map<object, Map<string, Field>>();

/** Says something of a field of a class, beside what was said of it. */
export const describeField = (of: object, name: string, said: Partial<Field>): void => {
  const fields = own.get(of) ?? new Map<string, Field>();
  own.set(of, fields);
  const before = fields.get(name) ?? { presence: 'needed' };
  if (before.kind && said.kind) throw new Error(`The field ${name} is of two kinds.`);
  fields.set(name, { ...before, ...said });
};

const known = new Map<Shape, ReadonlyMap<string, KnownField>>();

/** The fields of a class with those that it inherits, which follow. */
export const fieldsOf = (shape: Shape): ReadonlyMap<string, KnownField> => {
  const before = known.get(shape);
  if (before) return before;
  const fields = new Map<string, KnownField>();
  // Casts: what a class inherits from is a class, and of a field that has no kind this is the place to hear.
  for (let of: Shape | null = shape; of !== null; of = Object.getPrototypeOf(of) as Shape | null)
    for (const [name, field] of own.get(of) ?? []) {
      if (!field.kind) throw new Error(`The field ${name} of ${of.name} has no kind.`);
      if (!fields.has(name)) fields.set(name, field as KnownField);
    }
  known.set(shape, fields);
  return fields;
};
