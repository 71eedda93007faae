import { parentPort, workerData } from 'node:worker_threads';
import { turn } from '../event-store/breather.js';
import type { Event } from '../event-store/event.js';
import { openLog } from '../event-store/open-log.js';
import { yieldToOthers } from '../event-store/yielding.js';
import { keepCheckpoint, type Kept } from './checkpoint.js';
import type { FromThread, Given } from './checkpoint.messages.js';

/** The thread of a checkpoint: keeps one state, and tells. An error ends it: what cannot be kept now is kept later, or not. */
const port = parentPort;
if (!port) throw new Error('This file is a worker thread and cannot be run by itself.');
yieldToOthers();

// Cast: whoever starts the thread gave it.
const { module, folder, log: address, stream } = workerData as Given;
// Cast: such a module says so under this name.
const { kept } = (await import(module)) as { readonly kept: Kept<unknown, Event> };
const store = await openLog(address);
let stops = false;
port.once('message', () => (stops = true));
const between = async () => {
  await turn();
  if (stops) throw new Error('the node stops');
};
const revision = await keepCheckpoint({ folder, store }, kept, stream, between).finally(() => store.close());
const told: FromThread = revision === undefined ? {} : { revision };
port.postMessage(told);
// What else is open here need not be waited for.
process.exit();
