import { v5 as uuidv5 } from 'uuid';
import { newId } from '../event-store/new-id.js';
import { headerOf, type Exchange } from './exchange.js';

/** A namespace of our own (RFC 9562, 6.5). */
const ofRequests = '0196f3c2-5a1e-7c40-9d2b-7f1f4b3a9e10';

/** An id for what the client leaves to us to name. A request that is repeated with its Idempotency-Key means the same thing again. */
export const idFor = ({ request }: Exchange): string => {
  const key = headerOf(request, 'idempotency-key');
  return key === undefined ? newId() : uuidv5(`${request.actor ?? ''}\n${request.url}\n${key}`, ofRequests);
};

/** So many new ids: for what may be new in a document. */
export const newIds = (count: number): string[] => Array.from({ length: count }, newId);
