import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PersonId } from '../event-store/personal.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest();

/** Who holds the operator's token: it guards every write, and is the actor in every fact's metadata. Only its hash is kept. */
export class Operator {
  private constructor(private readonly hash: Buffer, readonly id: PersonId, readonly printOnce?: string) {}

  /**
   * With the token that the configuration sets, or the one made at first start, of which the data folder keeps the hash.
   * `printOnce` is the new token, when one was made now.
   */
  static in(data: string, secret: string, token?: string): Operator {
    if (token !== undefined) return Operator.of(sha256(token), secret);
    const path = join(data, 'operator.sha256');
    if (existsSync(path)) return Operator.of(Buffer.from(readFileSync(path, 'utf8').trim(), 'hex'), secret);
    const made = randomBytes(24).toString('base64url');
    mkdirSync(data, { recursive: true });
    writeFileSync(path, `${sha256(made).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    return Operator.of(sha256(made), secret, made);
  }

  private static of(hash: Buffer, secret: string, printOnce?: string): Operator {
    // The same token is the same actor on every node that shares the secret, and nobody without the secret can find the token from it.
    const digits = createHmac('sha256', secret).update('operator').update(hash).digest('hex');
    return new Operator(hash, `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`, printOnce);
  }

  holds(token: string): boolean {
    return timingSafeEqual(sha256(token), this.hash);
  }
}
