import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Operator } from './access/operator.js';
import { Secret } from './access/secret.js';
import type { Config } from './config.js';
import { StoreRefused, type EventStore } from './event-store/event-store.js';
import type { Keys } from './event-store/keys.js';
import { KurrentDbEventStore, type KurrentDb } from './event-store/kurrentdb/kurrentdb-event-store.js';
import { KurrentDbKeys } from './event-store/kurrentdb/kurrentdb-keys.js';
import { Sealing } from './event-store/sealing.js';
import { SqliteEventStore } from './event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from './event-store/sqlite/sqlite-keys.js';
import { ReadFolder } from './projecting/read-folder.js';

/** The log and the keys. */
interface Stores {
  readonly store: EventStore;
  readonly keys: Keys;
  /**
   * When this has resolved they can be used; until then they answer StoreUnavailable.
   * @throws StoreUnavailable they cannot be reached now; StoreRefused they are wrapped with another secret
   */
  readonly reach: () => Promise<void>;
}

/** What a node stands on: opened before the application is made, closed after it. */
export interface Ground extends Stores {
  readonly sealing: Sealing;
  readonly secret: Secret;
  readonly operator: Operator;
  readonly readFolder: ReadFolder;
}

/** What is closed in the end: the last opened first. */
export class Closing {
  private readonly steps: (() => Promise<void>)[] = [];

  /** Closes this before everything that was opened so far. */
  first(step: () => Promise<void>): void {
    this.steps.push(step);
  }

  /** One that cannot be closed does not keep the others open. @throws AggregateError */
  async all(): Promise<void> {
    const failures: unknown[] = [];
    for (let next = this.steps.pop(); next; next = this.steps.pop()) await next().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be closed.');
  }
}

/**
 * Which files of an earlier start are there. The secret is made first, then the log, then the keys, so what is missing before another was lost:
 * to make it anew would hide that, and make every name unreadable for ever. @throws StoreRefused
 */
const filesIn = ({ data, secret }: Config): { readonly log: boolean; readonly keys: boolean } => {
  const is = (name: string) => existsSync(join(data, name));
  if (is('keys.db') && !is('events.db')) throw new StoreRefused(`The event log ${join(data, 'events.db')} is missing, but its keys are there. Put it back from a backup, or give another folder to begin anew.`);
  if ((is('keys.db') || is('events.db')) && secret === undefined && !is('secret')) throw new StoreRefused(`The file ${join(data, 'secret')}, which wraps the keys of what is sealed here, is missing. Put it back from a backup, or set BARAZA_SECRET to what it held.`);
  return { log: is('events.db'), keys: is('keys.db') };
};

/** @throws StoreRefused what stands in the log was sealed with keys that are not there */
const beginsAnew = async (store: EventStore, { data }: Config): Promise<void> => {
  if ((await store.head()) > 0n) throw new StoreRefused(`The key file ${join(data, 'keys.db')} is missing, and without it no name in the event log can be read. Put it back from a backup.`);
};

/** The log and the keys in files of the data folder. @throws StoreRefused */
const inFiles = async (config: Config, secret: Secret, hadKeys: boolean, closing: Closing): Promise<Stores> => {
  const store = await SqliteEventStore.open(join(config.data, 'events.db'));
  closing.first(() => store.close());
  if (!hadKeys) await beginsAnew(store, config);
  const keys = SqliteKeys.open(join(config.data, 'keys.db'), secret.text);
  closing.first(() => keys.close());
  return { store, keys, reach: () => Promise.resolve() };
};

/** Where the streams are in the server that the settings name. */
export const kurrentDbOf = ({ url, prefix }: NonNullable<Config['kurrentdb']>): KurrentDb => ({ url, ...(prefix !== undefined && { prefix: `${prefix}.` }) });

/** The log and the keys in a KurrentDB, which need not be there yet. @throws StoreRefused */
const inKurrentDb = (named: NonNullable<Config['kurrentdb']>, secret: Secret, closing: Closing, now?: () => number): Stores => {
  const given = { ...kurrentDbOf(named), ...(now && { now }) };
  const store = KurrentDbEventStore.at(given);
  closing.first(() => store.close());
  const keys = KurrentDbKeys.at(given, secret.text);
  closing.first(() => keys.close());
  const reach = async () => {
    await store.reach();
    await keys.reach();
  };
  return { store, keys, reach };
};

/**
 * What a node of this configuration stands on, whether the store can be reached or not. Makes what a first start needs.
 * `now`: this node's clock, to be compared with that of a store elsewhere; left out, it is not.
 * @throws StoreRefused
 */
export const layGround = async (config: Config, closing: Closing, now?: () => number): Promise<Ground> => {
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const had = filesIn(config);
  if (config.kurrentdb && had.log) throw new StoreRefused(`The folder ${config.data} holds an event log, and KURRENTDB_URL names another. Give this node another folder by BARAZA_DATA, or leave KURRENTDB_URL out.`);
  const secret = Secret.in(config.data, config.secret);
  const operator = Operator.in(config.data, secret, config.token);
  const stores = config.kurrentdb ? inKurrentDb(config.kurrentdb, secret, closing, now) : await inFiles(config, secret, had.keys, closing);
  return { ...stores, sealing: new Sealing(stores.keys), secret, operator, readFolder: new ReadFolder(join(config.data, 'read')) };
};
