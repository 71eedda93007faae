import { describe, expect, it } from '@jest/globals';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import type { GivenProgramme, GivenSeat, GivenSession } from '../../src/convening/programme-document.decider.js';
import { told, withheld } from '../../src/event-store/personal.js';
import { organiser } from '../given.js';
import { afternoon, at, bishop, confirmed, folded, given, givenWhy, judge, lecture, morning, moved, planned, proposed, published, scheduled, session, simba, talk, tembo, withPolicy } from './arusha.js';
import { ask, documentOf, setProgramme } from './programmes.js';

const seat = (id: string, person: string = judge, more: Partial<GivenSeat> = {}): GivenSeat => ({ id, person, role: 'speaker', credit: { name: 'Amina Juma' }, ...more });
const plain = (id: string, more: Partial<GivenSession> = {}): GivenSession => ({ id, kind: 'talk', title: { en: id }, ...more });
const rooms = [{ id: 'simba', name: 'simba', capacity: 200 }, { id: 'tembo', name: 'tembo', capacity: 40 }];
const programme = (...sessions: GivenSession[]): GivenProgramme => ({ rooms, sessions });
const put = (...sessions: GivenSession[]) => setProgramme(programme(...sessions));

const history = [planned, simba, tembo, talk, lecture, scheduled('talk', morning), scheduled('lecture', afternoon)];
const both = given(...history);
const theTalk = plain('talk', { slot: morning });
const theLecture = plain('lecture', { slot: afternoon });
const a1 = { session: 'talk', appearance: 'a1' };
const seated = [...history, proposed('talk', 'a1', judge)];
const inTalk = (...appearances: GivenSeat[]) => put({ ...theTalk, appearances }, theLecture);
const answered: ConveningEvent = { type: 'AppearanceConfirmed', data: { ...a1, by: judge, slot: morning } };

/** The codes with their places. */
const places = (facts: readonly ConveningEvent[], document: GivenProgramme, circumstances = {}) => ask(folded(...facts), setProgramme(document), circumstances).refused;

describe('a document that says what is so', () => {
  it('changes nothing', () => both.when(put(theTalk, theLecture)).nothing());
  it('in the words of another zone too', () => both.when(put({ ...theTalk, slot: { room: 'simba', start: '2013-05-27T06:00Z', end: '2013-05-27T10:30' } }, theLecture)).nothing());
  it('changes nothing where a name is withheld', () => {
    const facts: ConveningEvent[] = [...history, { type: 'AppearanceProposed', data: { ...a1, role: 'speaker', person: judge, credit: { of: judge, sealed: 'nobody-has-the-key' } } }];
    expect(documentOf(folded(...facts)).sessions[0]?.appearances?.[0]?.credit).toEqual(withheld);
    given(...facts).when(setProgramme(documentOf(folded(...facts)))).nothing();
  });
  it('changes nothing where notes are withheld', () => {
    const facts: ConveningEvent[] = [...history, { type: 'SessionNotesChanged', data: { session: 'talk', to: { of: organiser, sealed: 'nobody-has-the-key' } } }];
    given(...facts).when(setProgramme(documentOf(folded(...facts)))).nothing();
  });
});

describe('what a document changes', () => {
  it('a move is a move', () => both.when(put({ ...theTalk, slot: at('tembo', '09:00', '10:30') }, theLecture)).then(moved('talk', morning, at('tembo', '09:00', '10:30'))));
  it('two sessions swap their places', () =>
    both.when(put({ ...theTalk, slot: afternoon }, { ...theLecture, slot: morning })).then(moved('talk', morning, afternoon), moved('lecture', afternoon, morning)));
  it('an order is one fact', () => both.when(put(theLecture, theTalk)).then({ type: 'SessionsReordered', data: { from: ['talk', 'lecture'], to: ['lecture', 'talk'] } }));
  it('what is left out is removed', () =>
    both.when(put({ ...theLecture, slot: undefined! })).then({ type: 'SessionRemoved', data: { session: 'talk', title: { en: 'talk' } } }, { type: 'SessionUnscheduled', data: { session: 'lecture', from: afternoon } }));
  it('or cancelled, where it was published', () => given(...history, published('final')).when(put(theLecture)).then({ type: 'SessionCancelled', data: { session: 'talk' } }));
  it('and what is cancelled stays so until it is named', () => {
    const facts = [...history, published('final'), { type: 'SessionCancelled', data: { session: 'talk' } } as const];
    given(...facts).when(put(theLecture)).nothing();
    given(...facts).when(put(theTalk, theLecture)).then({ type: 'SessionReinstated', data: { session: 'talk' } });
  });
  it('a room goes when nobody is in it any more', () =>
    both.when(setProgramme({ rooms: [rooms[1]!], sessions: [{ ...theTalk, slot: at('tembo', '09:00', '10:30') }, plain('lecture')] })).then(
      moved('talk', morning, at('tembo', '09:00', '10:30')), { type: 'SessionUnscheduled', data: { session: 'lecture', from: afternoon } },
      { type: 'RoomRemoved', data: { room: 'simba', from: { name: { en: 'simba' }, capacity: 200 } } },
    ));
  it('200 sessions move by a day', () => {
    const ids = Array.from({ length: 200 }, (_, index) => `s${index}`);
    const slotOf = (index: number, day: string) => at(`r${index % 50}`, `${String(8 + Math.floor(index / 50)).padStart(2, '0')}:00`, `${String(9 + Math.floor(index / 50)).padStart(2, '0')}:00`, day);
    const halls = Array.from({ length: 50 }, (_, index) => ({ id: `r${index}`, name: 'Hall' }));
    const convening = folded(planned);
    const on = (day: string) => setProgramme({ rooms: halls, sessions: ids.map((id, index) => plain(id, { slot: slotOf(index, day) })) });
    expect(ask(convening, on('2013-05-27')).refused).toBeUndefined();
    expect(ask(convening, on('2013-05-28')).events.map(({ type }) => type)).toEqual(ids.map(() => 'SessionMoved'));
  });
});

describe('seats in a document', () => {
  const withSeat = given(...seated);
  it('are proposed, and what is said of their state is recorded by the organiser', () =>
    both.when(inTalk(seat('a1', judge, { state: 'confirmed' }))).then(proposed('talk', 'a1', judge), { type: 'AppearanceConfirmed', data: { ...a1, by: organiser, slot: morning } }));
  it('keep their state when nothing is said of it', () => given(...seated, answered).when(inTalk(seat('a1'))).nothing());
  it('are found by person and role', () => withSeat.when(inTalk({ person: judge, role: 'speaker', credit: { name: 'Amina Juma' } })).nothing());
  it('a credit is changed', () =>
    withSeat.when(inTalk(seat('a1', judge, { credit: { name: 'A. Juma' } }))).then({ type: 'CreditChanged', data: { ...a1, from: told(judge, { name: 'Amina Juma' }), to: told(judge, { name: 'A. Juma' }) } }));
  it('two people change their roles', () =>
    given(...seated, proposed('talk', 'a2', judge, 'chair')).when(inTalk(seat('a1', judge, { role: 'chair' }), seat('a2'))).then(
      { type: 'RoleChanged', data: { ...a1, from: 'speaker', to: 'chair' } }, { type: 'RoleChanged', data: { session: 'talk', appearance: 'a2', from: 'chair', to: 'speaker' } },
    ));
  it('an id can be given to somebody else while nobody knows of it, and an item that names it stays as it is', () => {
    const item = { id: 'welcome', title: { en: 'Welcome' }, appearance: 'a1', audience: 'public' } as const;
    given(...seated, { type: 'ItemAdded', data: { session: 'talk', item } }).when(put({ ...theTalk, items: [item], appearances: [seat('a1', bishop)] }, theLecture)).then(
      { type: 'AppearanceRemoved', data: { ...a1, role: 'speaker', person: judge, credit: told(judge, { name: 'Amina Juma' }) } }, proposed('talk', 'a1', bishop),
    );
    expect(places([...seated, confirmed('talk', 'a1')], inTalk(seat('a1', bishop)).data.programme)).toEqual({ code: 'already-named', errors: ['#/sessions/0/appearances/0/person already-named'] });
  });
  it('who goes is not asked to confirm anew because the session moves', () =>
    given(withPolicy({ reconfirm: 'time' }), ...seated.slice(1), confirmed('talk', 'a1', morning)).when(put({ ...theTalk, slot: at('simba', '08:00', '09:00') }, theLecture)).then(
      { type: 'AppearanceCancelled', data: { ...a1, by: organiser } }, moved('talk', morning, at('simba', '08:00', '09:00')),
    ));
  it('an answer that a person gave is not taken back', () => {
    const facts = [...seated, answered];
    const is = (code: string, place: string) => ({ code, errors: [`${place} ${code}`] });
    const at0 = '#/sessions/0/appearances';
    expect(places(facts, inTalk().data.programme)).toEqual(is('answered-meanwhile', at0));
    expect(places(facts, inTalk(seat('a1', judge, { state: 'withdrawn' })).data.programme)).toEqual(is('answered-meanwhile', `${at0}/0/state`));
    expect(places(facts, put(theLecture).data.programme)).toEqual(is('answered-meanwhile', '#/sessions'));
    const { revision } = folded(...facts);
    expect(places(facts, inTalk().data.programme, { asOf: revision - 1 })).toEqual(is('answered-meanwhile', at0));
    expect(places(facts, inTalk().data.programme, { asOf: revision })).toBeUndefined();
    expect(places([...seated, confirmed('talk', 'a1')], inTalk().data.programme)).toBeUndefined();
  });
  it('a step that cannot be is refused', () =>
    expect(places([...seated, confirmed('talk', 'a1')], inTalk(seat('a1', judge, { state: 'proposed' })).data.programme)).toEqual({ code: 'wrong-state', errors: ['#/sessions/0/appearances/0/state wrong-state'] }));
});

describe('what a document leaves as it is', () => {
  it('is the room of a session that is kept as cancelled, and not one that nobody has', () => {
    const shown = [...history, published('final')];
    given(...shown).when(setProgramme({ rooms: [], sessions: [plain('lecture')] })).then(
      { type: 'SessionCancelled', data: { session: 'talk' } }, { type: 'SessionUnscheduled', data: { session: 'lecture', from: afternoon } }, { type: 'RoomRemoved', data: { room: 'tembo', from: { name: { en: 'tembo' }, capacity: 40 } } },
    );
  });
  it('is a seat that its person withdrew from, where the same person has another in the role', () => {
    const withdrawn: ConveningEvent = { type: 'AppearanceWithdrawn', data: { ...a1, by: judge } };
    given(...seated, answered, withdrawn, proposed('talk', 'a2', judge)).when(inTalk({ person: judge, role: 'speaker', credit: { name: 'Amina Juma', honorific: 'Judge' } }))
      .then({ type: 'CreditChanged', data: { session: 'talk', appearance: 'a2', from: told(judge, { name: 'Amina Juma' }), to: told(judge, { honorific: 'Judge', name: 'Amina Juma' }) } });
  });
});

describe('a document that cannot be', () => {
  it('says of an id that is repeated where it stood first', () =>
    both.when(setProgramme({ sessions: [theTalk, theLecture, theTalk] })).refused('id-repeated', { id: 'talk', first: '#/sessions/0/id' }));
  it.each<[string, GivenProgramme, string, ...string[]]>([
    ['two of one id', { rooms: [rooms[0]!, rooms[0]!], sessions: [theTalk, theTalk] }, 'id-repeated', '#/rooms/1/id', '#/sessions/1/id'],
    ['two of one id within', programme({ ...theTalk, items: [{ id: 'i', title: 'x' }, { id: 'i', title: 'x' }], appearances: [seat('a1'), seat('a1')] }), 'id-repeated', '#/sessions/0/appearances/1/id', '#/sessions/0/items/1/id'],
    ['another convening', { convening: 'arusha-2014', ...programme(theTalk) }, 'other-convening', '#/convening'],
    ['a room that is not listed', { sessions: [theTalk] }, 'slot-in-unknown-room', '#/sessions/0/slot/room'],
    ['a track that is not listed', programme({ ...theTalk, track: 'justice' }), 'session-in-unknown-track', '#/sessions/0/track'],
    ['an item of nobody there', programme({ ...theTalk, items: [{ id: 'i', title: 'x', appearance: 'a1' }] }), 'item-of-unknown-appearance', '#/sessions/0/items/0/appearance'],
    ['a person twice in one role', programme({ ...theTalk, appearances: [seat('a1'), seat('a2')] }), 'appears-already', '#/sessions/0/appearances/1'],
    ['an end before the start', programme({ ...theTalk, slot: at('simba', '10:00', '09:00') }), 'ends-before-it-starts', '#/sessions/0/slot/end'],
    ['two sessions in one room', programme(theTalk, { ...theLecture, slot: morning }), 'room-taken', '#/sessions/1/slot'],
    ['a name without a person', programme({ ...theTalk, appearances: [{ id: 'a1', role: 'chair', credit: { name: 'Amina Juma' } }] }), 'person-missing', '#/sessions/0/appearances/0/credit'],
    ['a person without a name', programme({ ...theTalk, appearances: [{ id: 'a1', role: 'chair', person: judge }] }), 'name-missing', '#/sessions/0/appearances/0/credit'],
  ])('%s', (_, document, code, ...pointers) => expect(places(history, document)).toEqual({ code, errors: pointers.map((pointer) => `${pointer} ${code}`) }));

  it('is told a hour that is none by its place', () =>
    expect(places([{ ...planned, data: { ...planned.data, zone: 'Europe/Berlin' } }], { sessions: [plain('talk', { slot: { start: '2013-03-31T02:30', end: '2013-10-27T02:30' } }), plain('lecture', { slot: { start: '2013-10-27T01:30', end: '2013-10-27T02:30' } })] })).toEqual({
      code: 'programme-refused', errors: ['#/sessions/0/slot/start local-time-missing', '#/sessions/1/slot/end local-time-ambiguous'],
    }));
  it('tells a hundred places, and no more', () =>
    expect(places([planned], { sessions: Array.from({ length: 150 }, (_, index) => plain(`s${index}`, { track: 'none' })) })?.errors.length).toBe(100));
  it('plans no further what stays cancelled', () =>
    expect(places([...history, { type: 'SessionCancelled', data: { session: 'talk' } }], programme({ ...theTalk, slot: at('tembo', '09:00', '10:00'), cancelled: true }, theLecture))).toEqual({
      code: 'session-cancelled', errors: ['#/sessions/0/slot session-cancelled'],
    }));
});

describe('the convening’s policy', () => {
  const strict = [withPolicy({ reasonRequired: true }), ...history.slice(1), published('final')];
  it('may demand why', () => {
    given(...strict).when(put(theLecture, theTalk)).refused('reason-required');
    given(...strict).when(put(theTalk, theLecture)).nothing();
    givenWhy(...strict).when(put(theLecture, theTalk)).then({ type: 'SessionsReordered', data: { from: ['talk', 'lecture'], to: ['lecture', 'talk'] } });
  });
  it('may publish at once, once for the whole document', () =>
    given(withPolicy({ publish: 'at-once' }), ...history.slice(1)).when(put({ ...theTalk, title: 'Talk' }, { ...theLecture, title: 'Lecture' })).then(
      { type: 'SessionDetailsChanged', data: { session: 'talk', from: { title: { en: 'talk' } }, to: { title: { en: 'Talk' } } } },
      { type: 'SessionDetailsChanged', data: { session: 'lecture', from: { title: { en: 'lecture' } }, to: { title: { en: 'Lecture' } } } },
      { type: 'AgendaPublished', data: { number: 1, label: 'update-1', audience: 'public' } },
    ));
  it('names every conflict that is not allowed, and accepts what was accepted', () => {
    const taken = programme(theTalk, { ...theLecture, slot: morning }, plain('third', { slot: morning }));
    expect(places(history, taken)).toEqual({ code: 'room-taken', errors: ['#/sessions/1/slot room-taken', '#/sessions/2/slot room-taken', '#/sessions/1/slot room-taken'] });
    const title = { en: 'Lecture' };
    expect(places(history, programme({ ...theTalk, slot: afternoon }, { ...theLecture, title }))).toEqual({ code: 'room-taken', errors: ['#/sessions/0/slot room-taken'] });
    given(...history).when(put({ ...theTalk, slot: afternoon }, { ...theLecture, title })).refused('room-taken', { room: 'simba', by: 'lecture', key: 'room-taken:lecture:talk' });
    expect(places(history, programme({ ...theTalk, language: 'sw' }, { ...theLecture, slot: morning }))).toEqual({ code: 'room-taken', errors: ['#/sessions/1/slot room-taken'] });
    const busy = [withPolicy({ conflicts: { 'person-in-two-places': 'block' } }), ...history.slice(1), proposed('lecture', 'a1', judge), moved('talk', morning, at('tembo', '14:00', '15:00'))];
    const lectured = { ...theLecture, title, appearances: [seat('a1')] };
    expect(places(busy, programme({ ...theTalk, slot: at('tembo', '14:00', '15:00'), appearances: [seat('a1')] }, lectured))).toEqual({ code: 'conflict-blocks', errors: ['#/sessions/0 conflict-blocks'] });
    const accepted: ConveningEvent = { type: 'ConflictAccepted', data: { conflict: 'room-taken:lecture:talk', rule: 'room-taken', reason: told(organiser, 'a debate') } };
    const { events } = ask(folded(...history, accepted), put(theTalk, { ...theLecture, slot: morning }));
    expect(events.map(({ type }) => type)).toEqual(['SessionMoved', 'AcceptedConflictArose']);
  });
  it('says what a concluded convening may still correct', () => {
    const over = [...history, { type: 'ConveningConcluded', data: { attendance: {} } } as const];
    given(...over).when(put(theLecture, theTalk)).refused('convening-over');
    givenWhy(...over).when(put({ ...theTalk, title: 'Talk' }, theLecture)).then({ type: 'SessionDetailsChanged', data: { session: 'talk', from: { title: { en: 'talk' } }, to: { title: { en: 'Talk' } } } });
  });
});

it('a session that is there gets a kind of its own', () =>
  given(planned, session('talk')).when(setProgramme({ sessions: [plain('talk', { kind: 'panel', notes: 'flowers' })] })).then(
    { type: 'SessionDetailsChanged', data: { session: 'talk', from: { kind: 'talk' }, to: { kind: 'panel' } } }, { type: 'SessionNotesChanged', data: { session: 'talk', to: told(organiser, 'flowers') } },
  ));
