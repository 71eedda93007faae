import type { PersonId } from '../event-store/personal.js';
import type { CategoryDetails } from './categories.events.js';
import type { Standing } from './registrations.events.js';
import type { FormField, Terms } from './terms.events.js';

/**
 * The registration for a convening as its facts make it: seats and order, and not what people filled in. Plain data, Maps and Sets. What a decision looks
 * up is kept beside what it is found by, so that one more registration costs the same whether there are ten or a hundred thousand.
 */
export interface Registrations {
  /** Empty: nothing was prepared, the stream has no fact. */
  convening: string;
  terms: Terms;
  form: readonly FormField[];
  /** In order. */
  categories: Map<string, Category>;
  registrations: Map<string, Registration>;
  /** Codes, and the ids of repeated forms, with the registration that they lead to. */
  known: Map<string, string>;
  /** Who stands, by the digest of their address. */
  addresses: Map<string, string>;
  /** Who stands, by person. */
  people: Map<PersonId, string>;
  /** How many came so far: the number of the last. */
  count: number;
  /** Seats that are taken, in all. */
  taken: number;
  /** Offers that were made and not answered, until when each. */
  offers: Map<string, string>;
  /** When the first of the offers lapses. */
  firstLapse?: string;
  /** Sessions that one signs up for, or did. */
  sessions: Map<string, SessionSeats>;
  /** The last fact's place. -1: none. */
  revision: number;
}

export interface Category extends CategoryDetails {
  /** Nobody can register in it any more; `into`: who stood in it is of that one. */
  closed?: { readonly into?: string };
  /** Seats that are taken: of who is seated, and those that are kept for who has an offer. */
  taken: number;
  /** Who waits, in the order of registration. */
  waiting: string[];
  /**
   * Forms that were answered as waiting though their sender is registered, each by how many had registered by then. They keep a place in the line that the
   * public is told of, until somebody who came later has a seat: else two positions would tell whether the form between them took one.
   */
  repeats: number[];
  revision: number;
}

export interface Registration {
  readonly person: PersonId;
  readonly code: string;
  readonly address?: string;
  category: string;
  /** Place in the order of registration, from 1. A substitute has that of whom it stands for. */
  readonly number: number;
  standing: Standing;
  /** Sessions it signed up for. */
  sessions: string[];
  /** Days on which the person was here, and since when, in the order of the check-ins. */
  days: { readonly day: string; readonly at: string }[];
  /** How many forms came with the same address. */
  repeats: number;
  revision: number;
}

export interface SessionSeats {
  /** Left out: nobody signs up any more. */
  capacity?: number;
  seated: Set<string>;
  /** Who waits, in the order in which they asked. */
  waiting: string[];
}

export const noRegistrations = (): Registrations => ({
  convening: '',
  terms: { placesTold: 'whether' },
  form: [],
  categories: new Map(),
  registrations: new Map(),
  known: new Map(),
  addresses: new Map(),
  people: new Map(),
  count: 0,
  taken: 0,
  offers: new Map(),
  sessions: new Map(),
  revision: -1,
});
