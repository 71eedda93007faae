import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { daysOf, isZone, localDate, wallClock } from '../../src/convening/times.js';
import { Refusal } from '../../src/deciding/refusal.js';

const zone = 'Africa/Dar_es_Salaam';
const refusal = (make: () => unknown) => {
  try {
    return make();
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.code, ...error.about };
    throw error;
  }
};

describe('a time', () => {
  it.each([
    ['local', '2013-05-27T09:00'],
    ['with the zone’s offset', '2013-05-27T09:00+03:00'],
    ['with another offset', '2013-05-27T08:00+02:00'],
    ['in UTC', '2013-05-27T06:00Z'],
    ['with seconds', '2013-05-27T06:00:00.000Z'],
  ])('that is %s becomes the wall clock at the venue with its offset', (_, time) => expect(wallClock(time, zone)).toBe('2013-05-27T09:00+03:00'));

  it('in UTC may fall on another day at the venue', () => expect(wallClock('2013-05-27T22:00Z', zone)).toBe('2013-05-28T01:00+03:00'));

  it('over which the clocks are put forward does not exist', () =>
    expect(refusal(() => wallClock('2013-03-31T02:30', 'Europe/Berlin'))).toEqual({
      refused: 'local-time-missing', time: '2013-03-31T02:30', before: '2013-03-31T01:30+01:00', after: '2013-03-31T03:30+02:00',
    }));

  it('over which the clocks are put back exists twice', () =>
    expect(refusal(() => wallClock('2013-10-27T02:30', 'Europe/Berlin'))).toEqual({
      refused: 'local-time-ambiguous', time: '2013-10-27T02:30', earlier: '2013-10-27T02:30+02:00', later: '2013-10-27T02:30+01:00',
    }));

  it.each([
    ['2013-03-31T01:30+01:00', '2013-03-31T01:30+01:00'],
    ['2013-10-27T02:30+02:00', '2013-10-27T02:30+02:00'],
    ['2013-10-27T02:30+01:00', '2013-10-27T02:30+01:00'],
    ['2013-10-27T03:00', '2013-10-27T03:00+01:00'],
    ['2013-03-31T03:00', '2013-03-31T03:00+02:00'],
  ])('is taken in a reading that the refusal names, or right beside: %s', (time, reading) => expect(wallClock(time, 'Europe/Berlin')).toBe(reading));
});

describe('a zone', () => {
  it.each(['Africa/Dar_es_Salaam', 'UTC', 'Europe/Berlin'])('may be %s', (name) => expect(isZone(name)).toBe(true));
  it.each(['Mars/Olympus', '+03:00', '', 'noon'])('is not %p', (name) => expect(isZone(name)).toBe(false));
  it('says which day it is, whatever was asked before: also where the clocks go back over midnight, or a day is left out', () => {
    const around = (zones: readonly string[], instant: string) => fc.record({ zone: fc.constantFrom(...zones), at: fc.integer({ min: -60, max: 60 }).map((hours) => Date.parse(instant) + hours * 1_800_000 - 1) });
    const asked = fc.oneof(around(['America/St_Johns', 'Africa/Cairo'], '2010-11-07T02:31:00Z'), around(['Pacific/Apia', 'Africa/Dar_es_Salaam'], '2011-12-30T10:00:00Z'), around(['America/Sao_Paulo', 'America/St_Johns'], '2010-02-21T02:00:00Z'));
    fc.assert(fc.property(fc.array(asked, { minLength: 2, maxLength: 40 }), (all) => {
      const days = all.map((one) => localDate(new Date(one.at).toISOString(), one.zone));
      expect(days).toEqual(all.map((one) => new Intl.DateTimeFormat('sv-SE', { timeZone: one.zone }).format(one.at)));
    }));
  });
  it('says which day it is', () => expect(['2013-05-27T20:59:59.999Z', '2013-05-27T21:00:00.000Z'].map((at) => localDate(at, zone))).toEqual(['2013-05-27', '2013-05-28']));
  it('says when the days begin and end', () =>
    expect(daysOf({ start: '2013-05-27', end: '2013-05-28' }, zone)).toEqual({ from: Date.parse('2013-05-26T21:00Z'), until: Date.parse('2013-05-28T21:00Z') }));
});
