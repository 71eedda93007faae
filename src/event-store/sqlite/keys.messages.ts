import type { PersonId } from '../personal.js';

/** What the main thread asks of the thread of the keys. */
export type KeysWork = { readonly kind: 'obtain' | 'find'; readonly people: readonly PersonId[] } | { readonly kind: 'erase'; readonly person: PersonId };

/** What came of one piece of work. */
export type KeysAnswer = { readonly kind: 'done'; readonly keys: readonly (readonly [PersonId, Uint8Array])[] } | { readonly kind: 'unavailable'; readonly why: string };
