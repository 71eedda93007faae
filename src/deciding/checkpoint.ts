import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inTurns } from '../event-store/breather.js';
import { hashOf } from '../event-store/chain.js';
import type { FactReader } from '../event-store/codec.js';
import type { FollowedLog } from '../event-store/event-store.js';
import type { Event } from '../event-store/event.js';
import { buildName } from './build.js';
import { readCheckpoint, writeCheckpoint } from './checkpoint-file.js';
import { begun, follow, type Current } from './current.js';
import type { Fold, Keeping } from './decider.js';
import { Remembered } from './remembered.js';

/** What the states of a kind of stream are made by, and kept. */
export interface Kept<S, E extends Event> {
  readonly decider: Fold<S, E> & { readonly keeping?: Keeping<S> };
  readonly codec: FactReader<E>;
}

/** Where states are kept, a file a stream, and the log that they are of. */
export interface Place {
  readonly folder: string;
  readonly store: Pick<FollowedLog, 'logId' | 'readStream'>;
}

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

/** The state that was kept, if it can be gone on from. @throws StoreUnavailable */
export const loadCheckpoint = async <S, E extends Event>({ folder, store }: Place, { decider: { keeping } }: Pick<Kept<S, E>, 'decider'>, stream: string): Promise<Current<S> | undefined> => {
  let header: Header | undefined;
  const isOurs = (line: string): boolean => {
    header = headerIn(line);
    return header?.build === buildName() && header.log === store.logId && header.stream === stream;
  };
  const restoring = keeping?.restoring();
  if (!restoring) return undefined;
  const remembered = new Remembered();
  try {
    const lines = readCheckpoint(pathOf(folder, stream), isOurs);
    for (;;) {
      const { done, value } = await lines.next();
      if (done && !value) return undefined;
      if (done) break;
      if (value.startsWith('r')) remembered.restore(value.slice(1));
      else restoring.take(value.slice(1));
    }
    if (!header || !(await stands(store, header))) return undefined;
    const { revision, position, at, hash } = header;
    return { state: await inTurns(restoring.whole()), revision, position: BigInt(position), at, hash, remembered };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
};

/**
 * Keeps the state as the log has it now, by folding what came since it was kept last. Gives the revision up to which it is kept; undefined: there is none to keep.
 * `between`: awaited between two steps. @throws StoreUnavailable; an error of the disk; what `between` throws
 */
export const keepCheckpoint = async <S, E extends Event>(place: Place, kept: Kept<S, E>, stream: string, between: () => Promise<void>): Promise<number | undefined> => {
  const { folder, store } = place;
  const { decider } = kept;
  const current = (await loadCheckpoint(place, kept, stream)) ?? begun(decider);
  for await (const page of store.readStream(stream, { from: current.revision + 1 })) {
    follow(current, page, kept);
    await between();
  }
  if (current.hash === null || !decider.keeping) return undefined;
  const { revision, position, at, hash, state, remembered } = current;
  const header: Header = { build: buildName(), log: store.logId, stream, revision, position: String(position), at, hash };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await writeCheckpoint(pathOf(folder, stream), { header: JSON.stringify(header), pieces: piecesOf(decider.keeping, state, remembered) }, between);
  return revision;
};

/** Whether the log has the fact up to which it was kept, as it was. */
const stands = async (store: Place['store'], { stream, revision, position, hash }: Header): Promise<boolean> => {
  for await (const [fact] of store.readStream(stream, { from: revision, to: revision })) return fact !== undefined && hashOf(fact) === hash && String(fact.position) === position;
  return false;
};

const pathOf = (folder: string, stream: string): string => join(folder, `${encodeURIComponent(stream)}.checkpoint`);

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
