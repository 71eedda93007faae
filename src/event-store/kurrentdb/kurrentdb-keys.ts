import { randomBytes, randomUUID } from 'node:crypto';
import { OutcomeUnknown, StoreRefused, StoreUnavailable, StreamDeleted, WrongRevision } from '../event-store.js';
import { Keys } from '../keys.js';
import type { PersonId } from '../personal.js';
import { checkName, keyBytes, unwrap, wrap, wrappingKey } from '../wrapping.js';
import { Appends } from './appends.js';
import { Connection } from './connection.js';
import { reaching, usualDeadline, type KurrentDb } from './kurrentdb-event-store.js';
import { Names } from './names.js';
import { Reads } from './reads.js';
import { settingsFrom } from './settings.js';

/** So many people are looked up at the same time. */
const atOnce = 32;

/** The keys in streams of their own, one a person: any number of nodes with the same secret. A key is gone from the disk when the server was scavenged. */
export class KurrentDbKeys extends Keys {
  readonly #connection: Connection;
  readonly #names: Names;
  readonly #appends: Appends;
  readonly #kept: Kept;
  #wrapping: Buffer | undefined;
  #open = true;

  private constructor({ url, prefix = '', deadline = usualDeadline }: KurrentDb, private readonly secret: Uint8Array | string) {
    super();
    if (secret.length === 0) throw new StoreRefused('The secret that wraps the keys is empty. Set BARAZA_SECRET.');
    this.#connection = new Connection(settingsFrom(url));
    this.#names = new Names(prefix);
    this.#appends = new Appends(this.#connection, deadline);
    this.#kept = new Kept(new Reads(this.#connection, deadline), this.#appends);
  }

  /** The keys at this address, whether they can be reached or not: `reach` must have resolved before they are used. @throws StoreRefused the address is wrong */
  static at(given: KurrentDb, secret: Uint8Array | string): KurrentDbKeys {
    return new KurrentDbKeys(given, secret);
  }

  /** Opens the keys. @throws as `at` and `reach` */
  static async open(given: KurrentDb, secret: Uint8Array | string): Promise<KurrentDbKeys> {
    const keys = KurrentDbKeys.at(given, secret);
    try {
      await keys.reach(given.deadline ?? usualDeadline);
      return keys;
    } catch (error) {
      await keys.close();
      throw error;
    }
  }

  /**
   * Learns what the keys are wrapped with; who comes first makes their salt.
   * @throws StoreRefused the secret is not the one that the keys are wrapped with; StoreUnavailable they cannot be reached within this many milliseconds
   */
  async reach(patience = reaching): Promise<void> {
    const kept = new Kept(new Reads(this.#connection, patience), this.#appends);
    const first = await kept.obtain<{ salt: string; check: string }>(this.#names.own('keys'), 'KeysBegun', () => {
      const salt = randomBytes(keyBytes);
      return { salt: salt.toString('base64'), check: wrap(wrappingKey(this.secret, salt), checkName, randomBytes(keyBytes)).toString('base64') };
    });
    if (!first) throw new StoreRefused('The salt of the keys was deleted from the event store. Restore it from a backup.');
    const wrapping = wrappingKey(this.secret, Buffer.from(first.salt, 'base64'));
    if (!unwrap(wrapping, checkName, Buffer.from(first.check, 'base64'))) {
      throw new StoreRefused('The secret is not the one that the keys in the event store are wrapped with. Set BARAZA_SECRET to the one that all nodes share.');
    }
    this.#wrapping = wrapping;
  }

  override obtain(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Uint8Array>> {
    return this.#each(people, (person, wrapping) =>
      this.#kept.make(this.#names.key(person), 'KeyMade', { wrapped: wrap(wrapping, person, randomBytes(keyBytes)).toString('base64') }),
    );
  }

  override find(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Uint8Array>> {
    return this.#each(people, async (person) => (await this.#kept.find<{ wrapped: string }>(this.#names.key(person))).value);
  }

  override async erase(person: PersonId): Promise<void> {
    if (!this.#open) throw closed();
    await this.#kept.end(this.#names.key(person));
  }

  override async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#kept.idle();
    this.#wrapping?.fill(0);
    this.#connection.close();
  }

  async #each(people: readonly PersonId[], look: (person: PersonId, wrapping: Buffer) => Promise<{ wrapped: string } | undefined>): Promise<ReadonlyMap<PersonId, Uint8Array>> {
    const wrapping = this.#wrapping;
    if (!this.#open) throw closed();
    if (!wrapping) throw new StoreUnavailable('The keys were not reached yet.');
    const asked = [...new Set(people)];
    const found = new Map<PersonId, Uint8Array>();
    const left = [...asked];
    const work = async () => {
      for (let person = left.shift(); person !== undefined; person = left.shift()) {
        const stored = await look(person, wrapping);
        if (!stored) continue;
        const key = unwrap(wrapping, person, Buffer.from(stored.wrapped, 'base64'));
        if (!key) throw new StoreUnavailable(`The key of person ${person} was altered in the event store. Restore it from a backup.`);
        found.set(person, key);
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, left.length) }, work));
    // In the order of the question, whichever was answered first.
    return new Map(
      asked.flatMap((person) => {
        const key = found.get(person);
        return key ? [[person, key] as const] : [];
      }),
    );
  }
}

const closed = () => new StoreUnavailable('The keys are closed.');

/** Values each in a stream of its own, made once and ended for good. */
class Kept {
  constructor(private readonly reads: Reads, private readonly appends: Appends) {}

  async find<V>(stream: string): Promise<{ readonly value?: V; readonly ended: boolean }> {
    const part = await this.reads.stream(stream, 'forwards', 0, 1);
    if (typeof part === 'string') return { ended: part === 'deleted' };
    // Cast: `obtain` wrote it.
    return part[0] ? { value: JSON.parse(part[0].data) as V, ended: false } : { ended: false };
  }

  /** The value, which is made if there is none; undefined: it was ended. */
  async obtain<V extends object>(stream: string, type: string, make: () => V): Promise<V | undefined> {
    const { value, ended } = await this.find<V>(stream);
    return value !== undefined || ended ? value : this.make(stream, type, make());
  }

  /** As `obtain`, where there is hardly one yet: it is written before it is looked for, and who loses the race to make it gets the winner's. */
  async make<V extends object>(stream: string, type: string, made: V): Promise<V | undefined> {
    for (;;) {
      try {
        await this.appends.append(stream, 'none', [{ id: randomUUID(), type, data: JSON.stringify(made), metadata: '{}' }]);
        return made;
      } catch (error) {
        if (error instanceof OutcomeUnknown) throw new StoreUnavailable(error.message); // Whoever asks again finds what became of it.
        if (!(error instanceof WrongRevision || error instanceof StreamDeleted)) throw error;
      }
      const { value, ended } = await this.find<V>(stream);
      if (value !== undefined || ended) return value;
    }
  }

  end(stream: string): Promise<void> {
    return this.reads.tombstone(stream);
  }

  idle(): Promise<void> {
    return this.appends.idle();
  }
}
