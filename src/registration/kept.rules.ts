import type { Keeping } from '../deciding/decider.js';
import { noRegistrations, type Category, type Registration, type Registrations, type SessionSeats } from './registration.js';
import { keepOffer, wait } from './seats.rules.js';
import { stands } from './standings.rules.js';

/** A category without its waiting list, which is made again of who waits; `waits`: how many. */
export interface CategoryKept extends Omit<Category, 'waiting'> {
  readonly waits: number;
}

/** What a state is beside its registrations. */
export interface Spine extends Pick<Registrations, 'convening' | 'terms' | 'form' | 'count' | 'taken' | 'revision'> {
  readonly categories: readonly (readonly [string, CategoryKept])[];
}

/** A registration as it is kept. `until`: of its offer. */
export interface RegistrationKept extends Registration {
  readonly until?: string;
}

/** A session's seats: who is in it is told by the registrations; `seated`: how many. */
export interface SessionKept {
  readonly capacity?: number;
  readonly seated: number;
  readonly waiting: readonly string[];
}

/** All but the registrations, and what can be made of them. */
export const spineOf = ({ convening, terms, form, count, taken, revision, categories }: Readonly<Registrations>): Spine => ({
  convening, terms, form, count, taken, revision, categories: [...categories].map(([id, { waiting, ...category }]) => [id, { ...category, waits: waiting.length }] as const),
});

/** One registration, with its offer. */
export const registrationKept = ({ registrations, offers }: Readonly<Registrations>, id: string): RegistrationKept => {
  const until = offers.get(id);
  return { ...registrations.get(id)!, ...(until !== undefined && { until }) };
};

/** Who waits for a session's seats. */
export const sessionKept = ({ capacity, seated, waiting }: Readonly<SessionSeats>): SessionKept => ({ ...(capacity !== undefined && { capacity }), seated: seated.size, waiting });

/** Makes a state of what was kept of it: the spine first, then the rest in any order. What can be told from the registrations is made of them: there may be very many. */
export class Restoring {
  private readonly state = noRegistrations();
  private readonly signedUp = new Map<string, string[]>();

  spine({ categories, ...rest }: Spine): void {
    Object.assign(this.state, rest);
    for (const [id, { waits: _, ...category }] of categories) this.state.categories.set(id, { ...category, waiting: [] });
  }

  registration(id: string, { until, ...held }: RegistrationKept): void {
    const { categories, registrations } = this.state;
    registrations.set(id, held);
    for (const session of held.sessions) this.signUp(session, id);
    if (until !== undefined) keepOffer(this.state, id, until);
    if (held.standing === 'waiting') wait(this.state, categories.get(held.category)!, id, held);
  }

  /** A repeated form's id or code, and the registration that it leads to. */
  known(name: string, registration: string): void {
    this.state.known.set(name, registration);
  }

  session(id: string, { capacity, waiting }: SessionKept): void {
    this.state.sessions.set(id, { ...(capacity !== undefined && { capacity }), seated: new Set(), waiting: [...waiting] });
  }

  /** When everything was told; in steps. A Map takes long when it outgrows its room, so each grows in steps of its own. */
  *whole(): Generator<undefined, Registrations> {
    const { sessions, known, people, addresses } = this.state;
    yield* this.each((id, { code }) => known.set(code, id));
    yield* this.each((id, { person, standing }) => stands(standing) && people.set(person, id));
    yield* this.each((id, { address, standing }) => address !== undefined && stands(standing) && addresses.set(address, id));
    for (const [session, ids] of this.signedUp) {
      const seats = sessions.get(session)!;
      const waits = new Set(seats.waiting);
      for (const id of ids) if (!waits.has(id)) seats.seated.add(id);
    }
    return this.state;
  }

  private *each(work: (id: string, held: Registration) => unknown): Generator<undefined> {
    let done = 0;
    for (const [id, held] of this.state.registrations) {
      work(id, held);
      if (++done % together === 0) yield;
    }
  }

  private signUp(session: string, id: string): void {
    const ids = this.signedUp.get(session);
    if (ids) ids.push(id);
    else this.signedUp.set(session, [id]);
  }
}

/** A piece of a state that is kept. */
type Piece = { spine: Spine } | { registrations: (readonly [string, RegistrationKept])[] } | { known: (readonly [string, string])[] } | { sessions: (readonly [string, SessionKept])[] };
/** So many registrations make a piece. */
const together = 500;

function* inPieces<T>(all: Iterable<T>): Generator<T[]> {
  let piece: T[] = [];
  for (const each of all) {
    piece.push(each);
    if (piece.length < together) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

function* piecesOf(state: Readonly<Registrations>): Generator<Piece> {
  yield { spine: spineOf(state) };
  for (const ids of inPieces(state.registrations.keys())) yield { registrations: ids.map((id) => [id, registrationKept(state, id)] as const) };
  for (const known of inPieces(state.known)) yield { known: known.filter(([name, id]) => state.registrations.get(id)!.code !== name) };
  for (const [id, seats] of state.sessions) yield { sessions: [[id, sessionKept(seats)]] };
}

/** The state holds seats and order, and no personal value. */
export const keeping: Keeping<Registrations> = {
  *pieces(state) {
    for (const piece of piecesOf(state)) yield JSON.stringify(piece);
  },
  restoring() {
    const restoring = new Restoring();
    return {
      take(text) {
        // Cast: it is what `pieces` made.
        const piece = JSON.parse(text) as Piece;
        if ('spine' in piece) restoring.spine(piece.spine);
        else if ('registrations' in piece) for (const [id, held] of piece.registrations) restoring.registration(id, held);
        else if ('known' in piece) for (const [name, id] of piece.known) restoring.known(name, id);
        else for (const [id, seats] of piece.sessions) restoring.session(id, seats);
      },
      whole: () => restoring.whole(),
    };
  },
};
