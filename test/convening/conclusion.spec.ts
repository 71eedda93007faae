import { describe, expect, it } from '@jest/globals';
import type { ConveningCommand } from '../../src/convening/convening.decider.js';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import type { ReportedAttendance } from '../../src/convening/conclusion.events.js';
import { told } from '../../src/event-store/personal.js';
import { conveningDecider } from '../../src/convening/convening.decider.js';
import { organiser, specification } from '../given.js';
import { confirmed, decide, folded, given, givenAtTheEnd, givenWhy, judge, morning, planned, proposed, schedule, scheduled, session, simba, talk } from './arusha.js';

const reported = { participants: 80, countries: 22, source: 'Press release of 11 June 2013' };
const conclude = (attendance?: ReportedAttendance) => ({ type: 'ConcludeConvening', data: attendance ? { attendance } : {} }) as const;
const concluded = (attendance: ReportedAttendance = {}): ConveningEvent => ({ type: 'ConveningConcluded', data: { attendance } });
const cancelled: ConveningEvent = { type: 'ConveningCancelled', data: { convening: 'arusha-2013' } };
const cancel = { type: 'CancelConvening', data: {} } as const;

describe('concluding a convening', () => {
  it('says who attended, as reported, and where that is from', () => givenAtTheEnd(planned).when(conclude(reported)).then(concluded(reported)));
  it('may leave that open', () => givenAtTheEnd(planned).when(conclude()).then(concluded()));
  it('may be on its last day by the clock of the venue, not before', () => {
    const at = (now: string) => specification(conveningDecider, { now });
    at('2013-05-27T20:59:59.999Z')(planned).when(conclude()).refused('not-concluded', { end: '2013-05-28' });
    at('2013-05-27T21:00:00.000Z')(planned).when(conclude()).then(concluded());
  });
  it('changes nothing when it was done so already', () => {
    given(planned, concluded(reported)).when(conclude({ countries: 22, source: reported.source, participants: 80 })).nothing();
    given(planned, concluded()).when(conclude()).nothing();
  });
  it('again with other figures corrects them, with a reason', () => {
    const corrected = { type: 'ReportedAttendanceCorrected', data: { from: reported, to: { ...reported, participants: 81 } } } as const;
    given(planned, concluded(reported)).when(conclude({ ...reported, participants: 81 })).refused('reason-required');
    givenWhy(planned, concluded(reported)).when(conclude({ ...reported, participants: 81 })).then(corrected);
    expect(folded(planned, concluded(reported), corrected).attendance).toEqual({ ...reported, participants: 81 });
  });
  it('again with nothing is refused when there are figures', () => givenWhy(planned, concluded(reported)).when(conclude()).refused('attendance-missing'));
  it('is refused when it was cancelled', () => givenAtTheEnd(planned, cancelled).when(conclude()).refused('convening-over'));
});

describe('cancelling a convening', () => {
  it('ends it', () => {
    given(planned).when(cancel).then(cancelled);
    given(planned, cancelled).when(cancel).nothing();
    expect(folded(planned, cancelled).phase).toEqual('cancelled');
  });
  it('is refused when it was concluded', () => given(planned, concluded()).when(cancel).refused('convening-over'));
  it('is refused when it was never planned', () => given().when(cancel).refused('unknown-convening'));
});

describe('afterwards', () => {
  const justice = { type: 'TrackAdded', data: { track: 'justice', name: { en: 'Justice' } } } as const;
  const item = { id: 'speech', title: { en: 'Speech' }, minutes: 10, audience: 'public' } as const;
  // Fields in the order in which the log keeps them.
  const kept = { audience: 'public', id: 'speech', minutes: 10, title: { en: 'Speech' } } as const;
  const history = [
    planned, simba, justice, talk, scheduled('talk', morning), proposed('talk', 'a1', judge), confirmed('talk', 'a1', morning), { type: 'ItemAdded', data: { session: 'talk', item: kept } },
  ] as const satisfies ConveningEvent[];
  const seat = { session: 'talk', appearance: 'a1' };
  const planning: ConveningCommand[] = [
    { type: 'ChangeConvening', data: { end: '2013-05-29' } }, { type: 'ChangeConvening', data: { zone: 'UTC' } }, { type: 'ChangeConvening', data: { policy: { reconfirm: 'time' } } },
    { type: 'ChangeConvening', data: { to: { capacity: 1 } } }, { type: 'ChangeConvening', data: { to: { title: 'New', languages: ['fr'] } } },
    { type: 'AddRoom', data: { room: 'tembo', name: 'Tembo' } }, { type: 'ChangeRoom', data: { room: 'simba', to: { capacity: 1 } } },
    { type: 'AddTrack', data: { track: 'law', name: 'Law' } }, { type: 'RemoveTrack', data: { track: 'justice' } },
    { type: 'PlanSession', data: { session: 'new', kind: 'talk', title: 'New' } }, { type: 'ChangeSession', data: { session: 'talk', to: { kind: 'panel' } } },
    { type: 'CancelSession', data: { session: 'talk' } }, schedule('talk', { ...morning, room: 'simba', end: '2013-05-27T11:00+03:00' }), { type: 'UnscheduleSession', data: { session: 'talk' } },
    { type: 'SetRunningOrder', data: { session: 'talk', items: [] } }, { type: 'SetRunningOrder', data: { session: 'talk', items: [{ ...item, minutes: 5 }] } },
    { type: 'ProposeAppearance', data: { session: 'talk', appearance: 'a2', role: 'chair' } }, { type: 'WithdrawAppearance', data: seat }, { type: 'CancelAppearance', data: seat },
    { type: 'ChangeAppearance', data: { ...seat, role: 'chair' } }, { type: 'StateAvailability', data: { person: judge, unavailable: [morning] } },
  ];
  const wording: ConveningCommand[] = [
    { type: 'ChangeConvening', data: { to: { title: 'New', links: [{ kind: 'report', title: 'Report', url: 'https://example.org/' }] } } },
    { type: 'ChangeRoom', data: { room: 'simba', to: { name: 'Lion' } } }, { type: 'ChangeTrack', data: { track: 'justice', to: { name: 'Law' } } },
    { type: 'ChangeSession', data: { session: 'talk', to: { title: 'New', abstract: 'About' } } }, { type: 'ChangeSession', data: { session: 'talk', notes: 'well attended' } },
    { type: 'SetRunningOrder', data: { session: 'talk', items: [{ ...item, title: 'Remarks' }] } },
    { type: 'ChangeAppearance', data: { ...seat, credit: { name: 'Amina H. Juma' }, represents: 'Tanzania' } },
  ];
  const named = (commands: ConveningCommand[]) => commands.map((command) => [`${command.type} ${JSON.stringify(command.data)}`, command] as const);

  it.each(named(planning))('nothing is planned: %s', (_, command) => {
    givenWhy(...history, concluded()).when(command).refused('convening-over');
    givenWhy(...history, cancelled).when(command).refused('convening-over');
    expect(decide(folded(...history), command)).not.toEqual([]);
  });

  it.each(named(wording))('texts, credits and links are corrected with a reason, of a concluded one: %s', (_, command) => {
    given(...history, concluded()).when(command).refused('reason-required');
    givenWhy(...history, cancelled).when(command).refused('convening-over');
    expect(decide(folded(...history, concluded()), command, 'misspelt')).not.toEqual([]);
  });

  it('who appeared is told of a concluded one, and conflicts may still be accepted', () => {
    given(...history, concluded()).when({ type: 'RecordAttendance', data: { ...seat, to: 'appeared' } })
      .then({ type: 'AttendanceRecorded', data: { ...seat, by: organiser, from: 'confirmed', to: 'appeared' } });
    givenWhy(...history, session('panel', 'panel'), concluded()).when({ type: 'AcceptConflict', data: { conflict: 'no-moderator:panel' } })
      .then({ type: 'ConflictAccepted', data: { conflict: 'no-moderator:panel', rule: 'no-moderator', circumstance: { slots: {}, people: [] }, reason: told(organiser, 'a printing error') } });
  });
});
