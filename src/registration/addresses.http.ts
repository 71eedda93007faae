import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secret } from '../access/secret.js';

/** 128 bits. */
const kept = 16;

/**
 * Tells e-mail addresses apart without anybody finding one: what stands in facts is a digest with a key of its own, and of one convening, so that it
 * says nothing of another.
 */
@Injectable()
export class Addresses {
  private readonly key: Buffer;

  constructor(secret: Secret) {
    this.key = secret.keyFor('registration addresses');
  }

  /** Of the same address, however it is spelt: without regard to case and to how its letters are composed. */
  digest(convening: string, email: string): string {
    const address = email.trim().normalize('NFKC').toLowerCase();
    return createHmac('sha256', this.key).update(`${convening}\n${address}`).digest().subarray(0, kept).toString('base64url');
  }
}
