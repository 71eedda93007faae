import { parentPort, workerData } from 'node:worker_threads';
import { LentKeys } from '../event-store/lent-keys.js';
import { openLog } from '../event-store/open-log.js';
import { Opening } from '../event-store/opening.js';
import { messageOf } from '../event-store/sqlite/database.js';
import { yieldToOthers } from '../event-store/yielding.js';
import type { FromThread, Given, ToThread } from './projection.messages.js';
import type { Projection, Projector } from './projection.js';
import { ProjectionRunner } from './runner.js';

/** The thread of a projection: follows the log and keeps the rows, so that building them holds up nobody's request. */
const port = parentPort;
if (!port) throw new Error('This file is a worker thread and cannot be run by itself.');
const tell = (message: FromThread) => port.postMessage(message);

yieldToOthers();

const noKeys = { find: () => Promise.resolve(new Map<never, never>()) };

class ToldRunner extends ProjectionRunner<Projector> {
  #started = false;

  override async start(): Promise<void> {
    await super.start();
    this.#started = true;
    this.look();
  }

  protected override look(): void {
    super.look();
    if (this.#started) tell({ kind: 'now', now: this.now() });
  }
}

try {
  // Cast: whoever starts the thread gave it.
  const { module, folder, log: address, keys } = workerData as Given;
  // Cast: such a module makes its projection under this name.
  const { projection } = (await import(module)) as { readonly projection: (opening: Opening) => Projection<Projector> };
  const log = await openLog(address);
  const runner = new ToldRunner({ store: log, folder, projection: projection(new Opening(keys ? new LentKeys(keys) : noKeys)) });
  await runner.start();
  const end = async () => {
    await runner.stop();
    await log.close();
    tell({ kind: 'stopped' });
  };
  port.on('message', (message: ToThread) => {
    if (message.kind === 'stop') void end();
    else if (message.kind === 'damaged') runner.damaged(message.number);
    // It is who waits that is told how it ended; here it is enough that somebody does.
    else runner.reached(message.position, message.withinMilliseconds).catch(() => undefined);
  });
} catch (error) {
  tell({ kind: 'refused', why: messageOf(error) });
}
