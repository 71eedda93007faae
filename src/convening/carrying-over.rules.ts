import { Temporal } from 'temporal-polyfill';
import { Refusal } from '../deciding/refusal.js';
import type { Open } from '../event-store/personal.js';
import type { Credit, Office } from './appearances.events.js';
import { displacements, type Displacement, type Origin } from './carrying-over.events.js';
import type { Convening } from './convening.js';
import type { Dates, Details } from './details.events.js';
import type { Policy } from './policy.events.js';
import { placesOf, sessionRead, type ProgrammeRead, type ProgrammeSessionRead, type SeatRead } from './programme-document.rules.js';
import { stands } from './sessions.rules.js';
import type { Slot } from './slots.events.js';
import { instantOf, wallClock } from './times.js';

/** Days and the zone in which their hours are told. */
export interface Calendar {
  readonly dates: Dates;
  /** IANA name. */
  readonly zone: string;
}

/** A seat that nobody was asked to take yet. */
export interface CarriedSeat extends Omit<SeatRead, 'state' | 'credit'> {
  readonly credit?: Credit | Office;
}
/** A session that takes place, with what can be told elsewhere. */
export interface CarriedSession extends Omit<ProgrammeSessionRead, 'cancelled' | 'notes' | 'appearances'> {
  readonly notes?: string;
  readonly appearances: readonly CarriedSeat[];
}
/** What is carried over of a programme. */
export interface CarriedProgramme extends Omit<ProgrammeRead, 'sessions'> {
  readonly sessions: readonly CarriedSession[];
}

/** What a convening has to give to another, in its own days and zone. */
export interface CarriedOver extends Calendar, Pick<Details, 'languages' | 'organisers'> {
  readonly origin: Origin;
  readonly policy: Policy;
  readonly programme: CarriedProgramme;
}

/** What a convening has to give, in steps: others may have their turn in between. `appearances`: also whoever is still to appear in its sessions or did. */
export function* carriedOver(convening: Readonly<Convening>, open: Open, { appearances }: { appearances: boolean }): Generator<undefined, CarriedOver> {
  const { id, revision, publications, dates, zone, policy, details: { languages, organisers } } = convening;
  const version = publications.findLast((publication) => publication.revision === revision)?.label;
  const sessions: CarriedSession[] = [];
  for (const session of convening.sessions.values()) {
    if (!session.cancelled) sessions.push(carriedSession(sessionRead(session, open), appearances));
    yield;
  }
  return { origin: { convening: id, revision, ...(version !== undefined && { version }) }, dates, zone, policy, languages, organisers, programme: { ...placesOf(convening), sessions } };
}

/** What is withheld there cannot be told here. */
const carriedSession = ({ cancelled: _, notes, items, appearances, ...session }: ProgrammeSessionRead, withSeats: boolean): CarriedSession => {
  const seats = withSeats ? appearances.filter(stands).map(carriedSeat) : [];
  const ids = new Set(seats.map(({ id }) => id));
  return {
    ...session, ...(typeof notes === 'string' && { notes }), appearances: seats,
    items: items.map(({ appearance, ...item }) => ({ ...item, ...(appearance !== undefined && ids.has(appearance) && { appearance }) })),
  };
};

/** A seat whose person was forgotten is open again. */
const carriedSeat = ({ id, role, person, credit, represents }: SeatRead): CarriedSeat => {
  const seat = { id, role, ...(represents && { represents }) };
  return credit && 'withheld' in credit ? seat : { ...seat, ...(person !== undefined && { person }), ...(credit && { credit }) };
};

/**
 * The slot as many days after the first of these days as it was after the first of those, at the same hours on the door; or why
 * there is none: it would begin outside the days, or at a time that does not exist or exists twice.
 */
export const shifted = (slot: Slot, from: Calendar, to: Calendar): Slot | Displacement => {
  const days = Temporal.PlainDate.from(from.dates.start).until(to.dates.start).days;
  const day = Temporal.PlainDate.from(slot.start.slice(0, 10)).add({ days }).toString();
  if (day < to.dates.start || day > to.dates.end) return 'outside-days';
  // Which of two readings was meant is known where the days and the zone are the same.
  const isSame = days === 0 && from.zone === to.zone;
  try {
    const [start, end] = isSame ? [slot.start, slot.end] : [hourOn(slot.start, days, to.zone), hourOn(slot.end, days, to.zone)];
    return instantOf(end) > instantOf(start) ? { ...slot, start, end } : 'ends-before-it-starts';
  } catch (error) {
    const why = error instanceof Refusal && displacements.find((each) => each === error.code);
    if (why) return why;
    throw error;
  }
};

/** The same hour as many days later. @throws Refusal `local-time-missing`, `local-time-ambiguous` */
const hourOn = (time: string, days: number, zone: string): string =>
  wallClock(Temporal.PlainDateTime.from(time.slice(0, 16)).add({ days }).toString({ smallestUnit: 'minute' }), zone);

/** The programme in other days, and which sessions have lost their slot by that; in steps. */
export function* programmeIn(programme: CarriedProgramme, from: Calendar, to: Calendar): Generator<undefined, { programme: CarriedProgramme; unscheduled: ReadonlyMap<string, Displacement> }> {
  const unscheduled = new Map<string, Displacement>();
  const sessions: CarriedSession[] = [];
  for (const { slot, ...session } of programme.sessions) {
    const there = slot && shifted(slot, from, to);
    if (typeof there === 'string') unscheduled.set(session.id, there);
    sessions.push(typeof there === 'object' ? { ...session, slot: there } : session);
    yield;
  }
  return { programme: { ...programme, sessions }, unscheduled };
}
