import { describe, expect, it } from '@jest/globals';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import { audiences, type Audience } from '../../src/convening/texts.js';
import { told, withheld } from '../../src/event-store/personal.js';
import { afternoon, at, lecture, morning, planned, published, room, scheduled, session, simba, talk, tembo, withPolicy } from '../convening/arusha.js';
import { now, organiser } from '../given.js';
import { given, item, programme, sessionsOf, theSession, proved } from './reading.js';

const only = (audience: Audience, plannedSession = talk): ConveningEvent => ({ ...plannedSession, data: { ...plannedSession.data, audience } });
const link = (audience: Audience) => ({ kind: 'slides', title: { en: audience }, url: `https://example.org/${audience}`, audience });
const cancelled = { type: 'SessionCancelled', data: { session: 'talk' } } as const;

describe('the agenda of a convening', () => {
  it('says what the convening says of itself', () =>
    expect(given(planned).readBy('public')).toEqual({
      convening: {
        id: 'arusha-2013', title: { en: 'Preventing genocide' }, start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam',
        languages: ['en'], capacity: 120, organisers: [], links: [], phase: 'planned',
      },
      version: null, revision: 0, at: now, audience: 'public', zone: 'Africa/Dar_es_Salaam', language: 'en',
      rooms: [], tracks: [], days: [{ date: '2013-05-27', sessions: [] }, { date: '2013-05-28', sessions: [] }], unscheduled: [],
    }));

  it('lists a session with its room and track', () => {
    const justice: ConveningEvent = { type: 'TrackAdded', data: { track: 'justice', name: { en: 'Justice' }, colour: '#204a87' } };
    const onTrack: ConveningEvent = { ...talk, data: { ...talk.data, track: 'justice' } };
    const agenda = given(planned, simba, justice, onTrack, scheduled('talk', morning)).readBy('public');
    expect(agenda.rooms).toEqual([{ id: 'simba', name: { en: 'simba' }, capacity: 200 }]);
    expect(agenda.tracks).toEqual([{ id: 'justice', name: { en: 'Justice' }, colour: '#204a87' }]);
    expect(theSession(agenda)).toEqual({
      id: 'talk', kind: 'talk', title: { en: 'talk' }, track: { id: 'justice', name: { en: 'Justice' }, colour: '#204a87' }, interpretation: [],
      audience: 'public', slot: { start: '2013-05-27T09:00+03:00', end: '2013-05-27T10:30+03:00', room: { id: 'simba', name: { en: 'simba' } } },
      items: [], appearances: [], links: [], cancelled: false,
    });
  });

  it('has days by start, then in the order of rooms, rooms not known last, then in programme order', () => {
    const sessions = ['last', 'nowhere', 'tembo', 'simba', 'also-nowhere', 'first'].map((id) => session(id));
    const slots = [
      scheduled('last', afternoon), scheduled('nowhere', at(null, '09:00', '10:00')), scheduled('tembo', at('tembo', '09:00', '11:00')),
      scheduled('simba', morning), scheduled('also-nowhere', at(null, '09:00', '09:30')), scheduled('first', at('tembo', '08:00', '09:00')),
    ];
    expect(programme(given(planned, simba, tembo, ...sessions, ...slots).readBy('public'))).toEqual([
      '2013-05-27: first, simba, tembo, nowhere, also-nowhere, last', '2013-05-28: ',
    ]);
  });

  it('lists sessions without a slot at the end, in programme order', () =>
    expect(programme(given(planned, talk, lecture, session('dinner', 'social'), scheduled('lecture', at(null, '09:00', '10:00'))).readBy('public'))).toEqual([
      '2013-05-27: lecture', '2013-05-28: ', 'unscheduled: talk, dinner',
    ]));

  it('has a day more where a session lies outside the days', () =>
    expect(programme(given(planned, talk, scheduled('talk', at(null, '19:00', '21:00', '2013-05-26'))).readBy('public'))).toEqual([
      '2013-05-26: talk', '2013-05-27: ', '2013-05-28: ',
    ]));

  it('tells the days and times of the zone that is asked for', () => {
    const agenda = given(planned, talk, scheduled('talk', at(null, '20:00', '21:30', '2013-05-28'))).readBy('public', { zone: 'Asia/Tokyo' });
    expect(programme(agenda)).toEqual(['2013-05-27: ', '2013-05-28: ', '2013-05-29: talk']);
    expect(theSession(agenda).slot).toEqual({ start: '2013-05-29T02:00+09:00', end: '2013-05-29T03:30+09:00' });
    expect([agenda.zone, agenda.convening.zone]).toEqual(['Asia/Tokyo', 'Africa/Dar_es_Salaam']);
  });

  it('of years has only the days on which something takes place', () => {
    const long: ConveningEvent = { type: 'ConveningDatesChanged', data: { from: { start: '2013-05-27', end: '2013-05-28' }, to: { start: '2013-05-27', end: '2020-05-28' } } };
    expect(programme(given(planned, long, talk, scheduled('talk', morning)).readBy('public'))).toEqual(['2013-05-27: talk']);
  });

  it('says which version it shows, or that it is the draft', () => {
    const version = proved({ number: 1, label: 'provisional', audience: 'public', revision: 0, at: now, withdrawn: false });
    expect(given(planned).readBy('public', { version }).version).toEqual({ number: 1, label: 'provisional', audience: 'public', at: now, hash: version.hash });
    expect(given(planned).readBy('public').version).toBeNull();
  });

  it('reports the attendance when it is over', () => {
    const concluded: ConveningEvent = { type: 'ConveningConcluded', data: { attendance: { participants: 80, countries: 22, source: 'press release' } } };
    expect(given(planned, concluded).readBy('public').convening).toMatchObject({
      phase: 'concluded', attendance: { participants: 80, countries: 22, source: 'press release' },
    });
  });
});

describe('what is not for an audience', () => {
  const seenBy = (see: (audience: Audience) => unknown) => Object.fromEntries(audiences.map((audience) => [audience, see(audience)]));

  it('does not exist for it: sessions', () => {
    const facts = [planned, only('internal', session('rehearsal')), only('participants', session('dinner')), talk];
    expect(seenBy((audience) => sessionsOf(given(...facts).readBy(audience)).map(({ id }) => id))).toEqual({
      public: ['talk'], participants: ['dinner', 'talk'], internal: ['rehearsal', 'dinner', 'talk'],
    });
  });

  it('does not exist for it: items', () => {
    const facts = [planned, talk, item('cue', { audience: 'internal' }), item('questions', { audience: 'participants' }), item('speech', { minutes: 20 })];
    expect(seenBy((audience) => theSession(given(...facts).readBy(audience)).items.map(({ id }) => id))).toEqual({
      public: ['speech'], participants: ['questions', 'speech'], internal: ['cue', 'questions', 'speech'],
    });
  });

  it('does not exist for it: links of the convening and of sessions', () => {
    const links = audiences.map(link);
    const facts: ConveningEvent[] = [{ ...planned, data: { ...planned.data, links } }, { ...talk, data: { ...talk.data, links } }];
    const seen = { public: links.slice(0, 1), participants: links.slice(0, 2), internal: links };
    expect(seenBy((audience) => given(...facts).readBy(audience).convening.links)).toEqual(seen);
    expect(seenBy((audience) => theSession(given(...facts).readBy(audience)).links)).toEqual(seen);
  });

  it('does not exist for it: organisers’ notes, which may be withheld', () => {
    const facts: ConveningEvent[] = [planned, { ...talk, data: { ...talk.data, notes: told(organiser, 'water on stage') } }];
    expect(seenBy((audience) => theSession(given(...facts).readBy(audience)).notes)).toEqual({ internal: 'water on stage' });
    expect(theSession(given(...facts).readBy('internal', { open: () => withheld })).notes).toEqual({ withheld: true });
  });
});

describe('a cancelled session', () => {
  it('that was published is shown as cancelled', () =>
    expect(theSession(given(planned, talk, published('first'), cancelled).readBy('public')).cancelled).toBe(true));
  it('that never was is shown to organisers only', () => {
    const agenda = given(planned, talk, cancelled);
    expect(sessionsOf(agenda.readBy('participants'))).toEqual([]);
    expect(theSession(agenda.readBy('internal')).cancelled).toBe(true);
  });
  it('that was published stays hidden from those it is not for', () =>
    expect(sessionsOf(given(planned, only('participants'), { ...published('first'), data: { ...published('first').data, audience: 'participants' } }, cancelled).readBy('public'))).toEqual([]));
});

it('rooms and tracks are for everybody, also where only hidden sessions use them', () =>
  expect(given(planned, room('store'), only('internal'), scheduled('talk', at('store', '09:00', '10:00'))).readBy('public').rooms.map(({ id }) => id)).toEqual(['store']));

it('policy does not reach a reader', () => expect(given(withPolicy({ reconfirm: 'time' })).readBy('internal').convening).not.toHaveProperty('policy'));
