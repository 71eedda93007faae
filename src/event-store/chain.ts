import { hash } from 'node:crypto';
import type { NewFact } from './event-store.js';

/**
 * What the next fact of the stream carries as `prev`: SHA-256, in hex, over the canonical JSON (RFC 8785) of this one as
 * stored (data, id, metadata, type). `data` and `metadata` are canonical texts already, and ids and types are ASCII
 * without quotes, so the object's text is put together, not made anew.
 */
export const hashOf = ({ id, type, data, metadata }: NewFact): string =>
  hash('sha256', `{"data":${data},"id":${JSON.stringify(id)},"metadata":${metadata},"type":${JSON.stringify(type)}}`);
