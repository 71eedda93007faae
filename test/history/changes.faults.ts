import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Application, token } from '../http/application.js';

const app = new Application();
const at = '/convenings/arusha-2013';
/** What the kernel may hold for one who does not read, in bytes, and what may wait before it: beyond this they are let go. */
const mostHeld = 5 * 1024 * 1024;
/** So long a node that stops may take when nobody holds it up, in milliseconds: a connection that nobody reads would hold it for thirty seconds. */
const soon = 15_000;

/** Listens on a socket. */
const listening = async (): Promise<Socket> => {
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
  socket.write(`GET ${at}/changes HTTP/1.1\r\nHost: baraza\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await once(socket, 'data');
  return socket;
};

/** All sessions of a programme under other titles: a fact each. */
const programme = (turn: number) => ({ sessions: Array.from({ length: 2_000 }, (_, n) => ({ id: `session-${n}-`.padEnd(64, 'x'), kind: 'talk', title: `Turn ${turn}` })) });

beforeAll(async () => {
  await app.start();
  await app.ask('POST', '/convenings', { id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' });
});
afterAll(() => app.end());

describe('One who listens and does not read', () => {
  it('is let go when too much waits for them: who reads hears everything, and the node is free of them', async () => {
    const [silent, heard] = [await listening(), await listening()];
    silent.on('error', () => undefined).pause();
    let [bytes, text] = [0, ''];
    heard.on('data', (data: Buffer) => {
      bytes += data.length;
      text = text.slice(-2_000) + data.toString();
    });
    let revision = 0;
    for (let turn = 0; bytes < mostHeld; turn += 1) revision = (await app.ask('PUT', `${at}/programme`, programme(turn))).body.revision!;
    while (!text.includes(`\nid: ${revision}\n`)) await once(heard, 'data');

    const began = performance.now();
    await app.stop();
    expect(performance.now() - began).toBeLessThan(soon);
    silent.destroy();
    heard.destroy();
  }, 120_000);
});
