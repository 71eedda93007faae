import { Refusal } from '../deciding/refusal.js';
import { same } from '../deciding/changes.js';

/** The change of order that is asked for; undefined: it is so already. @throws Refusal `order-incomplete` unless all are named once. */
export const reordering = (held: Iterable<string>, asked: readonly string[]): { from: readonly string[]; to: readonly string[] } | undefined => {
  const from = [...held];
  if (!same([...from].sort(), [...asked].sort())) throw new Refusal('order-incomplete', { expected: from });
  return same(from, asked) ? undefined : { from, to: [...asked] };
};

/** The same entries in the order of their ids; what the order does not name keeps its place at the end. */
export const inOrder = <T>(entries: ReadonlyMap<string, T>, order: readonly string[]): Map<string, T> => {
  const ordered = new Map<string, T>();
  for (const id of [...order, ...entries.keys()]) {
    const entry = entries.get(id);
    if (entry !== undefined) ordered.set(id, entry);
  }
  return ordered;
};

/** The ids that are held, in the order of those that are named; who is not named keeps the place that they have. */
export const inPlaceOf = (held: readonly string[], named: readonly string[]): string[] => {
  const known = new Set(named);
  const next = named.values();
  return held.map((id) => (known.has(id) ? (next.next().value ?? id) : id));
};
