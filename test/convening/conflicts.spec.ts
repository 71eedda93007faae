import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { conflictsOf, conflictsOfSession, type Conflict } from '../../src/convening/conflict.rules.js';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import type { Convening } from '../../src/convening/convening.js';
import { conflictRules, defaultPolicy, type ConflictRule, type GivenPolicy } from '../../src/convening/policy.events.js';
import type { Slot } from '../../src/convening/slots.events.js';
import { organiser } from '../given.js';
import {
  afternoon, at, bishop, confirmed, decide, folded, judge, lecture, morning, moved, planned, proposed, room, schedule, scheduled, session, simba, talk, tembo, withPolicy,
} from './arusha.js';

/** Under a policy that looks for one rule only: the keys of what is found. */
const only = (rule: ConflictRule, policy: GivenPolicy = {}) => (...facts: readonly ConveningEvent[]) => {
  const off = Object.fromEntries(conflictRules.map((each) => [each, each === rule ? 'warn' : 'off']));
  return conflictsOf(folded(withPolicy({ ...policy, conflicts: off }), ...facts)).map(({ key }) => key);
};
const programme = [simba, tembo, talk, lecture] as const;
const declined = (id: string, appearance: string) => ({ type: 'AppearanceDeclined', data: { session: id, appearance, by: judge } }) as const;
const cancelled = (id: string) => ({ type: 'SessionCancelled', data: { session: id } }) as const;
const unnamed = (id: string, appearance: string, role: 'moderator' | 'speaker' = 'speaker') => ({ type: 'AppearanceProposed', data: { session: id, appearance, role } }) as const;
const item = (id: string, minutes?: number) =>
  ({ type: 'ItemAdded', data: { session: 'talk', item: { id, title: { en: id }, audience: 'public', ...(minutes !== undefined && { minutes }) } } }) as const;
const unavailable = (...hours: Slot[]) => ({ type: 'AvailabilityStated', data: { person: judge, from: [], to: hours } }) as const;

describe('room-taken', () => {
  const found = only('room-taken');
  const talkIn = scheduled('talk', morning);
  it('finds two sessions in one room', () => expect(found(...programme, talkIn, scheduled('lecture', at('simba', '10:29', '11:00')))).toEqual(['room-taken:lecture:talk']));
  it.each([
    ['back to back', [talkIn, scheduled('lecture', at('simba', '10:30', '11:00'))]],
    ['in two rooms', [talkIn, scheduled('lecture', at('tembo', '09:00', '10:30'))]],
    ['whose rooms are open', [scheduled('talk', at(null, '09:00', '10:30')), scheduled('lecture', at(null, '09:00', '10:30'))]],
    ['of which one is cancelled', [talkIn, scheduled('lecture', morning), cancelled('lecture')]],
  ])('leaves sessions alone %s', (_, facts) => expect(found(...programme, ...facts)).toEqual([]));
  it('finds each pair of many that overlap, however they lie', () => {
    const time = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 12 })), { maxLength: 9 }), (spans) => {
        const facts = spans.flatMap(([from, long], n) => [session(`s${n}`), scheduled(`s${n}`, at('simba', time(480 + from * 5), time(480 + (from + long) * 5)))]);
        const pairs = spans.flatMap(([from, long], one) => spans.flatMap(([since, wide], two) => (one < two && from < since + wide && since < from + long ? [`room-taken:s${one}:s${two}`] : [])));
        expect(found(simba, ...facts).sort()).toEqual(pairs.sort());
        const convening = folded(planned, simba, ...facts);
        for (const each of convening.sessions.values())
          expect(conflictsOfSession(convening, each, ['room-taken']).map(({ key }) => key).sort()).toEqual(pairs.filter((key) => key.split(':').includes(each.id)));
      }),
      { numRuns: 60 },
    );
  });
  it('finds each pair of three', () =>
    expect(found(...programme, session('walk'), talkIn, scheduled('lecture', at('simba', '10:00', '12:00')), scheduled('walk', at('simba', '10:15', '10:45')))).toEqual([
      'room-taken:lecture:talk', 'room-taken:talk:walk', 'room-taken:lecture:walk',
    ]));
});

describe('person-in-two-places', () => {
  const found = only('person-in-two-places');
  const both = [...programme, proposed('talk', 'a1', judge), proposed('lecture', 'b1', judge), scheduled('talk', morning)] as const;
  it('finds a person in two sessions at one time, by both seats', () =>
    expect(found(...both, scheduled('lecture', at('tembo', '10:29', '11:00')))).toEqual(['person-in-two-places:lecture.b1:talk.a1']));
  it('does not need the rooms', () => expect(found(...both, scheduled('lecture', at(null, '09:00', '09:30')))).toEqual(['person-in-two-places:lecture.b1:talk.a1']));
  it.each([
    ['right after', [scheduled('lecture', at('tembo', '10:30', '11:00'))]],
    ['in a seat that was declined', [scheduled('lecture', at('tembo', '10:00', '11:00')), declined('lecture', 'b1')]],
    ['in a session that has no slot', []],
    ['in a session that is cancelled', [scheduled('lecture', at('tembo', '10:00', '11:00')), cancelled('lecture')]],
  ])('leaves a person alone who is elsewhere %s', (_, facts) => expect(found(...both, ...facts)).toEqual([]));
  it('leaves two people alone, two seats in one session, and seats that are nobody’s', () =>
    expect(found(...programme, scheduled('talk', morning), scheduled('lecture', at('tembo', '09:00', '10:00')), proposed('talk', 'a1', judge), proposed('talk', 'a2', judge, 'chair'),
      proposed('lecture', 'b1', bishop), unnamed('talk', 'a3'), unnamed('lecture', 'b3'))).toEqual([]));
});

describe('person-unavailable', () => {
  const found = only('person-unavailable');
  const seated = [...programme, proposed('talk', 'a1', judge), scheduled('talk', morning)] as const;
  it('finds who said not to be there then', () => expect(found(...seated, unavailable(at(null, '10:29', '12:00')))).toEqual(['person-unavailable:talk.a1']));
  it.each([
    ['before', [unavailable(at(null, '08:00', '09:00'))]],
    ['afterwards', [unavailable(at(null, '10:30', '12:00'))]],
    ['and has declined', [unavailable(morning), declined('talk', 'a1')]],
    ['and the session is cancelled', [unavailable(morning), cancelled('talk')]],
    ['but is always there again', [unavailable(morning), { type: 'AvailabilityStated', data: { person: judge, from: [morning], to: [] } } as const]],
  ])('leaves a person alone who is away %s', (_, facts) => expect(found(...seated, ...facts)).toEqual([]));
});

describe('outside-days', () => {
  const found = only('outside-days');
  it.each([
    ['2013-05-26', '23:00', '23:59', ['outside-days:talk']], ['2013-05-27', '00:00', '01:00', []],
    ['2013-05-28', '22:00', '23:59', []], ['2013-05-29', '00:00', '01:00', ['outside-days:talk']],
  ])('judges by the local dates: %s from %s to %s', (day, from, to, keys) => expect(found(...programme, scheduled('talk', at('simba', from, to, day)))).toEqual(keys));
  it('lets a session end with the last day, not after', () => {
    const last = { room: 'simba', start: '2013-05-28T22:00+03:00', end: '2013-05-29T00:00+03:00' };
    expect([found(...programme, scheduled('talk', last)), found(...programme, scheduled('talk', { ...last, end: '2013-05-29T00:01+03:00' }))]).toEqual([[], ['outside-days:talk']]);
  });
});

describe('no-time-to-change', () => {
  const found = only('no-time-to-change', { minutesToChange: 5 });
  const both = [...programme, proposed('talk', 'a1', judge), proposed('lecture', 'b1', judge), scheduled('talk', morning)] as const;
  it('finds who needs longer from one room to another', () =>
    expect(found(...both, scheduled('lecture', at('tembo', '10:34', '11:00')))).toEqual(['no-time-to-change:lecture.b1:talk.a1']));
  it('finds who has no minute', () => expect(found(...both, scheduled('lecture', at('tembo', '10:30', '11:00')))).toEqual(['no-time-to-change:lecture.b1:talk.a1']));
  it.each([
    ['has the minutes', at('tembo', '10:35', '11:00')], ['stays in the room', at('simba', '10:31', '11:00')],
    ['goes to a room that is open yet', at(null, '10:31', '11:00')], ['is in two places anyway', at('tembo', '10:00', '11:00')],
  ])('leaves alone who %s', (_, slot) => expect(found(...both, scheduled('lecture', slot))).toEqual([]));
});

describe('room-too-small', () => {
  const found = only('room-too-small');
  const opening = session('opening', 'opening');
  it('finds what everybody attends in a room for fewer than are planned for', () =>
    expect(found(opening, room('nyota', 119), scheduled('opening', at('nyota', '09:00', '10:00')))).toEqual(['room-too-small:opening']));
  it.each([
    ['that has the seats', [opening, room('nyota', 120), scheduled('opening', at('nyota', '09:00', '10:00'))]],
    ['of which the seats are not known', [opening, room('nyota'), scheduled('opening', at('nyota', '09:00', '10:00'))]],
    ['that is open yet', [opening, scheduled('opening', at(null, '09:00', '10:00'))]],
  ])('leaves alone a room %s', (_, facts) => expect(found(...facts)).toEqual([]));
  it('leaves alone what not everybody attends', () => expect(found(session('panel', 'panel'), tembo, scheduled('panel', at('tembo', '09:00', '10:00')))).toEqual([]));
});

describe('no-moderator', () => {
  const found = only('no-moderator');
  it.each(['panel', 'working-group'] as const)('finds a %s without', (kind) => expect(found(session('talk', kind))).toEqual(['no-moderator:talk']));
  it.each(['moderator', 'chair', 'facilitator'] as const)('lets a %s serve', (role) => expect(found(session('talk', 'panel'), proposed('talk', 'a1', judge, role))).toEqual([]));
  it('lets the seat of one who is not named yet serve', () => expect(found(session('talk', 'panel'), unnamed('talk', 'a1', 'moderator'))).toEqual([]));
  it('lets no speaker serve, and nobody who declined', () =>
    expect(found(session('talk', 'panel'), proposed('talk', 'a1', judge), proposed('talk', 'a2', bishop, 'moderator'), declined('talk', 'a2'))).toEqual(['no-moderator:talk']));
  it('leaves a talk alone, and a panel that is cancelled', () => expect(found(talk, session('panel', 'panel'), cancelled('panel'))).toEqual([]));
});

describe('not-confirmed', () => {
  const found = only('not-confirmed', { reconfirm: 'time' });
  const seated = [...programme, proposed('talk', 'a1', judge), scheduled('talk', morning)] as const;
  const invited = { type: 'AppearanceInvited', data: { session: 'talk', appearance: 'a1', by: organiser, way: 'email' } } as const;
  const tentative = { type: 'AppearanceTentativelyConfirmed', data: { session: 'talk', appearance: 'a1', by: judge } } as const;
  const away = [moved('talk', morning, afternoon), { type: 'ReconfirmationAsked', data: { session: 'talk', appearance: 'a1', from: morning, to: afternoon } }] as const;
  it.each([
    ['was proposed', []], ['was invited', [invited]], ['said perhaps', [tentative]], ['is to confirm anew', [confirmed('talk', 'a1', morning), ...away]],
  ])('finds who %s', (_, facts) => expect(found(...seated, ...facts)).toEqual(['not-confirmed:talk.a1']));
  it.each([
    ['confirmed', [confirmed('talk', 'a1', morning)]], ['declined', [declined('talk', 'a1')]],
    ['came', [{ type: 'AttendanceRecorded', data: { session: 'talk', appearance: 'a1', by: judge, from: 'proposed', to: 'appeared' } } as const]],
  ])('leaves alone who %s', (_, facts) => expect(found(...seated, ...facts)).toEqual([]));
  it('finds the seat of an office', () => expect(found(talk, unnamed('talk', 'a1'))).toEqual(['not-confirmed:talk.a1']));
});

describe('no-slot, no-room', () => {
  const open = scheduled('talk', at(null, '09:00', '10:00'));
  it('finds what is unscheduled', () => expect([only('no-slot')(talk), only('no-slot')(talk, open), only('no-slot')(talk, cancelled('talk'))]).toEqual([['no-slot:talk'], [], []]));
  it('finds what has hours and no room', () =>
    expect([only('no-room')(talk), only('no-room')(talk, open), only('no-room')(simba, talk, scheduled('talk', morning))]).toEqual([[], ['no-room:talk'], []]));
});

describe('items-too-long', () => {
  const found = only('items-too-long');
  const held = [...programme, scheduled('talk', morning)] as const;
  it('finds steps that need more than the session has', () => expect(found(...held, item('a', 60), item('b', 31), item('c'))).toEqual(['items-too-long:talk']));
  it('leaves alone steps that just fit, and a session without slot', () => expect([found(...held, item('a', 60), item('b', 30)), found(talk, item('a', 600))]).toEqual([[], []]));
});

describe('no-break', () => {
  const found = only('no-break', { minutesWithoutBreak: 180 });
  const hours = (...slots: [string, string, string][]) => slots.flatMap(([id, from, to]) => [session(id, id === 'coffee' ? 'break' : 'talk'), scheduled(id, at('simba', from, to))]);
  it('finds a room in session for longer than the policy allows, and names all of it', () =>
    expect(found(simba, ...hours(['a', '09:00', '10:30'], ['b', '10:30', '12:00'], ['c', '12:09', '12:10']))).toEqual(['no-break:a:b:c']));
  it('finds one session that is too long by itself', () => expect(found(simba, ...hours(['a', '09:00', '12:01']))).toEqual(['no-break:a']));
  it.each([
    ['as long as is allowed', hours(['a', '09:00', '10:30'], ['b', '10:30', '12:00'])],
    ['with ten free minutes', hours(['a', '09:00', '11:00'], ['b', '11:10', '13:00'])],
    ['with a coffee break', hours(['a', '09:00', '11:00'], ['coffee', '11:00', '11:05'], ['b', '11:05', '13:00'])],
    ['with a session that is cancelled', [...hours(['a', '09:00', '11:00'], ['b', '11:00', '12:00'], ['c', '12:00', '14:00']), cancelled('b')]],
  ])('leaves alone a room in session %s', (_, facts) => expect(found(simba, ...facts)).toEqual([]));
  it('counts each room by itself', () => expect(found(simba, tembo, talk, lecture, scheduled('talk', at('simba', '09:00', '11:00')), scheduled('lecture', at('tembo', '11:00', '13:00')))).toEqual([]));
});

describe('a conflict', () => {
  const open = [planned, talk, scheduled('talk', at(null, '09:00', '10:00'))] as const;
  it('has the severity of the policy, what it consists of, and whether it is accepted', () =>
    expect(conflictsOf(folded(...open))).toEqual([{
      key: 'no-room:talk', rule: 'no-room', severity: 'warn', ids: ['talk'], sessions: ['talk'], people: [],
      circumstance: { slots: { talk: at(null, '09:00', '10:00') }, people: [] }, accepted: false,
    } satisfies Conflict]));
  it('is none where the convening is cancelled', () => expect(conflictsOf(folded(...open, { type: 'ConveningCancelled', data: { convening: 'arusha-2013' } }))).toEqual([]));
  it('is blocked or held by the default policy where the design says so', () =>
    expect(Object.entries(defaultPolicy.conflicts).filter(([, severity]) => severity !== 'warn')).toEqual([['room-taken', 'block'], ['person-in-two-places', 'hold']]));
  it('is blocked, held, told or not looked for, as the policy says', () => {
    const asks = (severity: 'block' | 'hold' | 'warn' | 'off') => {
      const convening = folded(withPolicy({ conflicts: { 'no-room': severity } }), talk);
      return attempt(convening, schedule('talk', at(null, '09:00', '10:00')));
    };
    expect([asks('block'), asks('hold'), asks('warn'), asks('off')]).toEqual(['conflict-blocks', 'done', 'done', 'done']);
  });
});

const attempt = (convening: Convening, command: Parameters<typeof decide>[1]) => {
  try {
    decide(convening, command);
    return 'done';
  } catch (error) {
    // Only refusals are thrown by decisions.
    return (error as { code: string }).code;
  }
};

describe('each rule, when it blocks, refuses the change that brings its conflict about', () => {
  const blocking = (rule: ConflictRule, more: GivenPolicy = {}) => withPolicy({ ...more, conflicts: { 'room-taken': 'warn', 'person-in-two-places': 'warn', [rule]: 'block' } });
  const both = [...programme, proposed('talk', 'a1', judge), proposed('lecture', 'b1', judge), scheduled('talk', morning)] as const;
  const cases: [ConflictRule, readonly ConveningEvent[], Parameters<typeof decide>[1]][] = [
    ['room-taken', both, schedule('lecture', morning)],
    ['room-taken', [...both, scheduled('lecture', morning), cancelled('lecture')], { type: 'ReinstateSession', data: { session: 'lecture' } }],
    ['person-in-two-places', both, schedule('lecture', at('tembo', '09:00', '10:00'))],
    ['person-in-two-places', [...programme, scheduled('talk', morning), scheduled('lecture', at('tembo', '09:00', '10:00')), proposed('talk', 'a1', judge)],
      { type: 'ProposeAppearance', data: { session: 'lecture', appearance: 'b1', role: 'speaker', person: judge, credit: { name: 'Amina Juma' } } }],
    ['person-in-two-places', [...both, scheduled('lecture', at('tembo', '09:00', '10:00')), declined('lecture', 'b1')],
      { type: 'ConfirmAppearance', data: { session: 'lecture', appearance: 'b1' } }],
    ['person-unavailable', both, { type: 'StateAvailability', data: { person: judge, unavailable: [morning] } }],
    ['person-unavailable', [...both, unavailable(afternoon)], schedule('talk', afternoon)],
    ['outside-days', both, schedule('talk', at('simba', '09:00', '10:00', '2013-05-29'))],
    ['outside-days', both, { type: 'ChangeConvening', data: { start: '2013-05-28' } }],
    ['no-time-to-change', both, schedule('lecture', at('tembo', '10:31', '11:00'))],
    ['room-too-small', [tembo, session('opening', 'opening')], schedule('opening', at('tembo', '09:00', '10:00'))],
    ['room-too-small', [simba, session('opening', 'opening'), scheduled('opening', morning)], { type: 'ChangeRoom', data: { room: 'simba', to: { capacity: 10 } } }],
    ['room-too-small', [simba, session('opening', 'opening'), scheduled('opening', morning)], { type: 'ChangeConvening', data: { to: { capacity: 1000 } } }],
    ['no-moderator', [], { type: 'PlanSession', data: { session: 'panel', kind: 'panel', title: 'Panel' } }],
    ['no-moderator', [session('panel', 'panel'), proposed('panel', 'a1', judge, 'chair')], { type: 'RemoveAppearance', data: { session: 'panel', appearance: 'a1' } }],
    ['not-confirmed', [talk], { type: 'ProposeAppearance', data: { session: 'talk', appearance: 'a1', role: 'chair' } }],
    ['no-slot', both, { type: 'UnscheduleSession', data: { session: 'talk' } }],
    ['no-room', both, schedule('talk', at(null, '09:00', '10:00'))],
    ['items-too-long', both, { type: 'SetRunningOrder', data: { session: 'talk', items: [{ id: 'a', title: 'A', minutes: 91 }] } }],
    ['no-break', both, schedule('lecture', at('simba', '10:30', '12:01'))],
    ['no-break', [...both, session('coffee', 'break'), scheduled('coffee', at('simba', '10:30', '10:35')), scheduled('lecture', at('simba', '10:35', '12:30'))],
      { type: 'RemoveSession', data: { session: 'coffee' } }],
  ];
  it('is said of all twelve', () => expect(new Set(cases.map(([rule]) => rule))).toEqual(new Set(conflictRules)));
  it.each(cases)('%s', (rule, history, command) =>
    expect([blocking(rule), withPolicy({ conflicts: { 'room-taken': 'warn' } })].map((policy) => attempt(folded(policy, ...history), command))).toEqual([
      rule === 'room-taken' ? 'room-taken' : 'conflict-blocks', 'done',
    ]));
});
