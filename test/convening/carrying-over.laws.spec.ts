import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { carriedOver, shifted, type Calendar } from '../../src/convening/carrying-over.rules.js';
import type { Convening } from '../../src/convening/convening.js';
import { wallClock } from '../../src/convening/times.js';
import { drained } from '../../src/event-store/steps.js';
import { Refusal } from '../../src/deciding/refusal.js';
import { openTold } from '../given.js';
import { folded, withPolicy } from './arusha.js';
import { aProgramme, ask, documentOf, setProgramme } from './programmes.js';

const hour = 3_600_000;
const day = 24 * hour;
const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10);
/** Around the changes of the clocks in these zones, where some days have no half past two, and some two. */
const aZone = fc.constantFrom('Africa/Dar_es_Salaam', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');
const aDay = fc.oneof(fc.integer({ min: 20_500, max: 20_900 }), fc.constantFrom('2026-03-08', '2026-03-28', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01').map((date) => Date.parse(date) / day));
const aCalendar: fc.Arbitrary<Calendar> = fc.record({ first: aDay, length: fc.nat(4), zone: aZone }).map(({ first, length, zone }) => ({ dates: { start: dateOf(first * day), end: dateOf((first + length) * day) }, zone }));

/** A slot in these days, at any hour; hours that do not exist or exist twice are none that it can have. */
const aSlotIn = ({ dates, zone }: Calendar) =>
  fc.record({ after: fc.integer({ min: -1, max: 5 }), minute: fc.oneof(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 115, max: 185 })), length: fc.constantFrom(15, 60, 90, 240) }).map(({ after, minute, length }) => {
    const from = Date.parse(dates.start) + after * day + minute * 60_000;
    const at = (time: number) => wallClock(new Date(time).toISOString().slice(0, 16), zone);
    try {
      const [start, end] = [at(from), at(from + length * 60_000)];
      return Date.parse(end) > Date.parse(start) ? { room: 'hall', start, end } : undefined;
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  });
const aSlotThere = aCalendar.chain((from) => fc.record({ from: fc.constant(from), to: aCalendar, slot: aSlotIn(from) }));

describe('laws of slots in other days', () => {
  it('on the same days they are the same, unless they begin outside of them', () =>
    fc.assert(fc.property(aSlotThere, ({ from, slot }) => {
      if (!slot) return;
      const isOutside = slot.start.slice(0, 10) < from.dates.start || slot.start.slice(0, 10) > from.dates.end;
      expect(shifted(slot, from, from)).toEqual(isOutside ? 'outside-days' : slot);
    })));

  it('there and back is the same, where there is a slot at all', () =>
    fc.assert(fc.property(aSlotThere, ({ from, to, slot }) => {
      const there = slot && shifted(slot, from, to);
      if (typeof there !== 'object') return;
      const back = shifted(there, to, from);
      expect(back === 'outside-days' && slot!.start.slice(0, 10) > from.dates.end ? slot : back).toEqual(slot);
    }), { numRuns: 300 }));

  it('they keep their room, their hours on the door, and how many days after the first they begin', () =>
    fc.assert(fc.property(aSlotThere, ({ from, to, slot }) => {
      const there = slot && shifted(slot, from, to);
      if (typeof there !== 'object') return;
      const told = ({ room, start, end }: typeof there, { dates }: Calendar) => ({
        room, from: start.slice(11, 16), to: end.slice(11, 16), days: [start, end].map((time) => (Date.parse(time.slice(0, 10)) - Date.parse(dates.start)) / day),
      });
      expect(told(there, to)).toEqual(told(slot!, from));
      expect(there.start.slice(0, 10) >= to.dates.start && there.start.slice(0, 10) <= to.dates.end).toBe(true);
    }), { numRuns: 300 }));

  it('says something: each way in which a slot is lost comes about, and most are kept', () => {
    const found = fc.sample(aSlotThere, { numRuns: 1_500, seed: 7 }).flatMap(({ from, to, slot }) => (slot ? [shifted(slot, from, to)] : [])).map((there) => (typeof there === 'string' ? there : 'kept'));
    const count = (what: string) => found.filter((each) => each === what).length;
    expect(['outside-days', 'local-time-missing', 'local-time-ambiguous', 'kept'].map((what) => count(what) > 2)).toEqual([true, true, true, true]);
    expect(count('kept')).toBeGreaterThan(found.length / 4);
  });
});

describe('laws of beginning a convening from another', () => {
  const source = (documents: readonly Parameters<typeof setProgramme>[0][]): Convening => {
    const convening = folded(withPolicy({ conflicts: { 'room-taken': 'warn' } }));
    for (const document of documents) void ask(convening, setProgramme(document));
    return convening;
  };
  const begun = (from: Convening, start: string, end: string, appearances = true): Convening => {
    const convening = folded();
    expect(ask(convening, { type: 'PlanConveningFrom', data: { convening: 'again', title: 'Again', start, end, zone: from.zone, from: drained(carriedOver(from, openTold, { appearances })) } }).refused).toBeUndefined();
    return convening;
  };
  const aHistory = fc.array(aProgramme, { minLength: 1, maxLength: 3 });
  const whole = (convening: Convening) => drained(carriedOver(convening, openTold, { appearances: true })).programme;

  it('on the same days, what is carried over is what was there', () =>
    fc.assert(fc.property(aHistory, (documents) => {
      const from = source(documents);
      expect(whole(begun(from, '2013-05-27', '2013-05-28'))).toEqual(whole(from));
    })));

  it('from what was begun so, on other days and back, it is the same again', () =>
    fc.assert(fc.property(aHistory, (documents) => {
      const from = source(documents);
      expect(whole(begun(begun(from, '2016-02-28', '2016-02-29'), '2013-05-27', '2013-05-28'))).toEqual(whole(from));
    })));

  it('nobody has answered, nothing is published, and nothing is cancelled; without being asked for nobody appears', () =>
    fc.assert(fc.property(aHistory, fc.boolean(), (documents, appearances) => {
      const { sessions } = documentOf(begun(source(documents), '2014-05-27', '2014-05-28', appearances));
      const seats = sessions.flatMap((session) => session.appearances ?? []);
      expect(new Set([...seats.map(({ state }) => state), ...sessions.map(({ cancelled }) => cancelled)])).toEqual(new Set([...(seats.length > 0 ? ['proposed'] : []), ...(sessions.length > 0 ? [false] : [])]));
      if (!appearances) expect(seats).toEqual([]);
    })));

  it('the convening that it is begun from is left as it was', () =>
    fc.assert(fc.property(aHistory, (documents) => {
      const from = source(documents);
      begun(from, '2014-05-27', '2014-05-27');
      expect(from).toEqual(source(documents));
    })));
});
