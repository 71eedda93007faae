import { hashOf } from './chain.js';
import type { StoredFact } from './event-store.js';

/** Where a stream ends: its last revision, and the hash of that fact (which the next one would carry as `prev`). */
export interface StreamEnd {
  readonly stream: string;
  readonly revision: number;
  /** SHA-256, 64 digits of hex. */
  readonly hash: string;
}

/** The first place of a stream that is not as it was written. */
export interface Flaw {
  readonly stream: string;
  /** The revision of the first fact concerned. */
  readonly revision: number;
  readonly what: 'altered' | 'removed' | 'inserted' | 'moved';
  /** A sentence: what is seen there. */
  readonly seen: string;
}

/** The last fact of a stream that was read. */
interface Followed {
  readonly revision: number;
  readonly hash: string;
  /** The hash of the one before it. */
  readonly before: string | null;
  /** It does not continue the one before it: what follows tells which of the two is wrong. */
  readonly doubt: boolean;
}

/**
 * Follows the chains of all streams through the log (design 3): each fact carries the hash of the one before it. A fact's own hash is
 * nowhere but in the next, so the last of a stream is proved by the stream's end, as it was noted when it was true.
 */
export class ChainVerification {
  private readonly followed = new Map<string, Followed>();
  private readonly found = new Map<string, Flaw>();
  private readonly noted = new Map<string, StreamEnd[]>();

  /** `noted`: where streams ended at some time; they may have grown since. */
  constructor(noted: Iterable<StreamEnd> = []) {
    for (const end of noted) this.noted.set(end.stream, [...(this.noted.get(end.stream) ?? []), end]);
  }

  /** Facts in the order of the log; within a stream by revision. */
  take(facts: readonly StoredFact[]): void {
    for (const fact of facts) {
      const flaw = this.found.get(fact.stream);
      if (!flaw) this.one(fact);
      else if (this.isMissed(fact, flaw)) this.movedTo(fact, 'it stands in the log behind facts that were written after it: positions were changed');
    }
  }

  /** Facts at positions that the log never gave out, after all others: nobody who reads the log by its positions comes to them. By stream and revision. */
  astray(facts: readonly StoredFact[]): void {
    for (const fact of facts) {
      const { stream, revision, position } = fact;
      const flaw = this.found.get(stream);
      const next = (this.followed.get(stream)?.revision ?? -1) + 1;
      const seen = `it stands at position ${position}, which the log never gave out`;
      if (flaw ? this.isMissed(fact, flaw) : revision === next && this.continues(fact)) this.movedTo(fact, seen);
      else this.flaw(stream, revision, 'inserted', seen);
    }
  }

  /** What is wrong: the first flaw of each stream. `now`: where streams end, if the log notes it; nothing may stand behind that. */
  flaws(now?: Iterable<StreamEnd>): readonly Flaw[] {
    for (const [stream, last] of this.followed) if (last.doubt) this.resolveLast(stream, last);
    for (const { stream, revision } of [...this.noted.values()].flat()) {
      const last = this.followed.get(stream)?.revision ?? -1;
      if (last < revision) this.flaw(stream, last + 1, 'removed', `the stream ended at fact ${revision}, now ${last < 0 ? 'nothing of it is there' : `at fact ${last}`}`);
    }
    if (now) this.nothingBehind(new Map([...now].map(({ stream, revision }) => [stream, revision])));
    return [...this.found.values()].sort((a, b) => (a.stream < b.stream ? -1 : 1));
  }

  /** Where the streams end. */
  ends(): readonly StreamEnd[] {
    return [...this.followed].map(([stream, { revision, hash }]) => ({ stream, revision, hash }));
  }

  private nothingBehind(ends: ReadonlyMap<string, number>): void {
    for (const [stream, { revision }] of this.followed) {
      const end = ends.get(stream);
      if (end === undefined) this.flaw(stream, 0, 'inserted', 'the log never noted that this stream was begun');
      else if (revision > end) this.flaw(stream, end + 1, 'inserted', `the stream ends at fact ${end}, and this one stands behind it`);
    }
  }

  private one(fact: StoredFact): void {
    const { stream, revision } = fact;
    const known = this.followed.get(stream);
    const [prev, hash] = [prevOf(fact.metadata), hashOf(fact)];
    const last = known?.revision ?? -1;
    if (revision !== last + 1) return this.flaw(stream, last + 1, revision > last ? 'removed' : 'inserted', revision > last ? `fact ${revision} follows fact ${last < 0 ? 'none' : last}` : `fact ${revision} stands twice`);
    if (known?.doubt) return this.resolve(fact, known, prev);
    if (!known && prev !== null) return this.flaw(stream, 0, 'altered', 'it is the first of its stream and says that another stood before it');
    this.followed.set(stream, { revision, hash, before: known?.hash ?? null, doubt: prev !== (known?.hash ?? null) });
    const noted = this.noted.get(stream)?.find((end) => end.revision === revision);
    if (noted && noted.hash !== hash) this.flaw(stream, revision, 'altered', `it was the stream's end, noted as ${noted.hash}, and is now ${hash}`);
  }

  /** The fact before this one did not continue its own predecessor: what this one continues tells which of them is wrong. */
  private resolve({ stream, revision }: StoredFact, { hash, before }: Followed, prev: string | null | undefined): void {
    const [first, second] = [revision - 2, revision - 1];
    if (prev === before) return this.flaw(stream, second, 'inserted', `fact ${revision} was written after fact ${first}, not after this one`);
    if (prev === hash) return this.flaw(stream, first, 'altered', `fact ${second} was written after another fact than this one, or facts between the two were removed`);
    this.flaw(stream, second, 'altered', `it neither continues fact ${first} nor is continued by fact ${revision}`);
  }

  /** Nothing follows: where its end was noted, the last fact is right and the one before it wrong. */
  private resolveLast(stream: string, { revision, hash }: Followed): void {
    const proved = this.noted.get(stream)?.some((end) => end.revision === revision && end.hash === hash) ?? false;
    if (proved) this.flaw(stream, revision - 1, 'altered', `fact ${revision} was written after another fact than this one, or facts between the two were removed`);
    else this.flaw(stream, revision, 'altered', `it does not continue fact ${revision - 1}: one of the two was altered, or facts between them were removed`);
  }

  /** Whether it is the fact whose absence was told. */
  private isMissed(fact: StoredFact, { what, revision }: Flaw): boolean {
    return what === 'removed' && fact.revision === revision && this.continues(fact);
  }

  /** Whether it was written after the last fact of its stream that was followed. */
  private continues({ stream, metadata }: StoredFact): boolean {
    return prevOf(metadata) === (this.followed.get(stream)?.hash ?? null);
  }

  /** It is there, only not where it was. */
  private movedTo({ stream, revision }: StoredFact, seen: string): void {
    this.found.set(stream, { stream, revision, what: 'moved', seen });
  }

  /** The first flaw of a stream counts: what follows may follow from it. */
  private flaw(stream: string, revision: number, what: Flaw['what'], seen: string): void {
    if (!this.found.has(stream)) this.found.set(stream, { stream, revision, what, seen });
  }
}

/** `prev` from where it stands in canonical metadata; undefined where there is none. */
const prevOf = (metadata: string): string | null | undefined => {
  const at = metadata.lastIndexOf('"prev":');
  if (at < 0) return undefined;
  if (metadata.startsWith('null', at + 7)) return null;
  return metadata[at + 7] === '"' && metadata[at + 72] === '"' ? metadata.slice(at + 8, at + 72) : undefined;
};
