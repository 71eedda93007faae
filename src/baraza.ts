import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pino, type Logger } from 'pino';
import { Operator } from './access/operator.js';
import { Secret } from './access/secret.js';
import { AppModule } from './app.module.js';
import type { Config } from './config.js';
import { ConveningHandling } from './convening/convening.handler.js';
import { ConveningReadModel } from './convening/convening.projection.js';
import { SystemClock, type Clock } from './deciding/clock.js';
import { StoreRefused, type EventStore } from './event-store/event-store.js';
import { Sealing } from './event-store/sealing.js';
import { SqliteEventStore } from './event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from './event-store/sqlite/sqlite-keys.js';
import { createServer } from './http/server.js';
import { ReadFolder } from './projecting/read-folder.js';

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

/**
 * Which files of an earlier start are there. The secret is made first, then the log, then the keys, so what is missing before another was lost:
 * to make it anew would hide that, and make every name unreadable for ever. @throws StoreRefused
 */
const filesIn = ({ data, secret }: Config): { readonly keys: boolean } => {
  const is = (name: string) => existsSync(join(data, name));
  if (is('keys.db') && !is('events.db')) throw new StoreRefused(`The event log ${join(data, 'events.db')} is missing, but its keys are there. Put it back from a backup, or give another folder to begin anew.`);
  if ((is('keys.db') || is('events.db')) && secret === undefined && !is('secret')) throw new StoreRefused(`The file ${join(data, 'secret')}, which wraps the keys of what is sealed here, is missing. Put it back from a backup, or set BARAZA_SECRET to what it held.`);
  return { keys: is('keys.db') };
};

/** @throws StoreRefused what stands in the log was sealed with keys that are not there */
const beginsAnew = async (store: EventStore, { data }: Config): Promise<void> => {
  if ((await store.head()) > 0n) throw new StoreRefused(`The key file ${join(data, 'keys.db')} is missing, and without it no name in the event log can be read. Put it back from a backup.`);
};

/** Opens the stores of this configuration and serves. `clock`: where time comes from. @throws StoreRefused, or an error of the network */
export const startBaraza = async (config: Config, { clock = new SystemClock(), log = pino() }: { clock?: Clock; log?: Logger } = {}): Promise<Baraza> => {
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const had = filesIn(config);
  const secret = Secret.in(config.data, config.secret);
  const operator = Operator.in(config.data, secret, config.token);
  const closing: (() => Promise<void>)[] = [];
  /** The last opened first; one that cannot be closed does not keep the others open. */
  const close = async () => {
    const failures: unknown[] = [];
    for (let next = closing.pop(); next; next = closing.pop()) await next().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be closed.');
  };
  try {
    const store = await SqliteEventStore.open(join(config.data, 'events.db'));
    closing.push(() => store.close());
    if (!had.keys) await beginsAnew(store, config);
    const keys = SqliteKeys.open(join(config.data, 'keys.db'), secret.text);
    closing.push(() => keys.close());
    const ground = { store, keys, sealing: new Sealing(keys), secret, operator, clock, readFolder: new ReadFolder(join(config.data, 'read')) };
    const app = await createServer(AppModule.on(ground), { log, secure: config.url?.startsWith('https:') ?? false });
    const readModel = app.get(ConveningReadModel, { strict: false });
    closing.push(() => readModel.stop());
    closing.push(async () => {
      await app.close();
      // What is still unknown then stays unknown to nobody who waits: they were told at their deadlines.
      await Promise.race([app.get(ConveningHandling, { strict: false }).idle(), setTimeout(lastPatience, undefined, { ref: false })]);
    });
    await readModel.start();
    await app.listen(config.port, config.host);
    const url = config.url ?? (await app.getUrl());
    const newToken = operator.keep();
    return { url, ...(newToken !== undefined && { newToken }), close };
  } catch (error) {
    await close();
    throw error;
  }
};
