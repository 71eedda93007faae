import type { Catalogue } from '../event-store/event.js';
import type { AttendanceEvent } from './attendance.events.js';
import type { CategoryEvent } from './categories.events.js';
import type { RegisteringEvent } from './registrations.events.js';
import type { SessionSeatEvent } from './session-seats.events.js';
import type { TermsEvent } from './terms.events.js';
import type { WaitingEvent } from './waiting.events.js';

/** Everything that can happen to the registration for a convening: the facts of the stream `registrations-<id>`. */
export type RegistrationEvent = TermsEvent | CategoryEvent | RegisteringEvent | WaitingEvent | AttendanceEvent | SessionSeatEvent;

export const registrationStream = (convening: string) => `registrations-${convening}`;

const plain = { schema: 1, personal: {} } as const;
const filledIn = { schema: 1, personal: { entry: true } } as const;

/** One row a fact: the version of its shape, and which of its fields are personal. */
export const registrationCatalogue: Catalogue<RegistrationEvent> = {
  RegistrationPrepared: plain,
  RegistrationTermsChanged: plain,
  FormChanged: plain,
  CategoryAdded: plain,
  CategoryChanged: plain,
  CategoryClosed: plain,
  PersonRegistered: filledIn,
  FormRepeated: filledIn,
  RegistrationApproved: plain,
  RegistrationRefused: plain,
  RegistrationWithdrawn: plain,
  RegistrationSubstituted: filledIn,
  RegistrationRecategorised: plain,
  SeatsGiven: plain,
  SeatsOffered: plain,
  OfferAccepted: plain,
  OffersLapsed: plain,
  CheckedIn: plain,
  CheckInUndone: plain,
  NoShowRecorded: plain,
  NoShowUndone: plain,
  SessionCapacityChanged: plain,
  SessionSeatAsked: plain,
  SessionSeatLeft: plain,
  SessionSeatsGiven: plain,
};
