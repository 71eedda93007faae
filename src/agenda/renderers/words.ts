import type { AppearanceState, Role } from '../../convening/appearances.events.js';
import type { SessionKind } from '../../convening/sessions.events.js';
import type { ChangeKind } from '../difference.js';
import type { Audience } from '../../convening/texts.js';

/** What is said of the difference of two agendas. */
export interface DifferenceWords {
  readonly heading: string;
  readonly before: string;
  readonly after: string;
  /** Nothing is otherwise. */
  readonly none: string;
  readonly summary: string;
  /** Of a session. */
  readonly kinds: Readonly<Record<ChangeKind, string>>;
  /** Of a room, a track, a step, a person. */
  readonly parts: Readonly<Record<'added' | 'removed' | 'changed', string>>;
  /** Fields by their names; others print by these. */
  readonly fields: Readonly<Record<string, string>>;
  readonly meeting: string;
  readonly rooms: string;
  readonly sessions: string;
  readonly items: string;
  readonly people: string;
  readonly order: string;
  readonly yes: string;
  readonly no: string;
  /** What stands for nothing. */
  readonly empty: string;
  readonly revision: (revision: number) => string;
  readonly counted: (sessions: number) => string;
}

/** What a renderer itself says, in one language; texts of the convening come from its organisers. */
export interface Words {
  /** BCP 47. */
  readonly language: string;
  readonly kinds: Readonly<Record<SessionKind, string>>;
  /** Of one, and of several. */
  readonly roles: Readonly<Record<Role, readonly [string, string]>>;
  readonly states: Readonly<Record<AppearanceState, string>>;
  /** Who may read it; nothing needs to be said of what is public. */
  readonly audiences: Readonly<Record<Exclude<Audience, 'public'>, string>>;
  /** Roles of organisers that are worth a word; others print as they are given. */
  readonly organising: Readonly<Record<string, string>>;
  readonly countries: Readonly<Record<string, string>>;
  readonly languages: Readonly<Record<string, string>>;
  readonly skip: string;
  readonly days: string;
  readonly agenda: string;
  readonly where: string;
  readonly organisedBy: string;
  readonly spoken: string;
  readonly tracks: string;
  readonly documents: string;
  readonly notes: string;
  readonly unscheduled: string;
  readonly nothingYet: string;
  readonly cancelled: string;
  readonly conveningCancelled: string;
  readonly concluded: string;
  readonly draft: string;
  readonly mayChange: string;
  readonly toBeConfirmed: string;
  readonly toBeReconfirmed: string;
  readonly nameWithheld: string;
  readonly notesWithheld: string;
  readonly roomOpen: string;
  /** Between a label and what it labels. */
  readonly colon: string;
  readonly quoted: (text: string) => string;
  readonly several: (times: string, text: string) => string;
  readonly representing: (text: string) => string;
  readonly inLanguage: (language: string) => string;
  readonly interpretedInto: (languages: readonly string[]) => string;
  readonly minutes: (minutes: number) => string;
  readonly attendance: (participants?: number, countries?: number) => string;
  readonly according: (source: string) => string;
  readonly version: (label: string) => string;
  readonly published: (date: string, time: string) => string;
  /** To readers of a version that is not the current one any more, and the way to that. */
  readonly changed: string;
  readonly showCurrent: string;
  /** Before the place in the log where a version ends, and its hash. */
  readonly proof: string;
  readonly asOf: (date: string, time: string) => string;
  readonly timesIn: (zone: string, offset: string) => string;
  readonly difference: DifferenceWords;
  /** `Monday, 27 May 2013`; dates are local dates, `2013-05-27`. */
  readonly day: (date: string) => string;
  /** For a list of days: `Mon 27 May`. */
  readonly shortDay: (date: string) => string;
  readonly date: (date: string) => string;
  /** `27 May`. */
  readonly dayAndMonth: (date: string) => string;
  readonly dates: (start: string, end: string) => string;
}

/** The parts of a local date; month from 0, weekday from 0 (Sunday). */
export const partsOf = (date: string) => ({
  year: date.slice(0, -6),
  month: Number(date.slice(-5, -3)) - 1,
  day: Number(date.slice(-2)),
  weekday: new Date(`${date}T00:00Z`).getUTCDay(),
});
