import { escaped } from '../http/problems.js';

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

const string = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/.source;
const word = new RegExp(`[ \\t\\n\\r]*(?:(?<string>${string})|(?<value>-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|true|false|null)|(?<mark>[{}[\\],:]))`, 'y');
const ends: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/**
 * Where a text stops to be JSON (RFC 8259): at the first thing that may not stand there, or at its end. What may stand next is a value, a
 * name, a colon, the comma or end after a value; right after a bracket also its end.
 */
export const faultAt = (text: string): number => {
  const open: string[] = [];
  let next: 'value' | 'name' | 'colon' | 'rest' = 'value';
  let mayEnd = false;
  word.lastIndex = 0;
  for (let at = 0; ; at = word.lastIndex) {
    const { string: said, value, mark } = word.exec(text)?.groups ?? {};
    const fault = at + (/^[ \t\n\r]*/.exec(text.slice(at, at + 10_000))?.[0].length ?? 0);
    const within = open.at(-1);
    if (next === 'value' && (said ?? value) !== undefined) next = 'rest';
    else if (next === 'name' && said !== undefined) next = 'colon';
    else if (next === 'colon' && mark === ':') next = 'value';
    else if (next === 'value' && mark !== undefined && ends[mark]) open.push(mark);
    else if (next === 'rest' && mark === ',' && within !== undefined) next = within === '{' ? 'name' : 'value';
    else if ((next === 'rest' || mayEnd) && within !== undefined && mark === ends[within]) {
      open.pop();
      next = 'rest';
    } else return fault;
    mayEnd = mark !== undefined && ends[mark] !== undefined;
    if (mayEnd && mark === '{') next = 'name';
  }
};

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]|[^\s"{}[\],:]+/g;

/** An object or list that is open: where in it the text stands. */
interface Open {
  /** As a step of a pointer. */
  at: string | number;
  readonly pointer: string;
}

/**
 * Where in a text of JSON the values are that these pointers name (RFC 6901, as fragments): of a field, where its name begins. Of a value
 * that is not there, whatever would hold it.
 */
export const placesOf = (text: string, pointers: readonly string[]): ReadonlyMap<string, Place> => {
  // Each pointer with what holds it, from the nearest to the whole text.
  const wanted = new Map(pointers.map((pointer) => [pointer, pointer.split('/').map((_, index, steps) => steps.slice(0, steps.length - index).join('/'))]));
  const asked = new Set([...wanted.values()].flat());
  const found = positionsOf(text, asked);
  return new Map([...wanted].map(([pointer, holders]) => [pointer, placeAt(text, found.get(holders.find((each) => found.has(each)) ?? '#') ?? 0)]));
};

const positionsOf = (text: string, asked: ReadonlySet<string>): Map<string, number> => {
  const found = new Map<string, number>();
  const within: Open[] = [];
  let expectsName = false;
  /** Where the name stands whose value comes next. */
  let named: number | undefined;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    const open = within.at(-1);
    if (token === '}' || token === ']') {
      within.pop();
      expectsName = false;
    } else if (token === ',') {
      expectsName = typeof open?.at === 'string';
      if (typeof open?.at === 'number') open.at++;
    } else if (expectsName && open) {
      // Cast: the token is a string of JSON.
      open.at = JSON.parse(token) as string;
      named = index;
      expectsName = false;
    } else {
      const pointer = open ? `${open.pointer}/${escaped(String(open.at))}` : '#';
      if (asked.has(pointer)) found.set(pointer, named ?? index);
      named = undefined;
      if (token === '{' || token === '[') within.push({ at: token === '{' ? '' : 0, pointer });
      expectsName = token === '{';
    }
  }
  return found;
};
