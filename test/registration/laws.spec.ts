import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drained } from '../../src/event-store/steps.js';
import { Refusal } from '../../src/deciding/refusal.js';
import type { Registrations } from '../../src/registration/registration.js';
import { keeping } from '../../src/registration/kept.rules.js';
import type { Standing } from '../../src/registration/registrations.events.js';
import { decide } from './desk.js';
import { aCommand, aStory, begins, begun, evolve, live, numRuns, play, stored } from './stories.js';

const takes: readonly Standing[] = ['offered', 'seated'];
const ofState = ({ registrations }: Registrations) => [...registrations].map(([id, held]) => ({ id, ...held }));
const takenIn = (state: Registrations, id?: string) => ofState(state).filter((each) => takes.includes(each.standing) && (id === undefined || each.category === id)).length;

describe('laws of registration', () => {
  it('seats taken never exceed the capacity, except after it was lowered or a category was closed into another', () =>
    fc.assert(fc.property(aStory(40), (story) => {
      const most = new Map<string | undefined, { readonly taken: number; readonly capacity: number }>();
      play(story, ({ state, command }) => {
        for (const id of [undefined, ...state.categories.keys()]) {
          const capacity = (id === undefined ? state.terms.capacity : state.categories.get(id)?.capacity) ?? Infinity;
          const taken = takenIn(state, id);
          const before = most.get(id) ?? { taken: 0, capacity };
          // Where more are taken than there are seats, nobody is added to them; what lapsed meanwhile is given away before a capacity is lowered.
          const mayExceed = command.type === 'CloseCategory' || taken <= Math.max(before.taken, before.capacity);
          if (taken > capacity && !mayExceed) expect({ id, taken }).toEqual({ id, taken: capacity });
          most.set(id, { taken, capacity });
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
        const first = state.revision - events.length + 1;
        for (const [index, event] of events.entries()) {
          if (event.type !== 'SeatsGiven' && event.type !== 'SeatsOffered') continue;
          for (const { category, number } of event.data.registrations.map((id) => state.registrations.get(id)!))
            // Who came into the line by a later fact of the same decision did not wait yet: what lapsed before is given away first.
            for (const other of ofState(state)) if (other.standing === 'waiting' && other.category === category && other.revision < first + index) expect(other.number).toBeGreaterThan(number);
        }
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

  it('the fold of a prefix, kept as texts, and of the rest is the fold of all', () =>
    fc.assert(fc.property(aStory(30), fc.nat(60), (story, cut) => {
      const { state, events } = play(story);
      const [first, all] = [begun(), begun()];
      const instant = new Date(begins).toISOString();
      evolve(first, events.slice(0, cut), instant);
      evolve(all, events, instant);
      const restored = throughTexts(first);
      expect(restored).toEqual(first);
      evolve(restored, events.slice(cut), instant);
      expect(restored).toEqual(all);
      expect(restored.revision).toEqual(state.revision);
    }), { numRuns }));
});

/** A state as it is kept, and back. */
const throughTexts = (state: Registrations): Registrations => {
  const restoring = keeping.restoring();
  for (const piece of keeping.pieces(state)) restoring.take(piece);
  return drained(restoring.whole());
};
