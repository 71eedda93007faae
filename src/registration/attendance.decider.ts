import type { Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { localDate } from '../convening/times.js';
import type { AttendanceEvent } from './attendance.events.js';
import { mustTakePlace, type Meeting } from './meeting.rules.js';
import type { Registrations } from './registration.js';
import type { RegistrationEvent } from './registration.events.js';
import { seating } from './seating.rules.js';
import { nowStand } from './seats.rules.js';
import { leavingSessions } from './session-seats.rules.js';
import { theRegistration } from './standings.rules.js';

/** `registration`: an id or a code; `day`: a local date, left out: today where the meeting is. */
interface OnADay {
  readonly registration: string;
  readonly day?: string;
  readonly meeting: Meeting;
}
/** The second of two desks is told that the first was there. */
export type CheckIn = Command<'CheckIn', OnADay>;
export type UndoCheckIn = Command<'UndoCheckIn', OnADay>;
/** Who was not checked in on any day gives up the seat; checked in later, the person has one again if there is one. */
export type RecordNoShow = Command<'RecordNoShow', Omit<OnADay, 'day'>>;
export type AttendanceCommand = CheckIn | UndoCheckIn | RecordNoShow;

/** A day of the meeting that has begun. @throws Refusal wrong-day */
const dayOf = ({ day, meeting: { start, end, zone } }: OnADay, now: string): string => {
  const today = localDate(now, zone);
  const asked = day ?? today;
  if (asked < start || asked > end || asked > today) throw new Refusal('wrong-day', { day: asked, today, start, end });
  return asked;
};

/** Who is here, day by day. */
export const attendance: Part<Registrations, AttendanceCommand, AttendanceEvent, RegistrationEvent> = {
  decide: {
    CheckIn(command, state, { now }) {
      const { registration, meeting } = command;
      mustTakePlace(meeting);
      const day = dayOf(command, now);
      const { id, held } = theRegistration(state, registration);
      const seats = seating(state, meeting, now);
      const standing = seats.standing(id);
      const before = held.days.find((each) => each.day === day);
      if (before) throw new Refusal('checked-in-already', { registration: id, ...before });
      if (standing === 'no-show') seats.mustTake(held.category);
      if (standing !== 'seated' && standing !== 'no-show') throw new Refusal('not-seated', { registration: id, standing });
      if (standing === 'no-show') seats.facts.push({ type: 'NoShowUndone', data: { registration: id } });
      seats.facts.push({ type: 'CheckedIn', data: { registration: id, day } });
      return seats.facts;
    },
    UndoCheckIn(command, state, { now }) {
      mustTakePlace(command.meeting);
      const day = dayOf(command, now);
      const { id, held } = theRegistration(state, command.registration);
      const seats = seating(state, command.meeting, now);
      if (held.days.some((each) => each.day === day)) seats.facts.push({ type: 'CheckInUndone', data: { registration: id, day } });
      return seats.facts;
    },
    RecordNoShow({ registration, meeting }, state, { now }) {
      mustTakePlace(meeting);
      const today = localDate(now, meeting.zone);
      if (today < meeting.start) throw new Refusal('wrong-day', { day: today, today, start: meeting.start, end: meeting.end });
      const { id, held } = theRegistration(state, registration);
      const seats = seating(state, meeting, now);
      const standing = seats.standing(id);
      if (standing === 'no-show') return seats.facts;
      const [first] = held.days;
      if (first) throw new Refusal('checked-in-already', { registration: id, ...first });
      if (standing !== 'seated') throw new Refusal('not-seated', { registration: id, standing });
      seats.leave(id, 'no-show');
      seats.facts.push({ type: 'NoShowRecorded', data: { registration: id } }, ...leavingSessions(state, id));
      seats.moveUp();
      return seats.facts;
    },
  },
  evolve: {
    CheckedIn({ registrations }, { registration, day }, { revision, at }) {
      const held = registrations.get(registration)!;
      held.days = [...held.days, { day, at }];
      held.revision = revision;
    },
    CheckInUndone({ registrations }, { registration, day }, { revision }) {
      const held = registrations.get(registration)!;
      held.days = held.days.filter((each) => each.day !== day);
      held.revision = revision;
    },
    NoShowRecorded: (state, { registration }, { revision }) => nowStand(state, [registration], 'no-show', revision),
    NoShowUndone: (state, { registration }, { revision }) => nowStand(state, [registration], 'seated', revision),
  },
};
