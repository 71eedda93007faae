import { setTimeout } from 'node:timers/promises';
import { pino, type Logger } from 'pino';
import { AppModule, handlings, readModels } from './app.module.js';
import type { Config } from './config.js';
import { SystemClock, type Clock } from './deciding/clock.js';
import { Closing, openGround } from './ground.js';
import { createServer } from './http/server.js';

/** How long a node that stops waits for what is being written, in milliseconds. */
const lastPatience = 10_000;

/** A node that serves. */
export interface Baraza {
  /** Where it listens. */
  readonly url: string;
  /** The operator's token, if it was made now: to be printed once. */
  readonly newToken?: string;
  /** Answers what was asked, then lets go of port and files. */
  close(): Promise<void>;
}

/** Opens the stores of this configuration and serves. `clock`: where time comes from. @throws StoreRefused, or an error of the network */
export const startBaraza = async (config: Config, { clock = new SystemClock(), log = pino() }: { clock?: Clock; log?: Logger } = {}): Promise<Baraza> => {
  const closing = new Closing();
  try {
    const ground = await openGround(config, closing);
    const app = await createServer(AppModule.on(ground, clock), { log, secure: config.url?.startsWith('https:') ?? false });
    const reading = readModels.map((model) => app.get(model, { strict: false }));
    const writing = handlings.map((handling) => app.get(handling, { strict: false }));
    for (const model of reading) closing.first(() => model.stop());
    closing.first(async () => {
      await app.close();
      // What is still unknown then stays unknown to nobody who waits: they were told at their deadlines.
      await Promise.race([Promise.all(writing.map((handling) => handling.idle())), setTimeout(lastPatience, undefined, { ref: false })]);
    });
    await Promise.all(reading.map((model) => model.start()));
    await app.listen(config.port, config.host);
    const url = config.url ?? (await app.getUrl());
    const newToken = ground.operator.keep();
    return { url, ...(newToken !== undefined && { newToken }), close: () => closing.all() };
  } catch (error) {
    await closing.all();
    throw error;
  }
};
