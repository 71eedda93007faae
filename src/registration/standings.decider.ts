import type { Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { told } from '../event-store/personal.js';
import { mustAnswer } from './answers.rules.js';
import { mustBePlanned, type Meeting } from './meeting.rules.js';
import { mustBeFree, mustBeNew, type NewRegistrant } from './registrants.rules.js';
import type { Registrations } from './registration.js';
import type { RegistrationEvent } from './registration.events.js';
import type { RegistrationApproved, RegistrationRecategorised, RegistrationRefused, RegistrationSubstituted, RegistrationWithdrawn, Standing } from './registrations.events.js';
import { seating, type Seating } from './seating.rules.js';
import { nowStand, recategorise, takeTheirPlace } from './seats.rules.js';
import { leavingSessions } from './session-seats.rules.js';
import { live, openCategory, theRegistration } from './standings.rules.js';
import type { WaitingEvent } from './waiting.events.js';

/** `registration`: an id or a code. */
interface Step {
  readonly registration: string;
  readonly meeting: Meeting;
}
export type ApproveRegistration = Command<'ApproveRegistration', Step>;
/** With a reason; also of who has a seat. */
export type RefuseRegistration = Command<'RefuseRegistration', Step>;
export type WithdrawRegistration = Command<'WithdrawRegistration', Step>;
export type SubstituteRegistration = Command<'SubstituteRegistration', Step & { with: NewRegistrant }>;
/** Another category: with the seat, if there is one for it there. Who waits is in that waiting list by the order of registration. */
export type RecategoriseRegistration = Command<'RecategoriseRegistration', Step & { category: string }>;
/** The seat that is kept is taken up. */
export type AcceptOffer = Command<'AcceptOffer', Step>;
/** What has lapsed by now is recorded; any other command does so too. */
export type LapseOffers = Command<'LapseOffers', { meeting: Meeting }>;
export type StandingCommand = ApproveRegistration | RefuseRegistration | WithdrawRegistration | SubstituteRegistration | RecategoriseRegistration | AcceptOffer | LapseOffers;
type StandingEvent = RegistrationApproved | RegistrationRefused | RegistrationWithdrawn | RegistrationSubstituted | RegistrationRecategorised | WaitingEvent;

/** @throws Refusal wrong-standing */
const mustStand = (standing: Standing, ...allowed: readonly Standing[]): void => {
  if (!allowed.includes(standing)) throw new Refusal('wrong-standing', { standing, allowed });
};

/** Known until the lapse is recorded. */
const lapsedAt = ({ offers }: Readonly<Registrations>, id: string) => {
  const until = offers.get(id);
  return until === undefined ? {} : { until };
};

/** It comes to an end; who waited longest gets what it had. */
const ends = (type: 'RegistrationRefused' | 'RegistrationWithdrawn', id: string, state: Readonly<Registrations>, seats: Seating): readonly RegistrationEvent[] => {
  const from = seats.standing(id);
  const to = type === 'RegistrationRefused' ? 'refused' : 'withdrawn';
  if (from === to) return seats.facts;
  mustStand(from, ...live);
  seats.leave(id, to);
  seats.facts.push({ type, data: { registration: id, from } }, ...leavingSessions(state, id));
  seats.moveUp();
  return seats.facts;
};

/** What becomes of a registration. */
export const standing: Part<Registrations, StandingCommand, StandingEvent, RegistrationEvent> = {
  decide: {
    ApproveRegistration({ registration, meeting }, state, { now }) {
      mustBePlanned(meeting);
      const { id, held } = theRegistration(state, registration);
      const seats = seating(state, meeting, now);
      const from = seats.standing(id);
      if (from === 'waiting' || from === 'offered' || from === 'seated') return seats.facts;
      mustStand(from, 'pending');
      seats.facts.push({ type: 'RegistrationApproved', data: { registration: id, standing: seats.take(held.category) } });
      return seats.facts;
    },
    RefuseRegistration({ registration, meeting }, state, { now, reason }) {
      const { id } = theRegistration(state, registration);
      const seats = seating(state, meeting, now);
      if (!reason && seats.standing(id) !== 'refused') throw new Refusal('reason-required');
      return ends('RegistrationRefused', id, state, seats);
    },
    WithdrawRegistration({ registration, meeting }, state, { now }) {
      const { id } = theRegistration(state, registration);
      return ends('RegistrationWithdrawn', id, state, seating(state, meeting, now));
    },
    SubstituteRegistration({ registration, meeting, with: other }, state, { now }) {
      mustBePlanned(meeting);
      const { id } = theRegistration(state, registration);
      const seats = seating(state, meeting, now);
      const there = state.registrations.get(other.registration);
      if (seats.standing(id) === 'substituted' && there?.person === other.person && there.code === other.code) return seats.facts;
      mustStand(seats.standing(id), 'pending', 'waiting', 'offered', 'seated');
      mustAnswer(state.form, other.entry.answers);
      mustBeFree(state, other);
      mustBeNew(state, seats, other, id);
      const { registration: next, person, code, address, entry } = other;
      seats.facts.push({
        type: 'RegistrationSubstituted', data: { registration: id, with: next, person, code, ...(address !== undefined && { address }), entry: told(person, entry) },
      });
      return seats.facts;
    },
    RecategoriseRegistration({ registration, meeting, category }, state, { now }) {
      mustBePlanned(meeting);
      const { id, held } = theRegistration(state, registration);
      const seats = seating(state, meeting, now);
      mustStand(seats.standing(id), ...live);
      if (held.category === category) return seats.facts;
      openCategory(state, category);
      seats.recategorise(id, category);
      seats.facts.push({ type: 'RegistrationRecategorised', data: { registration: id, from: held.category, to: category } });
      seats.moveUp();
      return seats.facts;
    },
    AcceptOffer({ registration, meeting }, state, { now }) {
      mustBePlanned(meeting);
      const { id } = theRegistration(state, registration);
      const seats = seating(state, meeting, now);
      const from = seats.standing(id);
      if (from === 'seated') return seats.facts;
      if (from === 'lapsed') throw new Refusal('offer-lapsed', lapsedAt(state, id));
      mustStand(from, 'offered');
      seats.facts.push({ type: 'OfferAccepted', data: { registration: id } });
      return seats.facts;
    },
    LapseOffers: ({ meeting }, state, { now }) => seating(state, meeting, now).facts,
  },
  evolve: {
    RegistrationApproved: (state, { registration, standing: to }, { revision }) => nowStand(state, [registration], to, revision),
    RegistrationRefused: (state, { registration }, { revision }) => nowStand(state, [registration], 'refused', revision),
    RegistrationWithdrawn: (state, { registration }, { revision }) => nowStand(state, [registration], 'withdrawn', revision),
    RegistrationSubstituted(state, { registration, with: next, person, code, address }, { revision }) {
      takeTheirPlace(state, registration, next, { person, code, ...(address !== undefined && { address }) }, revision);
    },
    RegistrationRecategorised: (state, { registration, to }, { revision }) => recategorise(state, registration, to, revision),
    SeatsGiven: (state, { registrations }, { revision }) => nowStand(state, registrations, 'seated', revision),
    SeatsOffered: (state, { registrations, until }, { revision }) => nowStand(state, registrations, 'offered', revision, until),
    OfferAccepted: (state, { registration }, { revision }) => nowStand(state, [registration], 'seated', revision),
    OffersLapsed: (state, { registrations }, { revision }) => nowStand(state, registrations, 'lapsed', revision),
  },
};
