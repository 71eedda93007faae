/** Only the fields that changed or are to change; null: there was or is none. */
export type Change<T> = { readonly [K in keyof T]?: T[K] | null };

const fieldsOf = (value: object) => Object.entries(value).filter(([, field]) => field !== undefined);

/** Whether two values are the same JSON; the order of fields does not matter. */
export const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((each, index) => same(each, b[index]));
  let fields = 0;
  for (const name of Object.keys(a)) {
    // Casts: by the name of a field.
    const field = (a as Readonly<Record<string, unknown>>)[name];
    if (field === undefined) continue;
    fields++;
    if (!Object.hasOwn(b, name) || !same(field, (b as Readonly<Record<string, unknown>>)[name])) return false;
  }
  for (const field of Object.values(b)) if (field !== undefined) fields--;
  return fields === 0;
};

/** What of the asked-for fields differs from what is held, before and after; undefined: nothing does. */
export const difference = <T extends object>(held: T, asked: Change<T>): { from: Change<T>; to: Change<T> } | undefined => {
  const from: Record<string, unknown> = {};
  const to: Record<string, unknown> = {};
  const before: ReadonlyMap<string, unknown> = new Map(fieldsOf(held));
  for (const [name, value] of fieldsOf(asked)) {
    const now: unknown = before.get(name) ?? null;
    if (same(now, value)) continue;
    from[name] = now;
    to[name] = value;
  }
  // The names are those of T, since they were taken from a change of T.
  return Object.keys(to).length > 0 ? { from: from as Change<T>, to: to as Change<T> } : undefined;
};

/** The thing with its fields changed; what became null is no longer there. */
export const changed = <T extends object>(held: T, to: Change<T>): T => {
  const asked = fieldsOf(to);
  const merged = Object.assign({ ...held }, Object.fromEntries(asked));
  // A required field is never asked to become null: the types of the commands do not allow it.
  return (asked.some(([, value]) => value === null) ? Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) : merged) as T;
};

/** How loosely given fields are written down; a field without a row is written as it was given. Undefined: it says that there is none. */
export type Writing<Given, T> = { readonly [K in keyof Given & keyof T]?: (value: NonNullable<Given[K]>, language: string) => T[K] | undefined };

/** What was asked for, as facts hold it. `language`: of plain strings. */
export const writtenDown = <Given extends object, T extends object>(given: Given, by: Writing<Given, T>, language: string): Change<T> => {
  // Object.entries forgets which value belongs to which name; the table's type has tied each row to its field.
  const rows = by as Readonly<Record<string, ((value: unknown, language: string) => unknown) | undefined>>;
  return Object.fromEntries(
    fieldsOf(given).map(([name, value]) => [name, value === null || !Object.hasOwn(rows, name) ? value : (rows[name]?.(value, language) ?? null)]),
  ) as Change<T>;
};
