import type { FastifyInstance } from 'fastify';
import { Problem, type FieldError } from './problems.js';
import { repeatedNames } from './repeated-names.js';

/** A body deeper than this is nobody's programme. */
const deepest = 32;
/** A body with more values than this would hold up everybody else. */
const mostValues = 200_000;
const mostErrors = 20;

/** C0 and C1 controls but tab, line feed and carriage return; half a surrogate pair has no UTF-8. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Surrogate}/u;
/** Names that JavaScript gives a meaning of its own; no body of ours has them. */
const reserved: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** What in a body can be wrong wherever it stands: depth, size, names, control characters. */
const faultsOf = (body: object): FieldError[] => {
  const errors: FieldError[] = [];
  const pending: { value: unknown; pointer: string; depth: number }[] = [{ value: body, pointer: '#', depth: 0 }];
  let values = 0;
  const fault = (pointer: string, code: string, detail: string) => errors.push({ pointer, code, detail });
  for (let next = pending.pop(); next && errors.length < mostErrors; next = pending.pop()) {
    const { value, pointer, depth } = next;
    if (++values > mostValues) return [{ pointer: '#', code: 'too-many-values', detail: `The body holds more than ${mostValues} values.` }];
    if (typeof value === 'string' && unwritable.test(value)) fault(pointer, 'control-character', 'The text holds a control character or half a surrogate pair.');
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= deepest) {
      fault(pointer.slice(0, 200), 'too-deep', `The body is nested more than ${deepest} deep.`);
      continue;
    }
    for (const [name, child] of Object.entries(value)) {
      if (!Array.isArray(value) && (reserved.has(name) || unwritable.test(name))) fault(`${pointer}/${escaped(name)}`, 'unknown-field', 'There is no such field.');
      else pending.push({ value: child, pointer: `${pointer}/${escaped(name)}`, depth: depth + 1 });
    }
  }
  return errors;
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads bodies: JSON objects and nothing else; no body at all is an empty one. @throws Problem */
export const readJsonBodies = (server: FastifyInstance): void => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    try {
      done(null, bodyOf(textOf(bytes, request.headers['content-type'])));
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

/** Names in another encoding would be kept damaged for ever: JSON is UTF-8 (RFC 8259, 8.1). @throws Problem */
const textOf = (bytes: string | Buffer, type = ''): string => {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type) ?? [];
  if (!/^utf-?8$/i.test(charset)) throw new Problem('unsupported-media-type', { charset });
  try {
    return utf8.decode(Buffer.from(bytes));
  } catch {
    throw new Problem('malformed-json', { detail: 'the bytes are not UTF-8' });
  }
};

const bodyOf = (text: string): object => {
  if (text.trim() === '') return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new Problem('malformed-json', { detail: error instanceof Error ? error.message : 'unreadable' });
  }
  if (!isObject(body)) throw new Problem('invalid-body', {}, [{ pointer: '#', code: 'not-an-object', detail: 'The body is a JSON object.' }]);
  const errors = faultsOf(body);
  if (errors.length > 0) throw new Problem('invalid-body', {}, errors);
  const repeated = repeatedNames(text, mostErrors);
  if (repeated.length > 0) throw new Problem('invalid-body', {}, repeated.map((pointer) => ({ pointer, code: 'repeated-field', detail: 'The field stands twice in its object.' })));
  return body;
};
