import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import type { PersonId } from '../event-store/personal.js';
import { keptLine } from './kept-file.js';
import type { Secret } from './secret.js';

const sha256 = (text: string) => hash('sha256', text, 'buffer');

/** Who holds the operator's token: it guards every write, and is the actor in every fact's metadata. Only its hash is kept. */
export class Operator {
  private constructor(
    private readonly hash: Buffer,
    /** The same token is the same actor on every node that shares the secret; nobody finds the token from it. */
    readonly id: PersonId,
    /** The token, when it was made now: to be printed once. */
    readonly printOnce?: string,
  ) {}

  /** With the token that the configuration sets, or the one made at first start, of which the data folder (which must exist) keeps the hash. */
  static in(data: string, secret: Secret, configured?: string): Operator {
    if (configured !== undefined) return new Operator(sha256(configured), idOf(sha256(configured), secret));
    const made = randomBytes(24).toString('base64url');
    const kept = keptLine(join(data, 'operator.sha256'), () => sha256(made).toString('hex'));
    const hash = Buffer.from(kept.line, 'hex');
    if (hash.length !== 32) throw new Error(`The file operator.sha256 in ${data} is not a hash. Delete it to have a new token made, or set BARAZA_TOKEN.`);
    return kept.made ? new Operator(hash, idOf(hash, secret), made) : new Operator(hash, idOf(hash, secret));
  }

  holds(token: string): boolean {
    return timingSafeEqual(sha256(token), this.hash);
  }
}

/** A UUID of version 8 (RFC 9562): digits of a keyed hash. */
const idOf = (hash: Buffer, secret: Secret): PersonId => {
  const digits = createHmac('sha256', secret.keyFor('operator id')).update(hash).digest('hex');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
};
