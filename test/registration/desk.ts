import { told } from '../../src/event-store/personal.js';
import type { CategoryDetails } from '../../src/registration/categories.events.js';
import type { Meeting } from '../../src/registration/meeting.rules.js';
import { registrationDecider, type RegistrationCommand } from '../../src/registration/registration.decider.js';
import type { RegistrationEvent } from '../../src/registration/registration.events.js';
import type { Entry, Standing } from '../../src/registration/registrations.events.js';
import type { FormField, Terms } from '../../src/registration/terms.events.js';
import { now, openTold, organiser, specification } from '../given.js';

// A convening of two days; participants, observers and press; Amina, Paul, Zawadi and others: what the specifications of registration tell of.

export const meeting: Meeting = { phase: 'planned', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam', language: 'en' };
export const over = { ...meeting, phase: 'concluded' as const };
export const cancelled = { ...meeting, phase: 'cancelled' as const };
/** Nine in the morning of the first day, where the meeting is. */
export const firstMorning = '2013-05-27T06:00:00.000Z';
export const secondMorning = '2013-05-28T06:00:00.000Z';

export const names = ['amina', 'paul', 'zawadi', 'juma', 'grace', 'peter'] as const;
export type Name = (typeof names)[number];
const place = (name: Name) => names.indexOf(name) + 1;
export const person = (name: Name) => `4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a0${place(name)}`;
export const code = (name: Name) => `7KQ2M-4XD9${place(name)}`;
export const address = (name: Name) => `digest-of-${name}`;
export const entry = (name: Name, answers: Entry['answers'] = {}): Entry => ({ name: { family: name }, email: `${name}@example.org`, answers });
const registrant = (name: Name, answers?: Entry['answers']) => ({ registration: name, person: person(name), code: code(name), address: address(name), entry: entry(name, answers) });

// Facts.
export const prepared = (terms: Partial<Terms> = {}) => ({ type: 'RegistrationPrepared', data: { convening: 'arusha-2013', placesTold: 'whether', ...terms } }) as const;
/** Open since January. */
export const opened = (terms: Partial<Terms> = {}) => prepared({ opens: '2013-01-01T00:00:00.000Z', ...terms });
export const category = (id: string, details: Partial<CategoryDetails> = {}) => ({ type: 'CategoryAdded', data: { category: id, name: { en: id }, approval: 'automatic', ...details } }) as const;
export const participants = (capacity?: number, approval: CategoryDetails['approval'] = 'automatic') => category('participant', { approval, ...(capacity !== undefined && { capacity }) });
export const asks = (...to: FormField[]) => ({ type: 'FormChanged', data: { from: [], to } }) as const;
const inLine = (standing: 'seated' | 'waiting' | 'pending', place = 1) => ({ standing, ...(standing === 'waiting' && { place }) });
/** `place`: in the line; who waits is the first if nothing is said. */
const isRegistered = (standing: 'seated' | 'waiting' | 'pending') => (name: Name, as = 'participant', more: { group?: string; answers?: Entry['answers']; place?: number } = {}) => {
  const { entry: filledIn, ...known } = registrant(name, more.answers);
  return { type: 'PersonRegistered', data: { ...known, category: as, ...(more.group !== undefined && { group: more.group }), ...inLine(standing, more.place), entry: told(known.person, filledIn) } } as const;
};
export const [seated, waiting, pending] = [isRegistered('seated'), isRegistered('waiting'), isRegistered('pending')];
export const repeated = (by: Name, of: Name, standing: 'seated' | 'waiting' | 'pending', place?: number) =>
  ({ type: 'FormRepeated', data: { registration: of, repeat: by, code: code(by), category: 'participant', ...inLine(standing, place), entry: told(person(of), entry(by)) } }) as const;
export const approved = (registration: Name, standing: 'seated' | 'waiting') => ({ type: 'RegistrationApproved', data: { registration, standing } }) as const;
export const refused = (registration: Name, from: Standing) => ({ type: 'RegistrationRefused', data: { registration, from } }) as const;
export const withdrawn = (registration: Name, from: Standing) => ({ type: 'RegistrationWithdrawn', data: { registration, from } }) as const;
export const substituted = (registration: Name, by: Name) => {
  const { registration: next, entry: filledIn, ...known } = registrant(by);
  return { type: 'RegistrationSubstituted', data: { registration, with: next, ...known, entry: told(known.person, filledIn) } } as const;
};
export const recategorised = (registration: Name, from: string, to: string) => ({ type: 'RegistrationRecategorised', data: { registration, from, to } }) as const;
export const given = (...registrations: Name[]) => ({ type: 'SeatsGiven', data: { registrations } }) as const;
export const offered = (until: string, ...registrations: Name[]) => ({ type: 'SeatsOffered', data: { registrations, until } }) as const;
export const accepted = (registration: Name) => ({ type: 'OfferAccepted', data: { registration } }) as const;
export const lapsed = (...registrations: Name[]) => ({ type: 'OffersLapsed', data: { registrations } }) as const;
export const checkedIn = (registration: Name, day = '2013-05-27') => ({ type: 'CheckedIn', data: { registration, day } }) as const;
export const undone = (registration: Name, day = '2013-05-27') => ({ type: 'CheckInUndone', data: { registration, day } }) as const;
export const noShow = (registration: Name) => ({ type: 'NoShowRecorded', data: { registration } }) as const;
export const came = (registration: Name) => ({ type: 'NoShowUndone', data: { registration } }) as const;
export const limited = (session: string, to?: number, from?: number) =>
  ({ type: 'SessionCapacityChanged', data: { session, ...(from !== undefined && { from }), ...(to !== undefined && { to }) } }) as const;
export const asked = (session: string, registration: Name, standing: 'seated' | 'waiting') => ({ type: 'SessionSeatAsked', data: { session, registration, standing } }) as const;
export const left = (session: string, registration: Name) => ({ type: 'SessionSeatLeft', data: { session, registration } }) as const;
export const movedUp = (session: string, ...registrations: Name[]) => ({ type: 'SessionSeatsGiven', data: { session, registrations } }) as const;

// Commands.
type Of<T extends RegistrationCommand['type']> = Extract<RegistrationCommand, { type: T }>;
export const member = (name: Name, as = 'participant', answers?: Entry['answers']) => ({ ...registrant(name, answers), category: as });
export const register = (name: Name, as?: string, answers?: Entry['answers']): Of<'Register'> => ({ type: 'Register', data: { by: 'public', meeting, members: [member(name, as, answers)] } });
export const group = (...group: Name[]): Of<'Register'> => ({ type: 'Register', data: { by: 'public', meeting, group: 'delegation', members: group.map((name) => member(name)) } });
export const byOrganisers = ({ data, type }: Of<'Register'>): Of<'Register'> => ({ type, data: { ...data, by: 'organisers' } });
/** The same form, sent by somebody who is given another id, person and code. */
export const again = (name: Name, as: Name): Of<'Register'> => ({ type: 'Register', data: { by: 'public', meeting, members: [{ ...member(as), address: address(name) }] } });
export const recategorise = (registration: string, category: string): Of<'RecategoriseRegistration'> => ({ type: 'RecategoriseRegistration', data: { registration, category, meeting } });
type StepType = 'ApproveRegistration' | 'RefuseRegistration' | 'WithdrawRegistration' | 'AcceptOffer';
const step = <T extends StepType>(type: T) => (registration: string) => ({ type, data: { registration, meeting } }) as Of<T>;
export const [approve, refuse, withdraw, accept] = [step('ApproveRegistration'), step('RefuseRegistration'), step('WithdrawRegistration'), step('AcceptOffer')];
export const substitute = (registration: string, by: Name): Of<'SubstituteRegistration'> => ({ type: 'SubstituteRegistration', data: { registration, meeting, with: registrant(by) } });
export const lapse: Of<'LapseOffers'> = { type: 'LapseOffers', data: { meeting } };
export const changeTerms = (to: Of<'ChangeTerms'>['data']['to']): Of<'ChangeTerms'> => ({ type: 'ChangeTerms', data: { meeting, to } });
export const changeCategory = (id: string, to: Of<'ChangeCategory'>['data']['to']): Of<'ChangeCategory'> => ({ type: 'ChangeCategory', data: { category: id, meeting, to } });
export const closeCategory = (id: string, into?: string): Of<'CloseCategory'> => ({ type: 'CloseCategory', data: { category: id, meeting, ...(into !== undefined && { into }) } });
export const checkIn = (registration: string, day?: string): Of<'CheckIn'> => ({ type: 'CheckIn', data: { registration, meeting, ...(day !== undefined && { day }) } });
export const undoCheckIn = (registration: string, day?: string): Of<'UndoCheckIn'> => ({ type: 'UndoCheckIn', data: { registration, meeting, ...(day !== undefined && { day }) } });
export const recordNoShow = (registration: string): Of<'RecordNoShow'> => ({ type: 'RecordNoShow', data: { registration, meeting } });
export const limit = (session: string, capacity: number | null): Of<'LimitSession'> => ({ type: 'LimitSession', data: { session, capacity, inProgramme: 'planned', meeting } });
export const askSeat = (session: string, registration: string): Of<'AskSessionSeat'> => ({ type: 'AskSessionSeat', data: { session, registration, inProgramme: 'planned', meeting } });
export const leave = (session: string, registration: string): Of<'LeaveSession'> => ({ type: 'LeaveSession', data: { session, registration, meeting } });
/** The same command when the meeting is over, or was cancelled. */
export const when = <C extends RegistrationCommand>(phase: Meeting['phase'], { type, data }: C) => ({ type, data: { ...data, meeting: { ...meeting, phase } } }) as C;

export const facts = specification(registrationDecider);
export const at = (instant: string, reason?: string) => specification(registrationDecider, { now: instant, ...(reason !== undefined && { reason }) });
export const because = (reason: string) => specification(registrationDecider, { reason });

export const folded = (...history: readonly RegistrationEvent[]) => {
  const state = registrationDecider.initial();
  history.forEach((event, revision) => registrationDecider.evolve(state, event, { revision, at: now }));
  return state;
};
export const decide = (state: ReturnType<typeof folded>, command: RegistrationCommand, instant = now) =>
  registrationDecider.decide(state, command, { now: instant, actor: organiser, open: openTold, reason: 'Because' });
