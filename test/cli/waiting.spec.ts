import { expect, it } from '@jest/globals';
import { Writable } from 'node:stream';
import { whileTold } from '../../src/cli/waiting.js';

/** A terminal on which an answer comes as soon as something was written. */
const answering = (isTTY: boolean) => {
  let written = '';
  const err = Object.assign(new Writable({ write: (part: Buffer, _, done) => { written += String(part); done(); err.emit('told'); } }), { isTTY });
  const answer = new Promise<string>((resolve) => void err.once('told', () => resolve('the answer')));
  return { answer, err, text: () => written };
};

it('who waits at a terminal for more than a second is told so, on a line that is gone when the answer comes', async () => {
  const { answer, err, text } = answering(true);
  expect([await whileTold(answer, 'Baraza', err), text()]).toEqual(['the answer', '\r\x1b[KWaiting for Baraza: 1 s\r\x1b[K']);
});

it('where nothing can be drawn over it is told every five seconds', async () => {
  const { answer, err, text } = answering(false);
  expect([await whileTold(answer, 'Baraza', err), text()]).toEqual(['the answer', 'Waiting for Baraza: 5 s\n']);
});

it('what is answered at once is not talked about, nor what fails', async () => {
  const { err, text } = answering(true);
  const failed = await whileTold(Promise.reject(new Error('refused')), 'Baraza', err).catch((error: unknown) => error);
  expect([await whileTold(Promise.resolve(1), 'Baraza', err), failed, text()]).toEqual([1, new Error('refused'), '']);
});
