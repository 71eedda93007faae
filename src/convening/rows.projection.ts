import type { Appearance, Convening, Session } from './convening.js';

/** Everything but the sessions, with the Maps as entries: their order is part of the programme, and `constructor` is a legal id. */
type Spine = Omit<Convening, 'sessions' | MapField> & { readonly [F in MapField]: readonly EntryOf<Convening[F]>[] };
type MapField = 'rooms' | 'tracks' | 'unavailable' | 'acceptances';
type EntryOf<M> = M extends Map<infer K, infer V> ? readonly [K, V] : never;

interface SessionInRow extends Omit<Session, 'appearances'> {
  readonly appearances: readonly Appearance[];
}

export const spineRow = ({ sessions: _, rooms, tracks, unavailable, acceptances, ...rest }: Readonly<Convening>): string =>
  JSON.stringify({ ...rest, rooms: [...rooms], tracks: [...tracks], unavailable: [...unavailable], acceptances: [...acceptances] } satisfies Spine);

/** The ids of the sessions in their order. */
export const orderRow = ({ sessions }: Readonly<Convening>): string => JSON.stringify([...sessions.keys()]);

export const sessionRow = (session: Readonly<Session>): string =>
  JSON.stringify({ ...session, appearances: [...session.appearances.values()] } satisfies SessionInRow);

/** The state that the rows were made of; sessions in any order. @throws when they were not made of one */
export const fromRows = (spine: string, order: string, sessions: readonly string[]): Convening => {
  // Casts: the texts were made by the functions above.
  const { rooms, tracks, unavailable, acceptances, ...rest } = JSON.parse(spine) as Spine;
  const found = new Map(sessions.map(sessionFrom).map((session) => [session.id, session]));
  const ids = JSON.parse(order) as string[];
  const inOrder = ids.map((id): [string, Session] => {
    const session = found.get(id);
    if (!session) throw new Error(`The row of session ${id} is missing.`);
    return [id, session];
  });
  return {
    ...rest, rooms: new Map(rooms), tracks: new Map(tracks), unavailable: new Map(unavailable), acceptances: new Map(acceptances), sessions: new Map(inOrder),
  };
};

const sessionFrom = (row: string): Session => {
  const { appearances, ...rest } = JSON.parse(row) as SessionInRow;
  return { ...rest, appearances: new Map(appearances.map((appearance) => [appearance.id, appearance])) };
};
