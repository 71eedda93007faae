import type { ProgrammeRead } from '../convening/programme-document.queries.js';
import { briefly, isChosen } from './programme-lines.js';
import type { SeatsNamed } from './programme-seats.js';

/** What sessions and seats are called: by their ids where somebody chose them, else by what is printed of them. */
export interface Names {
  session(id: string): string;
  /** The session's id, by a place in the document. */
  sessionAt(near: string): string;
  /** `near`: the place in the document of what is wrong; `people`: of whom the seat may be. */
  seat(session: string, id: string, near: string, people?: readonly unknown[]): string;
  /** Whether nobody knows of the seat yet, and the document gives it no id: then it has another each time. */
  isPassing(session: string, id: string): boolean;
}

type Sessions = Pick<SeatsNamed, 'sessions'> & { readonly sessions?: readonly { readonly id: string; readonly title?: unknown }[] | null };

/** By the document that Baraza understood, and the programme as it is. */
export const namesIn = (document: Sessions, read: Pick<ProgrammeRead, 'sessions'>): Names => {
  const seatsOf = ({ sessions }: Sessions, session: string) => sessions?.find(({ id }) => id === session)?.appearances ?? [];
  const seatOf = (of: string, id: string, near: string, people: readonly unknown[]) => {
    const [given, there] = [seatsOf(document, of), seatsOf(read, of)];
    const place = /\/appearances\/(\d+)/.exec(near)?.[1];
    return [...there, ...given].find((each) => each.id === id) ?? given.find(({ id: own, person }) => own === undefined && people.includes(person)) ?? (place === undefined ? undefined : given[Number(place)]);
  };
  const session = (id: string) => {
    const found = isChosen(id) ? undefined : [...(document.sessions ?? []), ...read.sessions].find((each) => each.id === id);
    return briefly(found?.title) || id;
  };
  return {
    session,
    sessionAt: (near) => document.sessions?.[Number(/^#\/sessions\/(\d+)/.exec(near)?.[1])]?.id ?? '',
    seat: (of, id, near, people = []) => {
      const found = isChosen(id) ? undefined : seatOf(of, id, near, people);
      return found ? `${session(of)} (${briefly(found)})` : `${session(of)}.${id}`;
    },
    isPassing: (of, id) => !isChosen(id) && ![document, read].some((all) => seatsOf(all, of).some((each) => each.id === id)),
  };
};
