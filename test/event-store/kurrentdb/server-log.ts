/** An event as the server keeps it. */
export interface Kept {
  readonly position: bigint;
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** Milliseconds since 1970. */
  readonly created: number;
}

export type Proposed = Pick<Kept, 'id' | 'type' | 'data' | 'metadata'>;
export type ExpectedRevision = bigint | 'none' | 'any' | 'exists';

export type Written =
  | { readonly kind: 'written'; readonly revision: bigint; readonly position?: bigint }
  | { readonly kind: 'wrong'; readonly current: bigint | 'none' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'too large' };

/** What a tombstone stands at: the largest revision of 64 bits. */
const lastRevision = 2n ** 63n - 1n;
export const maxAppendSize = 1024 * 1024;

/**
 * The server's log in memory, with its rules as they were seen on real servers: expected revisions, repeats recognised by their ids, one
 * order of all events, deletion. Positions begin above what a number holds exactly, and grow by the size of events.
 */
export class ServerLog {
  readonly #streams = new Map<string, Kept[]>();
  #all: Kept[] = [];
  #position = 2n ** 53n + 1n;
  readonly #watchers = new Set<() => void>();
  /** The server's clock is so far off the machine's, in milliseconds. */
  clockAhead = 0;

  constructor() {
    // A server's log is never empty: it has events of its own.
    this.#put('$users', 'none', [{ id: '0196f3c2-0000-7000-8000-000000000001', type: '$User', data: Buffer.from('{}'), metadata: Buffer.from('{}') }]);
  }

  get all(): readonly Kept[] {
    return this.#all;
  }

  /** Another server's, with the same in it. */
  copy(): ServerLog {
    const copy = new ServerLog();
    copy.#all = [...this.#all];
    for (const [name, events] of this.#streams) copy.#streams.set(name, [...events]);
    copy.#position = this.#position;
    return copy;
  }

  /** Undefined: there is no such stream. */
  stream(name: string): readonly Kept[] | 'deleted' | undefined {
    const events = this.#streams.get(name);
    return events?.at(-1)?.revision === lastRevision ? 'deleted' : events;
  }

  append(stream: string, expected: ExpectedRevision, events: readonly Proposed[]): Written {
    if (events.reduce((sum, { type, data, metadata }) => sum + type.length * 2 + data.length + metadata.length, 0) > maxAppendSize) return { kind: 'too large' };
    const stored = this.stream(stream);
    if (stored === 'deleted') return { kind: 'deleted' };
    const current = stored?.at(-1)?.revision ?? -1n;
    const after = expected === 'none' ? -1n : expected === 'any' ? current : expected === 'exists' ? (stored ? current : -2n) : expected;
    if (after === current) return events.length === 0 ? { kind: 'written', revision: 0n } : this.#put(stream, after, events);
    const place = stored?.findIndex(({ revision }) => revision === after + 1n) ?? -1;
    const same = place >= 0 && events.every(({ id }, index) => stored?.[place + index]?.id === id);
    const last = same ? stored?.[place + events.length - 1] : undefined;
    return last ? { kind: 'written', revision: last.revision, position: last.position } : { kind: 'wrong', current: current < 0n ? 'none' : current };
  }

  /** False: it was deleted before. */
  tombstone(stream: string): boolean {
    if (this.stream(stream) === 'deleted') return false;
    const mark = { id: '0196f3c2-0000-7000-8000-00000000dead', type: '$streamDeleted', data: new Uint8Array(), metadata: new Uint8Array() };
    this.#put(stream, lastRevision - 1n, [mark]);
    return true;
  }

  /** Lets go of the events of deleted streams; only their tombstones stay. */
  scavenge(): void {
    const isLeft = ({ stream, revision }: Kept) => this.stream(stream) !== 'deleted' || revision === lastRevision;
    this.#all = this.#all.filter(isLeft);
    for (const [name, events] of this.#streams) this.#streams.set(name, events.filter(isLeft));
  }

  /** Calls after each write, until the answer is called. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  #put(stream: string, after: bigint | 'none', events: readonly Proposed[]): Written {
    const first = after === 'none' ? 0n : after + 1n;
    const kept = events.map((event, index): Kept => {
      this.#position += BigInt(100 + event.data.length);
      return { ...event, stream, revision: first + BigInt(index), position: this.#position, created: Date.now() + this.clockAhead };
    });
    this.#streams.set(stream, [...(this.#streams.get(stream) ?? []), ...kept]);
    this.#all.push(...kept);
    for (const watcher of [...this.#watchers]) watcher();
    return { kind: 'written', revision: first + BigInt(events.length) - 1n, position: this.#position };
  }
}
