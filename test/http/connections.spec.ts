import { expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { application } from './application.js';

const app = application();

it.each(['POST /convenings', 'GET /nowhere'])('who is answered before all that they send is read (%s) may send on, but not without end', async (asked) => {
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
  let [told, sent] = ['', 0];
  socket.setEncoding('utf8').on('data', (text: string) => (told += text)).on('error', () => undefined);
  socket.write(`${asked} HTTP/1.1\r\nHost: baraza\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`);
  const piece = Buffer.from(`100000\r\n${' '.repeat(1024 * 1024)}\r\n`);
  // At most 8 GB: the half minute that a request has is enough for more.
  for (; sent < 8_000 && !socket.destroyed; sent++) if (!socket.write(piece)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined);
  expect([told.split(' ')[1], socket.destroyed, sent > 16]).toEqual([asked.startsWith('POST') ? '401' : '404', true, true]);
});
