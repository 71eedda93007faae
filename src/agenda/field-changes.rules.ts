/** A field before and after; null: there was or is nothing. */
export interface FieldChange {
  /** Its name; of a field inside another both, with a point: `slot.room`, `credit.name`. */
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** A room, a track, an item or an appearance that is there, is gone, or is not as it was. */
export interface PartChange {
  /** Missing of a seat of which nothing may be known. */
  readonly id?: string;
  readonly is: 'added' | 'removed' | 'changed';
  /** Of what was added or removed all fields. */
  readonly changes: readonly FieldChange[];
}

/** The ids of what is there before and after, in the order before and after. */
export interface OrderChange {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** The parts of one list. */
export interface ListChange {
  readonly parts: readonly PartChange[];
  /** Missing: those that stayed stand in the order in which they stood. */
  readonly order?: OrderChange;
}

/** Fields that hold objects, by name: those objects' fields are told each by itself. */
export type Taken = Readonly<Record<string, (value: never) => unknown>>;
type Fields = ReadonlyMap<string, unknown>;
/** Of a list that is as it was. */
export const nothing: ListChange = { parts: [] };

/** Whether anything of the list is not as it was. */
export const isAny = ({ parts, order }: ListChange): boolean => parts.length > 0 || order !== undefined;
/** All its fields are told. */
export const asItIs = (value: object) => value;

/** The fields that differ, in the order in which they stand; who has no object has no fields. */
export const fieldChanges = (was: object | undefined, is: object | undefined, taken: Taken = {}): FieldChange[] => {
  const [from, to] = [differing(was, is), differing(is, was)];
  if (from === undefined && to === undefined) return [];
  return changesOf(fieldsOf(from ?? {}, taken), fieldsOf(to ?? {}, taken));
};

/** The fields that the other does not have, or has otherwise; undefined: it has all of them. Most objects are as they were, and are not looked at twice. */
const differing = (of: object | undefined, other: object | undefined): object | undefined => {
  let found: Record<string, unknown> | undefined;
  // Casts: whatever the objects are, their fields are looked up by name.
  const [held, others] = [of as Readonly<Record<string, unknown>> | undefined, other as Readonly<Record<string, unknown>> | undefined];
  for (const name in held) if (!isSame(held[name], others?.[name])) (found ??= {})[name] = held[name];
  return found;
};

/** Fields by their names; those of the taken objects each by itself. What is not there has none. */
const fieldsOf = (of: object, taken: Taken): Fields => {
  const fields = new Map<string, unknown>();
  for (const [name, value] of Object.entries(of) as [string, unknown][]) {
    if (value === undefined || value === null || name === 'id') continue;
    const take = taken[name];
    // The table names what each field holds.
    const seen: unknown = take ? take(value as never) : value;
    if (take && typeof seen === 'object' && seen !== null) for (const [inner, held] of Object.entries(seen) as [string, unknown][]) fields.set(`${name}.${inner}`, held);
    else fields.set(name, seen);
  }
  return fields;
};

const changesOf = (from: Fields, to: Fields): FieldChange[] => {
  const changes: FieldChange[] = [];
  for (const field of new Set([...from.keys(), ...to.keys()])) {
    const [was, is] = [from.get(field) ?? null, to.get(field) ?? null];
    if (!isSame(was, is)) changes.push({ field, from: was, to: is });
  }
  return changes;
};

/** Whether two values are the same JSON; the order of fields does not matter. */
const isSame = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null || Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  // Casts: objects and lists alike are looked up by name.
  return names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name) && isSame((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]));
};

/** A part of a list: named by its id, or by a key where it has none. */
export type ListPart = object & { readonly id?: string; readonly key?: string };

/** Parts by their names, in the order after; those that are gone last. */
export const listChange = (from: readonly ListPart[], to: readonly ListPart[], taken: Taken = {}): ListChange => {
  if (isSame(from, to)) return nothing;
  const before = new Map(from.map((part) => [nameOf(part), part]));
  const parts: PartChange[] = [];
  const [stood, stands]: [string[], string[]] = [[], []];
  for (const part of to) {
    const was = before.get(nameOf(part));
    const changes = partChanges(was, part, taken);
    if (was) stands.push(nameOf(part));
    before.delete(nameOf(part));
    if (!was || changes.length > 0) parts.push({ ...idOf(part), is: was ? 'changed' : 'added', changes });
  }
  for (const part of before.values()) parts.push({ ...idOf(part), is: 'removed', changes: partChanges(part, undefined, taken) });
  const stayed = new Set(stands);
  for (const part of from) if (stayed.has(nameOf(part))) stood.push(nameOf(part));
  return stood.every((name, place) => name === stands[place]) ? { parts } : { parts, order: { from: stood, to: stands } };
};

const nameOf = ({ id, key }: ListPart): string => (id === undefined ? ` ${key}` : id);
const idOf = ({ id }: ListPart) => (id === undefined ? {} : { id });
const partChanges = (was: ListPart | undefined, is: ListPart | undefined, taken: Taken): FieldChange[] => fieldChanges(was && ownFields(was), is && ownFields(is), taken);
const ownFields = ({ key: _, ...part }: ListPart): object => part;
