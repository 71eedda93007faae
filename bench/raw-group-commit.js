/**
 * What appends are measured against: the least that a durable group commit in a worker thread can be. The same rows and
 * the same index as the event log's, a savepoint an append, whole batches by one message, synchronous=FULL. It expects no
 * revision, recognises no repetition, has no limits, and an error ends it.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** @typedef {{ stream: string, revision: number, id: string, type: string, data: string, metadata: string }} Row */

/** @param {string} path of a file that is not there yet */
export const openRawGroupCommit = async (path) => {
  const worker = new Worker(new URL('./raw-group-commit.worker.js', import.meta.url), { workerData: path });
  await once(worker, 'message');
  /** @type {{ row: Row, resolve: (position: number) => void }[]} */
  let waiting = [];
  /** @type {typeof waiting} */
  let inFlight = [];
  let soon = false;
  const send = () => {
    soon = false;
    if (inFlight.length > 0 || waiting.length === 0) return;
    inFlight = waiting;
    waiting = [];
    worker.postMessage(inFlight.map(({ row }) => row));
  };
  worker.on('message', (/** @type {number[]} */ positions) => {
    const answered = inFlight;
    inFlight = [];
    send();
    answered.forEach(({ resolve }, index) => resolve(positions[index]));
  });
  return {
    /** @param {Row} row @returns {Promise<number>} its position, when it is on the disk */
    append: (row) =>
      new Promise((resolve) => {
        waiting.push({ row, resolve });
        if (soon || inFlight.length > 0) return;
        soon = true;
        queueMicrotask(send);
      }),
    async close() {
      worker.postMessage('close');
      await once(worker, 'exit');
    },
  };
};
