import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import type { DynamicModule } from '@nestjs/common';
import { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Operator } from '../access/operator.js';
import { Awaited } from './awaited.js';
import { endUnread, leaveConnections } from './connections.js';
import { mostBytes, readJsonBodies } from './json-body.js';
import { describeApi } from './openapi.js';
import { admit } from './operator.guard.js';
import { answerProblem, ProblemFilter } from './problem-filter.js';
import { Problem } from './problems.js';
import { secureAnswers } from './security.js';
import { mostOfStrangers, Strangers } from './strangers.js';
import { Turns } from './turns.js';
import { Validation } from './validation.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its answers end when nobody listens any more: it counts those itself. */
    staysOpen?: true;
  }
}

/** So many requests at once; what comes on top is answered 503. So many connections may knock at the same time: a thousand people press a button together. */
export const mostRequests = 2_000;

/** So long, in milliseconds, nothing may go over a connection that is being answered: who does not read holds a place for no longer. */
const longestSilence = 90_000;

/** The application on Fastify, not yet listening. `secure`: it is reached by https only. `proxies`: whose word is taken for where a request comes from. */
export const createServer = async (module: DynamicModule, { log, secure, proxies }: { log: Logger; secure: boolean; proxies: readonly string[] }): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: mostBytes,
    trustProxy: proxies.length > 0 && [...proxies],
    requestTimeout: 30_000,
    // The time for the head is not longer than that for all: Node takes the longer of the two for the latter. And else it is looked every 30 seconds who has taken too long.
    http: { headersTimeout: 30_000, connectionsCheckingInterval: 2_000 },
    connectionTimeout: longestSilence,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 2_000 },
    forceCloseConnections: 'idle',
    return503OnClosing: false, // Ours says it with a code.
    frameworkErrors: answerProblem, // Of addresses that no route is looked up for.
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { bodyParser: false, logger: ['error', 'warn'], abortOnError: false });
  const server = adapter.getInstance();
  secureAnswers(server, secure);
  readJsonBodies(server);
  limitRequests(server);
  leaveConnections(server);
  endUnread(server);
  beginInTurns(server);
  noteWhenTheyCame(server);
  waitForStore(server, app.get(Awaited, { strict: false }));
  admitBeforeReading(server, app.get(Operator, { strict: false }), app.get(Strangers, { strict: false }));
  server.addHook('onResponse', logged);
  server.addHook('onSend', openToAnyOrigin);
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(new Validation());
  describeApi(app);
  return app;
};

const limitRequests = (server: FastifyInstance): void => {
  let running = 0;
  let stopping = false;
  server.addHook('preClose', (done) => {
    stopping = true;
    done();
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (stopping) return done(new Problem('shutting-down'));
    // Who asks how the node is, is told also when it has more to do than it can: an orchestrator would end it for its silence.
    if (isAboutHealth(request)) return done();
    if (!request.routeOptions.config.staysOpen) {
      running++;
      reply.raw.once('close', () => running--);
    }
    done(running > mostRequests ? new Problem('too-busy') : undefined);
  });
};

/** Nobody is served twice before those who wait outside are let in; how the node is, is told at once. */
const beginInTurns = (server: FastifyInstance): void => {
  const turns = new Turns(server.server);
  server.addHook('onRequest', (request, _reply, done) => {
    if (isAboutHealth(request)) done();
    else turns.begin(done);
  });
};

const isAboutHealth = ({ routeOptions }: FastifyRequest): boolean => /^\/health\/(live|ready)$/.test(routeOptions.url ?? '');

/** After the body: a slow line is not what anybody waits for here. */
const noteWhenTheyCame = (server: FastifyInstance): void => {
  server.decorateRequest('came', 0);
  server.addHook('preValidation', (request, _reply, done) => {
    request.came = performance.now();
    done();
  });
};

/** What cannot be answered yet is not read either. */
const waitForStore = (server: FastifyInstance, awaited: Awaited): void => {
  server.addHook('onRequest', (request, _reply, done) => done(awaited.why === undefined || isAboutHealth(request) ? undefined : new Problem('store-awaited')));
};

/** Who may not write is told so before a byte of the body is read: strangers do not make us parse. */
const admitBeforeReading = (server: FastifyInstance, operator: Operator, strangers: Strangers): void => {
  server.addHook('onRoute', (route) => {
    if (route.config?.takesStrangers) route.bodyLimit = mostOfStrangers;
  });
  server.addHook('onRequest', (request, _reply, done) => {
    if (request.is404) throw new Problem('not-found');
    admit(request, operator);
    strangers.count(request);
    done();
  });
};

const logged = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
  const level = request.method === 'GET' || request.method === 'HEAD' ? 'debug' : 'info';
  request.log[level]({ method: request.method, url: request.url, status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime * 10) / 10 }, 'answered');
  done();
};

/** What the public may read, any page may read: a browser sends no token of ours by itself. */
const openToAnyOrigin = (request: FastifyRequest, reply: FastifyReply, payload: unknown, done: (error: null, payload: unknown) => void): void => {
  if (request.method === 'GET' || request.method === 'HEAD')
    void reply.header('Access-Control-Allow-Origin', '*').header('Access-Control-Expose-Headers', 'ETag, Baraza-As-Of, Baraza-Recorded-At, Baraza-Position');
  done(null, payload);
};
