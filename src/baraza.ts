import { once } from 'node:events';
import { createServer as createServerOfNothing } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { pino, type Logger } from 'pino';
import { AppModule, handlings, processes, readModels } from './app.module.js';
import type { Config } from './config.js';
import { SystemClock, type Clock } from './deciding/clock.js';
import { Closing, layGround } from './ground.js';
import { Awaited } from './http/awaited.js';
import { Positions } from './http/positions.js';
import { createServer, mostRequests } from './http/server.js';

/** How long a node that stops waits for what is being written, in milliseconds. */
const lastPatience = 10_000;

/** So long a node waits for its store before it listens without it, in milliseconds. */
const firstPatience = 1_000;

/** A node that listens. */
export interface Baraza {
  /** Where it listens. */
  readonly url: string;
  /** The operator's token, if it was made now: to be printed once. */
  readonly newToken?: string;
  /** Resolves when it serves: at once, unless its store is not there yet. Rejects when it never will: with StoreRefused, or an error of the disk; or it was closed. */
  readonly serving: Promise<void>;
  /** Answers what was asked, then lets go of port and files. */
  close(): Promise<void>;
}

/** Where another node listens already, no data folder is begun, and no thread. @throws an error of the network */
const beFirstAt = async ({ host, port }: Config): Promise<void> => {
  if (port === 0) return;
  const server = createServerOfNothing().listen(port, host);
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
};

/** Serves on the stores of this configuration; where they cannot be reached yet, it listens and waits. `clock`: where time comes from. @throws StoreRefused, or an error of the network */
export const startBaraza = async (config: Config, { clock = new SystemClock(), log = pino() }: { clock?: Clock; log?: Logger } = {}): Promise<Baraza> => {
  const closing = new Closing();
  try {
    await beFirstAt(config);
    const ground = await layGround(config, closing, clock.isOfAStory ? undefined : () => clock.now());
    const awaited = new Awaited();
    const app = await createServer(AppModule.on(ground, clock, awaited), { log, secure: config.url?.startsWith('https:') ?? false, proxies: config.proxies ?? [] });
    const reading = readModels.map((model) => app.get(model, { strict: false }));
    const writing = handlings.map((handling) => app.get(handling, { strict: false }));
    for (const model of reading) closing.first(() => model.stop());
    closing.first(async () => {
      awaited.stop();
      await app.close();
      // What is still unknown then stays unknown to nobody who waits: they were told at their deadlines.
      await Promise.race([Promise.all(writing.map((handling) => handling.idle())), setTimeout(lastPatience, undefined, { ref: false })]);
    });
    const asking = processes.map((process) => app.get(process, { strict: false }));
    for (const process of asking) closing.first(() => process.stop());
    const reached = awaited.reach(async () => {
      await ground.reach();
      app.get(Positions, { strict: false }).beginAt(await ground.store.head());
    }, (why) => log.warn({ why }, 'Baraza waits for its event store'));
    const begin = async () => {
      await Promise.all(reading.map((model) => model.start()));
      awaited.arrived();
      for (const process of asking) process.start();
    };
    const isThere = await Promise.race([reached.then(() => true), setTimeout(firstPatience, false, { ref: false })]);
    if (isThere) await begin();
    const serving = isThere ? Promise.resolve() : reached.then(begin);
    serving.catch(() => undefined); // Whoever looks at it is told.
    await app.listen({ port: config.port, host: config.host, backlog: mostRequests });
    const url = config.url ?? (await app.getUrl());
    const newToken = ground.operator.keep();
    return { url, ...(newToken !== undefined && { newToken }), serving, close: () => closing.all() };
  } catch (error) {
    await closing.all();
    throw error;
  }
};
