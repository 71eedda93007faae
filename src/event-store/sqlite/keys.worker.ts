import { parentPort, workerData } from 'node:worker_threads';
import { KeyFile } from './key-file.js';
import type { FromKeys, ToKeys } from './keys.messages.js';

/** The thread of the keys: a slow disk holds up this thread and nobody's request. */
const port = parentPort;
if (!port) throw new Error('This file is a worker thread and cannot be run by itself.');

// Cast: what the main thread gives.
const { path, wrapping } = workerData as { path: string; wrapping: Uint8Array };
const file = new KeyFile(path, Buffer.from(wrapping));
port.on('message', (message: ToKeys) => {
  if (message.kind === 'works') return port.postMessage(file.answer(message.works) satisfies FromKeys);
  file.close();
  port.close();
});
