import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Secret } from '../../src/access/secret.js';
import { Codec } from '../../src/event-store/codec.js';
import type { Catalogue, Event } from '../../src/event-store/event.js';
import { newId } from '../../src/event-store/new-id.js';
import { told, type PersonId } from '../../src/event-store/personal.js';
import { Sealing } from '../../src/event-store/sealing.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import type { Command } from './every-fact.js';
import { organiser } from '../given.js';

/** The facts of one stream on their way into a log: each command an hour after the one before, from 1 March 2013, 08:00 UTC on. */
export const commands = <E extends Event>(stream: string, catalogue: Catalogue<E>, made: readonly Command<E>[], reason?: string, askedBy: (made: Command<E>) => PersonId = () => organiser) =>
  async (store: SqliteEventStore, sealing: Sealing): Promise<void> => {
    const codec = new Codec(catalogue, sealing, newId);
    let [revision, hash]: [number | 'none', string | null] = ['none', null];
    for (const [place, events] of made.entries()) {
      const commandId = randomUUID();
      const at = new Date(Date.UTC(2013, 2, 1, 8 + place)).toISOString();
      const encoded = await codec.encode(stream, events, { at, commandId, correlationId: commandId, actor: askedBy(events), ...(reason !== undefined && { reason: told(organiser, reason) }) }, hash);
      ({ revision } = await store.append(stream, revision, encoded.facts));
      ({ hash } = encoded);
    }
  };

/** Writes a log and its keys into a data folder, before a service is started on it. */
export const written = async (folder: string, ...streams: readonly ReturnType<typeof commands>[]): Promise<void> => {
  const store = await SqliteEventStore.open(join(folder, 'events.db'));
  const keys = SqliteKeys.open(join(folder, 'keys.db'), Secret.in(folder).text);
  const sealing = new Sealing(keys);
  for (const write of streams) await write(store, sealing);
  await keys.close();
  await store.close();
};

/** Erases a person's key from a data folder whose service is stopped. */
export const forgotten = async (folder: string, person: string): Promise<void> => {
  const keys = SqliteKeys.open(join(folder, 'keys.db'), Secret.in(folder).text);
  await keys.erase(person);
  await keys.close();
};
