import type { AgendaSession } from '../agenda.js';

/**
 * Gives what is told of a session: made now, or kept since it was told in the same manner before. A manner says everything beside the session that the
 * text is made of.
 */
export type Told = (session: AgendaSession, manner: string, tell: () => string) => string;

/** Nothing is kept. */
export const toldAnew: Told = (_, __, tell) => tell();

/** Keeps what was told of sessions for as long as somebody holds them. */
export const toldOnce = (): Told => {
  const kept = new WeakMap<AgendaSession, Map<string, string>>();
  return (session, manner, tell) => {
    const manners = kept.get(session) ?? new Map<string, string>();
    kept.set(session, manners);
    const known = manners.get(manner);
    if (known !== undefined) return known;
    const text = tell();
    manners.set(manner, text);
    return text;
  };
};
