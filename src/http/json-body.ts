import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { inOnePiece, inTurns } from '../event-store/breather.js';
import { BodyPlaces } from './body-places.js';
import { isObject } from './fields.js';
import { brokenAt } from './json-fault.js';
import { plainly } from './json-plain.js';
import { scanned, type Limits, type ListInBody } from './json-scan.js';
import { Problem } from './problems.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes a whole document, which holds more than a part. */
    takesDocuments?: true;
    /** The route takes what the form of a page sends. */
    takesForms?: true;
  }
}

/** What the form of a page may hold, in bytes. */
const mostOfForms = 4_096;
/**
 * What is read costs by its bytes, its values and its objects: a body with more than these is no part of a programme, and no programme.
 * The longest order has 10,000 ids, the longest list of a part 200 objects; a session of a programme has about a hundred values.
 */
const ofParts: Limits & { readonly bytes: number } = { bytes: 1024 * 1024, values: 20_000, objects: 1_000 };
const ofDocuments: Limits & { readonly bytes: number } = { bytes: 16 * 1024 * 1024, values: 2_000_000, objects: 500_000 };

/** How much a body may hold, in bytes, unless its route takes more. */
export const mostBytes = ofParts.bytes;

/** Reads bodies: JSON objects in UTF-8 as they are, and nothing else; no body at all is an empty one. @throws Problem */
export const readJsonBodies = (server: FastifyInstance): void => {
  server.removeAllContentTypeParsers();
  giveBodiesPlaces(server);
  server.addHook('onRoute', (route) => {
    if (route.config?.takesDocuments) route.bodyLimit = ofDocuments.bytes;
  });
  server.addContentTypeParser('application/json', async (request: FastifyRequest, payload: Readable) => {
    const bytes = await bytesOf(request, payload);
    checkEncoding(bytes, request.headers);
    return bodyOf(bytes, request.routeOptions.config.takesDocuments ? ofDocuments : ofParts);
  });
  // Only where a form of ours leads: elsewhere it is how other sites would write for a reader who does not know.
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: mostOfForms }, (request, text, done) => {
    if (request.routeOptions.config.takesForms) done(null, Object.fromEntries(new URLSearchParams(String(text))));
    else done(new Problem('unsupported-media-type'));
  });
  server.addHook('preValidation', (request, _reply, done) => {
    request.body ??= {};
    done();
  });
};

/** Each limit of bodies is a kind of its own: programmes take no room from parts, nor anybody from strangers. */
const giveBodiesPlaces = (server: FastifyInstance): void => {
  const kinds = new Map<number, BodyPlaces>();
  server.decorateRequest('bodyPlace', null);
  server.addHook('preParsing', (request, reply, payload, done) => {
    const { headers, routeOptions: { bodyLimit } } = request;
    if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) {
      const places = kinds.get(bodyLimit) ?? new BodyPlaces();
      kinds.set(bodyLimit, places);
      const place = (request.bodyPlace = places.place());
      reply.raw.once('close', () => place.leave());
    }
    done(null, payload);
  });
};

/** What is too large is heard out up to so many times what may be sent: who writes all before they read would find the connection broken, and not learn why. */
const heardOut = 4;
/** What is heard out of the largest, in bytes. */
export const mostHeardOut = heardOut * ofDocuments.bytes;

/** All that is sent. The framework would put it together in one go. @throws Problem body-too-large, too-busy, malformed-json */
const bytesOf = async ({ headers, routeOptions: { bodyLimit }, bodyPlace: place }: FastifyRequest, payload: Readable): Promise<Buffer> => {
  if (Number(headers['content-length'] ?? 0) > heardOut * bodyLimit) throw new Problem('body-too-large');
  const pieces: Uint8Array[] = [];
  let length = 0;
  let isKept = true;
  const drop = () => {
    isKept = false;
    pieces.length = 0;
    place?.leave();
  };
  // Not by iterating: who stops to would end the connection, and with it the answer.
  await new Promise<void>((resolve, reject) => {
    const refuse = () => reject(new Problem('body-too-large'));
    payload.on('data', (piece: Uint8Array) => {
      length += piece.length;
      if (isKept && length > bodyLimit) drop();
      if (isKept && place?.takes(piece.length) === false) {
        drop();
        // What still comes is heard out, as of who sends too much.
        reject(new Problem('too-busy'));
      }
      if (isKept) pieces.push(piece);
      if (length > heardOut * bodyLimit) refuse();
    });
    // Who hung up in the middle hears nothing of it, and nothing of ours went wrong.
    payload.once('end', () => (length > bodyLimit ? refuse() : resolve())).once('error', () => reject(new Problem('malformed-json', { detail: 'it did not come whole' })));
  });
  return inOnePiece(pieces);
};

/** Nothing is unpacked, and names in another encoding would be kept damaged for ever: JSON is UTF-8 (RFC 8259, 8.1). @throws Problem */
const checkEncoding = (bytes: Buffer, { 'content-type': type = '', 'content-encoding': packed = 'identity' }: IncomingHttpHeaders): void => {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type) ?? [];
  if (!/^identity$/i.test(packed)) throw new Problem('unsupported-media-type', { packed });
  if (!/^utf-?8$/i.test(charset)) throw new Problem('unsupported-media-type', { charset });
  if (!isUtf8(bytes)) throw new Problem('malformed-json', { detail: 'the bytes are not UTF-8' });
};

/** Others have their turn while a long text is read. */
const bodyOf = async (bytes: Buffer, most: Limits): Promise<object> => {
  const plain = plainly(bytes, most);
  if (plain) return plain;
  const { faults, lists, isOver, isBlank } = await inTurns(scanned(bytes, most));
  // Where the looking ended early, the lists that it tells of have no end.
  const body = isOver || isBlank ? {} : await inTurns(parsed(bytes, lists));
  if (!isObject(body)) throw new Problem('invalid-body', {}, [{ pointer: '#', code: 'not-an-object', detail: 'The body is a JSON object.' }]);
  if (faults.length > 0) throw new Problem('invalid-body', {}, faults);
  return body;
};

/** In bytes: so much is parsed at once. */
const piece = 128 * 1024;

/** The value of a text of JSON. Long lists in it are parsed piece by piece: the text is one of JSON when all pieces are, and what is left without them. @throws Problem */
function* parsed(bytes: Buffer, lists: readonly ListInBody[]): Generator<undefined, unknown> {
  const long = lists.filter(({ from, ends }) => (ends.at(-1) ?? 0) - from > piece);
  // Before the rest: where an entry is not closed, its list ends elsewhere, and it is the entry that is broken.
  const read: Record<string, unknown[]> = {};
  const rest: Range[] = [];
  let since = 0;
  for (const { name, from, ends } of long) {
    read[name] = yield* entriesOf(bytes, from, ends);
    rest.push([since, from]);
    since = ends.at(-1)!;
  }
  const whole = jsonOf(bytes, [...rest, [since, bytes.length]]);
  return isObject(whole) ? Object.assign(whole, read) : whole;
}

/** The entries of a long list. @throws Problem */
function* entriesOf(bytes: Buffer, from: number, ends: readonly number[]): Generator<undefined, unknown[]> {
  const entries: unknown[] = [];
  let begin = from;
  for (const [index, end] of ends.entries()) {
    if (end - begin < piece && index < ends.length - 1) continue;
    if (isBlankIn(bytes, begin, end)) {
      if (ends.length === 1) break;
      throw malformed(bytes, end);
    }
    // Cast: a list was asked for.
    entries.push(...(jsonOf(bytes, [[begin, end]], '[', ']') as unknown[]));
    begin = end + 1;
    yield;
  }
  return entries;
}

/** From one byte of a body to before another. */
type Range = readonly [from: number, to: number];

/** Whether there is nothing but white space (RFC 8259, 2), which is the least of ASCII. */
const isBlankIn = (bytes: Buffer, from: number, to: number): boolean => {
  for (let at = from; at < to; at += 1) if (bytes[at]! > 0x20) return false;
  return true;
};

/** What these parts of a body are together, and between what is put around them. @throws Problem malformed-json, with the place in the whole body */
const jsonOf = (bytes: Buffer, ranges: readonly Range[], open = '', close = ''): unknown => {
  const texts = ranges.map(([from, to]) => bytes.toString('utf8', from, to));
  const text = `${open}${texts.join('')}${close}`;
  try {
    return JSON.parse(text);
  } catch (error) {
    const broken = brokenAt(text);
    if (broken === undefined) throw new Problem('malformed-json', { detail: error instanceof Error ? error.message : 'unreadable' });
    let before = Math.max(0, broken - open.length);
    const inside = texts.findIndex((each) => before < each.length || (before -= each.length) < 0);
    const [from, to] = ranges[inside] ?? ranges.at(-1)!;
    throw malformed(bytes, inside === -1 ? to : from + Buffer.byteLength(texts[inside]!.slice(0, before)));
  }
};

/** `at`: the byte at which a body stops to be JSON. */
const malformed = (bytes: Buffer, at: number): Problem => {
  const begins = bytes.lastIndexOf('\n', at - 1) + 1;
  let line = 1;
  for (let next = bytes.indexOf('\n'); next !== -1 && next < begins; next = bytes.indexOf('\n', next + 1)) line++;
  return new Problem('malformed-json', { detail: `It is JSON no more at line ${line}, column ${bytes.toString('utf8', begins, at).length + 1}.` });
};
