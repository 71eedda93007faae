/** In which order fields are written, so that a file changes only where the programme does; others follow in the order of their names. */
const order = [
  'convening', 'rooms', 'tracks', 'sessions', 'id', 'person', 'role', 'state', 'honorific', 'name', 'sortName', 'position', 'organisation', 'kind', 'country', 'label', 'title', 'subtitle', 'abstract', 'track',
  'language', 'interpretation', 'audience', 'cancelled', 'notes', 'slot', 'room', 'start', 'end', 'minutes', 'appearance', 'items', 'appearances', 'links', 'represents', 'credit',
];
const places = new Map(order.map((name, index) => [name, index]));
const byPlace = (one: string, other: string) => (places.get(one) ?? order.length) - (places.get(other) ?? order.length) || (one < other ? -1 : 1);

/** In characters: what is no longer stands in one line. */
const width = 160;

/**
 * A value as JSON for people, their editors and what compares files: in as few lines as are readable, each object of a list in a line of
 * its own, in a fixed order of fields.
 */
export const jsonLines = (value: unknown, indent = ''): string => {
  const line = inOneLine(value);
  if (line !== undefined && indent.length + line.length <= width) return line;
  const deeper = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((each) => deeper + jsonLines(each, deeper)).join(',\n')}\n${indent}]`;
  return isObject(value) ? `{\n${fieldsOf(value).map(([name, field]) => `${deeper}${JSON.stringify(name)}: ${jsonLines(field, deeper)}`).join(',\n')}\n${indent}}` : JSON.stringify(value);
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Undefined: it has a list of objects. */
const inOneLine = (value: unknown): string | undefined => {
  if (!isObject(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return value.some(isObject) ? undefined : `[${value.map((each) => JSON.stringify(each)).join(', ')}]`;
  const fields = fieldsOf(value).map(([name, field]) => [name, inOneLine(field)] as const);
  if (fields.some(([, field]) => field === undefined)) return undefined;
  return fields.length === 0 ? '{}' : `{ ${fields.map(([name, field]) => `${JSON.stringify(name)}: ${field ?? ''}`).join(', ')} }`;
};

const fieldsOf = (value: object): [string, unknown][] => Object.entries(value).sort(([one], [other]) => byPlace(one, other));
