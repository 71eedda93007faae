import { describe, expect, it } from '@jest/globals';
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
  it('says which day it is', () => expect(['2013-05-27T20:59:59.999Z', '2013-05-27T21:00:00.000Z'].map((at) => localDate(at, zone))).toEqual(['2013-05-27', '2013-05-28']));
  it('says when the days begin and end', () =>
    expect(daysOf({ start: '2013-05-27', end: '2013-05-28' }, zone)).toEqual({ from: Date.parse('2013-05-26T21:00Z'), until: Date.parse('2013-05-28T21:00Z') }));
});
