import type { FactReader } from '../event-store/codec.js';
import type { EventStore, StoredFact } from '../event-store/event-store.js';
import type { Database, Statement } from '../event-store/sqlite/database.js';
import type { Projection, Projector } from '../projecting/projection.js';
import { ProjectionRunner } from '../projecting/runner.js';
import { registrationStream, type RegistrationEvent } from './registration.events.js';

/** What comes in a rush keeps no seat for anybody and gives none up: it is not even read. */
const others: ReadonlySet<string> = new Set<RegistrationEvent['type']>(['PersonRegistered', 'FormRepeated', 'CheckedIn', 'CheckInUndone']);

/** Until when a seat is kept, by the id of the registration. */
type Offers = Map<string, string>;

/** Where seats are kept for somebody, and until when the first of them is: what is due, after a restart too. */
export class OffersProjector implements Projector {
  readonly #statements: Readonly<Record<'read' | 'put' | 'due', Statement>>;
  readonly #touched = new Map<string, Offers>();

  constructor(database: Database, private readonly codec: FactReader<RegistrationEvent>) {
    this.#statements = {
      read: database.prepare('SELECT offers FROM offers WHERE stream = ?'),
      put: database.prepare('INSERT INTO offers (stream, first, offers) VALUES (?, ?, ?) ON CONFLICT (stream) DO UPDATE SET first = excluded.first, offers = excluded.offers'),
      due: database.prepare('SELECT stream, first FROM offers WHERE first <= ? ORDER BY first'),
    };
  }

  apply(fact: StoredFact): void {
    if (others.has(fact.type)) return;
    const { type, data } = this.codec.event(fact);
    const offers = this.#touched.get(fact.stream) ?? this.#read(fact.stream);
    if (type === 'SeatsOffered') for (const id of data.registrations) offers.set(id, data.until);
    else if (type === 'OffersLapsed') for (const id of data.registrations) offers.delete(id);
    else if (type === 'OfferAccepted' || type === 'RegistrationWithdrawn' || type === 'RegistrationRefused') offers.delete(data.registration);
    else if (type === 'RegistrationSubstituted') {
      const until = offers.get(data.registration);
      if (until !== undefined && offers.delete(data.registration)) offers.set(data.with, until);
    } else return;
    this.#touched.set(fact.stream, offers);
  }

  write(stream: string): void {
    const offers = this.#touched.get(stream);
    if (!offers) return;
    const first = [...offers.values()].reduce<string | null>((one, other) => (one === null || other < one ? other : one), null);
    this.#statements.put.run(stream, first, JSON.stringify([...offers]));
    this.#touched.delete(stream);
  }

  forget(stream: string): void {
    this.#touched.delete(stream);
  }

  /** The streams in which a seat is kept no longer than until this instant, and until when the first is. */
  due(now: string): readonly { readonly stream: string; readonly first: string }[] {
    // Casts here and below: the rows are what the statements select.
    return this.#statements.due.all(now) as { stream: string; first: string }[];
  }

  #read(stream: string): Offers {
    const row = this.#statements.read.get(stream) as { offers: string } | undefined;
    return new Map(row ? (JSON.parse(row.offers) as [string, string][]) : []);
  }
}

/** Raise `version` when the rows' content changes, `tables` when this build can no longer read the older ones. */
export const offersProjection = (codec: FactReader<RegistrationEvent>): Projection<OffersProjector> => ({
  name: 'offers',
  tables: 1,
  version: 1,
  streams: [registrationStream('')],
  create: (database) => database.exec('CREATE TABLE offers (stream TEXT PRIMARY KEY, first TEXT, offers TEXT NOT NULL) WITHOUT ROWID; CREATE INDEX due ON offers (first) WHERE first IS NOT NULL'),
  open: (database) => new OffersProjector(database, codec),
});

/** The read model of offers on this node, in files of this folder (`<data>/read`). Also the injection token. */
export class OffersReadModel extends ProjectionRunner<OffersProjector> {
  constructor({ store, folder, codec }: { readonly store: EventStore; readonly folder: string; readonly codec: FactReader<RegistrationEvent> }) {
    super({ store, folder, projection: offersProjection(codec) });
  }
}
