import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { mostHeardOut } from './json-body.js';

/** So long, in milliseconds, a node that stops waits for requests to arrive and answers to be read. */
const lastPatience = 30_000;
/** How often it is looked what is sent after the answer, in milliseconds. */
const unreadInterval = 500;

/**
 * What keeps a node from stopping, and for how long: a connection that nothing was asked on yet does not (browsers and proxies open some in advance), nor one whose last
 * question is answered; any other, whose body may never arrive whole or whose answer nobody may read, does so for a time.
 */
export const leaveConnections = (server: FastifyInstance): void => {
  let stopping = false;
  const silent = new Set<Socket>();
  const answers = new Set<ServerResponse>();
  server.server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.addHook('onRequest', ({ raw }, reply, done) => {
    silent.delete(raw.socket);
    answers.add(reply.raw);
    reply.raw.once('close', () => answers.delete(reply.raw));
    done();
  });
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping) void reply.header('Connection', 'close');
    done(null, payload);
  });
  server.addHook('preClose', async () => {
    stopping = true;
    for (const socket of silent) socket.destroy();
    setTimeout(() => server.server.closeAllConnections(), lastPatience).unref();
    // A connection whose answer is written is idle to Node, and is closed, also while somebody still reads it.
    await Promise.all([...answers].filter((answer) => answer.writableEnded && !answer.writableFinished).map((answer) => once(answer, 'close')));
  });
};

/** Who was answered before all that they send was read may send on, but not without end. */
export const endUnread = (server: FastifyInstance): void => {
  server.addHook('onResponse', ({ raw }, _reply, done) => {
    const { socket } = raw;
    const most = socket.bytesRead + mostHeardOut;
    // What nobody reads is counted by the connection alone.
    const watch = raw.complete ? undefined : setInterval(() => {
      if (socket.bytesRead > most) socket.destroy();
      if (raw.complete || socket.destroyed) clearInterval(watch);
    }, unreadInterval).unref();
    done();
  });
};
