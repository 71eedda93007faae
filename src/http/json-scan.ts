import { Tokenizer, TokenType, type ParsedTokenInfo } from '@streamparser/json';
import { escaped, mostErrors, type FieldError } from './problems.js';

/** How much a body may hold in all. */
export interface Limits {
  readonly values: number;
  readonly objects: number;
}

/** A body deeper than this is nobody's programme. */
export const deepest = 32;
export const mostFields = 100;
/** No field of ours, and no language, has a name as long as this. */
const longestName = 100;

/** C0 and C1 controls but tab, line feed and carriage return; half a surrogate pair has no UTF-8. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Surrogate}/u;
/** Bytes of JSON without these have none of those: most bodies have none, and then no text in them is looked at. */
const perhapsUnwritable = ['\\u', '\\b', '\\f', '\u007f', Buffer.of(0xc2)];
/** Names that JavaScript gives a meaning of its own, so that nobody would know them for strangers; no body of ours has them. */
const reserved: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);
/** Whether a field may have such a name. */
export const isName = (name: string): boolean => name.length <= longestName && !reserved.has(name) && !unwritable.test(name);

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

/** In bytes: so much is looked through in a small part of the time that one may take. */
const piece = 8 * 1024;

/**
 * Looks through the bytes of a text of JSON before it is parsed, for what can be wrong with it wherever it stands: depth, size, names, control
 * characters, and names that stand twice in one object (RFC 8259, 4), of which a parser would take the last and forget the others.
 * In steps, between which others may have their turn. Of a text that is no JSON it says nothing that holds: that is for who parses it.
 */
export function* scanned(bytes: Buffer, most: Limits): Generator<undefined, Scan> {
  const scan = new Scan(most, perhapsUnwritable.some((each) => bytes.includes(each)));
  // To make room for more than there is costs more than to look through a short body.
  const room = Math.min(piece, Math.max(64, bytes.length));
  const tokenizer = new Tokenizer({ stringBufferSize: room, numberBufferSize: 64 });
  let isBroken = false;
  tokenizer.onToken = (token) => void (scan.isOver || scan.look(token));
  tokenizer.onError = () => void (isBroken = true);
  for (let from = 0; from < bytes.length && !isBroken && !scan.isOver; from += piece) {
    scan.isBlank &&= bytes.toString('latin1', from, from + piece).trim() === '';
    tokenizer.write(bytes.subarray(from, from + piece));
    yield;
  }
  return scan;
}

/** What is found in a body. */
class Scan {
  readonly faults: FieldError[] = [];
  /** By their places, in bytes. */
  readonly lists: ListInBody[] = [];
  /** It has nothing but white space. */
  isBlank = true;
  /** It holds more than it may, or stands too deep: the rest is not looked at. */
  tooMuch = false;
  private readonly within: Open[] = [];
  private expectsName = false;
  /** Names that were looked at and are well: a long body has few, again and again. */
  private readonly wellKnown = new Set<string>();
  private values = 1;
  private objects = 0;

  constructor(private readonly most: Limits, private readonly checksTexts: boolean) {}

  /** Nothing more is to be found. */
  get isOver(): boolean {
    return this.tooMuch || this.faults.length >= mostErrors;
  }

  look({ token, value, offset }: ParsedTokenInfo): void {
    if (token === TokenType.STRING) this.text(String(value));
    else if (token === TokenType.LEFT_BRACE) this.begin({ names: new Set(), at: '' });
    else if (token === TokenType.LEFT_BRACKET) this.list(offset);
    else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) this.end(offset);
    else if (token === TokenType.COMMA) this.follow(offset);
    if (this.values <= this.most.values && this.objects <= this.most.objects) return;
    this.faults.splice(0, this.faults.length, { pointer: '#', code: 'too-many-values', detail: `The body holds more than ${this.most.values} values, or ${this.most.objects} objects.` });
    this.tooMuch = true;
  }

  private list(offset: number): void {
    if (this.within.length === 1) this.lists.push({ name: String(this.within[0]?.at), from: offset + 1, ends: [] });
    this.begin({ names: undefined, at: 0 });
  }

  private begin(open: Open): void {
    if (this.within.length === deepest) {
      this.fault(this.here().slice(0, 200), 'too-deep', `The body is nested more than ${deepest} deep.`);
      this.tooMuch = true;
    }
    this.expectsName = open.names !== undefined;
    if (open.names) this.objects++;
    this.values++;
    this.within.push(open);
  }

  private end(offset: number): void {
    const open = this.within.pop();
    this.expectsName = false;
    if (this.within.length === 1 && open?.names === undefined) this.lists.at(-1)?.ends.push(offset);
  }

  private follow(offset: number): void {
    const open = this.within.at(-1);
    this.expectsName = open?.names !== undefined;
    if (typeof open?.at === 'number') open.at++;
    if (this.within.length === 2 && open?.names === undefined) this.lists.at(-1)?.ends.push(offset);
    this.values++;
  }

  private text(text: string): void {
    const open = this.within.at(-1);
    if (this.expectsName && open?.names) this.name(open, open.names, text);
    else if (this.checksTexts && unwritable.test(text)) this.fault(this.here(), 'control-character', 'The text holds a control character or half a surrogate pair.');
  }

  private name(open: Open, names: Set<string>, name: string): void {
    this.expectsName = false;
    open.at = name.slice(0, longestName);
    if (!this.wellKnown.has(name) && !isName(name)) this.fault(this.here(), 'unknown-field', 'There is no such field.');
    else if (names.has(name)) this.fault(this.here(), 'repeated-field', 'The field stands twice in its object.');
    else if (names.size === mostFields) this.fault(this.here().slice(0, this.here().lastIndexOf('/')), 'too-many-fields', `An object has at most ${mostFields} fields.`);
    else this.wellKnown.add(name);
    names.add(name);
  }

  private here = (): string => `#${this.within.map(({ at }) => `/${escaped(String(at))}`).join('')}`;

  private fault(pointer: string, code: string, detail: string): void {
    this.faults.push({ pointer, code, detail });
  }
}
