import { hashOf } from '../event-store/chain.js';
import type { Codec } from '../event-store/codec.js';
import type { EventStore, StoredFact } from '../event-store/event-store.js';
import type { Database, Statement } from '../event-store/sqlite/database.js';
import { KeptStates } from '../projecting/kept-states.js';
import { RowsDamaged, type Projection, type Projector } from '../projecting/projection.js';
import { ProjectionRunner } from '../projecting/runner.js';
import type { Convening, Publication, Session } from './convening.js';
import { conveningStream, type ConveningEvent } from './convening.events.js';
import { conveningParts } from './parts.projection.js';
import type { Dates, Venue } from './details.events.js';
import { audiences, mayBeSeenBy, type Audience, type Text } from './texts.js';

/** A convening in a list. */
export interface ConveningEntry extends Dates {
  readonly id: string;
  readonly title: Text;
  readonly languages: readonly string[];
  readonly zone: string;
  readonly phase: Exclude<Convening['phase'], 'unplanned'>;
  readonly venue?: Venue;
  /** The publication that counts for each audience; missing: nothing was published for it, or all was withdrawn. */
  readonly published: { readonly [A in Audience]?: Publication };
  /** Of the last fact. */
  readonly revision: number;
  readonly at: string;
}

/** Convenings as rows: the state of each in parts, now and at every checkpoint, what a list says of it, and on which hash each publication ends. */
export class ConveningProjector implements Projector {
  readonly states: KeptStates<Convening, Session, ConveningEvent>;
  readonly #statements: Readonly<Record<'entries' | 'put' | 'hash' | 'putHash', Statement>>;
  /** By stream, then revision: what is not written yet. */
  readonly #hashes = new Map<string, Map<number, string>>();

  constructor(database: Database, private readonly codec: Codec<ConveningEvent>) {
    this.states = new KeptStates(database, conveningParts);
    this.#statements = {
      entries: database.prepare('SELECT entry FROM entries ORDER BY stream'),
      put: database.prepare('INSERT INTO entries (stream, entry) VALUES (?, ?) ON CONFLICT (stream) DO UPDATE SET entry = excluded.entry'),
      hash: database.prepare('SELECT hash FROM publications WHERE stream = ? AND revision = ?'),
      putHash: database.prepare('INSERT OR REPLACE INTO publications (stream, revision, hash) VALUES (?, ?, ?)'),
    };
  }

  /** A publication marks every session that it shows. */
  async prepare(facts: readonly StoredFact[]): Promise<void> {
    for (const stream of new Set(facts.map((fact) => fact.stream))) await this.states.ahead(stream);
    for (const fact of facts) if (fact.type === 'AgendaPublished') await this.states.prepare(fact.stream, this.codec.event(fact));
  }

  apply(fact: StoredFact): void {
    const event = this.codec.event(fact);
    this.states.apply(fact.stream, event, event.recorded);
    if (event.type !== 'AgendaPublished') return;
    const hashes = this.#hashes.get(fact.stream) ?? new Map<number, string>();
    this.#hashes.set(fact.stream, hashes.set(fact.revision, hashOf(fact)));
  }

  async write(stream: string): Promise<void> {
    const convening = await this.states.write(stream);
    if (convening) this.#statements.put.run(stream, JSON.stringify(entryOf(convening)));
    for (const [revision, hash] of this.#hashes.get(stream) ?? []) this.#statements.putHash.run(stream, revision, hash);
    this.#hashes.delete(stream);
  }

  forget(stream: string): void {
    this.states.forget(stream);
    this.#hashes.delete(stream);
  }

  /** Of the fact of this revision, which published the agenda. */
  hashOf(stream: string, revision: number): string {
    const pending = this.#hashes.get(stream)?.get(revision);
    if (pending !== undefined) return pending;
    // Cast: the rows are what `write` wrote.
    const row = this.#statements.hash.get(stream, revision) as { hash: string } | undefined;
    if (!row) throw new RowsDamaged('The row of a publication is missing.');
    return row.hash;
  }

  /** All of them, by id. */
  entries(): ConveningEntry[] {
    // Cast: the rows are what `write` wrote.
    return (this.#statements.entries.all() as { entry: string }[]).map(({ entry }) => entryFrom(entry));
  }
}

const entryFrom = (text: string): ConveningEntry => {
  try {
    return JSON.parse(text) as ConveningEntry;
  } catch (error) {
    throw new RowsDamaged('The entry of a convening cannot be read.', { cause: error });
  }
};

const entryOf = ({ id, details: { title, languages, venue }, dates, zone, phase, publications, revision, at }: Readonly<Convening>) => ({
  id, title, languages, ...dates, zone, phase, ...(venue && { venue }),
  published: Object.fromEntries(
    audiences.flatMap((audience) => {
      const latest = publications.findLast((publication) => !publication.withdrawn && mayBeSeenBy(publication.audience, audience));
      return latest ? [[audience, latest]] : [];
    }),
  ),
  revision, at,
});

/** Raise `version` when the fold or the rows' content changes, `tables` when this build can no longer read the older ones. */
const conveningProjection = (codec: Codec<ConveningEvent>): Projection<ConveningProjector> => ({
  name: 'convenings',
  tables: 4,
  version: 1,
  streams: [conveningStream('')],
  create: (database) => {
    KeptStates.createTables(database);
    database.exec(`
      CREATE TABLE entries (stream TEXT PRIMARY KEY, entry TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE publications (stream TEXT NOT NULL, revision INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (stream, revision)) WITHOUT ROWID;
    `);
  },
  open: (database) => new ConveningProjector(database, codec),
});

/** The read model of convenings on this node, in files of this folder (`<data>/read`). Also the injection token. */
export class ConveningReadModel extends ProjectionRunner<ConveningProjector> {
  constructor({ store, folder, codec }: { readonly store: EventStore; readonly folder: string; readonly codec: Codec<ConveningEvent> }) {
    super({ store, folder, projection: conveningProjection(codec) });
  }
}
