import { createDecipheriv } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { breather } from './breather.js';
import type { Keys } from './keys.js';
import { isWithheld, withheld, type Open, type PersonId, type Sealed } from './personal.js';

export const algorithm = 'aes-256-gcm';
export const nonceLength = 12;
const tagLength = 16;
const keysAtOnce = 200;
/** So many opened values are kept; the least recently used goes first. */
const openedKept = 20_000;

/** A value that was opened, and of whom and where it was: a sealed text is good for nothing else. */
interface Opened {
  readonly of: PersonId;
  readonly stream: string;
  readonly clear: unknown;
}

/** Opens personal values with the keys of their people. Keys are read ahead, so that opening needs no wait. */
export class Opening {
  protected readonly keyring = new Map<PersonId, Uint8Array>();
  /** By the sealed text: the states of many moments hold the same. By size, since one by number has all its room from the start. */
  private readonly opened = new LRUCache<string, Opened>({ maxSize: openedKept, sizeCalculation: () => 1 });
  private forgettings = 0;

  constructor(private readonly found: Pick<Keys, 'find'>) {}

  /** Makes the keys of these people available, of those who have one. @throws StoreUnavailable */
  async find(people: Iterable<PersonId>): Promise<void> {
    await this.inTurns(people, (some) => this.found.find(some));
  }

  /** The keys of these people, of those who have one. @throws StoreUnavailable */
  async keysOf(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Uint8Array>> {
    await this.find(people);
    return new Map(people.flatMap((person) => {
      const key = this.keyring.get(person);
      return key ? [[person, key] as const] : [];
    }));
  }

  /** What reads the personal values of one stream. */
  opener(stream: string): Open {
    const open = this.openerOnce(stream);
    return (value) => {
      if ('value' in value) return value.value;
      const { of, sealed } = value;
      const known = this.opened.get(sealed);
      // What is kept was opened from this text, so the type is that of what it hides.
      if (known?.of === of && known.stream === stream) return known.clear as Exclude<typeof value.hides, undefined>;
      const clear = open(value);
      if (!isWithheld(clear)) this.opened.set(sealed, { of, stream, clear });
      return clear;
    };
  }

  /** The same for sealed objects that are read from rows, opened, and let go of: to remember what was opened from each would cost more than to open it. */
  openerOnce(stream: string): Open {
    return (value) => {
      if ('value' in value) return value.value;
      const key = this.keyring.get(value.of);
      return (key && unseal(key, stream, value)) ?? withheld;
    };
  }

  /** How many were forgotten: what was made of opened values is good only while this is the same. */
  get forgotten(): number {
    return this.forgettings;
  }

  /** Nothing of this person can be read from now on. */
  forget(person: PersonId): void {
    this.keyring.delete(person);
    this.forgettings += 1;
    this.opened.clear();
  }

  /** Some after the others: a meeting has thousands of people, and others wait meanwhile. */
  protected async inTurns(people: Iterable<PersonId>, ask: (some: readonly PersonId[]) => Promise<ReadonlyMap<PersonId, Uint8Array>>): Promise<void> {
    const breathe = breather();
    const found = new Set<PersonId>();
    let looked = 0;
    for (const person of people) {
      if (!this.keyring.has(person)) found.add(person);
      if (++looked % keysAtOnce === 0) await breathe();
    }
    const missing = [...found];
    for (let from = 0; from < missing.length; from += keysAtOnce) {
      for (const [person, key] of await ask(missing.slice(from, from + keysAtOnce))) this.keyring.set(person, key);
      await breathe();
    }
  }
}

/** What a sealed value belongs to: in another place, or as another's, it cannot be opened. */
export const boundTo = (person: PersonId, stream: string) => Buffer.from(`${person}\n${stream}`);

/** Undefined when the key, the person or the stream is not the one it was sealed with, or the text was altered. */
const unseal = <T>(key: Uint8Array, stream: string, { of, sealed }: Sealed<T>): T | undefined => {
  const bytes = Buffer.from(sealed, 'base64url');
  try {
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceLength), { authTagLength: tagLength });
    decipher.setAAD(boundTo(of, stream));
    decipher.setAuthTag(bytes.subarray(-tagLength));
    // GCM gives as many bytes as it takes; the end only says whether they are authentic.
    const text = decipher.update(bytes.subarray(nonceLength, -tagLength));
    decipher.final();
    // The text is authenticated: it is what `seal` wrote for a value of this type.
    return JSON.parse(text.toString()) as T;
  } catch {
    return undefined;
  }
};
