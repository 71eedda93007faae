import type { Parts } from '../projecting/parts.js';
import type { Appearance, Convening, Session } from './convening.js';
import { conveningDecider } from './convening.decider.js';
import type { ConveningEvent } from './convening.events.js';

/** Everything but the sessions, with the Maps as entries: their order is part of the programme, and `constructor` is a legal id. */
type Spine = Omit<Convening, 'sessions' | MapField> & { readonly [F in MapField]: readonly EntryOf<Convening[F]>[] };
type MapField = 'rooms' | 'tracks' | 'unavailable' | 'acceptances';
type EntryOf<M> = M extends Map<infer K, infer V> ? readonly [K, V] : never;

interface SessionInRow extends Omit<Session, 'appearances'> {
  readonly appearances: readonly Appearance[];
}

/** Entries of their own; what stands in them may be the others'. */
const copies = <T extends object>(entries: ReadonlyMap<string, T>): Map<string, T> => new Map([...entries].map(([id, entry]) => [id, { ...entry }]));

/** Of a convening the sessions are kept one by one: a fact rarely changes more than one. */
export const conveningParts: Parts<Convening, Session, ConveningEvent> = {
  initial: () => conveningDecider.initial(),
  evolve: (...told) => conveningDecider.evolve(...told),
  of: ({ sessions }) => sessions,

  changedBy(event, { sessions }) {
    // A publication marks what it shows, and names no session.
    if (event.type === 'AgendaPublished') return [...sessions.values()].filter((session) => !isAllMarked(session)).map(({ id }) => id);
    const { session } = event.data as { session?: string };
    return session === undefined ? [] : [session];
  },

  // What the fold puts in a room's or track's place is new, but for the revision, which it writes there.
  copy: ({ sessions, rooms, tracks, unavailable, acceptances, ...rest }) => ({
    ...rest, rooms: copies(rooms), tracks: copies(tracks), unavailable: new Map(unavailable), acceptances: new Map(acceptances), sessions: new Map(sessions),
  }),
  copyPart: ({ items, appearances, ...rest }) => ({ ...rest, items: [...items], appearances: copies(appearances) }),

  spineText: ({ sessions: _, rooms, tracks, unavailable, acceptances, ...rest }) =>
    JSON.stringify({ ...rest, rooms: [...rooms], tracks: [...tracks], unavailable: [...unavailable], acceptances: [...acceptances] } satisfies Spine),
  partText: (session) => JSON.stringify({ ...session, appearances: [...session.appearances.values()] } satisfies SessionInRow),

  // Casts: the texts were made by the functions above.
  fromSpine(text, sessions) {
    const { rooms, tracks, unavailable, acceptances, ...rest } = JSON.parse(text) as Spine;
    return { ...rest, rooms: new Map(rooms), tracks: new Map(tracks), unavailable: new Map(unavailable), acceptances: new Map(acceptances), sessions };
  },
  partFrom(text) {
    const { appearances, ...rest } = JSON.parse(text) as SessionInRow;
    return { ...rest, appearances: new Map(appearances.map((appearance) => [appearance.id, appearance])) };
  },
};

const isAllMarked = ({ published, appearances }: Session): boolean => {
  if (!published) return false;
  for (const appearance of appearances.values()) if (!appearance.published) return false;
  return true;
};
