import { randomFillSync } from 'node:crypto';

/** Randomness is fetched from the system for so many at once: each fetch costs more than what is made of it. */
const atOnce = 256;

/** Gives so many random bytes each time. */
export const randomness = (bytes: number): (() => Uint8Array) => {
  const pool = new Uint8Array(bytes * atOnce);
  let next = pool.length;
  return () => {
    if (next === pool.length) {
      randomFillSync(pool);
      next = 0;
    }
    next += bytes;
    return pool.slice(next - bytes, next);
  };
};
