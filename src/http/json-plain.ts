import { isObject } from './fields.js';
import { deepest, isName, mostFields, type Limits } from './json-scan.js';

/** In bytes: longer bodies are looked through in steps. */
const short = 8 * 1024;
/** Escapes, what a scan looks at as control characters, and the mark that it passes over where a text begins: most bodies have none. JSON itself has none of the others. */
const doubtful = /[\\\u007f-\u009f\ufeff]/;
/** What follows a name. */
const afterName = /^[ \t\n\r]*:/;

/**
 * The value of a short body that has nothing of what `scanned` looks for, found in a fifth of the time; undefined: it may have, and is to be scanned.
 * No name stands twice in an object when as many are found in its value as stand in its text.
 */
export const plainly = (bytes: Buffer, most: Limits): object | undefined => {
  if (bytes.length > short) return undefined;
  const text = bytes.toString();
  if (doubtful.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return undefined;
    const found = new Found(most);
    return found.isPlain(value, 1) && found.names === namesIn(text) ? value : undefined;
  } catch {
    // The scan tells where it breaks.
    return undefined;
  }
};

/** How many names stand in a text of JSON that has no escapes: its quotes begin and end strings by turns. */
const namesIn = (text: string): number => text.split('"').filter((piece, index) => index % 2 === 0 && index > 0 && afterName.test(piece)).length;

/** What is counted in a value. */
class Found {
  names = 0;
  private values = 0;
  private objects = 0;

  constructor(private readonly most: Limits) {}

  isPlain(value: unknown, depth: number): boolean {
    if (++this.values > this.most.values) return false;
    if (typeof value !== 'object' || value === null) return true;
    if (depth > deepest) return false;
    if (Array.isArray(value)) return value.every((each) => this.isPlain(each, depth + 1));
    const names = Object.keys(value);
    this.names += names.length;
    if (++this.objects > this.most.objects || names.length > mostFields) return false;
    // Cast: it is an object, as JSON has them.
    return names.every((name) => isName(name) && this.isPlain((value as Record<string, unknown>)[name], depth + 1));
  }
}
