import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ConveningCommand } from '../../src/convening/convening.decider.js';
import { conveningDecider } from '../../src/convening/convening.decider.js';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import { conflictsOf, conflictsOfSession } from '../../src/convening/conflict.rules.js';
import type { Convening } from '../../src/convening/convening.js';
import { Refusal } from '../../src/deciding/refusal.js';
import { at, decide, folded, judge, bishop, planned, proposed, schedule, scheduled, session, simba, tembo } from './arusha.js';
import { now } from '../given.js';

// Legal ids that are also names of what every object has.
const ids = ['one', 'two', 'constructor', 'tostring'];
const hours = ['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'];
const anId = fc.constantFrom(...ids);
const aSlot = fc
  .tuple(fc.constantFrom('simba', 'tembo', 'constructor', null), fc.nat(4), fc.integer({ min: 1, max: 3 }))
  .map(([where, from, length]) => at(where, hours[from]!, hours[Math.min(from + length, 5)]!));
const aCommand: fc.Arbitrary<ConveningCommand> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(anId, aSlot).map(([id, slot]) => schedule(id, slot)) },
  anId.map((id) => ({ type: 'UnscheduleSession', data: { session: id } }) as const),
  anId.map((id) => ({ type: 'CancelSession', data: { session: id } }) as const),
  anId.map((id) => ({ type: 'ReinstateSession', data: { session: id } }) as const),
  anId.map((id) => ({ type: 'RemoveSession', data: { session: id } }) as const),
  anId.map((id) => ({ type: 'PlanSession', data: { session: id, kind: 'talk', title: id } }) as const),
  fc.constantFrom('UTC', 'Europe/Berlin', 'Africa/Dar_es_Salaam').map((zone) => ({ type: 'ChangeConvening', data: { zone } }) as const),
  fc.constantFrom('2013-05-27', '2013-05-28').map((end) => ({ type: 'ChangeConvening', data: { end, policy: { minutesToChange: end === '2013-05-27' ? 0 : 30 } } }) as const),
  fc.shuffledSubarray(ids, { minLength: 4 }).map((order) => ({ type: 'ReorderSessions', data: { order } }) as const),
  fc.tuple(anId, anId, fc.constantFrom(judge, bishop))
    .map(([id, appearance, person]) => ({ type: 'ProposeAppearance', data: { session: id, appearance, role: 'speaker', person, credit: { name: 'Amina Juma' } } }) as const),
  fc.tuple(anId, anId).map(([id, appearance]) => ({ type: 'ConfirmAppearance', data: { session: id, appearance } }) as const),
  fc.tuple(anId, anId).map(([id, appearance]) => ({ type: 'RemoveAppearance', data: { session: id, appearance } }) as const),
  fc.tuple(anId, fc.uniqueArray(anId)).map(([id, items]) => ({ type: 'SetRunningOrder', data: { session: id, items: items.map((each) => ({ id: each, title: each })) } }) as const),
  anId.map((id) => ({ type: 'AddRoom', data: { room: id, name: id } }) as const),
  anId.map((id) => ({ type: 'RemoveRoom', data: { room: id } }) as const),
  fc.tuple(anId, anId).map(([id, track]) => ({ type: 'ChangeSession', data: { session: id, to: { track } } }) as const),
  anId.map((id) => ({ type: 'AddTrack', data: { track: id, name: id } }) as const),
  anId.map((label) => ({ type: 'PublishAgenda', data: { label } }) as const),
);

const begun = () => folded(planned, simba, tembo, ...ids.map((id) => session(id)));

/** What becomes of plain data in the log: canonical JSON sorts fields. */
const stored = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value, (_, field: unknown) =>
    typeof field === 'object' && field !== null && !Array.isArray(field) ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1))) : field)) as T;
/** A state as one JSON text and back: Maps as their entries. */
const throughJson = (convening: Convening): Convening =>
  JSON.parse(JSON.stringify(convening, (_, value: unknown) => (value instanceof Map ? { entries: [...value] } : value)), (_, value: { entries?: [string, unknown][] } | null) =>
    value && typeof value === 'object' && Array.isArray(value.entries) ? new Map(value.entries) : value) as Convening;
/** All of it, orders too: equality of Maps does not look at them. */
const orders = ({ sessions, rooms, tracks }: Convening) => [[...rooms.keys()], [...tracks.keys()], [...sessions].map(([id, { appearances }]) => [id, ...appearances.keys()])];

const obey = (convening: Convening, command: ConveningCommand): readonly ConveningEvent[] => {
  try {
    const events = stored(decide(convening, command));
    for (const event of events) conveningDecider.evolve(convening, event, { revision: convening.revision + 1, at: now });
    return events;
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
};

const doubleBookings = ({ sessions }: Convening) =>
  [...sessions.values()].flatMap((a) =>
    [...sessions.values()].filter(
      (b) => a.id < b.id && !a.cancelled && !b.cancelled && a.slot?.room !== undefined && a.slot.room === b.slot?.room &&
        Date.parse(a.slot.start) < Date.parse(b.slot.end) && Date.parse(b.slot.start) < Date.parse(a.slot.end),
    ).map((b) => [a.id, b.id]));

describe('laws', () => {
  it('no double booking survives any sequence of commands', () =>
    fc.assert(fc.property(fc.array(aCommand, { maxLength: 30, size: 'max' }), (commands) => {
      const convening = begun();
      for (const command of commands) obey(convening, command);
      expect(doubleBookings(convening)).toEqual([]);
    }), { numRuns: 300 }));

  it('what was obeyed is so: asked for again, nothing happens', () =>
    fc.assert(fc.property(fc.array(aCommand, { maxLength: 10, size: 'max' }), aCommand, (commands, last) => {
      const convening = begun();
      for (const command of commands) obey(convening, command);
      obey(convening, last);
      expect(obey(convening, last)).toEqual([]);
    })));

  it('a decision leaves the state as it was', () =>
    fc.assert(fc.property(fc.array(aCommand, { maxLength: 10, size: 'max' }), aCommand, (commands, last) => {
      const convening = begun();
      for (const command of commands) obey(convening, command);
      const before = structuredClone(convening);
      const held = [...convening.sessions.values()];
      try { decide(convening, last); } catch (error) { if (!(error instanceof Refusal)) throw error; }
      expect([convening, orders(convening)]).toEqual([before, orders(before)]);
      expect([...convening.sessions.values()].every((session, index) => session === held[index])).toEqual(true);
    })));

  it('the fold of a prefix, kept as JSON, and of the rest is the fold of all', () =>
    fc.assert(fc.property(fc.array(aCommand, { maxLength: 20 }), fc.nat(60), (commands, cut) => {
      const convening = begun();
      const facts = commands.flatMap((command) => obey(convening, command));
      const state = begun();
      const tell = (events: readonly ConveningEvent[], to: Convening) => events.forEach((event) => conveningDecider.evolve(to, event, { revision: to.revision + 1, at: now }));
      tell(facts.slice(0, cut), state);
      const restored = throughJson(state);
      tell(facts.slice(cut), restored);
      expect([restored, orders(restored)]).toEqual([convening, orders(convening)]);
    })));

  it('one sweep finds what each session finds by itself', () =>
    fc.assert(fc.property(fc.array(fc.tuple(aSlot, fc.constantFrom(judge, bishop)), { minLength: 2, maxLength: 6 }), (planning) => {
      const convening = folded(planned, simba, tembo, ...planning.flatMap(([slot, person], index) =>
        [session(`s${index}`, index % 2 ? 'panel' : 'talk'), scheduled(`s${index}`, slot), proposed(`s${index}`, 'a1', person)]));
      const alone = new Map([...convening.sessions.values()].flatMap((each) => conflictsOfSession(convening, each)).map((found) => [found.key, found.ids]));
      expect(new Map(conflictsOf(convening).map((found) => [found.key, found.ids]))).toEqual(alone);
    })));
});

describe('a convening of 2,000 sessions', () => {
  // Its keys are those that speed.mjs prints.
  const took = JSON.parse(execFileSync(process.execPath, [fileURLToPath(new URL('./speed.mjs', import.meta.url))], { encoding: 'utf8' })) as {
    facts: number; fold: number; conflicts: number; holding: number; more: Record<string, number>;
  };

  it('is folded from 20,000 facts within 60 ms', () => {
    expect(took.facts).toBeGreaterThanOrEqual(20_000);
    expect(took.fold).toBeLessThanOrEqual(60);
  });

  it('has all its conflicts found without holding up anybody for 50 ms', () => {
    expect(took.conflicts).toBeLessThanOrEqual(50);
    expect(took.holding).toBeLessThanOrEqual(25);
  });

  it.each(Object.entries(took.more))('costs %p hardly more than a small one: less than 0.15 ms', (_, more) => expect(more).toBeLessThanOrEqual(0.15));
});
