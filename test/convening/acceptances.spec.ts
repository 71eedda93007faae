import { describe, expect, it } from '@jest/globals';
import { conflictsOf } from '../../src/convening/conflict.rules.js';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import type { ConflictRule } from '../../src/convening/policy.events.js';
import { told } from '../../src/event-store/personal.js';
import { organiser } from '../given.js';
import {
  afternoon, at, bishop, folded, given, givenWhy, judge, lecture, morning, moved, planned, proposed, schedule, scheduled, session, simba, talk, tembo, withPolicy,
} from './arusha.js';

const programme = [simba, tembo, talk, lecture] as const;

describe('accepting a conflict', () => {
  const key = 'room-taken:lecture:talk';
  const [before, circumstance] = [[planned, ...programme, scheduled('talk', morning)] as const, { slots: { talk: morning, lecture: morning }, people: [] }];
  const accept = (conflict: string, reason?: string) => ({ type: 'AcceptConflict', data: { conflict, ...(reason && { reason }) } }) as const;
  const accepted = (more: object = {}) =>
    ({ type: 'ConflictAccepted', data: { conflict: key, rule: 'room-taken', ...more, reason: told(organiser, 'one room, two halves') } }) as const;
  const arose = { type: 'AcceptedConflictArose', data: { conflict: key, circumstance } } as const;

  it('needs a reason, in the command or beside it', () => {
    given(...before).when(accept(key)).refused('reason-required');
    given(...before).when(accept(key, 'one room, two halves')).then(accepted());
    givenWhy(...before).when(accept(key)).then({ ...accepted(), data: { ...accepted().data, reason: told(organiser, 'a printing error') } });
  });

  it('beforehand lets it come about, which is told', () => {
    given(...before).when(schedule('lecture', morning)).refused('room-taken', { room: 'simba', by: 'talk', key });
    given(...before, accepted()).when(schedule('lecture', morning)).then(scheduled('lecture', morning), arose);
  });

  it('holds only while the slots stand', () => {
    const there = [...before, accepted(), scheduled('lecture', morning), arose] as const;
    const later = at('simba', '09:30', '11:00');
    expect(conflictsOf(folded(...there)).find((each) => each.key === key)?.accepted).toEqual(true);
    given(...there).when(schedule('lecture', later)).refused('room-taken', { room: 'simba', by: 'talk', key });
    given(...there).when(schedule('lecture', afternoon)).then(moved('lecture', morning, afternoon));
    given(...there, moved('lecture', morning, afternoon)).when(schedule('lecture', later)).refused('room-taken', { room: 'simba', by: 'talk', key });
  });

  it('of what is there, accepted already, may be for what it becomes next: a session can be moved within its conflict', () => {
    const later = at('simba', '09:30', '11:00');
    const there = [...before, accepted(), scheduled('lecture', morning), arose] as const;
    const ask = { type: 'AcceptConflict', data: { conflict: key, reason: 'one room, two halves', beforehand: true } } as const;
    const next = { type: 'AcceptedConflictArose', data: { conflict: key, circumstance: { slots: { talk: morning, lecture: later }, people: [] } } } as const;
    given(...there).when(accept(key, 'one room, two halves')).nothing();
    given(...there).when(ask).then(accepted());
    given(...there, accepted()).when(ask).nothing();
    given(...there, accepted()).when(schedule('lecture', later)).then(moved('lecture', morning, later), next);
    given(...there, accepted(), moved('lecture', morning, later), next).when(schedule('lecture', morning)).refused('room-taken', { room: 'simba', by: 'talk', key });
    given(...there, accepted()).when(accept(key, 'one room, two halves')).then(accepted({ circumstance }));
  });

  it('of what is there is for what it is', () => {
    const there = [withPolicy({ conflicts: { 'room-taken': 'hold' } }), ...programme, scheduled('talk', morning), scheduled('lecture', morning)] as const;
    given(...there).when(accept(key, 'one room, two halves')).then(accepted({ circumstance }));
    given(...there, accepted({ circumstance })).when(accept(key, 'one room, two halves')).nothing();
    given(...there, accepted({ circumstance })).when(accept(key, 'other')).then({ ...accepted(), data: { ...accepted({ circumstance }).data, reason: told(organiser, 'other') } });
  });

  it('of one person belongs to that person', () =>
    given(planned, ...programme, proposed('talk', 'a1', judge), proposed('lecture', 'b1', judge))
      .when(accept('person-in-two-places:lecture.b1:talk.a1', 'he asked for it'))
      .then({ type: 'ConflictAccepted', data: { conflict: 'person-in-two-places:lecture.b1:talk.a1', rule: 'person-in-two-places', reason: told(judge, 'he asked for it') } }));

  it('holds only while the people stand', () => {
    const two = 'person-in-two-places:lecture.b1:talk.a1';
    const slots = { talk: morning, lecture: at('tembo', '09:00', '10:00') };
    const there = [
      planned, ...programme, scheduled('talk', morning), scheduled('lecture', slots.lecture), proposed('talk', 'a1', judge), proposed('lecture', 'b1', judge),
      { type: 'ConflictAccepted', data: { conflict: two, rule: 'person-in-two-places', circumstance: { slots, people: [judge] }, reason: told(judge, 'he asked for it') } },
    ] as const;
    const others = [proposed('talk', 'a1', bishop), proposed('lecture', 'b1', bishop)];
    const isAccepted = (...facts: readonly ConveningEvent[]) => conflictsOf(folded(...facts)).find((each) => each.key === two)?.accepted;
    expect([isAccepted(...there), isAccepted(...there.filter(({ type }) => type !== 'AppearanceProposed'), ...others)]).toEqual([true, false]);
  });

  it('for what a conflict becomes next is not used up by what leaves it as it is', () => {
    const two = 'person-in-two-places:lecture.b1:talk.a1';
    const there = [
      planned, ...programme, scheduled('talk', morning), scheduled('lecture', at('tembo', '09:00', '10:00')), proposed('talk', 'a1', judge), proposed('lecture', 'b1', judge),
      { type: 'ConflictAccepted', data: { conflict: two, rule: 'person-in-two-places', reason: told(judge, 'he asked for it') } },
    ] as const;
    const [was, is] = [{ kind: 'talk' }, { kind: 'workshop' }] as const;
    given(...there).when({ type: 'ChangeSession', data: { session: 'lecture', to: is } }).then({ type: 'SessionDetailsChanged', data: { session: 'lecture', from: was, to: is } });
    const [from, to] = [at('tembo', '09:00', '10:00'), at('tembo', '09:15', '10:15')];
    given(...there).when(schedule('lecture', to)).then(moved('lecture', from, to), { type: 'AcceptedConflictArose', data: { conflict: two, circumstance: { slots: { talk: morning, lecture: to }, people: [judge] } } });
  });

  it('keeps through another zone, which keeps the hours', () => {
    const inBerlin = { room: 'simba', start: '2013-05-27T09:00+02:00', end: '2013-05-27T10:30+02:00' };
    given(...before, accepted(), scheduled('lecture', morning), arose).when({ type: 'ChangeConvening', data: { zone: 'Europe/Berlin' } }).then(
      { type: 'ConveningZoneChanged', data: { from: 'Africa/Dar_es_Salaam', to: 'Europe/Berlin' } }, moved('talk', morning, inBerlin), moved('lecture', morning, inBerlin),
      { type: 'AcceptedConflictArose', data: { conflict: key, circumstance: { slots: { talk: inBerlin, lecture: inBerlin }, people: [] } } },
    );
  });

  it.each(['room-taken:talk', 'room-taken:talk:lecture', 'room-taken:talk:talk', 'room-taken:lecture:talk:walk', 'room-taken:lecture:walk', 'no-such-rule:talk', 'no-room:talk.a1', 'not-confirmed:talk', 'not-confirmed:talk.', 'no-slot:Talk', 'constructor', ''])(
    'refuses %p, which is no key', (conflict) => given(...before).when(accept(conflict, 'why not')).refused('unknown-conflict', { conflict }));

  it('may be of a seat that is yet to come, and of a session that would break a rule by being planned', () => {
    const told_ = (conflict: string, rule: ConflictRule) => ({ type: 'ConflictAccepted', data: { conflict, rule, reason: told(organiser, 'the source names none') } }) as const;
    given(...before).when(accept('not-confirmed:talk.a9', 'the source names none')).then(told_('not-confirmed:talk.a9', 'not-confirmed'));
    const strict = withPolicy({ conflicts: { 'no-moderator': 'block' } });
    const plan = { type: 'PlanSession', data: { session: 'panel', kind: 'panel', title: 'panel' } } as const;
    given(strict).when(accept('no-moderator:panel', 'the source names none')).then(told_('no-moderator:panel', 'no-moderator'));
    given(strict, told_('no-moderator:panel', 'no-moderator')).when(plan)
      .then(session('panel', 'panel'), { type: 'AcceptedConflictArose', data: { conflict: 'no-moderator:panel', circumstance: { slots: {}, people: [] } } });
  });

  it('can be withdrawn, once', () => {
    const withdraw = { type: 'WithdrawConflictAcceptance', data: { conflict: key } } as const;
    const withdrawn = { type: 'ConflictAcceptanceWithdrawn', data: { conflict: key } } as const;
    given(...before, accepted()).when(withdraw).then(withdrawn);
    given(...before, accepted(), withdrawn).when(withdraw).refused('conflict-not-accepted', { conflict: key });
    given(...before, accepted(), withdrawn).when(schedule('lecture', morning)).refused('room-taken', { room: 'simba', by: 'talk', key });
  });
});
