import type { Convening, Session } from './convening.js';
import type { ConveningEvent } from './convening.events.js';

/** The session that a fact is about, if it is about one. */
export const sessionOf = ({ data }: ConveningEvent): string | undefined => ('session' in data ? data.session : undefined);

/**
 * What is asked of the convening as it would be after these facts. Copies stand in the place of the sessions that they touch only
 * while it is asked, and what they touch besides is copied: to copy a map of 2,000 sessions would cost more than most decisions.
 */
export const supposing = <T>(convening: Readonly<Convening>, events: readonly ConveningEvent[], evolve: (state: Convening) => void, ask: (after: Convening) => T): T => {
  const { rooms, tracks, sessions, unavailable, acceptances } = convening;
  const has = (type: ConveningEvent['type']) => events.some((event) => event.type === type);
  // A session that is taken out cannot be put back where it stood in the order.
  const lent = has('SessionRemoved') ? new Map(sessions) : sessions;
  const after: Convening = {
    ...convening,
    rooms: copied(rooms),
    tracks: copied(tracks),
    sessions: lent,
    unavailable: has('AvailabilityStated') ? new Map(unavailable) : unavailable,
    acceptances: new Map(acceptances),
  };
  const touched = new Set(events.flatMap((event) => sessionOf(event) ?? []));
  const originals = [...touched].map((id) => [id, sessions.get(id)] as const);
  try {
    for (const [id, session] of originals) if (session) lent.set(id, copyOf(session));
    evolve(after);
    return ask(after);
  } finally {
    if (lent === sessions)
      for (const [id, session] of originals)
        if (session) sessions.set(id, session);
        else sessions.delete(id);
  }
};

/** The entries as copies, so that they can be changed. */
export const copied = <T extends object>(entries: ReadonlyMap<string, T>): Map<string, T> => new Map([...entries].map(([id, entry]) => [id, { ...entry }]));

/** The session as a copy, so that it can be changed. */
export const copyOf = (session: Session): Session => ({
  ...session,
  items: [...session.items],
  appearances: copied(session.appearances),
});
