import type { FollowedLog, StoredFact, Subscription } from '../event-store/event-store.js';
import { messageOf } from '../event-store/sqlite/database.js';
import { breather, turn } from '../event-store/breather.js';
import type { Projection, Projector } from './projection.js';
import { isDamage, isTrouble, troubleOf, type Halted, type ReadDatabase } from './read-database.js';

/** What is applied is kept in memory and written when the log's end is reached, or so many characters of facts were applied: about a second's work. */
const batchCharacters = 64 * 1024 * 1024;
/** The same while it serves: a commit holds up everybody, by the pages that it writes. */
const servingCharacters = 256 * 1024;
/** What comes within so many milliseconds after a commit shares the next one, unless somebody waits for it. */
const sharing = 100;
/** How long to wait, in milliseconds, before trying again when the read database could not be used. */
const patience = 500;

/** What became of a stream since the last commit. */
interface Since {
  /** The revision up to which its rows stand; -1: it has none. */
  readonly standing: number;
  last: StoredFact;
}

/** Who is told what becomes of a read model. Calls are made inside the model's own work: nothing of it must be awaited in them. */
export interface Watcher {
  /** Whether a read waits for more than is committed. */
  isWaiting(): boolean;
  /** More is committed, or trouble came or went. */
  changed(): void;
  /** It has caught up with the log for the first time. */
  caughtUp(): void;
  /** Its file is damaged: nothing more comes of it. */
  damaged(): void;
}

/** One file of a read model, following the log: applies facts, and commits rows and checkpoint together. */
export class ReadModel<P extends Projector> {
  readonly projector: P;
  /** Why it cannot go on at present. */
  trouble: string | undefined;
  #since = new Map<string, Since>();
  #halted = new Map<string, Halted>();
  #resumed = new Set<string>();
  #through: bigint;
  #characters = 0;
  #subscription: Subscription | undefined;
  #retry: NodeJS.Timeout | undefined;
  #hurry: (() => void) | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    readonly file: ReadDatabase,
    private readonly projection: Projection<P>,
    private readonly store: FollowedLog,
    private readonly watcher: Watcher,
    /** Of the files that its runner opened, which it is. */
    readonly number: number,
  ) {
    this.projector = projection.open(file.database, file.path);
    this.#through = file.position;
  }

  /** Tries the stopped streams again, then follows the log; by itself from then on. */
  start(): void {
    this.#running = this.#begin().catch((error: unknown) => this.#failed(error));
  }

  /** A read waits: the next commit comes at once. */
  hurry(): void {
    this.#hurry?.();
  }

  /** What is applied is committed, and the file closed. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#hurry?.();
    clearTimeout(this.#retry);
    await this.#running;
    await this.#subscription?.stop();
    if (this.trouble === undefined) await this.#commit().catch(() => this.#lose());
    this.projector.close?.();
    this.file.close();
  }

  /** Why a stream is stopped, also when that is not committed yet. */
  stopped(stream: string): Halted | undefined {
    return this.#halted.get(stream) ?? (this.#resumed.has(stream) ? undefined : this.file.stopped.get(stream));
  }

  async #begin(): Promise<void> {
    await this.#tryAgain();
    if (this.#stopped) return;
    this.#subscription = this.store.subscribe(
      { after: this.file.position, streams: this.projection.streams },
      {
        facts: (facts) => this.#apply(facts),
        caughtUp: (position) => this.#caughtUp(position),
        failed: (error) => this.#failed(error),
      },
    );
  }

  /** Another build may read what stopped a stream: its facts are applied from where its rows stand up to the checkpoint. */
  async #tryAgain(): Promise<void> {
    if (this.file.stopped.size === 0) return;
    for (const [stream, { standing }] of [...this.file.stopped]) {
      this.#resumed.add(stream);
      for await (const page of this.store.readStream(stream, { from: standing + 1 })) {
        await this.#each(page.filter(({ position }) => position <= this.file.position));
      }
    }
    await this.#commit();
  }

  async #apply(facts: readonly StoredFact[]): Promise<void> {
    const most = this.file.complete ? servingCharacters : batchCharacters;
    for (const some of dealt(facts, most)) {
      await this.#each(some);
      this.#through = some.at(-1)?.position ?? this.#through;
      if (this.#characters < most) continue;
      await this.#commit();
      await turn();
    }
  }

  async #caughtUp(position: bigint): Promise<void> {
    this.#through = position;
    await this.#commit();
    if (this.file.complete) return this.#rest();
    this.projector.built?.();
    await this.file.finish();
    this.watcher.caughtUp();
  }

  /** The log is not read meanwhile, so that many small changes make one commit. */
  async #rest(): Promise<void> {
    if (this.#stopped || this.watcher.isWaiting()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, sharing);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#hurry = undefined;
  }

  async #each(facts: readonly StoredFact[]): Promise<void> {
    const breathe = breather();
    await this.projector.prepare?.(facts.filter(({ stream }) => !this.stopped(stream)));
    for (const fact of facts) {
      // One fact may move thousands.
      const pause = breathe();
      if (pause) await pause;
      if (this.stopped(fact.stream)) continue;
      const since = this.#since.get(fact.stream);
      if (since) since.last = fact;
      else this.#since.set(fact.stream, { standing: fact.revision - 1, last: fact });
      this.#characters += charactersOf(fact);
      try {
        this.projector.apply(fact);
      } catch (error) {
        this.#halt(fact, error);
      }
    }
  }

  /** The rows that are touched, and how far that is, in one transaction. Others have their turn between streams. */
  async #commit(): Promise<void> {
    const breathe = breather();
    this.file.begin();
    for (const [stream, { last }] of this.#since) {
      if (this.#halted.has(stream)) continue;
      try {
        await this.file.wholly(() => this.projector.write(stream));
      } catch (error) {
        this.#halt(last, error);
      }
      await breathe();
    }
    this.file.commit(this.#through, [...this.#halted.values()], [...this.#resumed]);
    this.#clear();
    this.trouble = undefined;
    this.watcher.changed();
    if (this.file.complete) await this.file.settle();
  }

  /** The fact stops its stream, unless the database is at fault. */
  #halt(fact: StoredFact, error: unknown): void {
    if (isTrouble(error)) throw error;
    const { stream, revision, position, type } = fact;
    this.projector.forget(stream);
    this.#halted.set(stream, { stream, standing: this.#since.get(stream)?.standing ?? revision - 1, revision, position, type, why: messageOf(error) });
  }

  /** What was not committed is lost, and is read again from the log. */
  #failed(error: unknown): void {
    this.trouble = troubleOf(error, this.file.path);
    this.#lose();
    if (this.#stopped) return;
    if (isDamage(error)) return this.watcher.damaged();
    this.#retry = setTimeout(() => this.start(), patience);
    this.watcher.changed();
  }

  #lose(): void {
    this.file.rollback();
    for (const stream of this.#since.keys()) this.projector.forget(stream);
    this.#clear();
    this.#through = this.file.position;
  }

  #clear(): void {
    this.#since.clear();
    this.#halted.clear();
    this.#resumed.clear();
    this.#characters = 0;
  }
}

const charactersOf = ({ data, metadata }: StoredFact): number => data.length + metadata.length;

/** Facts in their order, each time until there are so many characters. */
function* dealt(facts: readonly StoredFact[], most: number): Generator<readonly StoredFact[]> {
  let [from, characters] = [0, 0];
  for (const [index, fact] of facts.entries()) {
    characters += charactersOf(fact);
    if (characters < most && index < facts.length - 1) continue;
    yield facts.slice(from, index + 1);
    [from, characters] = [index + 1, 0];
  }
}
