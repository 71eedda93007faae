import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from '../event-store/chain.js';
import type { Codec } from '../event-store/codec.js';
import type { EventStore } from '../event-store/event-store.js';
import type { Event } from '../event-store/event.js';
import { inTurns } from '../event-store/breather.js';
import { buildName } from './build.js';
import { readCheckpoint, writeCheckpoint } from './checkpoint-file.js';
import { begun, follow, type Current } from './current.js';
import type { Fold, Keeping } from './decider.js';
import { Remembered } from './remembered.js';

/** A state is kept again when so many facts came since, and a third of all: so little is folded on a cold start, and little written in all. */
const fewest = 5_000;
const share = 3;
/** Between two steps others have this time, in milliseconds: it is done for later, and nobody waits for it. */
const leisure = 5;

/** What stands before a kept state. */
interface Header {
  /** Of the build and the log that it was made by. */
  readonly build: string;
  readonly log: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly at: string;
  /** Of the fact of that revision, in which all before it are chained. */
  readonly hash: string;
}

/**
 * States of long streams, kept in files so that a node that starts cold need not fold everything: a file a stream. They are disposable. What another build
 * wrote, or of another log, is ignored, and so is a file that is not whole, or whose last fact is not in the log as it was: the chain tells that all before it
 * are the same too. A state is kept by folding the log itself, beside what is decided meanwhile, so it is never ahead of what is on the disk.
 */
export class Checkpoints<S, E extends Event> {
  /** Up to which revision each stream was kept. */
  private readonly kept = new Map<string, number>();
  private keeping: Promise<void> | undefined;
  private resting = false;

  constructor(
    private readonly given: {
      readonly folder: string; readonly store: EventStore; readonly codec: Codec<E>; readonly decider: Fold<S, E> & { readonly keeping?: Keeping<S> };
      readonly pause: (milliseconds: number) => Promise<void>;
    },
  ) {}

  /** The state that was kept, if it can be gone on from. @throws StoreUnavailable */
  async load(stream: string): Promise<Current<S> | undefined> {
    let header: Header | undefined;
    const isOurs = (line: string): boolean => {
      header = headerIn(line);
      return header?.build === buildName() && header.log === this.given.store.logId && header.stream === stream;
    };
    const restoring = this.given.decider.keeping?.restoring();
    if (!restoring) return undefined;
    const remembered = new Remembered();
    try {
      const lines = readCheckpoint(this.path(stream), isOurs);
      for (;;) {
        const { done, value } = await lines.next();
        if (done && !value) return undefined;
        if (done) break;
        if (value.startsWith('r')) remembered.restore(value.slice(1));
        else restoring.take(value.slice(1));
      }
      if (!header || !(await this.stands(header))) return undefined;
      const { revision, position, at, hash } = header;
      this.kept.set(stream, revision);
      return { state: await inTurns(restoring.whole()), revision, position: BigInt(position), at, hash, remembered };
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
      throw error;
    }
  }

  /** The stream is at this revision: its state is kept if that is worth it, one stream at a time. Nobody need wait for it. */
  reached(stream: string, revision: number): void {
    const since = revision - (this.kept.get(stream) ?? -1);
    if (!this.given.decider.keeping || this.keeping || this.resting || since < Math.max(fewest, revision / share)) return;
    this.kept.set(stream, revision);
    // What cannot be kept now is kept later, or not: a cold start takes longer then.
    this.keeping = this.keep(stream).catch(() => undefined).finally(() => void (this.keeping = undefined));
  }

  /** Resolves when nothing is kept any more: what was begun is left. */
  async rest(): Promise<void> {
    this.resting = true;
    await this.keeping;
    this.resting = false;
  }

  /** Resolves when what is being kept is kept. */
  async idle(): Promise<void> {
    await this.keeping;
  }

  private async keep(stream: string): Promise<void> {
    const { store, decider } = this.given;
    const current = (await this.load(stream)) ?? begun(decider);
    for await (const page of store.readStream(stream, { from: current.revision + 1 })) {
      follow(current, page, this.given);
      await this.takeTime();
    }
    if (current.hash === null || !decider.keeping) return;
    const { revision, position, at, hash, state, remembered } = current;
    const header: Header = { build: buildName(), log: store.logId, stream, revision, position: String(position), at, hash };
    mkdirSync(this.given.folder, { recursive: true, mode: 0o700 });
    await writeCheckpoint(this.path(stream), { header: JSON.stringify(header), pieces: piecesOf(decider.keeping, state, remembered) }, () => this.takeTime());
    this.kept.set(stream, revision);
  }

  /** @throws when it is to rest */
  private async takeTime(): Promise<void> {
    if (this.resting) throw new Error('the node stops');
    await this.given.pause(leisure);
  }

  /** Whether the log has the fact up to which it was kept, as it was. */
  private async stands({ stream, revision, position, hash }: Header): Promise<boolean> {
    for await (const [fact] of this.given.store.readStream(stream, { from: revision, to: revision })) return fact !== undefined && hashOf(fact) === hash && String(fact.position) === position;
    return false;
  }

  private path = (stream: string): string => join(this.given.folder, `${encodeURIComponent(stream)}.checkpoint`);
}

function* piecesOf<S>(keeping: Keeping<S>, state: S, remembered: Remembered): Generator<string> {
  for (const piece of keeping.pieces(state)) yield `s${piece}`;
  for (const piece of remembered.pieces()) yield `r${piece}`;
}

const headerIn = (line: string): Header | undefined => {
  try {
    // What another program wrote differs in what is compared.
    return JSON.parse(line) as Header;
  } catch {
    return undefined;
  }
};
