import { Refusal } from '../deciding/refusal.js';
import type { PersonId } from '../event-store/personal.js';
import type { Registrations } from './registration.js';
import type { Entry } from './registrations.events.js';
import type { Seating } from './seating.rules.js';
import { stands } from './standings.rules.js';

/** A new registration. Ids, code and the address's digest are made outside: they are random, or need a secret. */
export interface NewRegistrant {
  readonly registration: string;
  readonly person: PersonId;
  readonly code: string;
  readonly address?: string;
  readonly entry: Entry;
}

/** The registration of the same person or with the same address that stands, while the decision is made. `except`: the one in whose place the other comes. */
export const sameOne = ({ people, addresses }: Readonly<Registrations>, seats: Seating, { person, address }: NewRegistrant, except?: string): string | undefined =>
  [people.get(person), address === undefined ? undefined : addresses.get(address)].find((id) => id !== undefined && id !== except && stands(seats.standing(id)));

/** @throws Refusal registered-already */
export const mustBeNew = (state: Readonly<Registrations>, seats: Seating, registrant: NewRegistrant, except?: string): void => {
  const registration = sameOne(state, seats, registrant, except);
  if (registration !== undefined) throw new Refusal('registered-already', { registration });
};

/** Ids and codes are used once. @throws Refusal registration-exists, code-taken */
export const mustBeFree = ({ registrations, known }: Readonly<Registrations>, { registration, code }: NewRegistrant): void => {
  if (registrations.has(registration) || known.has(registration)) throw new Refusal('registration-exists', { registration });
  if (known.has(code)) throw new Refusal('code-taken');
};
