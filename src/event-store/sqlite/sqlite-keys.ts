import { StoreUnavailable } from '../event-store.js';
import { Keys } from '../keys.js';
import type { PersonId } from '../personal.js';
import { canonicalPath } from './database-file.js';
import { preparedKeyFile } from './key-file.js';
import type { KeysAnswer, KeysWork } from './keys.messages.js';
import { WorkThread } from './work-thread.js';

/** What became of a transaction does not matter: who asks again finds a key or makes one. */
const unavailable = (why: string): KeysAnswer => ({ kind: 'unavailable', why: `The key file could not be used: ${why}.` });

/** The keys in a SQLite file beside the log, written and read by a thread of their own: a commit takes as long as the disk does. */
export class SqliteKeys extends Keys {
  readonly #thread: WorkThread<KeysWork, KeysAnswer>;

  private constructor(path: string, private readonly wrapping: Buffer) {
    super();
    this.#thread = new WorkThread({
      script: './keys.worker.js',
      given: { path, wrapping },
      lost: unavailable,
      untouched: unavailable,
      sentences: { closed: 'The key file is closed.', crowded: 'Too many keys are waited for. Try again later.' },
    });
  }

  /**
   * Opens the key file, which is made if there is none (its folder must exist).
   * @throws StoreRefused the secret is not the one that the keys are wrapped with, or the file is not a whole key file
   */
  static open(path: string, secret: Uint8Array | string): SqliteKeys {
    const file = canonicalPath(path);
    return new SqliteKeys(file, preparedKeyFile(file, secret));
  }

  override obtain(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Uint8Array>> {
    return this.#ask({ kind: 'obtain', people });
  }

  override find(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Uint8Array>> {
    return this.#ask({ kind: 'find', people });
  }

  override async erase(person: PersonId): Promise<void> {
    await this.#ask({ kind: 'erase', person });
  }

  /** Answers what was asked, then ends the thread. */
  override async close(): Promise<void> {
    await this.#thread.close();
    this.wrapping.fill(0);
  }

  /** @throws StoreUnavailable */
  async #ask(work: KeysWork): Promise<ReadonlyMap<PersonId, Uint8Array>> {
    const answer = await this.#thread.submit(work);
    if (answer.kind === 'unavailable') throw new StoreUnavailable(answer.why);
    return new Map(answer.keys);
  }
}
