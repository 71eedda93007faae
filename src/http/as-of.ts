import type { Moment } from '../projecting/kept-states.js';
import { instantOnADay, withPlus } from './fields.js';

/** A moment of the past as it is asked for. `local`: an instant without its offset, so that it could be several. */
export type AsOf =
  | { readonly kind: 'instant'; readonly instant: string }
  | { readonly kind: 'local'; readonly time: string }
  | { readonly kind: 'revision'; readonly revision: number }
  | { readonly kind: 'version'; readonly label: string };

/** What `asOf` says, of a text that `IsAsOf` accepts. Instants become UTC with milliseconds, as facts have them. */
export const asOfIn = (text: string): AsOf => {
  if (text.startsWith('rev:')) return { kind: 'revision', revision: Number(text.slice('rev:'.length)) };
  if (text.startsWith('version:')) return { kind: 'version', label: text.slice('version:'.length) };
  const time = withPlus(text);
  return instantOnADay(time) ? { kind: 'instant', instant: new Date(time).toISOString() } : { kind: 'local', time };
};

/** What a read is to show: whatever is known, which includes at least this position; or how it was then. */
export interface Wanted {
  readonly after: bigint;
  readonly asOf?: AsOf;
}

/** Who reads: the operator, or somebody of the public. */
export type Reader = 'operator' | 'public';

/**
 * Which moment of its other streams (registrations, notices) somebody means who asks for one of a convening: a version is the instant
 * of its publication, and a revision is the other stream's own. Also the injection token.
 */
export abstract class Moments {
  /** @throws Problem as-of-in-future, as-of-without-offset; Refusal unknown-convening, unknown-publication; ReadFailure */
  abstract momentOf(convening: string, asOf: AsOf, reader: Reader, after: bigint): Promise<Moment>;
}
