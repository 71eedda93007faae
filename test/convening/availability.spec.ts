import { describe, it } from '@jest/globals';
import type { Interval } from '../../src/convening/availability.events.js';
import { conveningDecider } from '../../src/convening/convening.decider.js';
import { noConvening, type Convening } from '../../src/convening/convening.js';
import { specification } from '../given.js';

const decider = (phase: Convening['phase']) => ({
  ...conveningDecider,
  initial: (): Convening => ({ ...noConvening(), phase, zone: 'Africa/Dar_es_Salaam' }),
});
const given = specification(decider('planned'));

const judge = '0196f3c2-0000-4000-8000-000000000001';
const bishop = '0196f3c2-0000-4000-8000-000000000002';
const hours = (start: string, end: string): Interval => ({ start: `2013-05-27T${start}+03:00`, end: `2013-05-27T${end}+03:00` });
const [early, late] = [hours('08:00', '10:00'), hours('15:00', '18:00')];
const state = (person: string, ...unavailable: Interval[]) => ({ type: 'StateAvailability', data: { person, unavailable } }) as const;
const stated = (person: string, from: Interval[], to: Interval[]) => ({ type: 'AvailabilityStated', data: { person, from, to } }) as const;

describe('stating when a person cannot take part', () => {
  it('keeps the list, in the order of time', () => given().when(state(judge, late, early)).then(stated(judge, [], [early, late])));

  it('keeps what it replaced', () => given(stated(judge, [], [early])).when(state(judge, late)).then(stated(judge, [early], [late])));

  it('is of one person only', () => given(stated(judge, [], [early])).when(state(bishop, late)).then(stated(bishop, [], [late])));

  it('changes nothing when the same is stated in another order', () => given(stated(judge, [], [early, late])).when(state(judge, late, early)).nothing());

  it('may say that the person is always there', () => given(stated(judge, [], [early])).when(state(judge)).then(stated(judge, [early], [])));

  it('changes nothing when who is always there is said to be', () => given(stated(judge, [], [early]), stated(judge, [early], [])).when(state(judge)).nothing());

  it('is kept in the hours of the venue: eight in Kigali is nine in Arusha', () => {
    const kigali = { start: '2013-05-27T08:00+02:00', end: '2013-05-27T09:00+02:00' };
    given().when(state(judge, kigali, hours('08:30', '08:45'))).then(stated(judge, [], [hours('08:30', '08:45'), hours('09:00', '10:00')]));
  });

  it('takes local times to be those of the venue', () =>
    given().when(state(judge, { start: '2013-05-27T08:00', end: '2013-05-27T10:00' })).then(stated(judge, [], [early])));

  it('puts the shorter of two that start together first', () =>
    given().when(state(judge, hours('08:00', '11:00'), early)).then(stated(judge, [], [early, hours('08:00', '11:00')])));

  it('may take one away, and add one', () => {
    given(stated(judge, [], [early, late])).when(state(judge, early)).then(stated(judge, [early, late], [early]));
    given(stated(judge, [], [early])).when(state(judge, early, late)).then(stated(judge, [early], [early, late]));
  });

  it('refuses an end that is not after the start', () =>
    given().when(state(judge, early, hours('10:00', '10:00'))).refused('ends-before-it-starts', { ...hours('10:00', '10:00') }));

  it('accepts an end one minute after the start', () =>
    given().when(state(judge, hours('10:00', '10:01'))).then(stated(judge, [], [hours('10:00', '10:01')])));

  it.each([['unplanned', 'unknown-convening'], ['concluded', 'convening-over'], ['cancelled', 'convening-over']] as const)(
    'is refused in a convening that is %s', (phase, code) => specification(decider(phase))().when(state(judge, early)).refused(code));
});
