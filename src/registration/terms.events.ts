import type { Event } from '../event-store/event.js';
import type { Text } from '../convening/texts.js';

/** How places left are told to the public: how many, only whether there are any, or not at all. */
export const placesTold = ['number', 'whether', 'nothing'] as const;
export type PlacesTold = (typeof placesTold)[number];

/** On what terms people register. */
export interface Terms {
  /** Seats in all, whatever the categories have; left out: as many as they have. */
  readonly capacity?: number;
  /** The instant from which the public may register; left out: not yet. */
  readonly opens?: string;
  /** The instant from which the public may register no more; left out: not foreseen. */
  readonly closes?: string;
  /** Hours within which a seat that became free is to be taken up by whom it is offered; left out: who moves up is seated at once. */
  readonly hoursToAccept?: number;
  readonly placesTold: PlacesTold;
}

/** Only the fields that changed; null: there was or is none. */
export type TermsChange = { readonly [K in keyof Terms]?: Terms[K] | null };

export const fieldKinds = ['text', 'choice', 'date', 'consent'] as const;
export type FieldKind = (typeof fieldKinds)[number];

/** What can be chosen in a field. */
export interface Choice {
  /** Unique in its field; what an answer says. */
  readonly id: string;
  /** What it is called. */
  readonly label: Text;
}

/** What the organisers ask beside name, contact and organisation. */
export interface FormField {
  /** Unique in the form. */
  readonly id: string;
  readonly kind: FieldKind;
  /** What it is called. */
  readonly label: Text;
  /** Whether it must be answered; a consent, whether it must be given. */
  readonly required: boolean;
  /** Of the kind `choice`, in their order. */
  readonly choices?: readonly Choice[];
}

/** People can be registered for the convening from now on: the first fact of its stream. */
export type RegistrationPrepared = Event<'RegistrationPrepared', Terms & { convening: string }>;
/** The terms changed: only the fields named. */
export type RegistrationTermsChanged = Event<'RegistrationTermsChanged', { from: TermsChange; to: TermsChange }>;
/** The organisers ask something else. Answers that were given stay as they were given. */
export type FormChanged = Event<'FormChanged', { from: readonly FormField[]; to: readonly FormField[] }>;

export type TermsEvent = RegistrationPrepared | RegistrationTermsChanged | FormChanged;
