import type { Appended, Expected, NewFact } from '../event-store.js';

/** What the main thread asks of the writer: one of these is done wholly or not at all. */
export type Work =
  | { readonly kind: 'append'; readonly stream: string; readonly expected: Expected; readonly facts: readonly NewFact[] }
  | { readonly kind: 'delete'; readonly stream: string };

/** What became of one piece of work. */
export type Outcome =
  | { readonly kind: 'appended'; readonly appended: Appended }
  | { readonly kind: 'removed' }
  | { readonly kind: 'wrong-revision'; readonly actual: Expected }
  | { readonly kind: 'stream-deleted' }
  | { readonly kind: 'unknown'; readonly why: string }
  | { readonly kind: 'unavailable'; readonly why: string };
