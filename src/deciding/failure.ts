import { UnreadableFact } from '../event-store/codec.js';
import { StoreUnavailable, TooLarge } from '../event-store/event-store.js';

/** Why a command was not carried out although the rules do not refuse it. */
export const failures = {
  'precondition-failed': { status: 412, says: 'It has changed since the revision that If-Match names.', solve: 'Read it again, and decide on what it is now.' },
  'idempotency-key-reused': { status: 422, says: 'This Idempotency-Key was used for another request.', solve: 'Use a new key for a new request.' },
  'outcome-unknown': { status: 503, says: 'It is not known yet whether the change was stored.', solve: 'Repeat the request with the same Idempotency-Key.' },
  'store-unavailable': { status: 503, says: 'The store cannot be used now; nothing was changed.', solve: 'Repeat the request later.' },
  'deadline-passed': { status: 503, says: 'The request waited too long and was not decided; nothing was changed.', solve: 'Repeat the request later.' },
  overloaded: { status: 503, says: 'Too many changes wait for this stream; nothing was changed.', solve: 'Repeat the request later.' },
  'stream-read-only': { status: 503, says: 'The stream holds a fact that this build cannot read, so it is read-only here.', solve: 'Upgrade this node; health says which fact.' },
  'clock-off': { status: 503, says: 'The clock of this node is more than five seconds off the store’s, so it changes nothing.', solve: 'Repeat the request on another node, or when the clock is right; health says how far it is off.' },
  'too-large': { status: 422, says: 'The change is larger than one append may be.', solve: 'Ask for it in several smaller ones.' },
} as const;

export type FailureCode = keyof typeof failures;

export class Failure extends Error {
  override readonly name = 'Failure';
  constructor(readonly code: FailureCode, readonly about: Readonly<Record<string, unknown>> = {}) {
    super(failures[code].says);
  }
}

/** What went wrong in reading or writing, as whoever asked is told it. */
export const failureOf = (error: unknown): unknown => {
  if (error instanceof StoreUnavailable) return new Failure('store-unavailable');
  if (error instanceof TooLarge) return new Failure('too-large');
  if (error instanceof UnreadableFact) return new Failure('stream-read-only', { revision: error.revision });
  return error;
};
