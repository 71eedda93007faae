import { LRUCache } from 'lru-cache';
import { FactReader } from '../event-store/codec.js';
import type { EventStore, StoredFact } from '../event-store/event-store.js';
import type { Recorded } from '../event-store/event.js';
import type { PersonId, Sealed } from '../event-store/personal.js';
import type { Opening } from '../event-store/opening.js';
import type { Sealing } from '../event-store/sealing.js';
import type { Database } from '../event-store/sqlite/database.js';
import { breather, inTurns } from '../event-store/breather.js';
import { RowsDamaged, type Projection, type Projector } from '../projecting/projection.js';
import { ThreadedRunner } from '../projecting/threaded-runner.js';
import { registrationKept, Restoring, sessionKept, spineOf, type RegistrationKept, type SessionKept, type Spine } from './kept.rules.js';
import { namedBy, standsSo, tallied, type Named, type Stands, type Tally } from './listed.projection.js';
import type { Registrations } from './registration.js';
import { registrationDecider } from './registration.decider.js';
import { registrationCatalogue, registrationStream, type RegistrationEvent } from './registration.events.js';
import type { Entry, FormRepeated } from './registrations.events.js';
import { RegistrationRows } from './rows.projection.js';
import { statementsFor, tables, type Statements } from './tables.projection.js';

const reader = new FactReader(registrationCatalogue);

/** States are kept in memory up to so many registrations; the least recently used goes first. */
const registrationsKept = 200_000;

type Fact = RegistrationEvent & { readonly recorded: Recorded };

/** What came with a new registration, and which fields of the form offered a choice then. */
interface Newcomer {
  readonly entry: Sealed<Entry>;
  readonly at: string;
  readonly group?: string;
  readonly choices: ReadonlySet<string>;
}

/** A state since its rows were last written. */
interface Touched {
  readonly state: Registrations;
  at: string;
  readonly registrations: Set<string>;
  /** Revisions at which all of a category came into another: their registrations are looked for when the rows are written, since they may be very many. */
  readonly moves: Set<number>;
  readonly newcomers: Map<string, Newcomer>;
  readonly repeats: FormRepeated['data'][];
  readonly sessions: Set<string>;
}

/**
 * Registrations as rows: one of each as decisions see it with what its person filled in, sealed; one by which it is listed, found and counted, which is all that
 * tells a name in the clear; and counts.
 */
export class RegistrationProjector implements Projector {
  readonly #statements: Statements;
  readonly #decoded = new WeakMap<StoredFact, Fact>();
  readonly #kept = new LRUCache<string, Registrations>({ maxSize: registrationsKept, sizeCalculation: ({ registrations }) => Math.min(1 + registrations.size, registrationsKept) });
  /** Not to be dropped before it is written. */
  readonly #touched = new Map<string, Touched>();

  constructor(database: Database, private readonly opening: Opening) {
    this.#statements = statementsFor(database);
  }

  async prepare(facts: readonly StoredFact[]): Promise<void> {
    const people = new Set<PersonId>();
    const breathe = breather();
    for (const fact of facts) {
      const pause = breathe();
      if (pause) await pause;
      const event = this.#readable(fact);
      if (!event) continue;
      this.#decoded.set(fact, event);
      for (const person of reader.people(event)) people.add(person);
    }
    await this.opening.find(people);
    for (const stream of new Set(facts.map((fact) => fact.stream))) {
      if (!this.#touched.has(stream) && !this.#kept.has(stream)) await this.#restore(stream);
      this.#touch(stream);
    }
  }

  apply(fact: StoredFact): void {
    const event = this.#decoded.get(fact) ?? reader.event(fact);
    const touched = this.#touch(fact.stream);
    const { state } = touched;
    if (fact.revision !== state.revision + 1) throw new Error(`it does not follow revision ${state.revision}, up to which the stream was read`);
    registrationDecider.evolve(state, event, event.recorded);
    this.#note(touched, event);
  }

  async write(stream: string): Promise<void> {
    const touched = this.#touched.get(stream);
    if (!touched || touched.state.revision < 0) return;
    const { state, repeats, sessions, at } = touched;
    const breathe = breather();
    // Casts here and below: rows are what the statements select.
    const { number } = this.#statements.stream.get(stream, JSON.stringify(spineOf(state)), at, state.firstLapse ?? null) as { number: number };
    const tally: Tally = new Map();
    let { row } = this.#statements.last.get(number) as { row: number };
    let written = 0;
    for (const id of touchedIn(touched)) {
      if (id === undefined) {
        await breathe();
        continue;
      }
      const newcomer = touched.newcomers.get(id);
      if (newcomer) this.#enter(stream, number, ++row, id, registrationKept(state, id), newcomer, tally);
      else this.#change(number, id, registrationKept(state, id), tally);
      if (++written % 16 === 0) await breathe();
    }
    for (const { repeat, code, registration } of repeats) this.#statements.repeat.run(number, repeat, code, registration);
    for (const session of sessions) this.#statements.session.run(number, session, JSON.stringify(sessionKept(state.sessions.get(session)!)));
    this.#count(number, tally);
    this.#touched.delete(stream);
    this.#kept.set(stream, state);
  }

  forget(stream: string): void {
    this.#touched.delete(stream);
    this.#kept.delete(stream);
  }

  /** Undefined: nobody can read it, which `apply` says. */
  #readable(fact: StoredFact): Fact | undefined {
    try {
      return reader.event(fact);
    } catch {
      return undefined;
    }
  }

  #touch(stream: string): Touched {
    const known = this.#touched.get(stream);
    if (known) return known;
    // It was restored before, if it has rows.
    const state = this.#kept.get(stream) ?? registrationDecider.initial();
    this.#kept.delete(stream);
    const touched: Touched = { state, at: '', registrations: new Set(), moves: new Set(), newcomers: new Map(), repeats: [], sessions: new Set() };
    this.#touched.set(stream, touched);
    return touched;
  }

  /** Which rows the fact changes. */
  #note(touched: Touched, { type, data, recorded: { revision, at } }: Fact): void {
    const { state, registrations, moves, newcomers, repeats, sessions } = touched;
    touched.at = at;
    const come = (id: string, { entry, group }: { entry: unknown; group?: string }) => {
      const choices = new Set(state.form.filter(({ kind }) => kind === 'choice').map((field) => field.id));
      // Facts are stored with what is personal sealed.
      newcomers.set(id, { entry: entry as Sealed<Entry>, at, ...(group !== undefined && { group }), choices });
      registrations.add(id);
    };
    if (type === 'PersonRegistered') return come(data.registration, data);
    if (type === 'RegistrationSubstituted') come(data.with, data);
    if (type === 'FormRepeated') repeats.push(data);
    if ('registration' in data) registrations.add(data.registration);
    if ('registrations' in data) for (const id of data.registrations) registrations.add(id);
    if (type === 'CategoryClosed' && data.into !== undefined) moves.add(revision);
    if ('session' in data) sessions.add(data.session);
    // Who leaves the meeting may have left sessions by the same fact.
    if (type === 'RegistrationSubstituted') for (const session of state.registrations.get(data.with)!.sessions) sessions.add(session);
  }

  #enter(stream: string, number: number, row: number, id: string, held: RegistrationKept, { entry, at, group, choices }: Newcomer, tally: Tally): void {
    const named = namedBy(this.opening.openerOnce(stream)(entry), choices);
    const stands = standsSo(held);
    this.#statements.enter.run(number, row, id, held.code, JSON.stringify(held), at, group ?? null, JSON.stringify(entry));
    this.#statements.list.run(
      number, row, stands.category, stands.standing, held.number, stands.days, named.kind, named.place, named.organisation, named.name, named.country, named.chosen,
    );
    tallied(tally, { ...named, ...stands }, 1);
  }

  #change(number: number, id: string, held: RegistrationKept, tally: Tally): void {
    const changed = this.#statements.change.get(JSON.stringify(held), number, id) as { row: number } | undefined;
    const before = changed && (this.#statements.listed.get(number, changed.row) as unknown as (Named & Stands) | undefined);
    if (!before) throw new RowsDamaged('A registration has lost its row.');
    const stands = standsSo(held);
    if (before.category === stands.category && before.standing === stands.standing && before.days === stands.days) return;
    this.#statements.relist.run(stands.category, stands.standing, stands.days, number, changed.row);
    tallied(tally, before, -1);
    tallied(tally, { ...before, ...stands }, 1);
  }

  #count(number: number, tally: Tally): void {
    let gone = false;
    for (const { what, value, standing, n } of tally.values()) {
      if (n !== 0) this.#statements.count.run(number, what, value, standing, n);
      gone ||= n < 0;
    }
    if (gone) this.#statements.uncount.run(number);
  }

  /** Makes the state of its rows, if there are any. */
  async #restore(stream: string): Promise<void> {
    const found = this.#statements.number.get(stream) as { number: number } | undefined;
    if (!found) return;
    const { number } = found;
    const breathe = breather();
    try {
      const restoring = new Restoring();
      restoring.spine(JSON.parse((this.#statements.spine.get(number) as { spine: string }).spine) as Spine);
      for (let after = 0, rows: { row: number; id: string; held: string }[]; ; after = rows.at(-1)!.row) {
        rows = this.#statements.held.all(number, after) as typeof rows;
        for (const { id, held } of rows) restoring.registration(id, JSON.parse(held) as RegistrationKept);
        if (rows.length === 0) break;
        await breathe();
      }
      for (const { repeat, code, registration } of this.#statements.known.all(number) as { repeat: string; code: string; registration: string }[]) {
        restoring.known(repeat, registration);
        restoring.known(code, registration);
      }
      for (const { session, seats } of this.#statements.sessions.all(number) as { session: string; seats: string }[]) restoring.session(session, JSON.parse(seats) as SessionKept);
      this.#kept.set(stream, await inTurns(restoring.whole()));
    } catch (error) {
      throw new RowsDamaged('Rows of registrations cannot be read.', { cause: error });
    }
  }
}

/** So many registrations are looked at between two breaths. */
const atOnce = 1_000;

/** The registrations whose rows change, in the order in which they came where they are new; undefined now and then, where others may have their turn. */
function* touchedIn({ state, registrations, moves }: Touched): Generator<string | undefined> {
  yield* registrations;
  if (moves.size === 0) return;
  let looked = 0;
  for (const [id, { revision }] of state.registrations) {
    if (++looked % atOnce === 0) yield undefined;
    // Whom a later fact concerned was among the others.
    if (moves.has(revision) && !registrations.has(id)) yield id;
  }
}

const name = 'registrations';

/** Raise `version` when the fold or the rows' content changes, `tables` when this build can no longer read the older ones. */
export const projection = (opening: Opening): Projection<RegistrationProjector> => ({
  name,
  tables: 3,
  version: 1,
  streams: [registrationStream('')],
  create: (database) => database.exec(tables),
  open: (database) => new RegistrationProjector(database, opening),
});

/** The read model of registrations on this node, in files of this folder (`<data>/read`), kept by a thread of its own. Also the injection token. */
export class RegistrationReadModel extends ThreadedRunner<RegistrationRows> {
  constructor({ store, folder, sealing }: { readonly store: EventStore; readonly folder: string; readonly sealing: Sealing }) {
    super({ store, folder, name, module: import.meta.url, sealing, rows: (reader) => new RegistrationRows(reader) });
  }
}
