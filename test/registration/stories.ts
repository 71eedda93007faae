import fc from 'fast-check';
import { Refusal } from '../../src/deciding/refusal.js';
import type { Registrations } from '../../src/registration/registration.js';
import { registrationDecider, type RegistrationCommand } from '../../src/registration/registration.decider.js';
import type { RegistrationEvent } from '../../src/registration/registration.events.js';
import type { Entry, Standing } from '../../src/registration/registrations.events.js';
import {
  accept, approve, asks as form, askSeat, category, changeCategory, changeTerms, checkIn, closeCategory, decide, folded, leave, limit, limited, meeting, opened, participants, recategorise, recordNoShow, refuse, undoCheckIn, withdraw,
} from './desk.js';

// Random stories of a registration: whoever comes, leaves, is refused, replaced, moved up or checked in.

export const numRuns = Number(process.env.BARAZA_TEST_RUNS ?? 200);
/** Those that have not come to an end. */
export const live: readonly Standing[] = ['pending', 'waiting', 'offered', 'seated', 'no-show'];
/** What is asked for depends on who is there: `serial` numbers what comes new. */
export type Asks = (state: Registrations, serial: number) => RegistrationCommand;
const aCategory = fc.constantFrom('participant', 'participant', 'observer', 'press');
const aSession = fc.constantFrom('panel', 'dinner');
const aCapacity = fc.option(fc.nat(6), { freq: 8 });
/** Twelve people: of states, of organisations of all kinds, with accents, and of some little is known. */
const people: readonly Omit<Entry, 'answers'>[] = [
  { name: { given: 'Amina', family: 'Juma' }, kind: 'government', country: 'TZ', organisation: 'Ministry of Justice' },
  { name: { given: 'Zoé', family: 'Étienne' }, kind: 'government', country: 'FR', organisation: 'Ministère de la Justice' },
  { name: { given: 'Paul', family: 'Mwangi' }, kind: 'government', country: 'KE' },
  { name: { given: 'Juma', family: 'Abdi' }, kind: 'government', organisation: 'Ministry of Justice' },
  { name: { given: 'Grace', family: 'Ødegård' }, kind: 'un', organisation: 'A programme' },
  { name: { family: 'Zawadi' }, kind: 'igo', organisation: 'A union' },
  { name: { given: 'Peter', family: 'Müller' }, kind: 'ngo', country: 'DE', organisation: 'Wächter' },
  { name: { given: 'Łucja', family: 'de la Cruz' }, kind: 'ngo', country: 'PL' },
  { name: { given: 'Ana', family: 'Sánchez' }, kind: 'academia', country: 'MX', organisation: 'A university' },
  { name: { given: 'Li', family: 'Na' }, kind: 'media', country: 'CN' },
  { name: { family: 'Nobody of note' } },
  { name: { given: 'Ḥamīd', family: 'al-Ḥasan' }, kind: 'nhri', country: 'JO', organisation: 'A commission' },
];
const diets = ['any', 'vegan', 'halal'] as const;
/** One of them, under a new id and code: some are there already. */
const newcomer = (serial: number, who: number) => ({
  registration: `r${serial}`, person: `4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a${10 + who}`, code: `CODE-${serial}`, address: `digest-${who}`, entry: { ...people[who]!, answers: who % 4 === 0 ? {} : { diet: diets[serial % 3]! } },
});
const aPerson = fc.nat(11);
const comes = (by: 'public' | 'organisers', people: readonly number[], category: string): Asks => (_, serial) => ({
  type: 'Register', data: { by, meeting, members: people.map((who, index) => ({ ...newcomer(serial * 20 + index, who), category })) },
});
/** Somebody who is there, or was: mostly one who stands. */
const somebody = fc.nat(60);
const picked = (pick: number, { registrations }: Registrations): string => {
  const some = [...registrations].filter(([, { standing }]) => pick < 5 || live.includes(standing));
  return some[pick % Math.max(1, some.length)]?.[0] ?? 'nobody';
};
const of = (step: (registration: string) => RegistrationCommand) =>
  somebody.map((pick): Asks => (state) => step(picked(pick, state)));
const always = <T>(arbitrary: fc.Arbitrary<T>, command: (value: T) => RegistrationCommand) => arbitrary.map((value): Asks => () => command(value));
export const aCommand: fc.Arbitrary<Asks> = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(fc.constantFrom('public', 'organisers'), aPerson, aCategory).map(([by, who, as]) => comes(by, [who], as)) },
  { weight: 2, arbitrary: fc.tuple(fc.uniqueArray(aPerson, { minLength: 1, maxLength: 5 }), aCategory).map(([people, as]) => comes('public', people, as)) },
  { weight: 4, arbitrary: of(withdraw) },
  { weight: 4, arbitrary: of(approve) },
  of(refuse),
  { weight: 2, arbitrary: of(accept) },
  fc.tuple(somebody, aPerson).map(([pick, who]): Asks => (state, serial) => ({
    type: 'SubstituteRegistration', data: { meeting, registration: picked(pick, state), with: newcomer(serial * 20, who) },
  })),
  always(aCapacity, (capacity) => changeTerms({ capacity })),
  always(fc.option(fc.integer({ min: 1, max: 4 }), { freq: 1 }), (hoursToAccept) => changeTerms({ hoursToAccept })),
  { weight: 2, arbitrary: always(fc.tuple(aCategory, aCapacity), ([id, capacity]) => changeCategory(id, { capacity })) },
  always(fc.tuple(aCategory, fc.constantFrom('automatic', 'by-hand')), ([id, approval]) => changeCategory(id, { approval })),
  always(fc.tuple(aCategory, fc.option(aCategory, { nil: undefined, freq: 8 })), ([id, into]) => closeCategory(id, into)),
  { weight: 2, arbitrary: fc.tuple(somebody, aCategory).map(([pick, into]): Asks => (state) => recategorise(picked(pick, state), into)) },
  of((id) => checkIn(id)),
  of((id) => undoCheckIn(id)),
  of(recordNoShow),
  always(fc.tuple(aSession, fc.option(fc.nat(2), { freq: 8 })), ([session, capacity]) => limit(session, capacity)),
  { weight: 5, arbitrary: fc.tuple(aSession, somebody).chain(([session]) => of((id) => askSeat(session, id))) },
  fc.tuple(aSession, somebody).chain(([session]) => of((id) => leave(session, id))),
);
/** Commands, and how many hours pass before each. */
export const aStory = (maxLength: number) => fc.array(fc.tuple(aCommand, fc.constantFrom(0, 0, 0, 1, 3)), { maxLength, size: 'max' });

/** How every story begins. */
export const beginning: readonly RegistrationEvent[] = [
  opened({ capacity: 5, hoursToAccept: 2 }), participants(2), category('observer', { capacity: 1, approval: 'by-hand' }), category('press', { capacity: 4 }), limited('panel', 1), limited('dinner', 2),
  form({ id: 'diet', kind: 'choice', label: { en: 'Diet' }, required: false, choices: diets.map((id) => ({ id, label: { en: id } })) }),
];
export const begun = () => folded(...beginning);
const hour = 60 * 60 * 1000;
export const begins = Date.parse('2013-05-27T05:00:00.000Z');

/** What becomes of plain data in the log. */
export const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
export const evolve = (state: Registrations, events: readonly RegistrationEvent[], instant: string) =>
  events.forEach((event) => registrationDecider.evolve(state, event, { revision: state.revision + 1, at: instant }));

export interface Told {
  readonly state: Registrations;
  readonly events: readonly RegistrationEvent[];
  readonly command: RegistrationCommand;
  readonly instant: string;
}
/** Plays a story; each command that is obeyed is looked at. The desk opens on the first morning. */
export const play = (story: readonly (readonly [Asks, number])[], look: (told: Told) => void = () => undefined) => {
  const state = begun();
  let time = begins;
  const all: RegistrationEvent[] = [];
  for (const [serial, [asks, hours]] of story.entries()) {
    const command = asks(state, serial);
    time += hours * hour;
    const instant = new Date(time).toISOString();
    try {
      const events = stored(decide(state, command, instant));
      evolve(state, events, instant);
      all.push(...events);
      look({ state, events, command, instant });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return { state, events: all, instant: new Date(time).toISOString(), serial: story.length };
};
