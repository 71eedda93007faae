import type { ProgrammeRead } from '../convening/programme-document.queries.js';
import { briefly, isChosen } from './programme-lines.js';

/** A seat in one of these states takes no part, and comes back by no document. */
const ended: ReadonlySet<string> = new Set(['declined', 'withdrawn', 'cancelled', 'replaced']);

/** How people answered is theirs to say: left out, it stays as it is. Of seats that ended it is told: nobody sits there. */
export const withoutStates = ({ sessions, ...rest }: ProgrammeRead) => ({
  ...rest, sessions: sessions.map(({ appearances, ...session }) => ({ ...session, appearances: appearances.map(({ state, ...seat }) => (ended.has(state) ? { ...seat, state } : seat)) })),
});

/** What a document that Baraza took says of seats. */
export interface SeatsNamed {
  readonly sessions?: readonly { readonly id: string; readonly appearances?: readonly { readonly id?: string; readonly person?: string; readonly role?: string; readonly state?: string }[] | null }[] | null;
}

/** Whether a document leaves open how any seat stands. */
export const leavesOpen = ({ sessions }: SeatsNamed): boolean => (sessions ?? []).some(({ appearances }) => (appearances ?? []).some(({ state }) => state === undefined));

/** The seats that a document names as if somebody sat there, though they ended: that they stay so. */
export const staysEnded = ({ sessions }: SeatsNamed, read: ProgrammeRead): string[] => {
  const there = new Map(read.sessions.map(({ id, appearances }) => [id, appearances]));
  return (sessions ?? []).flatMap(({ id: session, appearances }) => (appearances ?? []).flatMap(({ id, person, role, state }) => {
    if (state !== undefined) return [];
    const seats = (there.get(session) ?? []).filter((seat) => (id === undefined ? person !== undefined && seat.person === person && seat.role === role : seat.id === id));
    const [seat] = seats;
    return seat && seats.every((each) => ended.has(each.state)) ? [`session ${session}: ${isChosen(seat.id) ? `appearance ${seat.id}` : briefly(seat)} is ${seat.state} and stays so: to have the person again, add an appearance with another id`] : [];
  }));
};
