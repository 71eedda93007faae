import { describe, it } from '@jest/globals';
import { at, came, checkedIn, checkIn, code, facts, firstMorning, given, noShow, opened, participants, recordNoShow, seated, secondMorning, substituted, undoCheckIn, undone, waiting, when } from './desk.js';

const onFirst = at(firstMorning);
const onSecond = at(secondMorning);
const days = { start: '2013-05-27', end: '2013-05-28' };
const history = [opened(), participants(1), seated('amina'), waiting('paul')] as const;

describe('checking in', () => {
  it('is by id or code, on the day it is where the meeting is', () => {
    onFirst(...history).when(checkIn('amina')).then(checkedIn('amina'));
    onFirst(...history).when(checkIn(code('amina'))).then(checkedIn('amina'));
    at('2013-05-27T21:30:00.000Z')(...history).when(checkIn('amina')).then(checkedIn('amina', '2013-05-28'));
  });

  it('is day by day', () => onSecond(...history, checkedIn('amina')).when(checkIn('amina')).then(checkedIn('amina', '2013-05-28')));

  it('tells the second desk that the first was there', () =>
    onFirst(...history, checkedIn('amina')).when(checkIn(code('amina'))).refused('checked-in-already', { registration: 'amina', day: '2013-05-27', at: '2013-03-01T08:00:00.000Z' }));

  it('is on days of the meeting that have begun', () => {
    facts(...history).when(checkIn('amina')).refused('wrong-day', { day: '2013-03-01', today: '2013-03-01', ...days });
    onFirst(...history).when(checkIn('amina', '2013-05-28')).refused('wrong-day', { day: '2013-05-28', today: '2013-05-27', ...days });
    onSecond(...history).when(checkIn('amina', '2013-05-27')).then(checkedIn('amina'));
    onFirst(...history).when(when('concluded', checkIn('amina'))).then(checkedIn('amina'));
    onFirst(...history).when(when('cancelled', checkIn('amina'))).refused('convening-over');
  });

  it('is of who has a seat', () => {
    onFirst(...history).when(checkIn('paul')).refused('not-seated', { registration: 'paul', standing: 'waiting' });
    onFirst(...history, substituted('amina', 'zawadi')).when(checkIn(code('amina'))).refused('not-seated', { registration: 'amina', standing: 'substituted' });
    onFirst(...history, substituted('amina', 'zawadi')).when(checkIn(code('zawadi'))).then(checkedIn('zawadi'));
    onFirst(...history).when(checkIn('7KQ2M-MADE0')).refused('unknown-registration', { registration: '7KQ2M-MADE0' });
  });

  it('is undone for a day, and done again', () => {
    onFirst(...history, checkedIn('amina')).when(undoCheckIn('amina')).then(undone('amina'));
    onFirst(...history).when(undoCheckIn('amina')).nothing();
    onFirst(...history, checkedIn('amina'), undone('amina')).when(checkIn('amina')).then(checkedIn('amina'));
    onSecond(...history, checkedIn('amina')).when(undoCheckIn('amina')).nothing();
  });
});

describe('a no-show', () => {
  it('frees the seat for who waits, from the first day on', () => {
    onFirst(...history).when(recordNoShow('amina')).then(noShow('amina'), given('paul'));
    onFirst(...history, noShow('amina'), given('paul')).when(recordNoShow('amina')).nothing();
    facts(...history).when(recordNoShow('amina')).refused('wrong-day', { day: '2013-03-01', today: '2013-03-01', ...days });
  });

  it('is not who was there', () =>
    onSecond(...history, checkedIn('amina')).when(recordNoShow('amina')).refused('checked-in-already', { registration: 'amina', day: '2013-05-27', at: '2013-03-01T08:00:00.000Z' }));

  it('who comes after all is seated if there is a seat', () => {
    onFirst(opened(), participants(1), seated('amina'), noShow('amina')).when(checkIn('amina')).then(came('amina'), checkedIn('amina'));
    onFirst(...history, noShow('amina'), given('paul')).when(checkIn('amina')).refused('no-place-left', { category: 'participant', full: { category: { capacity: 1, taken: 1 } } });
  });

  it('for whom there is no seat is told which capacity is full: the category’s, the whole registration’s, or both', () => {
    const comes = (inAll: number, inCategory?: number) =>
      onFirst(opened({ capacity: inAll }), participants(inCategory), seated('amina'), noShow('amina'), seated('paul')).when(checkIn('amina'));
    const one = { capacity: 1, taken: 1 };
    comes(1).refused('no-place-left', { category: 'participant', full: { registration: one } });
    comes(2, 1).refused('no-place-left', { category: 'participant', full: { category: one } });
    comes(1, 1).refused('no-place-left', { category: 'participant', full: { category: one, registration: one } });
    comes(2, 2).then(came('amina'), checkedIn('amina'));
  });
});
