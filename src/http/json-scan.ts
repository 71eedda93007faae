import { escaped, mostErrors, type FieldError } from './problems.js';

/** How much a body may hold in all. */
export interface Limits {
  readonly values: number;
  readonly objects: number;
}

/** A body deeper than this is nobody's programme. */
const deepest = 32;
const mostFields = 100;
/** No field of ours, and no language, has a name as long as this. */
const longestName = 100;

/** C0 and C1 controls but tab, line feed and carriage return; half a surrogate pair has no UTF-8. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Surrogate}/u;
/** A text of JSON without these has none of those. */
const perhapsUnwritable = /[\u007f-\u009f]|\p{Surrogate}|\\[ubf]/u;
/** Names that JavaScript gives a meaning of its own, so that nobody would know them for strangers; no body of ours has them. */
const reserved: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);
const isName = (name: string) => name.length <= longestName && !reserved.has(name) && !unwritable.test(name);

/** An object or list that is open, and where in it the text stands. */
interface Open {
  /** Of an object: the names so far. */
  readonly names: Set<string> | undefined;
  at: string | number;
}

/** A list that a field of the body holds: where its first entry begins, and where each ends. */
export interface ListInBody {
  readonly name: string;
  readonly from: number;
  readonly ends: number[];
}

/** What was found in a text. */
export interface Scan {
  readonly faults: FieldError[];
  /** It holds more than it may, or stands too deep: the rest was not looked at. */
  tooMuch: boolean;
  /** By their places. */
  readonly lists: ListInBody[];
}

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g;
/** So many tokens are a small part of the time that one may take. */
const turn = 2_000;

/**
 * Looks through a text of JSON before it is parsed, for what can be wrong with it wherever it stands: depth, size, names, control
 * characters, and names that stand twice in one object (RFC 8259, 4), of which a parser would take the last and forget the others.
 * In steps, between which others may have their turn. Of a text that is no JSON it says nothing that holds.
 */
export function* scanned(text: string, most: Limits): Generator<undefined, Scan> {
  const found: Scan = { faults: [], tooMuch: false, lists: [] };
  const { faults, lists } = found;
  const within: Open[] = [];
  const checks = perhapsUnwritable.test(text);
  let [expectsName, values, objects, sinceTurn] = [false, 1, 0, 0];
  const here = () => `#${within.map(({ at }) => `/${escaped(String(at))}`).join('')}`;
  const fault = (pointer: string, code: string, detail: string) => faults.push({ pointer, code, detail });
  for (const match of text.matchAll(tokens)) {
    if (faults.length >= mostErrors) break;
    if (++sinceTurn % turn === 0) yield;
    const [token] = match;
    const open = within.at(-1);
    if (token === '{' || token === '[') {
      const isObject = token === '{';
      if (within.length === deepest) {
        fault(here().slice(0, 200), 'too-deep', `The body is nested more than ${deepest} deep.`);
        found.tooMuch = true;
        break;
      }
      if (within.length === 1 && !isObject) lists.push({ name: String(open?.at), from: match.index + 1, ends: [] });
      if (isObject) objects++;
      within.push(isObject ? { names: new Set(), at: '' } : { names: undefined, at: 0 });
      expectsName = isObject;
      values++;
    } else if (token === '}' || token === ']') {
      within.pop();
      expectsName = false;
      if (within.length === 1 && open?.names === undefined) lists.at(-1)?.ends.push(match.index);
    } else if (token === ',') {
      expectsName = open?.names !== undefined;
      if (typeof open?.at === 'number') open.at++;
      if (within.length === 2 && open?.names === undefined) lists.at(-1)?.ends.push(match.index);
      values++;
    } else if (expectsName && open?.names) {
      expectsName = false;
      const name = textOf(token);
      open.at = name.slice(0, longestName);
      if (!isName(name)) fault(here(), 'unknown-field', 'There is no such field.');
      else if (open.names.has(name)) fault(here(), 'repeated-field', 'The field stands twice in its object.');
      else if (open.names.size === mostFields) fault(here().slice(0, here().lastIndexOf('/')), 'too-many-fields', `An object has at most ${mostFields} fields.`);
      open.names.add(name);
    } else if (checks && unwritable.test(textOf(token))) fault(here(), 'control-character', 'The text holds a control character or half a surrogate pair.');
    if (values > most.values || objects > most.objects) {
      faults.splice(0, faults.length, { pointer: '#', code: 'too-many-values', detail: `The body holds more than ${most.values} values, or ${most.objects} objects.` });
      found.tooMuch = true;
      break;
    }
  }
  return found;
}

/** A string of JSON, read; one that is none stands as it is. */
const textOf = (token: string): string => {
  if (!token.includes('\\')) return token.slice(1, -1);
  try {
    // Cast: the token is a string of JSON.
    return JSON.parse(token) as string;
  } catch {
    return token;
  }
};
