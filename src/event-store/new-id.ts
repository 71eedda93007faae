import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** Randomness is fetched from the system for so many ids at once: each fetch costs more than the id. */
const pool = new Uint8Array(16 * 256);
let next = pool.length;

const sixteenBytes = (): Uint8Array => {
  if (next === pool.length) {
    randomFillSync(pool);
    next = 0;
  }
  next += 16;
  return pool.slice(next - 16, next);
};

/** A UUID of version 7 (RFC 9562): they sort by the time they were made, which keeps the log's indexes narrow. */
export const newId = (): string => v7({ rng: sixteenBytes });
