import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { clockOf } from '../../src/agenda/zones.rules.js';

const asTemporal = (zone: string) => (instant: number) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toString({ smallestUnit: 'minute', timeZoneName: 'never' });

it('the clocks of a zone show what its rules say, in whatever order they are asked', () => {
  const zones = ['Africa/Dar_es_Salaam', 'Europe/Zurich', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC', 'Africa/Monrovia'];
  const instants = fc.array(fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }).map((date) => date.getTime()), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.constantFrom(...zones), instants, (zone, asked) => {
      const clock = clockOf(zone);
      expect(asked.map((instant) => clock(instant))).toEqual(asked.map(asTemporal(zone)));
    }),
    { numRuns: 200 },
  );
});

it('the hour that the clocks are put back over is told twice, with two offsets', () => {
  const clock = clockOf('Europe/Zurich');
  expect(['2013-10-27T00:30Z', '2013-10-27T01:30Z'].map((time) => clock(Date.parse(time)))).toEqual(['2013-10-27T02:30+02:00', '2013-10-27T02:30+01:00']);
});
