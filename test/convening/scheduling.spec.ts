import { describe, expect, it } from '@jest/globals';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import type { ReconfirmationAsked, Slot } from '../../src/convening/slots.events.js';
import { afternoon, at, confirmed, folded, given, judge, lecture, moved, morning, planned, proposed, schedule, scheduled, simba, talk, tembo, withPolicy } from './arusha.js';

const programme = [planned, simba, tembo, talk, lecture] as const;

describe('scheduling a session', () => {
  it('gives it its slot', () => given(...programme).when(schedule('talk', morning)).then(scheduled('talk', morning)));

  it('takes local times to be those of the venue', () =>
    given(...programme)
      .when(schedule('talk', { room: 'simba', start: '2013-05-27T09:00', end: '2013-05-27T07:30Z' }))
      .then(scheduled('talk', morning)));

  it('may leave the room open', () => given(...programme).when(schedule('talk', at(null, '09:00', '10:00'))).then(scheduled('talk', at(null, '09:00', '10:00'))));

  it('moves it when it has one, and keeps where it was', () =>
    given(...programme, scheduled('talk', morning)).when(schedule('talk', afternoon)).then(moved('talk', morning, afternoon)));

  it('is not in its own way when it moves by half an hour', () =>
    given(...programme, scheduled('talk', morning))
      .when(schedule('talk', at('simba', '09:30', '11:00')))
      .then(moved('talk', morning, at('simba', '09:30', '11:00'))));

  it('changes nothing when it is there already', () => given(...programme, scheduled('talk', morning)).when(schedule('talk', morning)).nothing());

  it('refuses a room that another session occupies', () =>
    given(...programme, scheduled('talk', morning))
      .when(schedule('lecture', at('simba', '10:29', '12:00')))
      .refused('room-taken', { room: 'simba', by: 'talk', key: 'room-taken:lecture:talk' }));

  it.each([
    ['right after', at('simba', '10:30', '12:00')],
    ['right before', at('simba', '08:00', '09:00')],
    ['at the same hour elsewhere', at('tembo', '09:00', '10:30')],
    ['at the same hour with the room open', at(null, '09:00', '10:30')],
  ])('accepts a session %s', (_, slot) => given(...programme, scheduled('talk', morning)).when(schedule('lecture', slot)).then(scheduled('lecture', slot)));

  it('accepts the room of a session that is cancelled', () =>
    given(...programme, scheduled('talk', morning), { type: 'SessionCancelled', data: { session: 'talk' } })
      .when(schedule('lecture', morning))
      .then(scheduled('lecture', morning)));

  it('refuses to reinstate a session whose room was given away', () =>
    given(...programme, scheduled('talk', morning), { type: 'SessionCancelled', data: { session: 'talk' } }, scheduled('lecture', morning))
      .when({ type: 'ReinstateSession', data: { session: 'talk' } })
      .refused('room-taken', { room: 'simba', by: 'lecture', key: 'room-taken:lecture:talk' }));

  it('refuses an end that is not after the start', () =>
    given(...programme)
      .when(schedule('talk', at('simba', '10:00', '10:00')))
      .refused('ends-before-it-starts', { start: '2013-05-27T10:00+03:00', end: '2013-05-27T10:00+03:00' }));

  it('accepts an end a minute after the start', () =>
    given(...programme).when(schedule('talk', at('simba', '10:00', '10:01'))).then(scheduled('talk', at('simba', '10:00', '10:01'))));

  it('refuses a room, a session or a convening that is not there', () => {
    given(...programme).when(schedule('talk', at('twiga', '09:00', '10:00'))).refused('slot-in-unknown-room', { session: 'talk', room: 'twiga' });
    given(...programme).when(schedule('dinner', morning)).refused('unknown-session', { session: 'dinner' });
    given().when(schedule('talk', morning)).refused('unknown-convening');
  });

  it('refuses a session that is cancelled', () =>
    given(...programme, { type: 'SessionCancelled', data: { session: 'talk' } }).when(schedule('talk', morning)).refused('session-cancelled', { session: 'talk' }));
});

describe('taking a session out of the timetable', () => {
  const unschedule = { type: 'UnscheduleSession', data: { session: 'talk' } } as const;
  it('keeps where it was', () =>
    given(...programme, scheduled('talk', morning)).when(unschedule).then({ type: 'SessionUnscheduled', data: { session: 'talk', from: morning } }));
  it('changes nothing when it has no slot', () => given(...programme).when(unschedule).nothing());
  it('leaves the session without one', () =>
    expect(folded(...programme, scheduled('talk', morning), { type: 'SessionUnscheduled', data: { session: 'talk', from: morning } }).sessions.get('talk')).not.toHaveProperty('slot'));
});

describe('a confirmation of a session that moves', () => {
  const asked = (from: Slot, to: Slot): ReconfirmationAsked => ({ type: 'ReconfirmationAsked', data: { session: 'talk', appearance: 'a1', from, to } });
  const with_ = (reconfirm: 'never' | 'time' | 'time-or-room') =>
    [withPolicy({ reconfirm }), simba, tembo, talk, scheduled('talk', morning), proposed('talk', 'a1', judge), confirmed('talk', 'a1', morning)] as const;
  const elsewhere = { ...morning, room: 'tembo' };

  it.each([
    ['is to be given anew when the hours change', 'time', afternoon, [asked(morning, afternoon)]],
    ['stands when only the room changes', 'time', elsewhere, []],
    ['is to be given anew when the room changes', 'time-or-room', elsewhere, [asked(morning, elsewhere)]],
    ['stands whatever changes', 'never', afternoon, []],
  ] as const)('%s, if the policy is %s', (_, policy, to, more) =>
    given(...with_(policy)).when(schedule('talk', to)).then(moved('talk', morning, to), ...more));

  it('is not asked for where nobody confirmed', () =>
    given(withPolicy({ reconfirm: 'time' }), simba, talk, scheduled('talk', morning), proposed('talk', 'a1', judge))
      .when(schedule('talk', afternoon))
      .then(moved('talk', morning, afternoon)));

  it('is asked for too when the session went by way of no slot at all', () =>
    given(...with_('time'), { type: 'SessionUnscheduled', data: { session: 'talk', from: morning } })
      .when(schedule('talk', afternoon))
      .then(scheduled('talk', afternoon), asked(morning, afternoon)));

  it('holds again when the session comes back', () => {
    const away = [...with_('time'), moved('talk', morning, afternoon), asked(morning, afternoon)] as const;
    const toBeReconfirmed = (...facts: readonly ConveningEvent[]) => folded(...facts).sessions.get('talk')?.appearances.get('a1')?.toBeReconfirmed;
    expect([toBeReconfirmed(...away), toBeReconfirmed(...away, moved('talk', afternoon, morning))]).toEqual([true, false]);
    given(...away).when(schedule('talk', morning)).then(moved('talk', afternoon, morning));
  });
});
