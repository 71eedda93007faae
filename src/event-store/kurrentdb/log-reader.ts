import type { ReadAll, ReadStream, StoredFact } from '../event-store.js';
import type { Deletions } from './deletions.js';
import type { Names } from './names.js';
import type { Recorded } from './protocol.js';
import type { Reads } from './reads.js';

/** The first page of a stream, whose facts may be large for all we know; and the most that a page holds. */
const firstPage = 100;
const pageFacts = 1_000;
const pageCharacters = 2 * 1024 * 1024;
/** The end of the log is a fact almost always: few are asked for. */
const atTheEnd = 4;

/** Reads streams and the log in pages. */
export class LogReader {
  constructor(private readonly reads: Reads, private readonly names: Names, private readonly deletions: Deletions) {}

  async *stream(stream: string, range: ReadStream = {}): AsyncGenerator<readonly StoredFact[]> {
    const direction = range.direction ?? 'forwards';
    const backwards = direction === 'backwards';
    const isWanted = ({ revision }: Recorded) => (backwards ? revision >= (range.to ?? 0) : revision <= (range.to ?? Infinity));
    let left = Math.min(range.limit ?? Infinity, range.from === undefined || range.to === undefined ? Infinity : Math.abs(range.to - range.from) + 1);
    let from = range.from ?? (backwards ? undefined : 0);
    if (from !== undefined && range.to !== undefined && (backwards ? from < range.to : from > range.to)) return;
    for (let size = firstPage; left > 0; ) {
      const asked = Math.min(size, left);
      const part = await this.reads.stream(this.names.stored(stream), direction, from, asked);
      if (typeof part === 'string') return;
      const facts = part.filter(isWanted).map((fact) => ({ ...fact, stream }));
      const last = facts.at(-1);
      if (!last) return;
      yield facts;
      if (facts.length < asked || (backwards && last.revision === 0)) return;
      left -= facts.length;
      from = last.revision + (backwards ? -1 : 1);
      size = nextSize(facts);
    }
  }

  async *all(range: ReadAll = {}): AsyncGenerator<readonly StoredFact[]> {
    const head = await this.head();
    const end = range.upTo !== undefined && range.upTo < head ? range.upTo : head;
    if (range.streams?.length === 0 || (range.limit ?? 1) <= 0) return;
    await this.deletions.refresh();
    const filter = range.streams ? this.names.beginning(range.streams) : this.names.everything;
    let left = range.limit ?? Infinity;
    const read = (after: bigint, size: number) => this.reads.log('forwards', after > 0n ? after : undefined, filter, size);
    let after = range.after ?? 0n;
    if (after >= end) return;
    let size = Math.min(pageFacts, left + 1);
    for (let next = read(after, size); ; ) {
      const page = await next;
      const last = page.at(-1);
      const isLast = !last || page.length < size || last.position >= end;
      const facts = page.filter(({ position }) => position > after && position <= end).flatMap((fact) => this.told(fact, range.streams)).slice(0, left);
      left -= facts.length;
      const goesOn = !isLast && left > 0;
      if (goesOn) {
        after = last.position;
        size = Math.max(2, nextSize(page));
        next = read(after, size); // While the reader works on this one.
        next.catch(() => undefined);
      }
      if (facts.length > 0) yield facts;
      if (!goesOn) return;
    }
  }

  /** The position of the last fact, also of a deleted stream's while the server still has it. */
  async head(): Promise<bigint> {
    let from: bigint | undefined;
    for (;;) {
      const page = await this.reads.log('backwards', from, this.names.everything, atTheEnd);
      const fact = page.find((one) => (from === undefined || one.position < from) && isFact(one));
      if (fact) return fact.position;
      const last = page.at(-1);
      if (!last || last.position === from) return 0n;
      from = last.position;
    }
  }

  /** The fact under the name of its stream, if it is one, of a stream that is wanted and was not deleted. */
  told(recorded: Recorded, wanted?: readonly string[]): StoredFact[] {
    const stream = isFact(recorded) ? this.names.told(recorded.stream) : undefined;
    if (stream === undefined || this.deletions.has(stream) || (wanted && !wanted.some((prefix) => stream.startsWith(prefix)))) return [];
    return [{ ...recorded, stream }];
  }
}

/** The server marks the end of a deleted stream with an event of its own. */
const isFact = ({ type }: Recorded): boolean => !type.startsWith('$');

const nextSize = (facts: readonly Recorded[]): number => {
  const characters = facts.reduce((sum, fact) => sum + fact.data.length + fact.metadata.length, 0);
  return Math.max(1, Math.min(pageFacts, Math.floor(pageCharacters / Math.max(1, characters / facts.length))));
};
