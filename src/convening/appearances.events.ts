import type { Event } from '../event-store/event.js';
import type { Personal, PersonId } from '../event-store/personal.js';
import type { Slot } from './slots.events.js';
import type { OrganisationKind, Text } from './texts.js';

export const roles = [
  'moderator', 'chair', 'speaker', 'panellist', 'discussant', 'rapporteur', 'officiant', 'interpreter', 'facilitator',
] as const;
export type Role = (typeof roles)[number];

export const appearanceStates = [
  'proposed', 'invited', 'confirmed', 'tentative', 'declined', 'withdrawn', 'cancelled', 'replaced', 'appeared', 'absent',
] as const;
export type AppearanceState = (typeof appearanceStates)[number];

/** An office, not a person: what is printed of a seat for which nobody is named yet. */
export interface Office {
  readonly position?: Text;
  readonly organisation?: Text;
  readonly kind?: OrganisationKind;
  /** ISO 3166-1 alpha-2: the country represented. */
  readonly country?: string;
  /** Prints instead of the role: "Guest of honour". */
  readonly label?: Text;
}

/** What is printed of a person, as given for this appearance. */
export interface Credit extends Office {
  readonly honorific?: string;
  readonly name: string;
  /** What lists are sorted by: "Du Toit"; left out, the name. */
  readonly sortName?: string;
}

/** How an invitation was sent or an answer given. */
export const ways = ['email', 'letter', 'telephone', 'message', 'in-person', 'form', 'other'] as const;
export type Way = (typeof ways)[number];

/** Which seat a fact is about. */
interface Seat {
  readonly session: string;
  readonly appearance: string;
}

/** Who said so, when and how: `by` is the person's id unless somebody else spoke; `given` the instant it was said, left out: when recorded. */
interface Said extends Seat {
  readonly by: PersonId;
  readonly way?: Way;
  readonly given?: string;
  readonly note?: Personal<string>;
}

/** Somebody is to appear in a session: with a person and credit, or an office while nobody is named. `replaces`: in whose place. */
export type AppearanceProposed = Event<'AppearanceProposed', Seat & {
  role: Role; person?: PersonId; credit?: Personal<Credit>; office?: Office; represents?: Text; replaces?: string; note?: Personal<string>;
}>;
/** The seat of an office gets a person. */
export type AppearanceNamed = Event<'AppearanceNamed', Said & { person: PersonId; credit: Personal<Credit>; office?: Office }>;
/** What is printed of a named person changed. */
export type CreditChanged = Event<'CreditChanged', Seat & { from: Personal<Credit>; to: Personal<Credit> }>;
/** What is printed of a seat changed for which nobody is named yet. */
export type OfficeChanged = Event<'OfficeChanged', Seat & { from?: Office; to?: Office }>;
/** The seat has another role. */
export type RoleChanged = Event<'RoleChanged', Seat & { from: Role; to: Role }>;
/** The person speaks for somebody else, or for nobody in particular. */
export type RepresentationChanged = Event<'RepresentationChanged', Seat & { from?: Text; to?: Text }>;
/** The person was invited. `answerBy`: the instant until which an answer is hoped for. */
export type AppearanceInvited = Event<'AppearanceInvited', Said & { way: Way; answerBy?: string }>;
/** The person said yes. `slot`: what the confirmation was given for; left out: for no slot in particular. */
export type AppearanceConfirmed = Event<'AppearanceConfirmed', Said & { slot?: Slot }>;
/** The person said perhaps. `slot`: as in a confirmation. */
export type AppearanceTentativelyConfirmed = Event<'AppearanceTentativelyConfirmed', Said & { slot?: Slot }>;
/** The person said no. */
export type AppearanceDeclined = Event<'AppearanceDeclined', Said>;
/** After a confirmation, the person does not come after all. */
export type AppearanceWithdrawn = Event<'AppearanceWithdrawn', Said>;
/** The organisers do without. */
export type AppearanceCancelled = Event<'AppearanceCancelled', Said>;
/** `with` stands in this seat's place from now on. */
export type AppearanceReplaced = Event<'AppearanceReplaced', Said & { with: string }>;
/** On the day, the person was there or was not. */
export type AttendanceRecorded = Event<'AttendanceRecorded', Said & { from: AppearanceState; to: 'appeared' | 'absent' }>;
/** Only a seat that was never published and to which nobody was invited is removed. */
export type AppearanceRemoved = Event<'AppearanceRemoved', Seat & { role: Role; person?: PersonId; credit?: Personal<Credit>; office?: Office }>;
/** The order in which a session’s people are printed changed. */
export type AppearancesReordered = Event<'AppearancesReordered', { session: string; from: readonly string[]; to: readonly string[] }>;

export type AppearanceEvent =
  | AppearanceProposed | AppearanceNamed | CreditChanged | OfficeChanged | RoleChanged | RepresentationChanged | AppearanceInvited | AppearanceConfirmed
  | AppearanceTentativelyConfirmed | AppearanceDeclined | AppearanceWithdrawn | AppearanceCancelled | AppearanceReplaced | AttendanceRecorded
  | AppearanceRemoved | AppearancesReordered;
