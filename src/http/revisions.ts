import { wrongHeader } from './problems.js';

/** The ETag of what has a revision: strong, since If-Match compares strongly (RFC 9110, 13.1.1). */
export const revisionTag = (revision: number): string => `"r${revision}"`;

/**
 * The revisions that an If-Match header names; undefined when there is none or it is `*` (what it names must exist, which
 * every change demands anyway). Weak tags and tags of other things match nothing. @throws Problem
 */
export const revisionsIn = (header: string | undefined): readonly number[] | undefined => {
  if (header === undefined || header.trim() === '*') return undefined;
  const tags = header.split(',').map((tag) => tag.trim());
  if (!tags.every((tag) => /^(W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/.test(tag))) throw wrongHeader('If-Match', 'Send the ETag of the last answer, with its quotes: "r17".');
  return tags.flatMap((tag) => /^"r(\d{1,15})"$/.exec(tag)?.[1] ?? []).map(Number);
};
