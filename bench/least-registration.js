/**
 * What registrations over HTTP are measured against, beside an empty POST: the least that one can be with Nest, Fastify and a log on this machine. What was
 * filled in is sealed with a key of the person's own, the key wrapped, the fact chained, and both rows are on the disk before the answer. Nothing is
 * validated or decided, nobody is known again, nothing can be read or found.
 */
import { createCipheriv, createHmac, hash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { openRawGroupCommit } from './raw-group-commit.js';

/** @param {Uint8Array} key @param {string | Uint8Array} text */
const sealed = (key, text) => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64url');
};

export const serveLeastRegistrations = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'baraza-bench-'));
  const [log, keys] = [await openRawGroupCommit(join(folder, 'log.db')), await openRawGroupCommit(join(folder, 'keys.db'))];
  const secret = randomBytes(32);
  let revision = 0;
  let prev = '';
  class Least {
    /** @param {{ category: string, email: string }} body */
    async answer({ category, ...entry }) {
      const [id, person, key] = [randomUUID(), randomUUID(), randomBytes(32)];
      await keys.append({ stream: person, revision: 0, id: '', type: '', data: sealed(secret, key), metadata: '' });
      const address = createHmac('sha256', secret).update(entry.email).digest('base64url');
      const data = JSON.stringify({ registration: id, person, category, address, standing: 'seated', entry: sealed(key, JSON.stringify(entry)) });
      const metadata = JSON.stringify({ at: new Date().toISOString(), prev });
      prev = hash('sha256', data + metadata);
      await log.append({ stream: 'registrations', revision: revision++, id, type: 'PersonRegistered', data, metadata });
      return { id, category, status: 'seated' };
    }
  }
  Reflect.defineMetadata('design:paramtypes', [Object], Least.prototype, 'answer');
  Body()(Least.prototype, 'answer', 0);
  Post()(Least.prototype, 'answer', Object.getOwnPropertyDescriptor(Least.prototype, 'answer'));
  Controller('convenings/measured/registrations')(Least);
  class LeastModule {}
  Module({ controllers: [Least] })(LeastModule);
  const app = await NestFactory.create(LeastModule, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  const close = async () => {
    await app.close();
    await Promise.all([log.close(), keys.close()]);
    rmSync(folder, { recursive: true });
  };
  return { url: await app.getUrl(), close };
};
