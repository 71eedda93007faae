import type { FollowedLog, LogAddress } from './event-store.js';

/** A log that this thread follows by itself. */
export interface OpenedLog extends FollowedLog {
  close(): Promise<void>;
}

/** Opens the log of a store of another thread, through a connection of its own. What the other kind needs is not loaded. @throws what is wrong with the file */
export const openLog = async (address: LogAddress): Promise<OpenedLog> => {
  if (address.kind === 'kurrentdb') {
    const { KurrentDbEventStore } = await import('./kurrentdb/kurrentdb-event-store.js');
    return KurrentDbEventStore.at(address);
  }
  const { SqliteLog } = await import('./sqlite/sqlite-log.js');
  const log = new SqliteLog(address.path);
  address.woken.on('message', () => log.wake());
  return log;
};
