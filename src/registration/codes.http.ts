import { randomFillSync } from 'node:crypto';

/** Crockford's base 32: no I, L, O and U, so that what is read aloud or copied by hand is not taken for another. */
const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Random symbols, 45 bits: with a hundred thousand registrations, one guess in 350 million finds one. A check symbol follows. */
const random = 9;
const form = /^[0-9A-HJKMNP-TV-Z]{10}$/;

/** Randomness is fetched from the system for so many codes at once: in a rush each fetch costs more than all the rest of a code. */
const pool = new Uint8Array(random * 256);
let next = pool.length;

const randomSymbols = (): string => {
  if (next === pool.length) {
    randomFillSync(pool);
    next = 0;
  }
  next += random;
  return Array.from(pool.subarray(next - random, next), (byte) => symbols[byte % symbols.length]!).join('');
};

/** One wrong symbol shows, and so do two that changed places: each place has another odd weight. */
const checkOf = (text: string): string => {
  let sum = 0;
  for (const [place, symbol] of Array.from(text).entries()) sum += symbols.indexOf(symbol) * (2 * place + 1);
  return symbols[sum % symbols.length]!;
};

const written = (text: string): string => `${text.slice(0, 5)}-${text.slice(5)}`;

/** A code that nobody guesses: `7KQ2M-4XD9T`. */
export const newCode = (): string => {
  const text = randomSymbols();
  return written(text + checkOf(text));
};

/** A code as it was typed, in the way it is kept; undefined: it cannot be one, since a symbol is wrong. */
export const codeIn = (typed: string): string | undefined => {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return form.test(text) && checkOf(text.slice(0, random)) === text[random] ? written(text) : undefined;
};
