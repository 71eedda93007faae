import { setTimeout } from 'node:timers/promises';
import { StoreRefused, type EventStore, type StoredFact } from './event-store.js';
import { capital, type Movable, type WrappedKeys } from './movable.js';

/** An append holds so much at most, as the smaller store counts, which takes twice that. */
const appendBytes = 512 * 1024;
const appendFacts = 1_000;

/** Who is told how far a move is. */
export interface Onlooker {
  /** A step begins, which goes through so many facts. */
  step(what: string, facts: number): void;
  /** So many facts of the step are done. */
  at(done: number): void;
}

/** What was moved. */
export interface Moved {
  readonly facts: number;
  readonly deletedStreams: number;
  readonly keys: number;
}

/**
 * Moves everything from one log to another: facts with their ids, order, metadata and chains as they are, deleted streams, and keys as they are wrapped.
 * The source is closed before the first fact is copied, and stays so; a node can open the target when all of it was read back and compared.
 *
 * Killed at any point, it goes on when it is called again for the same two. One append is under way at a time: with more, an answer that is lost could
 * change the order of facts of different streams, and there would be no way back.
 * @throws StoreRefused the source is closed already, or the target is neither empty nor the unfinished copy of this source, or differs from it
 * @throws StoreUnavailable, OutcomeUnknown a store did not answer: call it again later
 */
export const move = async (source: Movable, target: Movable, onlooker: Onlooker): Promise<Moved> => {
  await agree(source, target);
  await target.stand({ copyOf: source.log.logId, unfinished: true });
  await close(source, target, onlooker);
  const keys = await source.keys();
  if (keys) await target.keepKeys(keys);
  const deleted = await source.deletedStreams();
  const facts = await count(source.log);
  onlooker.step('Copying', facts);
  await copy(source, target, onlooker);
  await deleteAlso(target, deleted);
  // What a node that was not stopped wrote meanwhile is copied by this too, until there is nothing more to copy.
  do onlooker.step('Comparing', facts);
  while ((await copy(source, target, onlooker)) > 0);
  await compareDeleted(target, deleted);
  await compareKeys(target, keys);
  await target.stand({ copyOf: source.log.logId });
  return { facts, deletedStreams: deleted.length, keys: keys?.people.size ?? 0 };
};

/** @throws StoreRefused these two may not be moved, one to the other */
const agree = async (source: Movable, target: Movable): Promise<void> => {
  const [from, to] = [await source.standing(), await target.standing()];
  const isOurs = to.copyOf === source.log.logId;
  if (isOurs && !to.unfinished && from.movedTo === target.log.logId) throw new StoreRefused(`${capital(source.name)} was moved to ${target.name} already, whole and compared. There is nothing left to do.`);
  if (from.unfinished) throw new StoreRefused(`${capital(source.name)} is itself the unfinished copy of log ${from.copyOf}. Finish that first.`);
  if (from.movedTo !== undefined && from.movedTo !== target.log.logId) {
    throw new StoreRefused(`${capital(source.name)} is closed: it was moved to log ${from.movedTo}, or half of it was, and ${target.name} is log ${target.log.logId}.`);
  }
  if (!(isOurs && to.unfinished) && (to.copyOf !== undefined || to.movedTo !== undefined || !(await isEmpty(target)))) {
    throw new StoreRefused(`${capital(target.name)} is not empty, and not the unfinished copy of ${source.name}. Nothing was changed. Give one that is empty.`);
  }
};

const isEmpty = async (target: Movable): Promise<boolean> => {
  for await (const page of target.log.readAll({ limit: 1 })) if (page.length > 0) return false;
  return (await target.deletedStreams()).length === 0 && (await target.keys()) === undefined;
};

/** From now on no node opens the source, and those that run have found out. */
const close = async (source: Movable, target: Movable, onlooker: Onlooker): Promise<void> => {
  const standing = await source.standing();
  await source.stand({ ...standing, movedTo: target.log.logId });
  if (source.echo === 0) return;
  onlooker.step(`Waiting ${Math.ceil(source.echo / 1_000)} s, for nodes that were not stopped to find out`, 0);
  await setTimeout(source.echo);
};

const count = async (log: EventStore): Promise<number> => {
  let facts = 0;
  for await (const page of log.readAll()) facts += page.length;
  return facts;
};

/**
 * Compares what both have, fact by fact in the order of the log, and appends to the target what it lacks. How many that were.
 * @throws StoreRefused the target has something else
 */
const copy = async (source: Movable, target: Movable, onlooker: Onlooker): Promise<number> => {
  const there = each(target.log.readAll());
  let [done, copied, rest] = [0, 0, false];
  for await (const run of runs(source.log)) {
    const lacking: StoredFact[] = [];
    for (const fact of run) {
      const found = rest ? undefined : (await there.next()).value;
      rest ||= found === undefined;
      if (found === undefined) lacking.push(fact);
      else if (!isSame(fact, found)) throw differs(source, target, fact);
    }
    const [first] = lacking;
    if (first) await target.log.append(first.stream, first.revision === 0 ? 'none' : first.revision - 1, lacking);
    copied += lacking.length;
    done += run.length;
    onlooker.at(done);
  }
  const { value: tooMuch } = rest ? { value: undefined } : await there.next();
  if (tooMuch) throw differs(source, target, tooMuch);
  return copied;
};

async function* each(pages: AsyncIterable<readonly StoredFact[]>): AsyncGenerator<StoredFact, undefined> {
  for await (const page of pages) yield* page;
  return undefined;
}

/** The log in its order, cut into what can be one append: facts of one stream that follow each other. */
async function* runs(log: EventStore): AsyncGenerator<readonly StoredFact[]> {
  let run: StoredFact[] = [];
  let bytes = 0;
  for await (const page of log.readAll()) {
    for (const fact of page) {
      const more = fact.type.length * 2 + Buffer.byteLength(fact.data) + Buffer.byteLength(fact.metadata);
      if (run.length > 0 && (run[0]?.stream !== fact.stream || run.length >= appendFacts || bytes + more > appendBytes)) {
        yield run;
        [run, bytes] = [[], 0];
      }
      run.push(fact);
      bytes += more;
    }
  }
  if (run.length > 0) yield run;
}

/** All but the position, which each log gives by itself. */
const isSame = (one: StoredFact, other: StoredFact): boolean =>
  one.id === other.id && one.stream === other.stream && one.revision === other.revision && one.type === other.type && one.data === other.data && one.metadata === other.metadata;

const differs = (source: Movable, target: Movable, { stream, revision }: StoredFact): StoreRefused =>
  new StoreRefused(`${capital(target.name)} differs from ${source.name} from fact ${revision} of ${stream} on. It is not used by any node; empty it, or give another that is empty.`);

const deleteAlso = async (target: Movable, streams: readonly string[]): Promise<void> => {
  const known = new Set(await target.deletedStreams());
  for (const stream of streams) if (!known.has(stream)) await target.log.deleteStream(stream);
};

/** @throws StoreRefused the target has not exactly these */
const compareDeleted = async (target: Movable, streams: readonly string[]): Promise<void> => {
  if ([...(await target.deletedStreams())].sort().join() !== [...streams].sort().join()) throw unlike(target, 'the deleted streams');
};

/** @throws StoreRefused the target has not exactly these keys */
const compareKeys = async (target: Movable, keys: WrappedKeys | undefined): Promise<void> => {
  const kept = await target.keys();
  const isWhole = kept?.salt === keys?.salt && kept?.check === keys?.check && kept?.people.size === keys?.people.size;
  const other = [...(keys?.people ?? [])].find(([person, wrapped]) => kept?.people.get(person) !== wrapped);
  if (!isWhole || other) throw unlike(target, other ? `the key of person ${other[0]}` : 'the keys');
};

const unlike = (target: Movable, what: string): StoreRefused =>
  new StoreRefused(`${capital(target.name)} has not ${what} as the source has. It is not used by any node; empty it, or give another that is empty.`);
