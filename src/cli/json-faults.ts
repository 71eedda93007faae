import { printParseErrorCode, type ParseError } from 'jsonc-parser';
import { treeOf } from './json-places.js';

/** What makes a text no JSON. */
export interface JsonFault {
  /** So many characters stand before it. */
  readonly offset: number;
  /** In words for people, without a full stop. */
  readonly says: string;
}

/** The first thing for which a text is no JSON (RFC 8259). Undefined: it is JSON. */
export const jsonFaultIn = (text: string): JsonFault | undefined => {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    if (text.trim() === '') return { offset: 0, says: 'there is nothing in it' };
    const faults: ParseError[] = [];
    treeOf(text, faults);
    const [first] = faults;
    return first ? (leftByMerge(text, first) ?? worded(text, first)) : { offset: text.length, says: 'this is not JSON, or is nested too deeply' };
  }
};

const mergeMark = /^(<{7}|={7}|>{7}|\|{7})/;
/** What a merge writes where both sides changed the same lines. */
const leftByMerge = (text: string, { offset }: ParseError): JsonFault | undefined => {
  const begins = text.lastIndexOf('\n', offset - 1) + 1;
  return mergeMark.test(text.slice(begins, begins + 7)) ? { offset: begins, says: 'a merge left its marks here: choose between the two sides' } : undefined;
};

const worded = (text: string, { error, offset, length }: ParseError): JsonFault => {
  const before = text.slice(0, offset).trimEnd();
  const next = text.slice(offset, offset + 1);
  const isClosing = next === '}' || next === ']';
  if (isClosing && before.endsWith(',')) return { offset: before.length - 1, says: `nothing follows this comma but ${next}: take the comma away` };
  // What a word is in the parser's eyes ends before the next space or sign.
  const say = sentences[printParseErrorCode(error)];
  return { offset, says: say?.(next, text.slice(offset, offset + Math.max(length, 1)), before) ?? 'this is not JSON' };
};

const missing = (what: string, next: string) => (next === '' ? `${what} is missing, and the text ends here` : `${what} is missing before this`);
/** What each of the parser's errors means. `next`: the character there, if any; `word`: what it stumbled over. */
const sentences: Readonly<Record<string, (next: string, word: string, before: string) => string>> = {
  CommaExpected: (next, _, before) => {
    if (next === '}' || next === ']') return missing(next === '}' ? 'a ]' : 'a }', next);
    return /[[,:\s]-?0$/.test(before) && /\d/.test(next) ? 'a number does not begin with 0' : missing('a comma', next);
  },
  ColonExpected: (next) => missing('a colon', next),
  ValueExpected: (next) => missing('a value', next),
  PropertyNameExpected: (next) => missing('the name of a field, in double quotes,', next),
  CloseBraceExpected: (next) => missing('a }', next),
  CloseBracketExpected: (next) => missing('a ]', next),
  EndOfFileExpected: () => 'the document ended before this: nothing may follow it',
  InvalidCommentToken: () => noComment,
  UnexpectedEndOfComment: () => noComment,
  UnexpectedEndOfString: () => 'the quote that ends this text is missing in its line',
  UnexpectedEndOfNumber: (_, word) => `${word} is no number as JSON has them`,
  InvalidSymbol: (next, word) => symbolWorded(next, word),
  InvalidCharacter: () => 'a tab or another control character stands in this text: write it as \\t',
  InvalidEscapeCharacter: () => escape,
  InvalidUnicode: () => escape,
};
const noComment = 'JSON has no comments: take it away';
const escape = 'a \\ in this text begins nothing that JSON knows: a \\ itself is written \\\\';

const symbolWorded = (next: string, word: string): string => {
  if (/['‘’“”„«»`]/.test(next)) return 'texts stand in straight double quotes ("), not in others';
  if (next === '#' || next === '/') return noComment;
  if (/^[-+.\d]/.test(word)) return `${word} is no number as JSON has them`;
  if (/^(true|false|null|none|nan|infinity|undefined)$/i.test(word)) return `${word} is no value of JSON: true, false and null are, in small letters`;
  return /^[\p{L}\p{N}_$]/u.test(word) ? `${word.length > 30 ? `${word.slice(0, 29)}…` : word} stands outside of quotes: a double quote (") is missing` : `${JSON.stringify(next)} may not stand here`;
};
