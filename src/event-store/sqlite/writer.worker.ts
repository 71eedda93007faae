import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from './database.js';
import { LogWriter } from './log-writer.js';
import type { FromWriter, ToWriter } from './writer.messages.js';

/** The writer's thread: a slow disk holds up this thread and nobody's request. */
const port = parentPort;
if (!port) throw new Error('This file is a worker thread and cannot be run by itself.');
const answer = (message: FromWriter) => port.postMessage(message);

try {
  const writer = new LogWriter((workerData as { path: string }).path);
  port.on('message', (message: ToWriter) => {
    if (message.kind === 'batch') return answer({ kind: 'done', outcomes: writer.write(message.works) });
    writer.close();
    port.close();
  });
  answer({ kind: 'ready' });
} catch (error) {
  answer({ kind: 'refused', why: messageOf(error) });
  port.close();
}
