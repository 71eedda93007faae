import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreRefused } from '../event-store/event-store.js';
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
    /** Keeps the hash of a token that was made now, which it gives: to be printed once. Undefined: there is nothing to print. */
    readonly keep: () => string | undefined,
  ) {}

  /**
   * With the token that the configuration sets, or the one made at first start, of which the data folder (which must exist) keeps the hash.
   * A new one counts once it is kept: a start that fails before it could be printed has lost nothing.
   */
  static in(data: string, secret: Secret, configured?: string): Operator {
    const path = join(data, 'operator.sha256');
    const nothing = () => undefined;
    if (configured !== undefined) return new Operator(sha256(configured), idOf(sha256(configured), secret), nothing);
    if (!existsSync(path)) {
      const made = randomBytes(24).toString('base64url');
      const ofMade = sha256(made);
      return new Operator(ofMade, idOf(ofMade, secret), () => {
        keptLine(path, () => ofMade.toString('hex'));
        return made;
      });
    }
    const kept = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
    if (kept.length !== 32) throw new StoreRefused(`The file operator.sha256 in ${data} is not a hash. Delete it to have a new token made, or set BARAZA_TOKEN.`);
    return new Operator(kept, idOf(kept, secret), nothing);
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
