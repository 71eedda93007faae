import { changed, difference, same, type Change } from '../deciding/changes.js';
import type { Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import type { GivenText } from '../convening/texts.js';
import { inLanguages } from '../convening/texts.js';
import { mustBePlanned, type Meeting } from './meeting.rules.js';
import type { Registrations } from './registration.js';
import { seating } from './seating.rules.js';
import type { RegistrationEvent } from './registration.events.js';
import type { Choice, FormField, PlacesTold, Terms, TermsEvent } from './terms.events.js';

/** A form's field as it may be asked for. */
export interface GivenField {
  readonly id: string;
  readonly kind: FormField['kind'];
  readonly label: GivenText;
  readonly required?: boolean;
  readonly choices?: readonly { readonly id: string; readonly label: GivenText }[];
}

export type PrepareRegistration = Command<'PrepareRegistration', { convening: string; meeting: Meeting; terms: Partial<Terms> }>;
/** What is left out stays; null removes. */
export type ChangeTerms = Command<'ChangeTerms', { meeting: Meeting; to: Change<Omit<Terms, 'placesTold'>> & { readonly placesTold?: PlacesTold } }>;
/** From now on the public may register; a closing time that has passed is no longer foreseen. */
export type OpenRegistration = Command<'OpenRegistration', { meeting: Meeting }>;
/** From now on the public may register no more. */
export type CloseRegistration = Command<'CloseRegistration', { meeting: Meeting }>;
/** The whole form, in its order. */
export type SetForm = Command<'SetForm', { meeting: Meeting; fields: readonly GivenField[] }>;
export type TermsCommand = PrepareRegistration | ChangeTerms | OpenRegistration | CloseRegistration | SetForm;

const inOrder = ({ opens, closes }: Terms): void => {
  if (opens !== undefined && closes !== undefined && opens >= closes) throw new Refusal('ends-before-it-starts', { start: opens, end: closes });
};

const changeOf = (state: Readonly<Registrations>, to: Change<Terms>): TermsEvent[] => {
  const change = difference<Terms>(state.terms, to);
  if (!change) return [];
  inOrder(changed<Terms>(state.terms, change.to));
  return [{ type: 'RegistrationTermsChanged', data: change }];
};

const twice = (ids: readonly string[]): string | undefined => ids.find((id, index) => ids.indexOf(id) !== index);

/** @throws Refusal fields-repeated, choices-missing */
const fieldIn = ({ id, kind, label, required = false, choices }: GivenField, language: string): FormField => {
  const chosen: Choice[] = (choices ?? []).map((choice) => ({ id: choice.id, label: inLanguages(choice.label, language) }));
  if ((kind === 'choice') !== chosen.length > 0) throw new Refusal('choices-missing', { field: id });
  const repeated = twice(chosen.map((choice) => choice.id));
  if (repeated !== undefined) throw new Refusal('fields-repeated', { field: id, choice: repeated });
  return { id, kind, label: inLanguages(label, language), required, ...(kind === 'choice' && { choices: chosen }) };
};

/** On what terms people register, and what they are asked. */
export const terms: Part<Registrations, TermsCommand, TermsEvent, RegistrationEvent> = {
  decide: {
    PrepareRegistration({ convening, meeting, terms: given }, state) {
      mustBePlanned(meeting);
      const wanted = changed<Terms>({ placesTold: 'whether' }, given);
      inOrder(wanted);
      if (state.convening === '') return [{ type: 'RegistrationPrepared', data: { convening, ...wanted } }];
      if (same(state.terms, wanted)) return [];
      throw new Refusal('registration-prepared', { convening });
    },
    ChangeTerms({ meeting, to }, state, { now }) {
      mustBePlanned(meeting);
      const seats = seating(state, meeting, now);
      const change = changeOf(state, to);
      seats.facts.push(...change);
      if (change.length > 0 && to.capacity !== undefined) {
        seats.limit(undefined, to.capacity ?? Infinity);
        seats.moveUp();
      }
      return seats.facts;
    },
    OpenRegistration({ meeting }, state, { now }) {
      mustBePlanned(meeting);
      const { opens, closes } = state.terms;
      const isOver = closes !== undefined && closes <= now;
      return changeOf(state, { ...((opens === undefined || opens > now) && { opens: now }), ...(isOver && { closes: null }) });
    },
    CloseRegistration({ meeting }, state, { now }) {
      mustBePlanned(meeting);
      const { opens, closes } = state.terms;
      if (opens === undefined || opens >= now) return changeOf(state, { opens: null });
      return closes !== undefined && closes <= now ? [] : changeOf(state, { closes: now });
    },
    SetForm({ meeting, fields }, { form: from }) {
      mustBePlanned(meeting);
      const repeated = twice(fields.map(({ id }) => id));
      if (repeated !== undefined) throw new Refusal('fields-repeated', { field: repeated });
      const to = fields.map((field) => fieldIn(field, meeting.language));
      return same(from, to) ? [] : [{ type: 'FormChanged', data: { from, to } }];
    },
  },
  evolve: {
    RegistrationPrepared: (state, { convening, ...given }) => void Object.assign(state, { convening, terms: given } satisfies Partial<Registrations>),
    RegistrationTermsChanged: (state, { to }) => void (state.terms = changed<Terms>(state.terms, to)),
    FormChanged: (state, { to }) => void (state.form = to),
  },
};
