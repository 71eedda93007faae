import type { PageQuery } from './pages.requests.js';
import { Problem } from './problems.js';

const usual = 50;

/** How a part of a list leads to the part after it. */
export interface Following {
  /** What the page after this one is asked for with, as `after`; missing: there is none. */
  readonly next?: string;
}

/** A part of a list. */
export interface Page<T> extends Following {
  readonly entries: readonly T[];
}

/** Things with ids, which cursors stand for: opaque, so that clients do not make them. */
export const pageOf = <T extends { readonly id: string }>(all: readonly T[], { limit, after }: PageQuery): Page<T> => {
  const begins = after === undefined ? 0 : all.findIndex(({ id }) => id === Buffer.from(after, 'base64url').toString()) + 1;
  if (after !== undefined && begins === 0) throw new Problem('invalid-query', {}, [{ pointer: '#/after', code: 'gone', detail: 'What the page before ended with is no longer there: begin again.' }]);
  const ends = begins + Number(limit ?? usual);
  const entries = all.slice(begins, ends);
  const last = entries.at(-1);
  return { entries, ...(last && ends < all.length && { next: Buffer.from(last.id).toString('base64url') }) };
};
