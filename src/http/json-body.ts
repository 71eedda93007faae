import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { escaped, mostErrors, Problem, type FieldError } from './problems.js';
import { repeatedNames } from './repeated-names.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes a whole document, which holds more than a part. */
    takesDocuments?: true;
  }
}

/** A body deeper than this is nobody's programme. */
const deepest = 32;

/** How much a body may hold in all. */
interface Limits {
  readonly values: number;
  readonly objects: number;
}
/**
 * What is held against its class costs by its values, more by its objects, and by the square of the fields that one object has: a body
 * with more than these would hold up everybody else. The longest order has 10,000 ids, the longest list of a part 200 objects.
 */
const ofParts: Limits = { values: 20_000, objects: 1_000 };
const ofDocuments: Limits = { values: 200_000, objects: 50_000 };
const mostFields = 100;
/** No field of ours, and no language, has a name as long as this. */
const longestName = 100;

/** C0 and C1 controls but tab, line feed and carriage return; half a surrogate pair has no UTF-8. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Surrogate}/u;
/** Names that JavaScript gives a meaning of its own, so that a class of ours would not know them for strangers; no body of ours has them. */
const reserved: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);
const isName = (name: string) => name.length <= longestName && !reserved.has(name) && !unwritable.test(name);

/** What in a body can be wrong wherever it stands: depth, size, names, control characters. */
const faultsOf = (body: object, most: Limits): FieldError[] => {
  const errors: FieldError[] = [];
  const pending: { value: unknown; pointer: string; depth: number }[] = [{ value: body, pointer: '#', depth: 0 }];
  let [values, objects] = [1, 0];
  const fault = (pointer: string, code: string, detail: string) => errors.push({ pointer, code, detail });
  for (let next = pending.pop(); next && errors.length < mostErrors; next = pending.pop()) {
    const { value, pointer, depth } = next;
    if (typeof value === 'string' && unwritable.test(value)) fault(pointer, 'control-character', 'The text holds a control character or half a surrogate pair.');
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= deepest) {
      fault(pointer.slice(0, 200), 'too-deep', `The body is nested more than ${deepest} deep.`);
      continue;
    }
    const isList = Array.isArray(value);
    const length = isList ? value.length : Object.keys(value).length;
    values += length;
    if (!isList) objects += 1;
    if (values > most.values || objects > most.objects) return [{ pointer: '#', code: 'too-many-values', detail: `The body holds more than ${most.values} values, or ${most.objects} objects.` }];
    if (!isList && length > mostFields) {
      fault(pointer, 'too-many-fields', `An object has at most ${mostFields} fields.`);
      continue;
    }
    for (const [name, child] of Object.entries(value)) {
      if (isList || isName(name)) pending.push({ value: child, pointer: `${pointer}/${escaped(name)}`, depth: depth + 1 });
      else fault(`${pointer}/${escaped(name.slice(0, longestName))}`, 'unknown-field', 'There is no such field.');
    }
  }
  return errors.slice(0, mostErrors);
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads bodies: JSON objects in UTF-8 as they are, and nothing else; no body at all is an empty one. @throws Problem */
export const readJsonBodies = (server: FastifyInstance): void => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    try {
      done(null, bodyOf(textOf(bytes, request.headers), request.routeOptions.config.takesDocuments ? ofDocuments : ofParts));
    } catch (error) {
      // What a parser throws is an Error.
      done(error as Error);
    }
  });
  server.addHook('preValidation', (request, _reply, done) => {
    request.body ??= {};
    done();
  });
};

/** Nothing is unpacked, and names in another encoding would be kept damaged for ever: JSON is UTF-8 (RFC 8259, 8.1). @throws Problem */
const textOf = (bytes: string | Buffer, { 'content-type': type = '', 'content-encoding': packed = 'identity' }: IncomingHttpHeaders): string => {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type) ?? [];
  if (!/^identity$/i.test(packed)) throw new Problem('unsupported-media-type', { packed });
  if (!/^utf-?8$/i.test(charset)) throw new Problem('unsupported-media-type', { charset });
  try {
    return utf8.decode(Buffer.from(bytes));
  } catch {
    throw new Problem('malformed-json', { detail: 'the bytes are not UTF-8' });
  }
};

const bodyOf = (text: string, most: Limits): object => {
  if (text.trim() === '') return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new Problem('malformed-json', { detail: error instanceof Error ? error.message : 'unreadable' });
  }
  if (!isObject(body)) throw new Problem('invalid-body', {}, [{ pointer: '#', code: 'not-an-object', detail: 'The body is a JSON object.' }]);
  const errors = faultsOf(body, most);
  if (errors.length > 0) throw new Problem('invalid-body', {}, errors);
  const repeated = repeatedNames(text, mostErrors);
  if (repeated.length > 0) throw new Problem('invalid-body', {}, repeated.map((pointer) => ({ pointer, code: 'repeated-field', detail: 'The field stands twice in its object.' })));
  return body;
};
