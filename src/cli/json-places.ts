import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import { strictly } from '../http/json-fault.js';

/** A place in a text, for people: both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where in a text so many characters lie before. */
export const placeAt = (text: string, position: number): Place => {
  const before = text.slice(0, position);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: position - lastBreak };
};

/**
 * Where in a text of JSON the values are that these pointers name (RFC 6901, as fragments): of a field, where its name begins; of one that stands
 * twice, the last. Of a value that is not there, whatever would hold it.
 */
export const placesOf = (text: string, pointers: readonly string[]): ReadonlyMap<string, Place> => {
  const tree = treeOf(text);
  return new Map(pointers.map((pointer) => [pointer, placeAt(text, offsetOf(tree, pointer))]));
};

/** What a text of JSON holds; notes its faults. Undefined: there is no value, or it is nested thousands deep, where the parser cannot follow. */
export const treeOf = (text: string, faults: ParseError[] = []): Node | undefined => {
  try {
    return parseTree(text, faults, strictly);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/** As far as the pointer leads. */
const offsetOf = (tree: Node | undefined, pointer: string): number => {
  let [at, offset] = [tree, tree?.offset ?? 0];
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const field: Node | undefined = at?.type === 'array' ? at.children?.[Number(name)] : at?.children?.findLast(({ children }) => children?.[0]?.value === name);
    if (!field) break;
    ({ offset } = field);
    at = field.type === 'property' ? field.children?.[1] : field;
  }
  return offset;
};
