import { canonicalJson } from './canonical.js';
import { hashOf } from './chain.js';
import type { NewFact, StoredFact } from './event-store.js';
import type { Catalogue, Event, EventDescription, Recorded } from './event.js';
import type { PersonId, Personal, Sealed } from './personal.js';
import type { Sealing } from './sealing.js';

/** What is stored beside a fact's data. `prev` chains the stream: null for its first fact. */
export interface Metadata {
  readonly at: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly actor: PersonId;
  readonly reason?: Sealed<string>;
  readonly schema: number;
  readonly prev: string | null;
  /**
   * Of an Idempotency-Key: SHA-256 of the key with its actor, HMAC of the body; and the revision that the answer gave for what the
   * request was about, where that is not the revision of the command's last fact.
   */
  readonly request?: { readonly key: string; readonly body: string; readonly subjectRevision?: number };
}

/** The metadata that one command gives to all its facts. */
export type CommandMetadata = Omit<Metadata, 'schema' | 'prev' | 'reason'> & { readonly reason?: Personal<string> };

/** An old shape of an event's data, read as the next one. By type, then by the version it upgrades from. */
export type Upcasters = Readonly<Record<string, Readonly<Record<number, (data: object) => object>>>>;

/** A fact that this build cannot read: its type is unknown, or its schema newer. It is never skipped. */
export class UnreadableFact extends Error {
  override readonly name = 'UnreadableFact';
  constructor(readonly stream: string, readonly revision: number, why: string) {
    super(`Fact ${revision} of ${stream} cannot be read by this build: ${why}.`);
  }
}

export interface Encoded<E extends Event> {
  readonly facts: readonly NewFact[];
  /** The same events with their personal values sealed: what a fold may see. */
  readonly events: readonly E[];
  /** The chain's end: `prev` of what comes next. */
  readonly hash: string;
}

export type Decoded<E extends Event> = E & { readonly recorded: Recorded; readonly metadata: Metadata };

/** Reads the facts of an area as its events: versions and upcasters. What is personal stays sealed, so no key is needed. */
export class FactReader<E extends Event> {
  private readonly descriptions: ReadonlyMap<string, EventDescription>;

  constructor(catalogue: Catalogue<E>, private readonly upcasters: Upcasters = {}) {
    this.descriptions = new Map(Object.entries<EventDescription>(catalogue));
  }

  /** Reads a fact; its personal values stay sealed. @throws UnreadableFact */
  decode(fact: StoredFact): Decoded<E> {
    // The text was written by `encode`.
    const metadata = JSON.parse(fact.metadata) as Metadata;
    return { ...this.event(fact, metadata), metadata };
  }

  /** What a fold needs of a fact, read in half the time: most of the metadata is left unread. @throws UnreadableFact */
  event(fact: StoredFact, { at, schema } = glance(fact.metadata)): E & { readonly recorded: Recorded } {
    const description = this.descriptions.get(fact.type);
    if (!description) throw new UnreadableFact(fact.stream, fact.revision, `its type ${fact.type} is unknown`);
    // The text was written by `encode`; the shape is what the catalogue's type says of this schema.
    let data = JSON.parse(fact.data) as object;
    if (schema > description.schema) throw new UnreadableFact(fact.stream, fact.revision, `its schema ${schema} is newer than ${description.schema}`);
    for (let version = schema; version < description.schema; version++) {
      const upcast = this.upcasters[fact.type]?.[version];
      if (!upcast) throw new UnreadableFact(fact.stream, fact.revision, `schema ${version} of ${fact.type} has no upcaster`);
      data = upcast(data);
    }
    return { type: fact.type, data, recorded: { revision: fact.revision, at } } as E & { readonly recorded: Recorded };
  }

  /** Whose values the event holds. */
  people(event: E): PersonId[] {
    const data = fieldsOf(event);
    return Object.keys(this.describe(event.type).personal).flatMap((field) => (data[field] ? (data[field] as Personal<unknown>).of : []));
  }

  /** Whose values the events hold, looked for one after the other. */
  *peopleIn(events: Iterable<E>): Generator<PersonId> {
    for (const event of events) yield* this.people(event);
  }

  protected describe(type: string): EventDescription {
    const description = this.descriptions.get(type);
    if (!description) throw new Error(`The catalogue has no event ${type}.`);
    return description;
  }
}

/** Between an area's events and the texts in the log: reads them, and writes them sealed and chained. */
export class Codec<E extends Event> extends FactReader<E> {
  constructor(catalogue: Catalogue<E>, private readonly sealing: Sealing, private readonly newId: () => string, upcasters: Upcasters = {}) {
    super(catalogue, upcasters);
  }

  /** Seals and chains the events of one command after the fact whose hash is `prev`. Makes missing keys. @throws StoreUnavailable */
  async encode(stream: string, events: readonly E[], given: CommandMetadata, prev: string | null): Promise<Encoded<E>> {
    await this.sealing.obtain(events.flatMap((event) => this.people(event)).concat(given.reason ? given.reason.of : []));
    const facts: NewFact[] = [];
    const sealed: E[] = [];
    const { reason, ...rest } = given;
    const why = reason && { reason: this.sealing.seal(stream, reason) };
    let hash = prev;
    for (const event of events) {
      const closed = this.close(stream, event);
      const metadata: Metadata = { ...rest, ...why, schema: this.describe(event.type).schema, prev: hash };
      const fact = { id: this.newId(), type: event.type, data: canonicalJson(closed.data), metadata: canonicalJson(metadata) };
      facts.push(fact);
      sealed.push(closed);
      hash = hashOf(fact);
    }
    return { facts, events: sealed, hash: hash ?? '' };
  }

  private close(stream: string, event: E): E {
    const data = { ...fieldsOf(event) };
    for (const field of Object.keys(this.describe(event.type).personal))
      if (data[field]) data[field] = this.sealing.seal(stream, data[field] as Personal<unknown>);
    return { ...event, data };
  }
}

/**
 * The instant and the version, from where they stand in canonical metadata: its names are sorted, so `at` follows the actor
 * (whose id has no quotes) and `schema` is the last. Of a text that is not so, all is read.
 */
const glance = (metadata: string): Pick<Metadata, 'at' | 'schema'> => {
  const afterActor = metadata.indexOf('","at":"');
  const last = metadata.lastIndexOf(',"schema":');
  if (metadata.startsWith('{"actor":"') && afterActor > 0 && metadata[afterActor + 32] === '"' && last > 0) {
    const schema = Number(metadata.slice(last + 10, -1));
    if (Number.isSafeInteger(schema)) return { at: metadata.slice(afterActor + 8, afterActor + 32), schema };
  }
  return JSON.parse(metadata) as Metadata;
};

/** The catalogue's type proves that a personal field holds a personal value; by its name alone the compiler cannot know. */
const fieldsOf = (event: Event) => event.data as Record<string, unknown>;
