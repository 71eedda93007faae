import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from './database.js';
import type { FromThread, ToThread } from './works.messages.js';

/** What does the works. `answer` never throws. */
export interface AtWork<W, A> {
  answer(works: readonly W[]): readonly A[];
  close(): void;
}

/** The thread's end of `WorkThread`: a slow disk holds up this thread and nobody's request. `open` is given what the main thread gave. */
export const atWork = <W, A, G>(open: (given: G) => AtWork<W, A>): void => {
  const port = parentPort;
  if (!port) throw new Error('This file is a worker thread and cannot be run by itself.');
  const tell = (message: FromThread<A>) => port.postMessage(message);
  try {
    const work = open(workerData as G); // Cast: what the main thread gave.
    port.on('message', (message: ToThread<W>) => {
      if (message.kind === 'batch') return tell({ kind: 'done', answers: work.answer(message.works) });
      work.close();
      port.close();
    });
    tell({ kind: 'ready' });
  } catch (error) {
    tell({ kind: 'refused', why: messageOf(error) });
    port.close();
  }
};
