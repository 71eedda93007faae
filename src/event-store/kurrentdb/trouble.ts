import { status, type ServiceError } from '@grpc/grpc-js';
import { OutcomeUnknown, StoreUnavailable } from '../event-store.js';
import type { Address } from './settings.js';

/**
 * What went wrong with one attempt, as far as it tells how to go on. `certain`: the server did nothing of what was asked.
 * `leader`: the node that answered does not lead, that one does. `connection`: it is of no more use.
 */
export class Trouble extends Error {
  override readonly name = 'Trouble';
  constructor(why: string, readonly certain: boolean, readonly connection: boolean, readonly leader?: Address) {
    super(why);
  }
}

/** The call was answered with a refusal that no other attempt will change. */
export class Denied extends StoreUnavailable {}

/** What the server says in `exception`, a header of its own, or nothing. */
export const saidBy = (error: ServiceError): string | undefined => error.metadata?.get('exception')[0]?.toString();

/** Reads the end of a call that was not answered. Whether an append behind it was written is not known, but where it says so. */
export const troubleOf = (error: ServiceError): Trouble | Denied => {
  const why = error.details || error.message;
  if (error.code === status.PERMISSION_DENIED || error.code === status.UNAUTHENTICATED) return new Denied(`The event store lets this node in no more: ${why}.`);
  if (error.code === status.INVALID_ARGUMENT) return new Denied(`The event store does not take this: ${why}.`);
  const [host, port] = [error.metadata?.get('leader-endpoint-host')[0], error.metadata?.get('leader-endpoint-port')[0]];
  if (host !== undefined && port !== undefined) return new Trouble(why, false, true, { address: host.toString(), port: Number(port) });
  if (error.code === status.UNAVAILABLE && /^Server Is /.test(why)) return new Trouble(why, true, false);
  return new Trouble(why, false, ![status.ABORTED, status.UNKNOWN, status.CANCELLED].includes(error.code));
};

/** What is said where no connection was made, and what that means to who set the address. */
const unmade: readonly (readonly [RegExp, string])[] = [
  [/alert (certificate required|bad certificate|unknown ca|certificate unknown|handshake failure)/, 'asks for a certificate that it trusts, and this node has shown none or another: userCertFile and userKeyFile in KURRENTDB_URL name it'],
  [/self.signed certificate|unable to (get|verify)/i, 'shows a certificate of an authority that this node does not trust: tlsCAFile in KURRENTDB_URL names one'],
  [/altnames/i, 'shows a certificate for another name than KURRENTDB_URL calls it'],
  [/certificate (has expired|is not yet valid)/, 'shows a certificate that is out of date'],
  [/name resolution failed/i, 'has a name that leads nowhere'],
  [/wrong version number|packet length too long/, 'does not speak TLS, and KURRENTDB_URL says that it does'],
];

/** Why a server was not reached, as read from the end of a call that needed a connection to it; to be told after its name. */
export const whyUnmade = ({ code, details, message }: ServiceError): string => {
  const said = details || message;
  const known = unmade.find(([words]) => words.test(said))?.[1];
  if (known !== undefined) return known;
  const last = /Last error: (.+?)(?: \(\d{4}-|\. Resolution note|$)/.exec(said)?.[1] ?? said;
  return code === status.DEADLINE_EXCEEDED ? 'does not answer' : `cannot be reached: ${last}`;
};

const firstPause = 10;
const longestPause = 1_000;

/** Grows with each attempt, and never twice the same, so that many do not come back at the same instant. In milliseconds. */
export const pauseBefore = (attempt: number, longest = longestPause): number => Math.min(longest, firstPause * 2 ** attempt) * (0.5 + Math.random() / 2);

export const rest = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Attempts until it is answered or the time is up (an instant of `Date.now()`).
 * @throws OutcomeUnknown one attempt may have been carried out
 * @throws StoreUnavailable none was
 */
export const attempting = async <R>(what: string, until: number, attempt: (until: number) => Promise<R>): Promise<R> => {
  let uncertain = false;
  for (let count = 0; ; count += 1) {
    try {
      return await attempt(until);
    } catch (error) {
      if (!(error instanceof Trouble)) throw uncertain && error instanceof StoreUnavailable ? new OutcomeUnknown(`${what}: ${error.message}`) : error;
      uncertain ||= !error.certain;
      const pause = pauseBefore(count);
      if (Date.now() + pause >= until) {
        const told = `${what} was not answered in time: ${error.message}`;
        throw uncertain ? new OutcomeUnknown(told) : new StoreUnavailable(told);
      }
      await rest(pause);
    }
  }
};
