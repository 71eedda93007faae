import type { Metadata } from '../event-store/codec.js';

const dayInMilliseconds = 24 * 60 * 60 * 1000;
const most = 10_000;
const atOnce = 500;

/** How a command ended that wrote something: what its repetition is answered with. */
export interface Ended {
  readonly commandId: string;
  /** Of the command's last fact, or the stream's when it wrote nothing. */
  readonly revision: number;
  /** Of the last fact about what was asked about; the stream's where that is not there (any more), or was not said. */
  readonly subjectRevision: number;
  readonly position: bigint;
}

interface Entry extends Ended {
  readonly body: string;
  readonly at: number;
}

/**
 * The idempotency keys of one stream: 24 hours, at most 10,000, the oldest forgotten first. Made from the metadata of
 * the stream's facts, so it survives a restart. The key is hashed with its actor, the body is an HMAC.
 */
export class Remembered {
  private readonly entries = new Map<string, Entry>();

  /** Learns from a stored fact; the last fact of a command says where it ended. */
  learn({ request, at, commandId }: Pick<Metadata, 'request' | 'at' | 'commandId'>, revision: number, position: bigint): void {
    if (!request) return;
    this.entries.delete(request.key);
    this.entries.set(request.key, { commandId, revision, subjectRevision: request.subjectRevision ?? revision, position, body: request.body, at: Date.parse(at) });
    const oldest = this.entries.size > most && this.entries.keys().next().value;
    if (oldest) this.entries.delete(oldest);
  }

  /** All of it as texts, of which `restore` makes it again. */
  *pieces(): Generator<string> {
    const entries = [...this.entries];
    for (let from = 0; from < entries.length; from += atOnce)
      yield JSON.stringify(entries.slice(from, from + atOnce).map(([key, { position, ...entry }]) => [key, { ...entry, position: String(position) }]));
  }

  /** A text of `pieces`, in their order. */
  restore(piece: string): void {
    // Cast: it is what `pieces` made.
    for (const [key, { position, ...entry }] of JSON.parse(piece) as [string, Omit<Entry, 'position'> & { position: string }][]) this.entries.set(key, { ...entry, position: BigInt(position) });
  }

  /** How the command with this key ended, `another-body` when the key was used for another request, undefined when it is new. */
  find({ key, body }: { key: string; body: string }, now: number): Ended | 'another-body' | undefined {
    const entry = this.entries.get(key);
    if (!entry || now - entry.at > dayInMilliseconds) return undefined;
    return entry.body === body ? entry : 'another-body';
  }
}
