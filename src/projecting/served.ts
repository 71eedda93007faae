import type { Stopped } from './projection.js';
import { ReadFailure } from './read-failure.js';

/** What a read model is at a moment. */
export interface Now {
  /** What is read. */
  readonly serving?: {
    readonly path: string;
    /** Of two files at one path, which: each that is opened has another number. */
    readonly number: number;
    /** Up to where the log is read in it. */
    readonly position: bigint;
    /** Why it cannot go on. */
    readonly trouble?: string;
  };
  /** What is built beside, or at first. */
  readonly building?: { readonly position: bigint; readonly trouble?: string };
  /** Of what serves, else of what is built. */
  readonly stopped: readonly Stopped[];
  /** Why a damaged file could not be built again. */
  readonly trouble?: string;
}

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

/** A read model on this node as those see it who read: through `R`, and when it has come as far as they need. */
export abstract class Served<R> {
  readonly #waiting = new Set<Waiting>();

  constructor(protected readonly name: string) {}

  /**
   * Resolves when the log is followed; what stood before is served at once, what must be built when it has caught up.
   * @throws StoreRefused another process uses the files, or the folder cannot be used
   */
  abstract start(): Promise<void>;

  /** Commits what was applied and closes the files. Who waits is answered. */
  abstract stop(): Promise<void>;

  /**
   * Reads by what serves now, in one go. Damage that it meets is mended by building again.
   * @throws ReadFailure read-model-rebuilding, read-model-held-up
   */
  abstract read<T>(work: (rows: R) => T): T;

  protected abstract now(): Now;

  /** Somebody waits so many milliseconds for this position: the next commit comes at once. */
  protected abstract hurry(position: bigint, withinMilliseconds: number): void;

  get serving(): boolean {
    return this.now().serving !== undefined;
  }

  /**
   * Resolves when what serves includes everything up to this position.
   * @throws ReadFailure read-behind, when it takes longer; read-model-rebuilding; read-model-held-up, when it cannot go on
   */
  async reached(position: bigint, withinMilliseconds: number): Promise<void> {
    const now = this.#standing(position);
    if (now === 'reached') return;
    if (now instanceof ReadFailure) throw now;
    await new Promise<void>((resolve, reject) => {
      const late = () => {
        const { serving } = this.now();
        waiting.end(serving ? new ReadFailure('read-behind', { position: String(serving.position) }) : this.notServing());
      };
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
      this.hurry(position, withinMilliseconds);
    });
  }

  /** Why this stream is not served, if so: a read that needs it is answered with `read-model-stopped` at once. */
  stopped(stream: string): Stopped | undefined {
    return this.now().stopped.find((each) => each.stream === stream);
  }

  status(): ReadModelStatus {
    const { serving, building, stopped, trouble = serving?.trouble } = this.now();
    return {
      name: this.name,
      serving: serving !== undefined,
      ...(serving && { position: serving.position }),
      ...(trouble !== undefined && { trouble }),
      stopped,
      ...(building && { building }),
    };
  }

  protected get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** Something changed: whoever waited for it goes on. */
  protected look(): void {
    for (const waiting of [...this.#waiting]) {
      const now = this.#standing(waiting.position);
      if (now === 'reached') waiting.end();
      else if (now instanceof ReadFailure) waiting.end(now);
    }
  }

  protected notServing(): ReadFailure {
    const { building, trouble: why = building?.trouble } = this.now();
    if (why !== undefined) return new ReadFailure('read-model-held-up', { why });
    return new ReadFailure('read-model-rebuilding', building ? { position: String(building.position) } : {});
  }

  #standing(position: bigint): 'reached' | 'behind' | 'building' | ReadFailure {
    const { serving, building } = this.now();
    if (!serving) return building ? 'building' : this.notServing();
    if (serving.position >= position) return 'reached';
    return serving.trouble === undefined ? 'behind' : new ReadFailure('read-model-held-up', { why: serving.trouble });
  }
}
