// A server under measurement, in a process of its own, so that the load does not share its event loop.
// Forked by http.js with what to serve: `baraza` (with a token, and the id of a convening of 20,000 facts if there shall be one), `node` (one of several over a KurrentDB: with a token, its URL and a prefix), `past` (with a token, and the id of a convening with a long history), `laid` (with a token, and a data folder that is there), `empty` (an empty Nest + Fastify POST), `least` (the least that a registration can be), `bytes` (bare Fastify sending a file).
import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import Fastify from 'fastify';
import { pino } from 'pino';
import { startBaraza } from '../dist/baraza.js';
import { layConvening } from './laid-convening.js';
import { serveLeastRegistrations } from './least-registration.js';
import { longHistory, people } from './long-history.js';
import { longStream } from './long-stream.js';

const silent = pino({ level: 'silent' });

/** @param {string} token @param {(folder: string) => unknown} [lay] what is in its data folder before it starts @param {object} [store] where its log is, if not in its folder */
const baraza = async (token, lay, store) => {
  const folder = mkdtempSync(join(tmpdir(), 'baraza-bench-'));
  await lay?.(folder);
  const { url, close } = await startBaraza({ host: '127.0.0.1', port: 0, data: folder, token, ...store }, { log: silent });
  return { url, close: () => close().finally(() => rmSync(folder, { recursive: true, force: true })) };
};

const serves = {
  baraza: ([token, long]) => baraza(token, (folder) => long !== undefined && layConvening(folder, long, longStream(long))),
  node: ([token, url, prefix]) => baraza(token, undefined, { secret: 'a secret that all nodes of the bench share', kurrentdb: { url, prefix } }),
  past: ([token, id]) => baraza(token, (folder) => layConvening(folder, id, longHistory(id), people())),
  laid: ([token, folder]) => startBaraza({ host: '127.0.0.1', port: 0, data: folder, token }, { log: silent }),
  async empty() {
    class Empty {
      answer() {
        return {};
      }
    }
    Post()(Empty.prototype, 'answer', Object.getOwnPropertyDescriptor(Empty.prototype, 'answer'));
    Controller('empty')(Empty);
    class EmptyModule {}
    Module({ controllers: [Empty] })(EmptyModule);
    const app = await NestFactory.create(EmptyModule, new FastifyAdapter(), { logger: false });
    await app.listen(0, '127.0.0.1');
    return { url: await app.getUrl(), close: () => app.close() };
  },
  least: () => serveLeastRegistrations(),
  async bytes([path, type]) {
    const bytes = readFileSync(path);
    const server = Fastify();
    server.get('/bytes', (_request, reply) => reply.type(type).send(bytes));
    return { url: await server.listen({ port: 0, host: '127.0.0.1' }), close: () => server.close() };
  },
};

const [, , what, ...rest] = process.argv;
const served = await serves[what](rest);
/** Milliseconds of the processor that this process used so far. */
const cpuUsed = () => (({ user, system }) => (user + system) / 1_000)(process.cpuUsage());
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on('message', async (message) => {
  if (message === 'delay') {
    process.send({ cpu: cpuUsed(), p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 });
    delay.reset();
  } else {
    await served.close();
    process.exit(0);
  }
});
process.send(served.url);
