/** To a thread that does works: each batch makes one transaction. */
export type ToThread<W> = { readonly kind: 'batch'; readonly works: readonly W[] } | { readonly kind: 'close' };

/** From it: once when it has its file open, or cannot have it, then one answer to each work of a batch, in order. */
export type FromThread<A> = { readonly kind: 'ready' } | { readonly kind: 'refused'; readonly why: string } | { readonly kind: 'done'; readonly answers: readonly A[] };
