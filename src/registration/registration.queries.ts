import { Injectable } from '@nestjs/common';
import { ConveningQueries } from '../convening/convening.queries.js';
import { Refusal } from '../deciding/refusal.js';
import type { Open, PersonId, Withheld } from '../event-store/personal.js';
import { Sealing } from '../event-store/sealing.js';
import { Moments, type Wanted } from '../http/as-of.js';
import { Problem } from '../http/problems.js';
import type { Seen } from '../http/showing.js';
import { ReadFailure } from '../projecting/read-failure.js';
import type { Spine } from './kept.rules.js';
import { PastRegistrations } from './past.queries.js';
import { sessionSeatOf, type SessionSeat } from './places.rules.js';
import { registrationStream } from './registration.events.js';
import { RegistrationReadModel } from './registration.projection.js';
import type { Entry, Standing } from './registrations.events.js';
import type { RegistrationRow, RegistrationRows, StreamRow } from './rows.projection.js';
import type { SessionSeatsRead } from './terms.queries.js';

/** So long, in milliseconds, a read waits for this node to have read what it must include. */
const patience = 5_000;

/** What somebody who registered is told of it. */
export interface RegistrationAnswer {
  readonly id: string;
  /** By which it is found at the desk. */
  readonly code: string;
  readonly category: string;
  readonly status: Standing;
  /** Of who waits: place in the waiting list of the category, from 1. */
  readonly waitingPosition?: number;
  /** Of who was here: on which days, and since when (UTC). */
  readonly checkedIn?: readonly { readonly day: string; readonly at: string }[];
  /** Of who signed up for sessions. */
  readonly sessionSeats?: readonly SessionSeat[];
}

/** What is known of a registration. */
export interface RegistrationRead extends RegistrationAnswer {
  readonly person: PersonId;
  /** Place in the order of registration, from 1. */
  readonly number: number;
  /** When it came (UTC). */
  readonly registered: string;
  /** Of those who came with one request. */
  readonly group?: string;
  /** What was filled in. */
  readonly entry: Entry | Withheld;
  /** Of an offer: until when the seat is kept (UTC). */
  readonly offeredUntil?: string;
  /** Sessions that it signed up for. */
  readonly sessions: readonly string[];
  /** Days on which the person was here, and since when (UTC). */
  readonly checkedIn: readonly { readonly day: string; readonly at: string }[];
  /** How many more forms came with the same address. */
  readonly repeats: number;
}

/** The registration for a convening, without those who are registered. */
export interface Prepared extends Spine {
  /** When it last changed (UTC). */
  readonly at: string;
  /** Of the past: the instant that is looked at (UTC). */
  readonly then?: string;
}

/** The rows of the registration for a convening, at one moment. */
export interface RegistrationsAt extends StreamRow {
  readonly rows: RegistrationRows;
}

/** The registrations for a convening, as they are or as they were. */
@Injectable()
export class RegistrationQueries {
  constructor(
    private readonly readModel: RegistrationReadModel,
    private readonly past: PastRegistrations,
    private readonly moments: Moments,
    private readonly convenings: ConveningQueries,
    readonly sealing: Sealing,
  ) {}

  /**
   * Looks at the rows, in one go.
   * @throws Refusal no-registration, unknown-convening, unknown-publication; Problem as-of-in-future, as-of-before-beginning, as-of-without-offset; ReadFailure
   */
  async look<T>(convening: string, wanted: Wanted, view: (at: RegistrationsAt) => T): Promise<T> {
    const past = await this.#rows(convening, wanted);
    return this.#ofKnown(convening, wanted, () => (past ? view(theStream(past, convening)) : this.readModel.read((rows) => view(theStream(rows, convening)))));
  }

  /** The rows as they are until `end` is called, whatever happens meanwhile. @throws as `look` */
  async hold(convening: string, wanted: Wanted): Promise<RegistrationsAt & { end(): void }> {
    const rows = await this.#rows(convening, wanted);
    if (rows) return { ...theStream(rows, convening), end: () => undefined };
    const snapshot = this.readModel.read((rows) => rows.snapshot());
    try {
      return { ...theStream(snapshot.rows, convening), end: () => snapshot.end() };
    } catch (error) {
      snapshot.end();
      throw error;
    }
  }

  /** On what terms people register, with the categories and how many seats are taken. @throws as `look` */
  async prepared(convening: string, wanted: Wanted): Promise<Prepared> {
    const prepared = await this.look(convening, wanted, ({ spine, at }): Prepared => ({ ...spine, at }));
    if (!wanted.asOf) return prepared;
    const moment = await this.moments.momentOf(convening, wanted.asOf, 'operator', wanted.after);
    return { ...prepared, then: 'instant' in moment ? moment.instant : prepared.at };
  }

  /** Seats in one session, as they were. @throws as `look`; Refusal no-session-seats */
  sessionSeats(convening: string, session: string, wanted: Wanted): Promise<Seen<SessionSeatsRead>> {
    return this.look(convening, wanted, ({ rows, number, spine, at }) => {
      const seats = rows.session(number, session);
      if (!seats) throw new Refusal('no-session-seats', { session });
      const { capacity, waiting } = seats;
      const waits = new Set(waiting);
      const seated = rows.signedUp(number, session).filter((id) => !waits.has(id));
      return { revision: spine.revision, upTo: spine.revision, at, body: { session, ...(capacity !== undefined && { capacity }), seated, waiting } };
    });
  }

  /** All that is known of one; `named`: an id or a code, also of a repeated form, which lead to the registration. @throws as `look`; Refusal unknown-registration */
  async registration(convening: string, named: string, wanted: Wanted): Promise<Seen<RegistrationRead>> {
    const { row, places, upTo, at } = await this.look(convening, wanted, ({ rows, number, spine, at }) => {
      const row = rows.registration(number, named);
      if (!row) throw new Refusal('unknown-registration', { registration: named });
      const { held } = row;
      const position = held.standing === 'waiting' ? rows.positions(number, held.category, [held.number]).get(held.number) : undefined;
      const seats = held.sessions.map((session) => sessionSeatOf(session, rows.session(number, session)!.waiting, row.id));
      return { row, upTo: spine.revision, at, places: { ...(position !== undefined && { waitingPosition: position }), ...(seats.length > 0 && { sessionSeats: seats }) } };
    });
    await this.sealing.find([row.entry.of]);
    return { revision: row.held.revision, upTo, at, body: registrationRead(row, places, this.sealing.openerOnce(registrationStream(convening))) };
  }

  /** The language that the convening names first. @throws Refusal unknown-convening; ReadFailure */
  language(convening: string, { after }: Wanted): Promise<string> {
    return this.convenings.head(convening, after, ({ details }) => details.languages[0] ?? 'en');
  }

  /** Where nobody can register, it may be that there is no such convening. */
  async #ofKnown<T>(convening: string, { after }: Wanted, look: () => T): Promise<T> {
    try {
      return look();
    } catch (error) {
      if (error instanceof Refusal && error.code === 'no-registration') await this.convenings.head(convening, after, () => undefined);
      throw error;
    }
  }

  /** Of the past; undefined: what is now is wanted. */
  async #rows(convening: string, { after, asOf }: Wanted): Promise<RegistrationRows | undefined> {
    const stream = registrationStream(convening);
    await this.readModel.reached(after, patience);
    if (!asOf) return this.#mustFollow(stream);
    const moment = await this.moments.momentOf(convening, asOf, 'operator', after);
    const now = this.readModel.read((rows) => theStream(rows, convening));
    if ('revision' in moment && moment.revision > now.spine.revision) throw new Problem('as-of-in-future', { revision: now.spine.revision });
    const isNow = 'revision' in moment ? moment.revision === now.spine.revision : moment.instant >= now.at;
    if (isNow && !this.readModel.stopped(stream)) return undefined;
    const rows = await this.past.at(stream, moment);
    if (!rows) throw new Problem('as-of-before-beginning', { begins: (await this.past.at(stream, { revision: 0 }))?.stream(stream)?.at });
    return rows;
  }

  /** @throws ReadFailure read-model-stopped */
  #mustFollow(stream: string): undefined {
    const stopped = this.readModel.stopped(stream);
    if (stopped) throw new ReadFailure('read-model-stopped', { revision: stopped.revision, position: String(stopped.position), type: stopped.type, why: stopped.why });
  }
}

/** @throws Refusal no-registration */
const theStream = (rows: RegistrationRows, convening: string): RegistrationsAt => {
  const found = rows.stream(registrationStream(convening));
  if (!found) throw new Refusal('no-registration');
  return { ...found, rows };
};

const registrationRead = ({ id, held, at, group, entry }: RegistrationRow, places: Pick<RegistrationAnswer, 'waitingPosition' | 'sessionSeats'>, open: Open): RegistrationRead => {
  const { person, code, category, number, standing, sessions, days, repeats, until } = held;
  return {
    id, code, category, status: standing, ...places, person, number, registered: at, ...(group !== undefined && { group }),
    entry: open(entry), ...(until !== undefined && { offeredUntil: until }), sessions, checkedIn: days, repeats,
  };
};
