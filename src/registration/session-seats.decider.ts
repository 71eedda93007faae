import type { Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { mustBePlanned, type Meeting } from './meeting.rules.js';
import type { Registrations } from './registration.js';
import type { RegistrationEvent } from './registration.events.js';
import { seating } from './seating.rules.js';
import type { SessionSeatEvent } from './session-seats.events.js';
import { leaving, movingUp } from './session-seats.rules.js';
import { theRegistration } from './standings.rules.js';

/** What the programme says of a session. */
export type InProgramme = 'planned' | 'cancelled' | 'missing';

/** So many seats from now on; null: nobody signs up any more. */
export type LimitSession = Command<'LimitSession', { session: string; capacity: number | null; inProgramme: InProgramme; meeting: Meeting }>;
/** `registration`: an id or a code; who has a seat at the meeting can have one in a session. */
export type AskSessionSeat = Command<'AskSessionSeat', { session: string; registration: string; inProgramme: InProgramme; meeting: Meeting }>;
export type LeaveSession = Command<'LeaveSession', { session: string; registration: string; meeting: Meeting }>;
export type SessionSeatCommand = LimitSession | AskSessionSeat | LeaveSession;

/** @throws Refusal unknown-session, session-cancelled */
const mustBeInProgramme = (session: string, inProgramme: InProgramme): void => {
  if (inProgramme === 'missing') throw new Refusal('unknown-session', { session });
  if (inProgramme === 'cancelled') throw new Refusal('session-cancelled', { session });
};

/** Seats in single sessions. */
export const sessionSeats: Part<Registrations, SessionSeatCommand, SessionSeatEvent, RegistrationEvent> = {
  decide: {
    LimitSession({ session, capacity, inProgramme, meeting }, { sessions }) {
      mustBePlanned(meeting);
      const held = sessions.get(session);
      const [from, to] = [held?.capacity, capacity ?? undefined];
      if (from === to) return [];
      if (to !== undefined) mustBeInProgramme(session, inProgramme);
      const change = { session, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
      return [{ type: 'SessionCapacityChanged', data: change }, ...(held ? movingUp(session, held, to, held.seated.size) : [])];
    },
    AskSessionSeat({ session, registration, inProgramme, meeting }, state, { now }) {
      mustBePlanned(meeting);
      const { id, held } = theRegistration(state, registration);
      const seats = seating(state, meeting, now);
      if (held.sessions.includes(session)) return seats.facts;
      mustBeInProgramme(session, inProgramme);
      const of = state.sessions.get(session);
      if (of?.capacity === undefined) throw new Refusal('no-session-seats', { session });
      const standing = seats.standing(id);
      if (standing !== 'seated') throw new Refusal('not-seated', { registration: id, standing });
      seats.facts.push({ type: 'SessionSeatAsked', data: { session, registration: id, standing: of.seated.size < of.capacity ? 'seated' : 'waiting' } });
      return seats.facts;
    },
    LeaveSession({ session, registration, meeting }, state, { now }) {
      const { id, held } = theRegistration(state, registration);
      const seats = seating(state, meeting, now);
      if (held.sessions.includes(session)) seats.facts.push(...leaving(state, session, id));
      return seats.facts;
    },
  },
  evolve: {
    SessionCapacityChanged({ sessions }, { session, to }) {
      const held = sessions.get(session) ?? { seated: new Set<string>(), waiting: [] };
      sessions.set(session, held);
      if (to === undefined) delete held.capacity;
      else held.capacity = to;
    },
    SessionSeatAsked({ sessions, registrations }, { session, registration, standing }, { revision }) {
      const held = registrations.get(registration)!;
      held.sessions.push(session);
      held.revision = revision;
      if (standing === 'seated') sessions.get(session)!.seated.add(registration);
      else sessions.get(session)!.waiting.push(registration);
    },
    SessionSeatLeft({ sessions, registrations }, { session, registration }, { revision }) {
      const held = registrations.get(registration)!;
      held.sessions = held.sessions.filter((each) => each !== session);
      held.revision = revision;
      const seats = sessions.get(session)!;
      if (!seats.seated.delete(registration)) seats.waiting = seats.waiting.filter((each) => each !== registration);
    },
    SessionSeatsGiven({ sessions, registrations: all }, { session, registrations }, { revision }) {
      const seats = sessions.get(session)!;
      const given = new Set(registrations);
      seats.waiting = seats.waiting.filter((each) => !given.has(each));
      for (const registration of registrations) {
        seats.seated.add(registration);
        all.get(registration)!.revision = revision;
      }
    },
  },
};
