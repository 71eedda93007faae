import type { ConveningEvent } from '../../src/convening/convening.events.js';
import { itself } from '../../src/deciding/itself.js';
import { defaultPolicy } from '../../src/convening/policy.events.js';
import { told, type Personal, type PersonId } from '../../src/event-store/personal.js';
import type { RegistrationEvent } from '../../src/registration/registration.events.js';
import type { Entry } from '../../src/registration/registrations.events.js';
import { organiser } from '../given.js';

export const amina = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01';
export const desmond = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a02';
export const wangari = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a03';
export const stranger = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a04';

const morning = { room: 'simba', start: '2013-05-27T09:00+03:00', end: '2013-05-27T10:30+03:00' };
const nextDay = { room: 'tembo', start: '2013-05-28T11:00+03:00', end: '2013-05-28T12:30+03:00' };
const item = { id: 'welcome', title: { en: 'Welcome' }, minutes: 10, audience: 'public' } as const;
const speech = { session: 'panel-2', appearance: 'amina' };
const chair = { session: 'panel-2', appearance: 'minister' };
const details = { interpretation: [], audience: 'public', links: [] } as const;
const credit = (person: string, name: string) => told(person, { name });
const room = (id: string, name: string, capacity: number) => ({ type: 'RoomAdded', data: { room: id, name: { en: name }, capacity } }) as const;
const session = (id: string, title: string) => ({ type: 'SessionPlanned', data: { session: id, kind: 'panel', title: { en: title }, ...details } }) as const;

/** The facts of one command. */
export type Command<E> = readonly E[];

/** Each fact of a convening at least once, in an order in which they can happen. */
export const convening: readonly Command<ConveningEvent>[] = [
  [{
    type: 'ConveningPlanned',
    data: { convening: 'arusha-2013', title: { en: 'Preventing genocide', fr: 'Prévenir le génocide' }, languages: ['en', 'fr'], organisers: [], links: [], start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam', policy: defaultPolicy },
  }],
  [{ type: 'ProgrammeCarriedOver', data: { origin: { convening: 'kigali-2012', revision: 210, version: 'final' }, unscheduled: {} } }],
  [{ type: 'ConveningDetailsChanged', data: { from: { capacity: null, title: { en: 'Preventing genocide', fr: 'Prévenir le génocide' } }, to: { capacity: 120, title: { en: 'Genocide prevention', fr: 'Prévention du génocide' } } } }],
  [{ type: 'ConveningDatesChanged', data: { from: { start: '2013-05-27', end: '2013-05-28' }, to: { start: '2013-05-27', end: '2013-05-29' } } }],
  [{ type: 'ConveningZoneChanged', data: { from: 'Africa/Dar_es_Salaam', to: 'Africa/Nairobi' } }],
  [{ type: 'PolicyChanged', data: { from: defaultPolicy, to: { ...defaultPolicy, reconfirm: 'time', conflicts: { ...defaultPolicy.conflicts, 'no-room': 'hold' } } } }],
  [room('simba', 'Simba Hall', 200)], [room('tembo', 'Tembo Hall', 40)], [room('twiga', 'Twiga', 10)],
  [{ type: 'RoomChanged', data: { room: 'tembo', from: { capacity: 40 }, to: { capacity: 60 } } }],
  [{ type: 'RoomsReordered', data: { from: ['simba', 'tembo', 'twiga'], to: ['tembo', 'simba', 'twiga'] } }],
  [{ type: 'RoomRemoved', data: { room: 'twiga', from: { name: { en: 'Twiga' }, capacity: 10 } } }],
  [{ type: 'TrackAdded', data: { track: 'justice', name: { en: 'Justice' } } }, { type: 'TrackAdded', data: { track: 'media', name: { en: 'Media' } } }],
  [{ type: 'TrackChanged', data: { track: 'justice', from: { name: { en: 'Justice' } }, to: { name: { en: 'International justice' } } } }],
  [{ type: 'TracksReordered', data: { from: ['justice', 'media'], to: ['media', 'justice'] } }],
  [{ type: 'TrackRemoved', data: { track: 'media', from: { name: { en: 'Media' } } } }],
  [session('panel-1', 'Panel 1')], [session('panel-2', 'Panel 2')], [session('draft', 'A draft')],
  [{ type: 'SessionDetailsChanged', data: { session: 'panel-2', from: { track: null, language: null }, to: { track: 'justice', language: 'fr' } } }],
  [{ type: 'SessionNotesChanged', data: { session: 'panel-2', to: told(organiser, 'Ask for a lectern.') } }],
  [{ type: 'SessionRemoved', data: { session: 'draft', title: { en: 'A draft' } } }],
  [{ type: 'SessionsReordered', data: { from: ['panel-1', 'panel-2'], to: ['panel-2', 'panel-1'] } }],
  [{ type: 'SessionScheduled', data: { session: 'panel-2', slot: morning } }, { type: 'SessionScheduled', data: { session: 'panel-1', slot: morning } }],
  [{ type: 'SessionUnscheduled', data: { session: 'panel-1', from: morning } }],
  [{ type: 'ItemAdded', data: { session: 'panel-2', item } }, { type: 'ItemAdded', data: { session: 'panel-2', item: { ...item, id: 'talk', title: { en: 'Talk' } } } }],
  [{ type: 'ItemChanged', data: { session: 'panel-2', from: item, to: { ...item, minutes: 15 } } }],
  [{ type: 'ItemsReordered', data: { session: 'panel-2', from: ['welcome', 'talk'], to: ['talk', 'welcome'] } }],
  [{ type: 'ItemRemoved', data: { session: 'panel-2', from: { ...item, id: 'talk', title: { en: 'Talk' } } } }],
  [{ type: 'AppearanceProposed', data: { ...speech, role: 'speaker', person: amina, credit: credit(amina, 'Amina Juma') } }],
  [{ type: 'AppearanceProposed', data: { ...chair, role: 'chair', office: { position: { en: 'Minister of Justice' } } } }],
  [{ type: 'OfficeChanged', data: { ...chair, from: { position: { en: 'Minister of Justice' } }, to: { position: { en: 'Minister of Justice' }, country: 'TZ' } } }],
  [{ type: 'AppearanceNamed', data: { ...chair, by: desmond, person: desmond, credit: credit(desmond, 'Desmond Okello'), office: { position: { en: 'Minister of Justice' }, country: 'TZ' } } }],
  [{ type: 'CreditChanged', data: { ...speech, from: credit(amina, 'Amina Juma'), to: told(amina, { honorific: 'Dr.', name: 'Amina Juma' }) } }],
  [{ type: 'RoleChanged', data: { ...speech, from: 'speaker', to: 'panellist' } }],
  [{ type: 'RepresentationChanged', data: { ...speech, to: { en: 'the African Union' } } }],
  [{ type: 'AppearanceInvited', data: { ...speech, by: organiser, way: 'letter', answerBy: '2013-04-30T20:59:00.000Z' } }],
  [{ type: 'AppearanceTentativelyConfirmed', data: { ...speech, by: amina, way: 'telephone', slot: morning } }],
  [{ type: 'AppearanceConfirmed', data: { ...speech, by: amina, way: 'email', slot: morning, note: told(amina, 'Gladly.') } }],
  [
    { type: 'SessionMoved', data: { session: 'panel-2', from: morning, to: nextDay } },
    { type: 'ReconfirmationAsked', data: { ...speech, from: morning, to: nextDay } },
  ],
  [{ type: 'AppearanceDeclined', data: { ...chair, by: desmond } }],
  [{ type: 'AppearanceProposed', data: { session: 'panel-2', appearance: 'wangari', role: 'chair', person: wangari, credit: credit(wangari, 'Wangari Mutua'), replaces: 'minister' } }, { type: 'AppearanceReplaced', data: { ...chair, by: organiser, with: 'wangari' } }],
  [{ type: 'AppearancesReordered', data: { session: 'panel-2', from: ['amina', 'minister', 'wangari'], to: ['wangari', 'amina', 'minister'] } }],
  [{ type: 'AppearanceProposed', data: { session: 'panel-1', appearance: 'amina', role: 'speaker', person: amina, credit: credit(amina, 'Amina Juma') } }],
  [{ type: 'AppearanceCancelled', data: { session: 'panel-1', appearance: 'amina', by: organiser } }],
  [{ type: 'AppearanceProposed', data: { session: 'panel-1', appearance: 'open', role: 'moderator' } }],
  [{ type: 'AppearanceRemoved', data: { session: 'panel-1', appearance: 'open', role: 'moderator' } }],
  [{ type: 'AppearanceConfirmed', data: { session: 'panel-2', appearance: 'wangari', by: wangari } }],
  [{ type: 'AppearanceWithdrawn', data: { session: 'panel-2', appearance: 'wangari', by: wangari, way: 'message' } }],
  [{ type: 'AvailabilityStated', data: { person: amina, from: [], to: [{ start: '2013-05-27T13:00+03:00', end: '2013-05-27T20:00+03:00' }] } }],
  [{ type: 'ConflictAccepted', data: { conflict: 'no-moderator:panel-2', rule: 'no-moderator', reason: told(organiser, 'The chair moderates.') } }],
  [{ type: 'AcceptedConflictArose', data: { conflict: 'no-moderator:panel-2', circumstance: { slots: { 'panel-2': nextDay }, people: [] } } }],
  [{ type: 'AgendaPublished', data: { number: 1, label: 'provisional', audience: 'public' } }],
  [{ type: 'SessionCancelled', data: { session: 'panel-1' } }],
  [{ type: 'SessionReinstated', data: { session: 'panel-1' } }],
  [{ type: 'PublicationWithdrawn', data: { number: 1, label: 'provisional' } }],
  [{ type: 'ConflictAcceptanceWithdrawn', data: { conflict: 'no-moderator:panel-2' } }],
  [{ type: 'AttendanceRecorded', data: { ...speech, by: organiser, from: 'confirmed', to: 'appeared' } }],
  [{ type: 'ChangesTakenBack', data: { revisions: [9, 10, 11, 12, 13] } }, room('swala', 'Swala Hall', 10)],
  [{ type: 'ConveningConcluded', data: { attendance: { participants: 75, countries: 22 } } }],
  [{ type: 'ReportedAttendanceCorrected', data: { from: { participants: 75, countries: 22 }, to: { participants: 80, countries: 22 } } }],
  [{ type: 'ConveningCancelled', data: { convening: 'arusha-2013' } }],
  [{ type: 'ProgrammePartSet', data: { part: 1, of: 1 } }],
];

const entry = (person: string, given: string, family: string): Personal<Entry> => told(person, { name: { given, family }, answers: {} });
const registered = (id: string, person: string, code: string, given: string, family: string, standing: 'seated' | 'waiting' | 'pending') =>
  ({ type: 'PersonRegistered', data: { registration: id, person, code, category: 'press', standing, entry: entry(person, given, family) } }) as const;
const field = { id: 'diet', kind: 'text', label: { en: 'Diet' }, required: false } as const;

/** Each fact of registrations at least once, in the same way. */
export const registrations: readonly Command<RegistrationEvent>[] = [
  [{ type: 'RegistrationPrepared', data: { convening: 'arusha-2013', placesTold: 'whether' } }],
  [{ type: 'RegistrationTermsChanged', data: { from: { opens: null }, to: { opens: '2013-03-01T08:00:00.000Z' } } }],
  [{ type: 'FormChanged', data: { from: [], to: [field] } }],
  [{ type: 'CategoryAdded', data: { category: 'press', name: { en: 'Press' }, capacity: 1, approval: 'automatic' } }, { type: 'CategoryAdded', data: { category: 'guest', name: { en: 'Guests' }, approval: 'by-hand' } }],
  [{ type: 'CategoryChanged', data: { category: 'press', from: { capacity: 1 }, to: { capacity: 2 } } }],
  [registered('one', amina, '7KQ2M-4XD9T', 'Amina', 'Juma', 'seated')], [registered('two', desmond, '8KQ2M-4XD9T', 'Desmond', 'Okello', 'waiting'), registered('three', wangari, '9KQ2M-4XD9T', 'Wangari', 'Mutua', 'pending')],
  [{ type: 'FormRepeated', data: { registration: 'one', repeat: 'four', code: '2KQ2M-4XD9T', category: 'press', standing: 'waiting', entry: entry(amina, 'A.', 'Juma') } }],
  [{ type: 'RegistrationApproved', data: { registration: 'three', standing: 'waiting' } }],
  [{ type: 'SessionCapacityChanged', data: { session: 'panel-2', to: 20 } }],
  [{ type: 'SessionSeatAsked', data: { session: 'panel-2', registration: 'one', standing: 'seated' } }, { type: 'SessionSeatAsked', data: { session: 'panel-2', registration: 'three', standing: 'waiting' } }],
  [{ type: 'SessionSeatLeft', data: { session: 'panel-2', registration: 'one' } }, { type: 'SessionSeatsGiven', data: { session: 'panel-2', registrations: ['three'] } }],
  [{ type: 'RegistrationWithdrawn', data: { registration: 'one', from: 'seated' } }, { type: 'SeatsOffered', data: { registrations: ['two'], until: '2013-05-01T08:00:00.000Z' } }],
  [{ type: 'RegistrationRecategorised', data: { registration: 'two', from: 'press', to: 'guest' } }],
  [{ type: 'OffersLapsed', data: { registrations: ['two'] } }, { type: 'SeatsGiven', data: { registrations: ['three'] } }],
  [{ type: 'RegistrationSubstituted', data: { registration: 'three', with: 'five', person: amina, code: '3KQ2M-4XD9T', entry: entry(amina, 'Amina', 'Juma') } }],
  [{ type: 'OfferAccepted', data: { registration: 'five' } }],
  [{ type: 'CheckedIn', data: { registration: 'five', day: '2013-05-27' } }],
  [{ type: 'CheckInUndone', data: { registration: 'five', day: '2013-05-27' } }],
  [{ type: 'NoShowRecorded', data: { registration: 'five' } }],
  [{ type: 'NoShowUndone', data: { registration: 'five' } }],
  [{ type: 'RegistrationRefused', data: { registration: 'five', from: 'pending' } }],
  [{ type: 'CategoryClosed', data: { category: 'press', into: 'guest' } }],
];

/** Who asked for them: the public form is filled in by who registers, also one that comes again; what lapses, nobody asked for. */
export const askedBy = ([fact]: Command<RegistrationEvent>): PersonId =>
  fact?.type === 'PersonRegistered' ? fact.data.person : fact?.type === 'FormRepeated' ? stranger : fact?.type === 'OffersLapsed' ? itself : organiser;
