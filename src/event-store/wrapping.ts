import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { randomness } from './randomness.js';

/** How the keys of sealed values are wrapped by the operator's secret where they are stored. */

export const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const newNonce = randomness(nonceBytes);
/** A value wrapped for this name, in place of a person, whose id is a UUID, tells whether a secret is the right one. */
export const checkName = 'baraza keys check';

/** HKDF (RFC 5869) with SHA-256 over the operator's secret. */
export const wrappingKey = (secret: Uint8Array | string, salt: Uint8Array): Buffer => Buffer.from(hkdfSync('sha256', secret, salt, 'baraza keys 1', keyBytes));

/** Nonce, ciphertext and tag of AES-256-GCM, bound to a name. */
export const wrap = (wrapping: Buffer, name: string, key: Buffer): Buffer => {
  const nonce = newNonce();
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(name));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
};

/** Undefined: another key wrapped it, for another name, or it was altered. */
export const unwrap = (wrapping: Buffer, name: string, wrapped: Uint8Array): Uint8Array | undefined => {
  const bytes = Buffer.from(wrapped);
  if (bytes.length !== nonceBytes + keyBytes + tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', wrapping, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(-tagBytes));
  try {
    return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]));
  } catch {
    return undefined;
  }
};
