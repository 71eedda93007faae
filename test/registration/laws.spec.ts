import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../src/deciding/refusal.js';
import type { Registrations } from '../../src/registration/registration.js';
import { registrationDecider, type RegistrationCommand } from '../../src/registration/registration.decider.js';
import type { RegistrationEvent } from '../../src/registration/registration.events.js';
import type { Standing } from '../../src/registration/registrations.events.js';
import {
  accept, approve, askSeat, category, changeCategory, changeTerms, checkIn, closeCategory, decide, folded, leave, limit, limited, meeting, opened, participants, recordNoShow, refuse, undoCheckIn, withdraw,
} from './desk.js';

const numRuns = Number(process.env.BARAZA_TEST_RUNS ?? 200);
const live: readonly Standing[] = ['pending', 'waiting', 'offered', 'seated', 'no-show'];
/** What is asked for depends on who is there: `serial` numbers what comes new. */
type Asks = (state: Registrations, serial: number) => RegistrationCommand;
const aCategory = fc.constantFrom('participant', 'participant', 'observer', 'press');
const aSession = fc.constantFrom('panel', 'dinner');
const aCapacity = fc.option(fc.nat(6), { freq: 8 });
/** One of twelve people, under a new id and code: some are there already. */
const newcomer = (serial: number, who: number) => ({
  registration: `r${serial}`, person: `4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a${10 + who}`, code: `CODE-${serial}`, address: `digest-${who}`, entry: { name: { family: `Person ${who}` }, answers: {} },
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
const aCommand: fc.Arbitrary<Asks> = fc.oneof(
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
  of((id) => checkIn(id)),
  of((id) => undoCheckIn(id)),
  of(recordNoShow),
  always(fc.tuple(aSession, fc.option(fc.nat(2), { freq: 8 })), ([session, capacity]) => limit(session, capacity)),
  { weight: 5, arbitrary: fc.tuple(aSession, somebody).chain(([session]) => of((id) => askSeat(session, id))) },
  fc.tuple(aSession, somebody).chain(([session]) => of((id) => leave(session, id))),
);
/** Commands, and how many hours pass before each. */
const aStory = (maxLength: number) => fc.array(fc.tuple(aCommand, fc.constantFrom(0, 0, 0, 1, 3)), { maxLength, size: 'max' });

const begun = () => folded(
  opened({ capacity: 5, hoursToAccept: 2 }), participants(2), category('observer', { capacity: 1, approval: 'by-hand' }), category('press', { capacity: 4 }), limited('panel', 1), limited('dinner', 2),
);
const hour = 60 * 60 * 1000;
const begins = Date.parse('2013-05-27T05:00:00.000Z');

/** What becomes of plain data in the log. */
const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const evolve = (state: Registrations, events: readonly RegistrationEvent[], instant: string) =>
  events.forEach((event) => registrationDecider.evolve(state, event, { revision: state.revision + 1, at: instant }));

interface Told {
  readonly state: Registrations;
  readonly events: readonly RegistrationEvent[];
  readonly command: RegistrationCommand;
  readonly instant: string;
}
/** Plays a story; each command that is obeyed is looked at. The desk opens on the first morning. */
const play = (story: readonly (readonly [Asks, number])[], look: (told: Told) => void = () => undefined) => {
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

const takes: readonly Standing[] = ['offered', 'seated'];
const ofState = ({ registrations }: Registrations) => [...registrations].map(([id, held]) => ({ id, ...held }));
const takenIn = (state: Registrations, id?: string) => ofState(state).filter((each) => takes.includes(each.standing) && (id === undefined || each.category === id)).length;

describe('laws of registration', () => {
  it('seats taken never exceed the capacity, except after it was lowered or a category was closed into another', () =>
    fc.assert(fc.property(aStory(40), (story) => {
      const most = new Map<string | undefined, number>();
      play(story, ({ state, command }) => {
        for (const id of [undefined, ...state.categories.keys()]) {
          const capacity = (id === undefined ? state.terms.capacity : state.categories.get(id)?.capacity) ?? Infinity;
          const taken = takenIn(state, id);
          const before = most.get(id) ?? 0;
          // Where more are taken than there are seats, nobody is added to them.
          const mayExceed = command.type === 'CloseCategory' || taken <= before;
          if (taken > capacity && !mayExceed) expect({ id, taken }).toEqual({ id, taken: capacity });
          most.set(id, taken);
        }
      });
    }), { numRuns }));

  it('nobody waits while a seat of theirs is free', () =>
    fc.assert(fc.property(aStory(40), (story) => {
      play(story, ({ state, command, instant }) => {
        // What lapsed meanwhile is free with the next decision about seats.
        if ([...state.offers.values()].some((until) => until <= instant)) return;
        const left = (state.terms.capacity ?? Infinity) - takenIn(state);
        const waiting = ofState(state).filter(({ standing, category: of }) => standing === 'waiting' && (state.categories.get(of)?.capacity ?? Infinity) > takenIn(state, of));
        expect({ command, waiting: left > 0 ? waiting.map(({ id }) => id) : [] }).toEqual({ command, waiting: [] });
        for (const [session, { capacity = 0, seated, waiting: queue }] of state.sessions) expect({ session, waits: queue.length > 0 && seated.size < capacity }).toEqual({ session, waits: false });
      });
    }), { numRuns }));

  it('the order of the waiting list is the order of registration, and who moves up waited longest', () =>
    fc.assert(fc.property(aStory(40), (story) => {
      play(story, ({ state, events }) => {
        for (const [id, held] of state.categories) {
          const waiting = ofState(state).filter((each) => each.standing === 'waiting' && each.category === id).sort((a, b) => a.number - b.number).map((each) => each.id);
          expect(held.waiting).toEqual(waiting);
        }
        const moved = events.flatMap((event) => (event.type === 'SeatsGiven' || event.type === 'SeatsOffered' ? event.data.registrations : [])).map((id) => state.registrations.get(id)!);
        for (const each of moved)
          for (const other of ofState(state)) if (other.standing === 'waiting' && other.category === each.category) expect(other.number).toBeGreaterThan(each.number);
      });
    }), { numRuns }));

  it('every person holds at most one registration that stands, and every address', () =>
    fc.assert(fc.property(aStory(40), (story) => {
      play(story, ({ state }) => {
        const standing = ofState(state).filter((each) => live.includes(each.standing));
        for (const field of ['person', 'address', 'code'] as const) expect(new Set(standing.map((each) => each[field])).size).toEqual(standing.length);
        expect([...state.people].sort()).toEqual(standing.map((each) => [each.person, each.id]).sort());
        expect([...state.addresses].sort()).toEqual(standing.map((each) => [each.address, each.id]).sort());
      });
    }), { numRuns }));

  it('what is counted beside the registrations is what they say', () =>
    fc.assert(fc.property(aStory(40), (story) => {
      play(story, ({ state }) => {
        expect(state.taken).toEqual(takenIn(state));
        for (const [id, held] of state.categories) expect([id, held.taken]).toEqual([id, takenIn(state, id)]);
        const offered = ofState(state).filter((each) => each.standing === 'offered').map((each) => each.id);
        expect([...state.offers.keys()].sort()).toEqual(offered.sort());
        expect(state.firstLapse).toEqual([...state.offers.values()].sort()[0]);
        const signedUp = ofState(state).flatMap((each) => each.sessions.map((session) => `${session} ${each.id}`));
        expect([...state.sessions].flatMap(([session, { seated, waiting }]) => [...seated, ...waiting].map((id) => `${session} ${id}`)).sort()).toEqual(signedUp.sort());
        for (const each of ofState(state)) if (each.standing !== 'seated') expect(each.sessions).toEqual([]);
      });
    }), { numRuns }));

  it('what was obeyed is so: asked for again, nothing happens', () =>
    fc.assert(fc.property(aStory(20), aCommand, (story, last) => {
      const { state, instant, serial } = play(story);
      const command = last(state, serial);
      // A second check-in is told to the second desk, and a form that is sent again under a new id is another form.
      if (command.type === 'CheckIn') return;
      try {
        evolve(state, stored(decide(state, command, instant)), instant);
      } catch (error) {
        if (error instanceof Refusal) return;
        throw error;
      }
      try {
        expect(decide(state, command, instant)).toEqual([]);
      } catch (error) {
        if (!(error instanceof Refusal) || command.type !== 'Register' || error.code !== 'registration-exists') throw error;
      }
    }), { numRuns }));

  it('a decision leaves the state as it was', () =>
    fc.assert(fc.property(aStory(20), aCommand, (story, last) => {
      const { state, instant, serial } = play(story);
      const before = structuredClone(state);
      try { decide(state, last(state, serial), instant); } catch (error) { if (!(error instanceof Refusal)) throw error; }
      expect(state).toEqual(before);
    }), { numRuns }));

  it('the fold of a prefix, kept as JSON, and of the rest is the fold of all', () =>
    fc.assert(fc.property(aStory(30), fc.nat(60), (story, cut) => {
      const { state, events } = play(story);
      const [first, all] = [begun(), begun()];
      const instant = new Date(begins).toISOString();
      evolve(first, events.slice(0, cut), instant);
      evolve(all, events, instant);
      const restored = throughJson(first);
      evolve(restored, events.slice(cut), instant);
      expect(restored).toEqual(all);
      expect(restored.revision).toEqual(state.revision);
    }), { numRuns }));
});

/** A state as one JSON text and back: Maps and Sets as their entries. */
const throughJson = (state: Registrations): Registrations =>
  JSON.parse(
    JSON.stringify(state, (_, value: unknown) => (value instanceof Map ? { map: [...value] } : value instanceof Set ? { set: [...value] } : value)),
    (_, value: { map?: [string, unknown][]; set?: unknown[] } | null) =>
      value && typeof value === 'object' ? (Array.isArray(value.map) ? new Map(value.map) : Array.isArray(value.set) ? new Set(value.set) : value) : value,
  ) as Registrations;

