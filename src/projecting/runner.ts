import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { StoreUnavailable, type EventStore } from '../event-store/event-store.js';
import type { FileLock } from '../event-store/sqlite/database-file.js';
import { messageOf } from '../event-store/sqlite/database.js';
import type { Projection, Projector, Stopped } from './projection.js';
import { isDamage, lockReadDatabases, ReadDatabase, removeReadDatabase } from './read-database.js';
import { ReadFailure } from './read-failure.js';
import { ReadModel } from './read-model.js';

/** How a read model is, for health. */
export interface ReadModelStatus {
  readonly name: string;
  /** Whether reads are answered at all. */
  readonly serving: boolean;
  /** Up to where the log is read in what serves. */
  readonly position?: bigint;
  /** Why what serves cannot go on. */
  readonly trouble?: string;
  /** The streams that are not served, each with the fact that could not be applied. */
  readonly stopped: readonly Stopped[];
  /** What is built beside, or at first. */
  readonly building?: { readonly position: bigint; readonly trouble?: string };
}

/** A short log is read within this many milliseconds; who asks while a long one is read is told so rather than kept. */
const buildingPatience = 1_000;

interface Waiting {
  readonly position: bigint;
  /** Rejects when an error is given. */
  end(error?: Error): void;
}

/**
 * Keeps one read model on this node: a file a version, in which rows and checkpoint change together. The files can be
 * deleted at any time the node is down: they are built again from the log.
 */
export class ProjectionRunner<P extends Projector> {
  readonly #projection: Projection<P>;
  readonly #store: EventStore;
  readonly #folder: string;
  #serving: ReadModel<P> | undefined;
  /** Of this build's version, until it has caught up. */
  #building: ReadModel<P> | undefined;
  readonly #waiting = new Set<Waiting>();
  /** What was let go of and has not ended yet. */
  readonly #leaving = new Set<Promise<void>>();
  /** Why a damaged file could not be built again. */
  #trouble: string | undefined;
  #lock: FileLock | undefined;
  #stopped = false;

  /** `folder` is made if there is none. */
  constructor(given: { readonly store: EventStore; readonly folder: string; readonly projection: Projection<P> }) {
    this.#store = given.store;
    this.#folder = given.folder;
    this.#projection = given.projection;
  }

  /**
   * Resolves when the log is followed; what stood before is served at once, what must be built when it has caught up.
   * @throws StoreRefused another process uses the files, or the folder cannot be used
   */
  async start(): Promise<void> {
    mkdirSync(this.#folder, { recursive: true });
    this.#lock = lockReadDatabases(this.#folder, this.#projection.name);
    const current = await this.#notAhead(this.#current());
    if (current.file.complete) {
      this.#serving = current;
      this.#removeOthers();
    } else {
      this.#building = current;
      this.#serving = this.#old();
    }
    this.#serving?.start();
    this.#building?.start();
  }

  /** Commits what was applied and closes the files. Who waits is answered. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([this.#serving?.stop(), this.#building?.stop(), ...this.#leaving]);
    this.#serving = this.#building = undefined;
    this.#lock?.release();
    this.#look();
  }

  get serving(): boolean {
    return this.#serving !== undefined;
  }

  /**
   * Reads by what serves now, in one go. Damage that it meets is mended by building again.
   * @throws ReadFailure read-model-rebuilding
   */
  read<T>(work: (projector: P) => T): T {
    const model = this.#serving;
    if (!model) throw this.#notServing();
    try {
      return work(model.projector);
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#rebuild(model);
      throw this.#notServing();
    }
  }

  /**
   * Resolves when what serves includes everything up to this position.
   * @throws ReadFailure read-behind, when it takes longer; read-model-rebuilding; read-model-stopped, when it cannot go on
   */
  async reached(position: bigint, withinMilliseconds: number): Promise<void> {
    const now = this.#standing(position);
    if (now === 'reached') return;
    if (now instanceof ReadFailure) throw now;
    await new Promise<void>((resolve, reject) => {
      const late = () => waiting.end(this.#serving ? new ReadFailure('read-behind', { position: String(this.#serving.file.position) }) : this.#notServing());
      const timer = setTimeout(late, now === 'building' ? Math.min(withinMilliseconds, buildingPatience) : withinMilliseconds);
      const waiting: Waiting = {
        position,
        end: (error) => {
          clearTimeout(timer);
          this.#waiting.delete(waiting);
          if (error === undefined) resolve();
          else reject(error);
        },
      };
      this.#waiting.add(waiting);
      this.#serving?.hurry();
    });
  }

  /** Changes rows for another reason than a fact: somebody is forgotten. Resolves when they are on the disk. */
  async alter(work: (projector: P) => void): Promise<void> {
    await Promise.all([this.#serving?.alter(work), this.#building?.alter(work)]);
  }

  /** Why this stream is not served, if so: a read that needs it is answered with `read-model-stopped` at once. */
  stopped(stream: string): Stopped | undefined {
    return this.#serving?.stopped(stream);
  }

  status(): ReadModelStatus {
    const [serving, building] = [this.#serving, this.#building];
    const trouble = serving?.trouble ?? this.#trouble;
    return {
      name: this.#projection.name,
      serving: serving !== undefined,
      ...(serving && { position: serving.file.position }),
      ...(trouble !== undefined && { trouble }),
      stopped: [...((serving ?? building)?.file.stopped.values() ?? [])].map(({ stream, revision, position, type, why }) => ({ stream, revision, position, type, why })),
      ...(building && { building: { position: building.file.position, ...(building.trouble !== undefined && { trouble: building.trouble }) } }),
    };
  }

  /** The file of this build's version, made anew if it cannot be used. @throws StoreRefused */
  #current(): ReadModel<P> {
    const file = ReadDatabase.open(this.#path(), this.#projection, this.#store.logId);
    try {
      return this.#follow(file);
    } catch {
      file.remove();
      return this.#follow(ReadDatabase.open(this.#path(), this.#projection, this.#store.logId));
    }
  }

  /** The newest whole file of another version that this build can serve from. */
  #old(): ReadModel<P> | undefined {
    const files = this.#others().map((path) => ReadDatabase.existing(path, this.#store.logId)).filter((file) => file !== undefined);
    const [newest, ...rest] = files.sort((a, b) => (a.position < b.position ? 1 : -1));
    for (const file of rest) file.close();
    try {
      return newest && this.#follow(newest);
    } catch {
      // Damaged: it is removed when the new one has caught up.
      newest?.close();
      return undefined;
    }
  }

  #follow(file: ReadDatabase): ReadModel<P> {
    const model: ReadModel<P> = new ReadModel(file, this.#projection, this.#store, {
      isWaiting: () => this.#waiting.size > 0,
      changed: () => this.#look(),
      caughtUp: () => this.#caughtUp(model),
      damaged: () => this.#rebuild(model),
    });
    return model;
  }

  /** What was built serves from now on, and the old one goes. */
  #caughtUp(model: ReadModel<P>): void {
    if (model !== this.#building) return;
    const old = this.#serving;
    this.#serving = model;
    this.#building = undefined;
    this.#look();
    this.#leave(old?.stop().then(() => this.#removeOthers()) ?? Promise.resolve(this.#removeOthers()));
  }

  /** A damaged file goes. Of this build's version another is begun; an older one has that one beside it already. */
  #rebuild(damaged: ReadModel<P>): void {
    if (damaged !== this.#serving && damaged !== this.#building) return;
    const wasOld = damaged === this.#serving && this.#building !== undefined;
    if (damaged === this.#serving) this.#serving = undefined;
    else this.#building = undefined;
    this.#look();
    this.#leave(
      damaged.stop().then(() => {
        damaged.file.remove();
        if (wasOld || this.#stopped) return;
        this.#building = this.#current();
        this.#building.start();
      }),
    );
  }

  #leave(work: Promise<void>): void {
    const leaving = work
      .catch((error: unknown) => void (this.#trouble = messageOf(error)))
      .finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
  }

  /** A log that ends before the checkpoint was put back from a copy: its positions come again with other facts. */
  async #notAhead(model: ReadModel<P>): Promise<ReadModel<P>> {
    const head = await this.#headIfKnown();
    if (head === undefined || model.file.position <= head) return model;
    model.file.remove();
    return this.#current();
  }

  async #headIfKnown(): Promise<bigint | undefined> {
    try {
      return await this.#store.head();
    } catch (error) {
      if (error instanceof StoreUnavailable) return undefined;
      throw error;
    }
  }

  #standing(position: bigint): 'reached' | 'behind' | 'building' | ReadFailure {
    const model = this.#serving;
    if (!model) return this.#building && !this.#stopped ? 'building' : this.#notServing();
    if (model.file.position >= position) return 'reached';
    return model.trouble === undefined ? 'behind' : new ReadFailure('read-model-stopped', { why: model.trouble });
  }

  #notServing = (): ReadFailure => new ReadFailure('read-model-rebuilding', this.#building ? { position: String(this.#building.file.position) } : {});

  #look(): void {
    for (const waiting of [...this.#waiting]) {
      const now = this.#standing(waiting.position);
      if (now === 'reached') waiting.end();
      else if (now instanceof ReadFailure) waiting.end(now);
    }
  }

  #path = (): string => join(this.#folder, `${this.#projection.name}-${this.#projection.tables}.${this.#projection.version}.db`);

  /** The files of other versions; only of tables that this build knows, unless all are asked for. */
  #others(all = false): string[] {
    const prefix = all ? `${this.#projection.name}-` : `${this.#projection.name}-${this.#projection.tables}.`;
    const names = readdirSync(this.#folder).filter((name) => name.startsWith(prefix) && /^\d+\.\d+\.db$/.test(name.slice(this.#projection.name.length + 1)));
    return names.map((name) => join(this.#folder, name)).filter((path) => path !== this.#path());
  }

  #removeOthers(): void {
    for (const path of this.#others(true)) removeReadDatabase(path);
  }
}
