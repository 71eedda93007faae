import { randomUUID } from 'node:crypto';
import { OutcomeUnknown, StoreUnavailable, WrongRevision, type Expected } from '../event-store.js';
import type { Appends } from './appends.js';
import type { Reads } from './reads.js';

/** The name of the log, a UUID: the last event of a stream of the store's own. Who loses the race to give a first one uses the winner's. */
export const nameOf = async (stream: string, reads: Reads, appends: Appends): Promise<string> => {
  for (;;) {
    const last = await lastOf(stream, reads);
    // Cast: `write` wrote it.
    if (last) return (JSON.parse(last.data) as { id: string }).id;
    try {
      await write(stream, 'none', appends);
    } catch (error) {
      if (!(error instanceof WrongRevision || error instanceof OutcomeUnknown)) throw error;
    }
  }
};

/** Gives the log another name, for nodes that open it from now on. @throws WrongRevision somebody else did at the same time; StoreUnavailable, OutcomeUnknown */
export const nameAnew = async (stream: string, reads: Reads, appends: Appends): Promise<string> => write(stream, (await lastOf(stream, reads))?.revision ?? 'none', appends);

const write = async (stream: string, expected: Expected, appends: Appends): Promise<string> => {
  const id = randomUUID();
  await appends.append(stream, expected, [{ id: randomUUID(), type: 'LogNamed', data: JSON.stringify({ id }), metadata: '{}' }]);
  return id;
};

const lastOf = async (stream: string, reads: Reads) => {
  const part = await reads.stream(stream, 'backwards', undefined, 1);
  if (part === 'deleted') throw new StoreUnavailable(`The name of the log was deleted from ${stream}.`);
  return typeof part === 'string' ? undefined : part[0];
};
