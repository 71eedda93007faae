import type { PageQuery } from './pages.requests.js';
import { Problem } from './problems.js';

const usual = 50;

/** A part of a list. `next`: what the part after it is asked for with; missing: there is none. */
export interface Page<T> {
  readonly entries: readonly T[];
  readonly next?: string;
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
