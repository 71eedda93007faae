import { OutcomeUnknown, StoreRefused, StoreUnavailable } from '../event-store.js';
import { messageOf } from './database.js';
import { WorkThread } from './work-thread.js';
import type { Outcome, Work } from './writer.messages.js';

/**
 * Starts the writer on a file that was prepared and locked: what arrives while it commits is its next transaction. `committed` is called after each.
 * @throws StoreRefused the writer cannot work with the file
 */
export const groupCommit = async (path: string, committed: () => void): Promise<WorkThread<Work, Outcome>> => {
  const writer = new WorkThread<Work, Outcome>({
    script: './writer.worker.js',
    given: { path },
    worked: committed,
    lost: (why) => ({ kind: 'unknown', why }),
    untouched: (why) => ({ kind: 'unavailable', why }),
    sentences: { closed: 'The event log is closed.', crowded: 'Too many appends are waiting for the disk. Try again later.' },
  });
  await writer.start().catch((error: unknown) => {
    throw new StoreRefused(`The event log ${path} cannot be written: ${messageOf(error)}.`);
  });
  return writer;
};

/** The error of an outcome that is neither a success nor about the stream. */
export const troubleOf = (outcome: Extract<Outcome, { why: string }>): Error =>
  outcome.kind === 'unknown'
    ? new OutcomeUnknown(`The commit failed (${outcome.why}): nobody knows yet whether it was written.`)
    : new StoreUnavailable(`The event log could not be written: ${outcome.why}.`);
