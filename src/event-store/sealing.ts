import { createCipheriv, randomBytes } from 'node:crypto';
import type { Keys } from './keys.js';
import { algorithm, boundTo, nonceLength, Opening } from './opening.js';
import type { PersonId, Personal, Sealed } from './personal.js';
import { randomness } from './randomness.js';

const newNonce = randomness(nonceLength);

/** Seals personal values with the keys of their people, and opens them. */
export class Sealing extends Opening {
  constructor(private readonly keys: Keys) {
    super(keys);
  }

  /** Makes the keys of these people available, new ones where they have none. @throws StoreUnavailable */
  async obtain(people: Iterable<PersonId>): Promise<void> {
    await this.inTurns(people, (some) => this.keys.obtain(some));
  }

  /** Seals a value; the key was obtained before. An erased person's value is sealed with a key that nobody has. */
  seal<T>(stream: string, value: Personal<T>): Sealed<T> {
    if ('sealed' in value) return value;
    const nonce = newNonce();
    const cipher = createCipheriv(algorithm, this.keyring.get(value.of) ?? randomBytes(32), nonce);
    cipher.setAAD(boundTo(value.of, stream));
    const text = Buffer.concat([nonce, cipher.update(JSON.stringify(value.value), 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return { of: value.of, sealed: text.toString('base64url') };
  }
}
