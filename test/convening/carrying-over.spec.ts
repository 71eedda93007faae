import { describe, expect, it } from '@jest/globals';
import { carriedOver, shifted, type CarriedOver } from '../../src/convening/carrying-over.rules.js';
import { conveningDecider } from '../../src/convening/convening.decider.js';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import type { Convening } from '../../src/convening/convening.js';
import { defaultPolicy } from '../../src/convening/policy.events.js';
import { drained } from '../../src/event-store/steps.js';
import { told } from '../../src/event-store/personal.js';
import { now, openTold, organiser } from '../given.js';
import { at, bishop, confirmed, folded, given, judge, lecture, morning, planned, proposed, published, scheduled, simba, talk, tembo, withPolicy } from './arusha.js';
import { ask, documentOf } from './programmes.js';

const origin = { convening: 'arusha-2013', revision: 7, version: 'final' };
/** What a convening has to give. */
const from = (convening: Convening, appearances = false): CarriedOver => ({ ...drained(carriedOver(convening, openTold, { appearances })), origin });
const plan = { convening: 'kigali-2014', title: 'Preventing genocide, again', start: '2014-06-10', end: '2014-06-10', zone: 'Africa/Kigali' };
const begin = (convening: Convening, { appearances = false, ...but }: Partial<typeof plan & { appearances: boolean; policy: object; languages: string[] }> = {}) =>
  ({ type: 'PlanConveningFrom', data: { ...plan, ...but, from: from(convening, appearances) } }) as const;
/** Begun from the convening that these facts make. */
const begunFrom = (facts: readonly ConveningEvent[], but?: Parameters<typeof begin>[1]) => {
  const convening = folded();
  const { events, refused } = ask(convening, begin(folded(...facts), but));
  return { convening, events, refused, types: events.map(({ type }) => type) };
};
const beginning = (data: object = {}, policy = defaultPolicy) =>
  [
    { type: 'ConveningPlanned', data: { convening: 'kigali-2014', title: { en: plan.title }, languages: ['en'], organisers: [], links: [], start: plan.start, end: plan.end, zone: plan.zone, policy } },
    { type: 'ProgrammeCarriedOver', data: { origin, unscheduled: data } },
  ] as ConveningEvent[];
const inKigali = (where: string, start: string, end: string) => ({ room: where, start: `2014-06-10T${start}+02:00`, end: `2014-06-10T${end}+02:00` });

describe('beginning a convening from another', () => {
  it('takes rooms, tracks and sessions, each on its day and at its hour on the door, in the new zone', () =>
    given()
      .when(begin(folded(planned, simba, { type: 'TrackAdded', data: { track: 'justice', name: { en: 'Justice' } } }, talk, scheduled('talk', morning), lecture)))
      .then(
        ...beginning(), simba, { type: 'TrackAdded', data: { track: 'justice', name: { en: 'Justice' } } },
        talk, scheduled('talk', inKigali('simba', '09:00', '10:30')), lecture,
      ));

  it('leaves sessions without a slot that would begin outside the new days, and says so', () =>
    given()
      .when(begin(folded(planned, simba, talk, lecture, scheduled('talk', at('simba', '09:00', '10:00', '2013-05-28')), scheduled('lecture', at('simba', '23:00', '23:59')))))
      .then(...beginning({ 'outside-days': ['talk'] }), simba, talk, lecture, scheduled('lecture', inKigali('simba', '23:00', '23:59'))));

  it('takes organisers, languages and policy, unless others are given; of the policy what is given', () => {
    const { data } = withPolicy({ names: 'confirmed-and-tentative', conflicts: { 'no-break': 'off' }, publish: 'at-once' });
    const rich = folded({ type: 'ConveningPlanned', data: { ...data, languages: ['fr', 'en'], organisers: [{ name: { fr: 'Institut' } }] } });
    const plannedFrom = (but?: Parameters<typeof begin>[1]) => conveningDecider.decide(folded(), begin(rich, but), { now, actor: organiser, open: openTold })[0]!.data;
    const policy = { ...data.policy, publish: 'on-request' };
    expect(plannedFrom()).toMatchObject({ languages: ['fr', 'en'], organisers: [{ name: { fr: 'Institut' } }], title: { fr: plan.title }, policy });
    expect(plannedFrom({ languages: ['en'], policy: { names: 'confirmed', publish: 'at-once' } })).toMatchObject({ languages: ['en'], title: { en: plan.title }, policy: { ...policy, names: 'confirmed', publish: 'at-once' } });
  });

  it('takes neither venue, description, capacity nor links of the meeting: they are another’s', () =>
    given().when(begin(folded(planned, { type: 'ConveningDetailsChanged', data: { from: {}, to: { venue: { name: { en: 'AICC' } }, description: { en: 'Two days' }, links: [] } } }))).then(...beginning()));

  it('takes the running order, and nobody in it unless that is asked for', () => {
    const facts: ConveningEvent[] = [planned, talk, proposed('talk', 'judge', judge), { type: 'ItemAdded', data: { session: 'talk', item: { id: 'welcome', title: { en: 'Welcome' }, minutes: 5, appearance: 'judge', audience: 'internal' } } }];
    const item = { id: 'welcome', title: { en: 'Welcome' }, minutes: 5, audience: 'internal' } as const;
    given().when(begin(folded(...facts))).then(...beginning(), talk, { type: 'ItemAdded', data: { session: 'talk', item } });
    given().when(begin(folded(...facts), { appearances: true })).then(...beginning(), talk, proposed('talk', 'judge', judge), { type: 'ItemAdded', data: { session: 'talk', item: { ...item, appearance: 'judge' } } });
  });

  it('proposes whoever was still to appear or did, of people and offices; who declined, withdrew or was replaced is not asked again', () => {
    const seat = (appearance: string, data: object = {}) => ({ type: 'AppearanceProposed', data: { session: 'talk', appearance, role: 'speaker', ...data } }) as ConveningEvent;
    const of = (person: string) => ({ person, credit: told(person, { name: 'Amina Juma', position: { en: 'Judge' } }), represents: { en: 'The bench' } });
    const office = seat('minister', { office: { position: { en: 'Minister' } } });
    const said = (type: string, appearance: string, more = {}) => ({ type, data: { session: 'talk', appearance, by: organiser, ...more } }) as ConveningEvent;
    const { convening, events } = begunFrom([
      planned, talk, seat('judge', of(judge)), seat('bishop', of(bishop)), office, seat('instead', { replaces: 'bishop' }),
      confirmed('talk', 'judge'), said('AppearanceReplaced', 'bishop', { with: 'instead' }), said('AttendanceRecorded', 'judge', { from: 'confirmed', to: 'appeared' }),
    ], { appearances: true });
    expect(events.slice(3)).toEqual([seat('judge', of(judge)), seat('instead'), office]);
    expect([...convening.sessions.get('talk')!.appearances.values()].map(({ id, state }) => `${id} ${state}`)).toEqual(['judge proposed', 'instead proposed', 'minister proposed']);
  });

  it('leaves a seat open whose person was forgotten, and a note that cannot be read', () => {
    const sealed = { of: judge, sealed: 'nobody can read this' };
    const notes = { type: 'SessionNotesChanged', data: { session: 'talk', to: sealed } } as const;
    const { events } = begunFrom([planned, talk, notes, { type: 'AppearanceProposed', data: { session: 'talk', appearance: 'judge', role: 'chair', person: judge, credit: sealed } }], { appearances: true });
    expect(events.slice(2)).toEqual([talk, { type: 'AppearanceProposed', data: { session: 'talk', appearance: 'judge', role: 'chair' } }]);
  });

  it('takes what organisers noted, as theirs who begin it', () => {
    const { events } = begunFrom([planned, talk, { type: 'SessionNotesChanged', data: { session: 'talk', to: told(judge, 'flowers') } }]);
    expect(events.slice(2)).toEqual([{ type: 'SessionPlanned', data: { ...talk.data, notes: told(organiser, 'flowers') } }]);
  });

  it('takes no session that was cancelled there', () =>
    given().when(begin(folded(planned, talk, lecture, { type: 'SessionCancelled', data: { session: 'talk' } }))).then(...beginning(), lecture));

  it('takes no publications, acceptances or availability', () => {
    const { convening } = begunFrom([
      planned, simba, talk, proposed('talk', 'judge', judge), scheduled('talk', morning), published('final'),
      { type: 'ConflictAccepted', data: { conflict: 'no-moderator:talk', reason: told(organiser, 'none needed') } },
      { type: 'AvailabilityStated', data: { person: judge, by: judge, from: [], to: [{ start: '2013-05-27T07:00:00.000Z', end: '2013-05-27T09:00:00.000Z' }] } },
    ] as ConveningEvent[]);
    expect(convening).toMatchObject({ publications: [], acceptances: new Map(), unavailable: new Map() });
    expect(convening.sessions.get('talk')).toMatchObject({ published: false, appearances: new Map() });
  });

  it('refuses nothing for conflicts that were there, which hold publication instead; and publishes nothing by itself', () => {
    const { convening, types } = begunFrom([planned, simba, talk, lecture, scheduled('talk', morning), scheduled('lecture', morning)], { policy: { publish: 'at-once' } });
    expect(types).toEqual(['ConveningPlanned', 'ProgrammeCarriedOver', 'RoomAdded', 'SessionPlanned', 'SessionScheduled', 'SessionPlanned', 'SessionScheduled']);
    expect(ask(convening, { type: 'PublishAgenda', data: { label: 'first' } }).refused?.code).toBe('publication-held');
    expect(ask(convening, { type: 'ChangeSession', data: { session: 'talk', to: { title: 'A talk' } } }).refused).toBeUndefined();
  });

  it('is done once: the same again changes nothing, another is refused', () => {
    const source = folded(planned, simba, tembo, talk, scheduled('talk', morning));
    const { convening } = begunFrom([planned, simba, tembo, talk, scheduled('talk', morning)]);
    expect(ask(convening, begin(source))).toEqual({ events: [] });
    expect(ask(convening, begin(source, { title: 'Another' })).refused?.code).toBe('convening-exists');
    expect(ask(convening, { type: 'PlanConveningFrom', data: { ...begin(source).data, from: { ...from(source), origin: { ...origin, revision: 8 } } } }).refused?.code).toBe('convening-exists');
    expect(ask(folded(...beginning().slice(0, 1)), begin(source)).refused?.code).toBe('convening-exists');
  });

  it('is finished when it is asked for again, if it came in parts and not all of them', () => {
    const source = folded(planned, simba, tembo, talk, scheduled('talk', morning), lecture);
    const whole = folded();
    const { events } = ask(whole, begin(source));
    const cut = folded({ type: 'ProgrammePartSet', data: { part: 1, of: 2 } }, ...events.slice(0, 5));
    expect(ask(cut, { type: 'PublishAgenda', data: { label: 'first' } }).refused?.code).toBe('programme-unfinished');
    expect(ask(cut, begin(source)).events).toEqual([...events.slice(5), { type: 'ProgrammePartSet', data: { part: 2, of: 2 } }]);
    expect(cut).toEqual({ ...whole, revision: cut.revision, rooms: cut.rooms, tracks: cut.tracks, sessions: cut.sessions });
    expect(documentOf(cut)).toEqual(documentOf(whole));
    expect(ask(cut, begin(source))).toEqual({ events: [] });
  });

  it('is refused as any beginning is', () => {
    given().when(begin(folded(planned), { zone: 'Mars/Olympus' })).refused('unknown-zone', { zone: 'Mars/Olympus' });
    given().when(begin(folded(planned), { end: '2014-06-09' })).refused('ends-before-it-starts', { start: '2014-06-10', end: '2014-06-09' });
  });
});

describe('a slot in other days', () => {
  const calendar = (start: string, end: string, zone: string) => ({ dates: { start, end }, zone });
  const berlin = (start: string, end = start) => calendar(start, end, 'Europe/Berlin');
  const slot = (start: string, end: string) => ({ room: 'hall', start, end });

  it('keeps its hours over summer time', () =>
    expect(shifted(slot('2026-03-28T09:00+01:00', '2026-03-28T10:00+01:00'), berlin('2026-03-28'), berlin('2026-03-29'))).toEqual(slot('2026-03-29T09:00+02:00', '2026-03-29T10:00+02:00')));

  it('has none where its hours do not exist, or exist twice', () => {
    expect(shifted(slot('2026-03-28T02:30+01:00', '2026-03-28T04:00+01:00'), berlin('2026-03-28'), berlin('2026-03-29'))).toBe('local-time-missing');
    expect(shifted(slot('2026-03-28T01:30+01:00', '2026-03-28T02:30+01:00'), berlin('2026-03-28'), berlin('2026-03-29'))).toBe('local-time-missing');
    expect(shifted(slot('2026-10-24T02:30+02:00', '2026-10-24T04:00+02:00'), berlin('2026-10-24'), berlin('2026-10-25'))).toBe('local-time-ambiguous');
  });

  it('which of two equal hours was meant is known where days and zone are the same', () => {
    const second = slot('2026-10-25T02:30+01:00', '2026-10-25T02:45+01:00');
    expect(shifted(second, berlin('2026-10-25'), berlin('2026-10-25'))).toEqual(second);
    expect(shifted(second, berlin('2026-10-25'), calendar('2026-10-25', '2026-10-25', 'Europe/Paris'))).toBe('local-time-ambiguous');
  });

  it('has none where it would end before it starts: it lasted over the hour that existed twice', () =>
    expect(shifted(slot('2026-10-25T02:30+02:00', '2026-10-25T02:15+01:00'), berlin('2026-10-25'), berlin('2026-10-26'))).toBe('ends-before-it-starts'));

  it('begins on one of the days; it may end in the night after the last', () => {
    const night = slot('2026-05-02T23:00+02:00', '2026-05-03T01:00+02:00');
    const days = berlin('2026-05-01', '2026-05-02');
    expect(shifted(night, days, berlin('2027-05-01', '2027-05-02'))).toEqual(slot('2027-05-02T23:00+02:00', '2027-05-03T01:00+02:00'));
    expect(shifted(night, days, berlin('2027-05-01'))).toBe('outside-days');
    expect(shifted(slot('2026-04-30T09:00+02:00', '2026-04-30T10:00+02:00'), days, berlin('2027-05-01', '2027-05-02'))).toBe('outside-days');
  });
});
