import { escaped } from './problems.js';

/** An object or list that is open, and where in it the text stands. */
interface Open {
  /** Of an object: the names so far. */
  readonly names: Set<string> | undefined;
  at: string | number;
}

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g;
/**
 * The places of names that stand twice in one object (RFC 8259, 4), as JSON Pointers: a parser takes the last and forgets the
 * others, and whoever wrote them meant each. The text is JSON; at most `most` are told.
 */
export const repeatedNames = (text: string, most: number): string[] => {
  const repeated: string[] = [];
  const within: Open[] = [];
  let expectsName = false;
  for (const [token] of text.matchAll(tokens)) {
    const open = within.at(-1);
    if (token === '{' || token === '[') {
      within.push(token === '{' ? { names: new Set(), at: '' } : { names: undefined, at: 0 });
      expectsName = token === '{';
    } else if (token === '}' || token === ']') {
      within.pop();
      expectsName = false;
    } else if (token === ',') {
      expectsName = open?.names !== undefined;
      if (typeof open?.at === 'number') open.at++;
    } else if (expectsName && open?.names) {
      expectsName = false;
      // Cast: the token is a string of JSON.
      const name = token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
      open.at = name;
      if (open.names.has(name)) repeated.push(`#/${within.map(({ at }) => escaped(String(at))).join('/')}`);
      if (repeated.length >= most) break;
      open.names.add(name);
    }
  }
  return repeated;
};
