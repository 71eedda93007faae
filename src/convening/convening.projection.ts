import { LRUCache } from 'lru-cache';
import type { Codec } from '../event-store/codec.js';
import type { EventStore, StoredFact } from '../event-store/event-store.js';
import type { Database, Statement } from '../event-store/sqlite/database.js';
import { RowsDamaged, type Projection, type Projector } from '../projecting/projection.js';
import { ProjectionRunner } from '../projecting/runner.js';
import type { Convening, Publication } from './convening.js';
import { conveningDecider } from './convening.decider.js';
import { conveningStream, type ConveningEvent } from './convening.events.js';
import { fromRows, orderRow, sessionRow, spineRow } from './rows.projection.js';
import type { Dates, Venue } from './details.events.js';
import { audiences, mayBeSeenBy, type Audience, type Text } from './texts.js';

/** States are kept in memory up to so many sessions; the least recently used goes first. */
const sessionsKept = 20_000;

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

/** A state since its rows were last written. */
interface Touched {
  readonly convening: Convening;
  readonly sessions: Set<string>;
  order: boolean;
}

/** Convenings as rows: one of each without its sessions, and one of each session, so that a change writes little. */
export class ConveningProjector implements Projector {
  readonly #codec: Codec<ConveningEvent>;
  readonly #statements: Readonly<Record<'convening' | 'sessions' | 'entries' | 'put' | 'putOrder' | 'putSession' | 'removeSession', Statement>>;
  readonly #kept = new LRUCache<string, Convening>({ maxSize: sessionsKept, sizeCalculation: ({ sessions }) => 1 + sessions.size });
  /** Not to be dropped before it is written. */
  readonly #touched = new Map<string, Touched>();

  constructor(database: Database, codec: Codec<ConveningEvent>) {
    this.#codec = codec;
    const prepare = (sql: string) => database.prepare(sql);
    this.#statements = {
      convening: prepare('SELECT spine, programme FROM convenings WHERE stream = ?'),
      sessions: prepare('SELECT state FROM sessions WHERE stream = ?'),
      entries: prepare('SELECT entry FROM convenings ORDER BY stream'),
      put: prepare(`INSERT INTO convenings (stream, entry, spine, programme) VALUES (?, ?, ?, '[]')
                    ON CONFLICT (stream) DO UPDATE SET entry = excluded.entry, spine = excluded.spine`),
      putOrder: prepare('UPDATE convenings SET programme = ? WHERE stream = ?'),
      putSession: prepare('INSERT INTO sessions (stream, session, state) VALUES (?, ?, ?) ON CONFLICT (stream, session) DO UPDATE SET state = excluded.state'),
      removeSession: prepare('DELETE FROM sessions WHERE stream = ? AND session = ?'),
    };
  }

  apply(fact: StoredFact): void {
    const event = this.#codec.event(fact);
    const touched = this.#touch(fact.stream);
    const { convening, sessions } = touched;
    if (fact.revision !== convening.revision + 1) throw new Error(`it does not follow revision ${convening.revision}, up to which the stream was read`);
    const { sessions: before } = convening;
    const count = before.size;
    const shown = event.type === 'AgendaPublished' ? shownOf(before) : undefined;
    conveningDecider.evolve(convening, event, event.recorded);
    const { session } = event.data as { session?: string };
    if (session !== undefined) sessions.add(session);
    if (convening.sessions !== before || before.size !== count) touched.order = true;
    if (shown) for (const [id, marks] of shownOf(before)) if (shown.get(id) !== marks) sessions.add(id);
  }

  write(stream: string): void {
    const touched = this.#touched.get(stream);
    if (!touched) return;
    const { convening } = touched;
    this.#statements.put.run(stream, JSON.stringify(entryOf(convening)), spineRow(convening));
    if (touched.order) this.#statements.putOrder.run(orderRow(convening), stream);
    for (const id of touched.sessions) {
      const session = convening.sessions.get(id);
      if (session) this.#statements.putSession.run(stream, id, sessionRow(session));
      else this.#statements.removeSession.run(stream, id);
    }
    this.#touched.delete(stream);
    this.#kept.set(stream, convening);
  }

  forget(stream: string): void {
    this.#touched.delete(stream);
    this.#kept.delete(stream);
  }

  /** The state as it is; it goes on changing, so it is looked at in one go. Undefined: the stream has no facts. */
  convening(stream: string): Readonly<Convening> | undefined {
    const known = this.#touched.get(stream)?.convening ?? this.#kept.get(stream);
    if (known) return known;
    const read = this.#read(stream);
    if (read) this.#kept.set(stream, read);
    return read;
  }

  /** All of them, by id. */
  entries(): ConveningEntry[] {
    // Cast: the rows are what `write` wrote.
    return (this.#statements.entries.all() as { entry: string }[]).map(({ entry }) => whole(() => JSON.parse(entry) as ConveningEntry));
  }

  #touch(stream: string): Touched {
    const known = this.#touched.get(stream);
    if (known) return known;
    const convening = this.#kept.get(stream) ?? this.#read(stream) ?? conveningDecider.initial();
    this.#kept.delete(stream);
    const touched = { convening, sessions: new Set<string>(), order: false };
    this.#touched.set(stream, touched);
    return touched;
  }

  #read(stream: string): Convening | undefined {
    // Casts: the rows are what the statements select.
    const row = this.#statements.convening.get(stream) as { spine: string; programme: string } | undefined;
    if (!row) return undefined;
    const sessions = this.#statements.sessions.all(stream) as { state: string }[];
    return whole(() => fromRows(row.spine, row.programme, sessions.map(({ state }) => state)));
  }
}

const whole = <T>(parse: () => T): T => {
  try {
    return parse();
  } catch (error) {
    throw new RowsDamaged('Rows of a convening cannot be read.', { cause: error });
  }
};

/** How much of each session was shown: a publication marks what it shows, and names no session. */
const shownOf = (sessions: Convening['sessions']): Map<string, number> => {
  const shown = new Map<string, number>();
  for (const [id, { published, appearances }] of sessions) {
    let marks = published ? 1 : 0;
    for (const appearance of appearances.values()) if (appearance.published) marks += 1;
    shown.set(id, marks);
  }
  return shown;
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
  tables: 1,
  version: 1,
  streams: [conveningStream('')],
  create: (database) =>
    database.exec(`
      CREATE TABLE convenings (stream TEXT PRIMARY KEY, entry TEXT NOT NULL, spine TEXT NOT NULL, programme TEXT NOT NULL);
      CREATE TABLE sessions (stream TEXT NOT NULL, session TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (stream, session)) WITHOUT ROWID;
    `),
  open: (database) => new ConveningProjector(database, codec),
});

/** The read model of convenings on this node, in files of this folder (`<data>/read`). Also the injection token. */
export class ConveningReadModel extends ProjectionRunner<ConveningProjector> {
  constructor({ store, folder, codec }: { readonly store: EventStore; readonly folder: string; readonly codec: Codec<ConveningEvent> }) {
    super({ store, folder, projection: conveningProjection(codec) });
  }
}
