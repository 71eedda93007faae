import { Refusal } from '../deciding/refusal.js';
import type { Approval } from './categories.events.js';
import { isOpen, placesLeft } from './places.rules.js';
import type { CategoryKept, Spine } from './kept.rules.js';
import type { Registrations } from './registration.js';
import type { Text } from '../convening/texts.js';
import type { FormField, PlacesTold } from './terms.events.js';
import type { Meeting } from './meeting.rules.js';

/** What one can register as. */
export interface CategoryRead {
  readonly id: string;
  /** By language. */
  readonly name: Text;
  /** Whether the organisers look at each registration before it can have a seat. */
  readonly approval: Approval;
  /** Seats that nobody has: to the public if they are told how many; missing also where there is no limit. */
  readonly placesLeft?: number;
  /** Whether a seat is free; not told to the public if they are told nothing of places. Who registers when there is none waits. */
  readonly hasPlaces?: boolean;
  /** For organisers: its seats; missing: as many as there are in all. */
  readonly capacity?: number;
  /** For organisers: seats that are taken, or kept for who has an offer. */
  readonly taken?: number;
  /** For organisers: how many wait. */
  readonly waiting?: number;
  /** For organisers: nobody registers in it any more; `into`: in which category everybody is who stood in it. */
  readonly closed?: { readonly into?: string };
  /** For organisers: of the last fact about it. */
  readonly revision?: number;
}

/** The registration for a convening: what is open, and what is asked. */
export interface RegistrationTermsRead {
  /** The convening’s id. */
  readonly convening: string;
  /** Whether the public may register now. */
  readonly open: boolean;
  /** The instant from which the public may register. */
  readonly opens?: string;
  /** The instant from which the public may register no more; missing: not foreseen. */
  readonly closes?: string;
  /** What one can register as, in order; to the public those that are open. */
  readonly categories: readonly CategoryRead[];
  /** What is asked beside name and contact, in order. */
  readonly form: readonly FormField[];
  /** For organisers: seats in all; missing: as many as the categories have. */
  readonly capacity?: number;
  /** For organisers: seats that are taken, in all. */
  readonly taken?: number;
  /** For organisers: how many registered so far, whatever became of them. */
  readonly registered?: number;
  /** For organisers: hours within which an offer is to be taken up. */
  readonly hoursToAccept?: number;
  /** For organisers: what the public is told of places left. */
  readonly placesTold?: PlacesTold;
  /** For organisers: of the last fact, for `If-Match`. */
  readonly revision?: number;
}

const timesOf = ({ opens, closes }: Spine['terms']) => ({ ...(opens !== undefined && { opens }), ...(closes !== undefined && { closes }) });

const places = (state: Spine, category: CategoryKept, told: PlacesTold): Pick<CategoryRead, 'placesLeft' | 'hasPlaces'> => {
  const left = placesLeft(state, category);
  if (told === 'nothing') return {};
  return { ...(told === 'number' && left !== undefined && { placesLeft: left }), hasPlaces: left !== 0 };
};

/** To the public: what is open, and places left as the terms show them. */
export const toPublic = (state: Spine, meeting: Meeting, now: string): RegistrationTermsRead => ({
  convening: state.convening,
  open: isOpen(state.terms, meeting, now),
  ...timesOf(state.terms),
  categories: state.categories.filter(([, { closed }]) => !closed).map(([id, category]) => ({ id, name: category.name, approval: category.approval, ...places(state, category, state.terms.placesTold) })),
  form: state.form,
});

/** To the organisers: all of it. */
export const toOrganisers = (state: Spine, meeting: Meeting, now: string): RegistrationTermsRead => {
  const { terms, taken, count, revision } = state;
  const { capacity, hoursToAccept, placesTold } = terms;
  return {
    ...toPublic(state, meeting, now),
    categories: state.categories.map(([id, category]) => ({
      id, name: category.name, approval: category.approval, ...places(state, category, 'number'), ...(category.capacity !== undefined && { capacity: category.capacity }), taken: category.taken,
      waiting: category.waits, ...(category.closed && { closed: category.closed }), revision: category.revision,
    })),
    ...(capacity !== undefined && { capacity }), taken, registered: count, ...(hoursToAccept !== undefined && { hoursToAccept }), placesTold, revision,
  };
};

/** Seats in one session. */
export interface SessionSeatsRead {
  /** The session’s id. */
  readonly session: string;
  /** How many; missing: one signs up no more. */
  readonly capacity?: number;
  /** The registrations that have a seat. */
  readonly seated: readonly string[];
  /** The registrations that wait for one, in the order in which they asked. */
  readonly waiting: readonly string[];
}

/** @throws Refusal no-session-seats */
export const sessionSeatsOf = ({ sessions }: Readonly<Registrations>, session: string): SessionSeatsRead => {
  const held = sessions.get(session);
  if (!held) throw new Refusal('no-session-seats', { session });
  return { session, ...(held.capacity !== undefined && { capacity: held.capacity }), seated: [...held.seated], waiting: [...held.waiting] };
};
