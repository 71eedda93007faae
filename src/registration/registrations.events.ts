import type { Event } from '../event-store/event.js';
import type { Personal, PersonId } from '../event-store/personal.js';
import type { OrganisationKind } from '../convening/texts.js';

/**
 * How a registration stands. `pending`: the organisers have not approved it. `waiting`: no seat was free. `offered`: a seat is kept until it is
 * taken up. `seated`: it has a seat. `no-show`: it had one, and the person did not come. The others have come to an end.
 */
export const standings = ['pending', 'waiting', 'offered', 'seated', 'no-show', 'refused', 'withdrawn', 'lapsed', 'substituted'] as const;
export type Standing = (typeof standings)[number];

/** A name in its parts, as its person writes it. */
export interface PersonName {
  /** Its first part; left out by who has one name only. */
  readonly given?: string;
  readonly family: string;
}

/** By the id of the form's field: text, the id of a choice, a date, or whether consent is given. */
export type Answers = Readonly<Record<string, string | boolean>>;

/** What somebody filled in. */
export interface Entry {
  readonly name: PersonName;
  readonly email?: string;
  readonly organisation?: string;
  readonly kind?: OrganisationKind;
  /** ISO 3166-1 alpha-2: the country represented. */
  readonly country?: string;
  /** BCP 47: in which the person is written to. */
  readonly language?: string;
  readonly answers: Answers;
}

/** What a registration is known by. */
interface Registrant {
  readonly person: PersonId;
  /** By which it is found at the desk, unique in its convening: `7KQ2M-4XD9T`. */
  readonly code: string;
  /** A keyed digest of the e-mail address, by which another form with the same is told; nobody finds the address from it. */
  readonly address?: string;
  readonly entry: Personal<Entry>;
}

/** What the sender of a form was told. */
interface Answered {
  readonly standing: 'seated' | 'waiting' | 'pending';
  /** Of who waits: which in the line, from 1. */
  readonly place?: number;
}

/** Somebody is registered, and has a seat, waits for one, or for the organisers' approval. `group`: of those who came with one request. */
export type PersonRegistered = Event<'PersonRegistered', Registrant & Answered & { registration: string; category: string; group?: string }>;
/**
 * A form came with the e-mail address of somebody who is registered: it takes no seat. It was answered like any other, under an id and code of its
 * own (`repeat`, `code`), so that its sender learns nothing; at the desk they lead to the registration that stands.
 */
export type FormRepeated = Event<'FormRepeated', Answered & { registration: string; repeat: string; code: string; category: string; entry: Personal<Entry> }>;
/** The organisers approved a registration; it has a seat, or waits for one in the order of registration. */
export type RegistrationApproved = Event<'RegistrationApproved', { registration: string; standing: 'seated' | 'waiting' }>;
/** The organisers refused a registration. */
export type RegistrationRefused = Event<'RegistrationRefused', { registration: string; from: Standing }>;
/** The person does not come after all. */
export type RegistrationWithdrawn = Event<'RegistrationWithdrawn', { registration: string; from: Standing }>;
/** Another person comes instead: a registration of their own (`with`), with the same seat or place in the waiting list, and the same seats in sessions. */
export type RegistrationSubstituted = Event<'RegistrationSubstituted', Registrant & { registration: string; with: string }>;
/** A registration is of another category: with its seat, or its place in that waiting list by the order of registration. */
export type RegistrationRecategorised = Event<'RegistrationRecategorised', { registration: string; from: string; to: string }>;

export type RegisteringEvent =
  | PersonRegistered | FormRepeated | RegistrationApproved | RegistrationRefused | RegistrationWithdrawn | RegistrationSubstituted | RegistrationRecategorised;
