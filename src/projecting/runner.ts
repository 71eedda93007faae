import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { StoreUnavailable, type FollowedLog } from '../event-store/event-store.js';
import type { FileLock } from '../event-store/sqlite/database-file.js';
import { messageOf } from '../event-store/sqlite/database.js';
import type { Projection, Projector, Stopped } from './projection.js';
import { isDamage, lockReadDatabases, ReadDatabase, removeReadDatabase } from './read-database.js';
import { ReadModel } from './read-model.js';
import { Served, type Now } from './served.js';

/**
 * Keeps one read model on this node: a file a version, in which rows and checkpoint change together. The files can be
 * deleted at any time the node is down: they are built again from the log.
 */
export class ProjectionRunner<P extends Projector> extends Served<P> {
  readonly #projection: Projection<P>;
  readonly #store: FollowedLog;
  readonly #folder: string;
  #serving: ReadModel<P> | undefined;
  /** Of this build's version, until it has caught up. */
  #building: ReadModel<P> | undefined;
  /** What was let go of and has not ended yet. */
  readonly #leaving = new Set<Promise<void>>();
  /** Why a damaged file could not be built again. */
  #trouble: string | undefined;
  #lock: FileLock | undefined;
  /** So many files were opened. */
  #opened = 0;
  #stopped = false;

  /** `folder` is made if there is none. */
  constructor(given: { readonly store: FollowedLog; readonly folder: string; readonly projection: Projection<P> }) {
    super(given.projection.name);
    this.#store = given.store;
    this.#folder = given.folder;
    this.#projection = given.projection;
  }

  override async start(): Promise<void> {
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

  override async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([this.#serving?.stop(), this.#building?.stop(), ...this.#leaving]);
    this.#serving = this.#building = undefined;
    this.#lock?.release();
    this.look();
  }

  override read<T>(work: (projector: P) => T): T {
    const model = this.#serving;
    if (!model) throw this.notServing();
    try {
      return work(model.projector);
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#rebuild(model);
      throw this.notServing();
    }
  }

  /** Damage was met in the file of this number by who reads it in another way. */
  damaged(number: number): void {
    if (this.#serving?.number === number) this.#rebuild(this.#serving);
  }

  /** Also when that is not committed yet. */
  override stopped(stream: string): Stopped | undefined {
    return this.#serving?.stopped(stream);
  }

  protected override now(): Now {
    const [serving, building, trouble] = [this.#serving, this.#building, this.#trouble];
    const told = ({ file: { position }, trouble: why }: ReadModel<P>) => ({ position, ...(why !== undefined && { trouble: why }) });
    return {
      ...(serving && { serving: { path: serving.file.path, number: serving.number, ...told(serving) } }),
      ...(building && { building: told(building) }),
      stopped: [...((serving ?? building)?.file.stopped.values() ?? [])].map(({ stream, revision, position, type, why }) => ({ stream, revision, position, type, why })),
      ...(trouble !== undefined && { trouble }),
    };
  }

  protected override hurry(): void {
    this.#serving?.hurry();
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
      isWaiting: () => this.isWaiting,
      changed: () => this.look(),
      caughtUp: () => this.#caughtUp(model),
      damaged: () => this.#rebuild(model),
    }, (this.#opened += 1));
    return model;
  }

  /** What was built serves from now on, and the old one goes. */
  #caughtUp(model: ReadModel<P>): void {
    if (model !== this.#building) return;
    const old = this.#serving;
    this.#serving = model;
    this.#building = undefined;
    this.look();
    this.#leave(old?.stop().then(() => this.#removeOthers()) ?? Promise.resolve(this.#removeOthers()));
  }

  /** A damaged file goes. Of this build's version another is begun; an older one has that one beside it already. */
  #rebuild(damaged: ReadModel<P>): void {
    if (damaged !== this.#serving && damaged !== this.#building) return;
    const wasOld = damaged === this.#serving && this.#building !== undefined;
    if (damaged === this.#serving) this.#serving = undefined;
    else this.#building = undefined;
    this.look();
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
