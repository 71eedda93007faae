import { agendaOf, type Agenda, type Reading } from '../../src/agenda/agenda.js';
import type { Credit, Office } from '../../src/convening/appearances.events.js';
import type { ProvablePublication, Publication } from '../../src/convening/convening.js';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import type { Audience } from '../../src/convening/texts.js';
import { told } from '../../src/event-store/personal.js';
import { bishop, folded, judge } from '../convening/arusha.js';
import { openTold, organiser } from '../given.js';

/** What a reader sees of the convening that these facts make: `given(facts).readBy('public')`. */
export const given = (...facts: readonly ConveningEvent[]) => ({
  readBy: (audience: Audience, how: Partial<Reading> = {}): Agenda => agendaOf(folded(...facts), { audience, open: openTold, version: null, ...how }),
});

/** A publication whose hash nobody computes: nothing was written to a log. */
export const proved = (publication: Publication): ProvablePublication => ({ ...publication, hash: 'c0ffee'.padEnd(64, '0') });

/** The ids of the sessions as they are listed: `['2013-05-27: talk, lecture']`, the unscheduled ones last. */
export const programme = ({ days, unscheduled }: Agenda): string[] => [
  ...days.map(({ date, sessions }) => `${date}: ${sessions.map(({ id }) => id).join(', ')}`),
  ...(unscheduled.length ? [`unscheduled: ${unscheduled.map(({ id }) => id).join(', ')}`] : []),
];

export const sessionsOf = ({ days, unscheduled }: Agenda) => [...days.flatMap(({ sessions }) => sessions), ...unscheduled];
/** The only session there is. */
export const theSession = (agenda: Agenda) => {
  const sessions = sessionsOf(agenda);
  if (sessions.length !== 1) throw new Error(`${sessions.length} sessions`);
  return sessions[0]!;
};

export const amina: Credit = { honorific: 'Hon.', name: 'Amina Juma', position: { en: 'Judge' }, organisation: { en: 'High Court' }, country: 'TZ' };
export const paul: Credit = { name: 'Paul Moyo' };
export const minister: Office = { position: { en: 'Minister of Justice' }, country: 'TZ' };

export const seat = (appearance: string, of: typeof judge | typeof bishop = judge, credit = amina): ConveningEvent => ({
  type: 'AppearanceProposed', data: { session: 'talk', appearance, role: 'speaker', person: of, credit: told(of, credit) },
});
export const seatOf = (office: Office): ConveningEvent => ({ type: 'AppearanceProposed', data: { session: 'talk', appearance: 'a1', role: 'speaker', office } });

type Answer = 'AppearanceConfirmed' | 'AppearanceTentativelyConfirmed' | 'AppearanceDeclined' | 'AppearanceWithdrawn' | 'AppearanceCancelled';
/** What became of a seat of the talk. */
export const answered = (type: Answer, appearance = 'a1'): ConveningEvent => ({ type, data: { session: 'talk', appearance, by: organiser } });
export const invited: ConveningEvent = { type: 'AppearanceInvited', data: { session: 'talk', appearance: 'a1', by: organiser, way: 'email' } };
export const attended = (to: 'appeared' | 'absent'): ConveningEvent => ({
  type: 'AttendanceRecorded', data: { session: 'talk', appearance: 'a1', by: organiser, from: 'confirmed', to },
});
export const item = (id: string, rest: { audience?: Audience; appearance?: string; minutes?: number } = {}): ConveningEvent => ({
  type: 'ItemAdded', data: { session: 'talk', item: { id, title: { en: id }, audience: 'public', ...rest } },
});
