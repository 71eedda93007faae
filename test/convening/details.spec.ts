import { describe, expect, it } from '@jest/globals';
import type { ConveningCommand } from '../../src/convening/convening.decider.js';
import { conveningDecider } from '../../src/convening/convening.decider.js';
import type { DetailsChange } from '../../src/convening/details.events.js';
import { defaultPolicy } from '../../src/convening/policy.events.js';
import { at, confirmed, folded, given, givenWhy, judge, lecture, morning, moved, planned, proposed, published, scheduled, simba, talk, withPolicy } from './arusha.js';

const plan = {
  type: 'PlanConvening',
  data: { convening: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam', capacity: 120 },
} as const;
const change = (data: Extract<ConveningCommand, { type: 'ChangeConvening' }>['data']) => ({ type: 'ChangeConvening', data }) as const;
const details = (from: DetailsChange, to: DetailsChange) => ({ type: 'ConveningDetailsChanged', data: { from, to } }) as const;
const policyChanged = (to: Partial<typeof defaultPolicy>) => ({ type: 'PolicyChanged', data: { from: defaultPolicy, to: { ...defaultPolicy, ...to } } }) as const;

describe('planning a convening', () => {
  it('begins it, with the default policy', () => given().when(plan).then(planned));
  it('changes nothing when it was planned so already', () => given(planned).when(plan).nothing());

  it('refuses an id that was begun already', () => {
    given(planned).when({ ...plan, data: { ...plan.data, title: 'Another' } }).refused('convening-exists', { convening: 'arusha-2013' });
    given(planned, details({ capacity: 120 }, { capacity: 100 })).when(plan).refused('convening-exists', { convening: 'arusha-2013' });
  });

  it('takes plain texts to be in its own first language, whatever they are of', () =>
    given()
      .when({
        type: 'PlanConvening',
        data: {
          ...plan.data, languages: ['fr', 'en'], venue: { name: 'AICC', address: { en: 'Simeon Road' } }, organisers: [{ name: 'Institut', kind: 'ngo' }],
          links: [{ kind: 'concept-note', title: 'Note', url: 'https://example.org/' }],
        },
      })
      .then({
        type: 'ConveningPlanned',
        data: {
          ...planned.data, title: { fr: 'Preventing genocide' }, languages: ['fr', 'en'], venue: { name: { fr: 'AICC' }, address: { en: 'Simeon Road' } },
          organisers: [{ name: { fr: 'Institut' }, kind: 'ngo' }],
          links: [{ kind: 'concept-note', title: { fr: 'Note' }, url: 'https://example.org/', audience: 'public' }],
        },
      }));

  it('takes a policy in part, the rest is the default', () =>
    given().when({ type: 'PlanConvening', data: { ...plan.data, policy: { conflicts: { 'no-break': 'off' } } } }).then(withPolicy({ conflicts: { 'no-break': 'off' } })));

  it('refuses a zone that is none', () => given().when({ ...plan, data: { ...plan.data, zone: 'Mars/Olympus' } }).refused('unknown-zone', { zone: 'Mars/Olympus' }));

  it('refuses an end before the start, and accepts a single day', () => {
    const dates = { start: '2013-05-27', end: '2013-05-26' };
    given().when({ type: 'PlanConvening', data: { ...plan.data, ...dates } }).refused('ends-before-it-starts', dates);
    given().when({ type: 'PlanConvening', data: { ...plan.data, end: dates.start } }).then({ ...planned, data: { ...planned.data, end: dates.start } });
  });
});

describe('changing a convening', () => {
  it('tells what changed, and from what', () =>
    given(planned).when(change({ to: { title: 'Prevention', capacity: 120 } })).then(details({ title: { en: 'Preventing genocide' } }, { title: { en: 'Prevention' } })));

  it('removes what is null, and what is a text in no language', () => {
    const described = details({ description: null }, { description: { en: 'Two days' } });
    given(planned, described).when(change({ to: { description: null } })).then(details({ description: { en: 'Two days' } }, { description: null }));
    given(planned, described).when(change({ to: { description: {} } })).then(details({ description: { en: 'Two days' } }, { description: null }));
    given(planned).when(change({ to: { description: {}, subtitle: null } })).nothing();
    expect(folded(planned, described, details({ description: { en: 'Two days' } }, { description: null })).details).toEqual(folded(planned).details);
  });

  it('changes nothing when it is so already', () =>
    given(planned).when(change({ to: { title: 'Preventing genocide' }, start: '2013-05-27', zone: 'Africa/Dar_es_Salaam', policy: { names: 'confirmed' } })).nothing());

  it('takes plain texts to be in the first of its new languages', () =>
    given(planned)
      .when(change({ to: { languages: ['sw', 'en'], title: 'Kuzuia' } }))
      .then(details({ title: { en: 'Preventing genocide' }, languages: ['en'] }, { title: { sw: 'Kuzuia' }, languages: ['sw', 'en'] })));

  it('may be of everything at once', () =>
    given(planned, simba, talk, scheduled('talk', morning))
      .when(change({ to: { capacity: 90 }, end: '2013-05-29', zone: 'Africa/Kigali', policy: { names: 'confirmed-and-tentative' } }))
      .then(
        details({ capacity: 120 }, { capacity: 90 }),
        { type: 'ConveningDatesChanged', data: { from: { start: '2013-05-27', end: '2013-05-28' }, to: { start: '2013-05-27', end: '2013-05-29' } } },
        { type: 'ConveningZoneChanged', data: { from: 'Africa/Dar_es_Salaam', to: 'Africa/Kigali' } },
        moved('talk', morning, { room: 'simba', start: '2013-05-27T09:00+02:00', end: '2013-05-27T10:30+02:00' }),
        policyChanged({ names: 'confirmed-and-tentative' }),
      ));

  it('is nothing at all when part of it is refused', () =>
    given(planned).when(change({ to: { capacity: 90 }, start: '2013-05-29' })).refused('ends-before-it-starts', { start: '2013-05-29', end: '2013-05-28' }));
});

describe('another zone', () => {
  it('keeps the hours on the doors of all sessions, of those too that are cancelled', () =>
    given(planned, simba, talk, lecture, scheduled('talk', morning), scheduled('lecture', at(null, '14:00', '15:00')), { type: 'SessionCancelled', data: { session: 'lecture' } })
      .when(change({ zone: 'Europe/Berlin' }))
      .then(
        { type: 'ConveningZoneChanged', data: { from: 'Africa/Dar_es_Salaam', to: 'Europe/Berlin' } },
        moved('talk', morning, { room: 'simba', start: '2013-05-27T09:00+02:00', end: '2013-05-27T10:30+02:00' }),
        moved('lecture', at(null, '14:00', '15:00'), { start: '2013-05-27T14:00+02:00', end: '2013-05-27T15:00+02:00' }),
      ));

  it('of the same hours moves nothing', () =>
    given(planned, simba, talk, scheduled('talk', morning))
      .when(change({ zone: 'Africa/Nairobi' }))
      .then({ type: 'ConveningZoneChanged', data: { from: 'Africa/Dar_es_Salaam', to: 'Africa/Nairobi' } }));

  it('asks nobody to confirm anew', () =>
    given(withPolicy({ reconfirm: 'time' }), simba, talk, scheduled('talk', morning), proposed('talk', 'a1', judge), confirmed('talk', 'a1', morning))
      .when(change({ zone: 'Africa/Kigali' }))
      .then(
        { type: 'ConveningZoneChanged', data: { from: 'Africa/Dar_es_Salaam', to: 'Africa/Kigali' } },
        moved('talk', morning, { room: 'simba', start: '2013-05-27T09:00+02:00', end: '2013-05-27T10:30+02:00' }),
      ));

  it('is refused, with the session, where an hour on a door would not exist', () => {
    const night = at(null, '02:30', '04:00', '2013-03-31');
    given(planned, talk, scheduled('talk', night))
      .when(change({ zone: 'Europe/Berlin' }))
      .refused('local-time-missing', { session: 'talk', time: '2013-03-31T02:30', before: '2013-03-31T01:30+01:00', after: '2013-03-31T03:30+02:00' });
  });
});

describe('another policy', () => {
  it('takes what it says, and leaves the rest', () =>
    given(planned)
      .when(change({ policy: { conflicts: { 'no-room': 'hold' }, minutesToChange: 10 } }))
      .then(policyChanged({ conflicts: { ...defaultPolicy.conflicts, 'no-room': 'hold' }, minutesToChange: 10 })));

  it('is not refused for conflicts that are there already, and neither are changes that leave them as they are', () => {
    const open = [planned, talk, scheduled('talk', at(null, '09:00', '10:00'))] as const;
    const blocking = policyChanged({ conflicts: { ...defaultPolicy.conflicts, 'no-room': 'block' } });
    given(...open).when(change({ policy: { conflicts: { 'no-room': 'block' } } })).then(blocking);
    given(...open, blocking).when({ type: 'ChangeSession', data: { session: 'talk', to: { language: 'en' } } })
      .then({ type: 'SessionDetailsChanged', data: { session: 'talk', from: { language: null }, to: { language: 'en' } } });
  });

  it('is the one by which what comes with it is judged', () =>
    given(planned, talk, scheduled('talk', at(null, '09:00', '10:00', '2013-05-28')))
      .when(change({ end: '2013-05-27', policy: { conflicts: { 'outside-days': 'block' } } }))
      .refused('conflict-blocks', {
        conflicts: [{
          key: 'outside-days:talk', rule: 'outside-days', severity: 'block', ids: ['talk'], sessions: ['talk'], people: [], accepted: false,
          circumstance: { slots: { talk: at(null, '09:00', '10:00', '2013-05-28') }, people: [] },
        }],
      }));

  it('may demand a reason for every change after the first publication', () => {
    const strict = [withPolicy({ reasonRequired: true }), talk] as const;
    const rename = change({ to: { title: 'Prevention' } });
    const renamed = details({ title: { en: 'Preventing genocide' } }, { title: { en: 'Prevention' } });
    given(...strict).when(rename).then(renamed);
    given(...strict, published('first')).when(rename).refused('reason-required');
    given(...strict, published('first')).when({ type: 'CancelConvening', data: {} }).refused('reason-required');
    givenWhy(...strict, published('first')).when(rename).then(renamed);
    given(...strict, published('first')).when({ type: 'PublishAgenda', data: { label: 'second' } })
      .then({ type: 'AgendaPublished', data: { number: 2, label: 'second', audience: 'public' } });
  });
});

describe('the revision of a part', () => {
  it('is that of the last fact about it, and undefined of what is not there', () => {
    const convening = folded(planned, simba, talk, lecture, scheduled('talk', morning));
    const revisions = ['convening.arusha-2013', 'room.simba', 'session.talk', 'session.lecture', 'session.constructor', 'track.justice'].map((name) => {
      const [kind, id] = name.split('.') as [string, string];
      return conveningDecider.revisionOf(convening, { kind, id });
    });
    expect(revisions).toEqual([4, 1, 4, 3, undefined, undefined]);
    expect(conveningDecider.revisionOf(folded(), { kind: 'convening', id: 'arusha-2013' })).toBe(undefined);
  });

  it('is told by facts of their session, not of the room or track they name beside it', () => {
    const inTrack = { ...talk, data: { ...talk.data, track: 'justice' } };
    const removed = { type: 'SessionRemoved', data: { session: 'talk', title: { en: 'talk' } } } as const;
    const about = (kind: string, id: string) => [simba, inTrack, removed, planned].map((event) => conveningDecider.isAbout(event, { kind, id }, folded()));
    expect({ room: about('room', 'simba'), session: about('session', 'talk'), track: about('track', 'justice'), convening: about('convening', 'arusha-2013') }).toEqual({
      room: [true, false, false, false], session: [false, true, true, false], track: [false, false, false, false], convening: [true, true, true, true],
    });
  });
});
