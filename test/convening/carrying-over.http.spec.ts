import { beforeAll, describe, expect, it } from '@jest/globals';
import { application, type Answer } from '../http/application.js';

const app = application();
const judge = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01';
const bishop = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a02';
const slot = (day: number, from: string, to: string, room = 'simba') => ({ room, start: `2013-05-${day}T${from}+03:00`, end: `2013-05-${day}T${to}+03:00` });
const programme = {
  rooms: [{ id: 'simba', name: { en: 'Simba Hall' }, capacity: 200 }],
  tracks: [{ id: 'justice', name: { en: 'Justice' }, colour: '#204a87' }],
  sessions: [
    {
      id: 'opening', kind: 'opening', title: { en: 'Opening' }, notes: 'flowers', slot: slot(27, '09:00', '10:00'), items: [{ id: 'welcome', title: { en: 'Welcome' }, minutes: 10, appearance: 'judge' }],
      appearances: [{ id: 'judge', person: judge, role: 'speaker', state: 'confirmed', credit: { name: 'Amina Juma', position: { en: 'President' } } }],
    },
    { id: 'panel', kind: 'panel', title: { en: 'Of law and memory' }, track: 'justice', slot: slot(28, '09:00', '10:00'), appearances: [{ id: 'bishop', person: bishop, role: 'panellist', state: 'confirmed', credit: { name: 'Paul Moyo' } }] },
    { id: 'dinner', kind: 'social', title: { en: 'Dinner' }, slot: slot(27, '19:00', '21:00') },
  ],
};
const next = { id: 'kigali-2014', title: 'Preventing genocide, again', start: '2014-06-10', end: '2014-06-10', zone: 'Africa/Kigali' };
const begin = (from: object, but: object = {}, headers: Record<string, string> = {}) => app.ask('POST', '/convenings', { ...next, ...but, from: { convening: 'arusha-2013', ...from } }, headers);
const told = ({ status, body: { code, about, errors } }: Answer) => ({ status, code, about, errors: errors?.map((error) => `${error.pointer} ${error.code}`) });
interface Read { sessions: { id: string; slot?: object; notes?: string; appearances: { state: string; credit?: object }[] }[] }
// Cast: tests look at what they expect.
const programmeOf = async (id: string) => JSON.parse((await app.ask('GET', `/convenings/${id}/programme`)).text) as Read;
const everything = async () => [await app.ask('GET', '/convenings/arusha-2013'), await app.ask('GET', '/convenings/arusha-2013/programme')].map(({ text }) => text);

beforeAll(async () => {
  await app.ask('POST', '/convenings', {
    id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam', languages: ['en', 'sw'], organisers: [{ name: 'Ministry of Justice' }], policy: { conflicts: { 'no-moderator': 'off' }, names: 'confirmed-and-tentative' },
  });
  await app.ask('PUT', '/convenings/arusha-2013/programme', programme);
  await app.ask('POST', '/convenings/arusha-2013/publications', { label: 'final' });
  // What happened since is not in the version.
  await app.ask('PATCH', '/convenings/arusha-2013/sessions/opening', { title: 'Opening, corrected' });
  await app.ask('POST', '/convenings/arusha-2013/sessions/dinner/cancellation');
});

describe('a convening that is begun from another, over HTTP', () => {
  it('has its programme as of a version, and says what is to be decided anew', async () => {
    const before = await everything();
    const { status, headers, body } = await begin({ asOf: 'version:final' }, {}, { reason: 'the%20next%20meeting', 'idempotency-key': 'once' });
    expect({ status, location: headers.get('location'), tag: headers.get('etag') }).toEqual({ status: 201, location: '/convenings/kigali-2014', tag: `"r${body.revision}"` });
    const origin = { convening: 'arusha-2013', revision: expect.any(Number), version: 'final' };
    expect(body).toEqual({
      revision: 9, origin, leftOut: [], unscheduled: [{ session: 'panel', title: { en: 'Of law and memory' }, was: slot(28, '09:00', '10:00'), because: 'outside-days' }],
    });
    const { sessions } = await programmeOf('kigali-2014');
    expect(sessions.map(({ id, slot: there, notes, appearances }) => ({ id, slot: there, notes, appearances }))).toEqual([
      { id: 'opening', notes: 'flowers', slot: { room: 'simba', start: '2014-06-10T09:00+02:00', end: '2014-06-10T10:00+02:00' }, appearances: [] },
      { id: 'panel', appearances: [] },
      { id: 'dinner', slot: { room: 'simba', start: '2014-06-10T19:00+02:00', end: '2014-06-10T21:00+02:00' }, appearances: [] },
    ]);
    const { body: details } = await app.ask('GET', '/convenings/kigali-2014');
    expect(details).toMatchObject({ title: { en: 'Preventing genocide, again' }, languages: ['en', 'sw'], organisers: [{ name: { en: 'Ministry of Justice' } }], origin });
    expect(details['policy']).toMatchObject({ names: 'confirmed-and-tentative' });
    expect(await everything()).toEqual(before);
  });

  it('is told the same again when the request is repeated, and writes nothing', async () => {
    const head = await app.head();
    const [first, again] = [await begin({ asOf: 'version:final' }, {}, { reason: 'the%20next%20meeting', 'idempotency-key': 'once' }), await begin({ asOf: 'version:final' })];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(await app.head()).toBe(head);
    expect(told(await begin({ asOf: 'version:final' }, {}, { 'idempotency-key': 'once' })).status).toBe(201);
    expect(told(await begin({}))).toEqual({ status: 409, code: 'convening-exists', about: { convening: 'kigali-2014' }, errors: undefined });
  });

  it('proposes the people on request, whose names are sealed anew for it, and are read after a restart', async () => {
    expect((await begin({ asOf: 'version:1', appearances: 'proposed' }, { id: 'kigali-2015', end: '2014-06-11' })).body['unscheduled']).toEqual([]);
    await app.restart();
    const seats = (await programmeOf('kigali-2015')).sessions.flatMap(({ appearances }) => appearances);
    expect(seats.map(({ state, credit }) => ({ state, credit }))).toEqual([{ state: 'proposed', credit: { name: 'Amina Juma', position: { en: 'President' } } }, { state: 'proposed', credit: { name: 'Paul Moyo' } }]);
    const { body } = await app.ask('GET', '/convenings/kigali-2015/conflicts');
    expect((body['conflicts'] as { key: string }[]).map(({ key }) => key)).toEqual(['not-confirmed:opening.judge', 'not-confirmed:panel.bishop']);
  });

  it('takes it as it is where no moment is named, and tells which sessions were cancelled there', async () => {
    const { body } = await begin({}, { id: 'kigali-2016' });
    expect(body['leftOut']).toEqual([{ session: 'dinner', title: { en: 'Dinner' } }]);
    expect((await programmeOf('kigali-2016')).sessions.map(({ id }) => id)).toEqual(['opening', 'panel']);
    expect((await begin({ asOf: 'rev:1' }, { id: 'kigali-2017' })).body).toMatchObject({ origin: { convening: 'arusha-2013', revision: 1 }, unscheduled: [] });
    expect((await programmeOf('kigali-2017')).sessions).toEqual([]);
    expect((await begin({ asOf: '2013-03-01T11:00+03:00' }, { id: 'kigali-2018' })).status).toBe(201);
  });

  it('is refused where there is nothing to start from, and begins nothing', async () => {
    const head = await app.head();
    const begun = { id: 'nowhere' };
    expect(told(await app.ask('POST', '/convenings', { ...next, ...begun, from: { convening: 'arusha-1999' } }))).toEqual({ status: 422, code: 'unknown-origin', about: { convening: 'arusha-1999' }, errors: ['#/from/convening unknown-convening'] });
    expect(told(await begin({ asOf: 'version:nought' }, begun))).toEqual({ status: 422, code: 'unknown-origin', about: { convening: 'arusha-2013', asOf: 'version:nought' }, errors: ['#/from/asOf unknown-publication'] });
    expect(told(await begin({ asOf: 'rev:900' }, begun)).code).toBe('as-of-in-future');
    expect(told(await begin({ asOf: 'yesterday' }, begun))).toMatchObject({ status: 400, errors: ['#/from/asOf as-of'] });
    expect(told(await begin({ appearances: 'confirmed' }, begun))).toMatchObject({ status: 400, errors: ['#/from/appearances one-of'] });
    expect(told(await app.asked('POST', '/convenings', { ...next, ...begun, from: { convening: 'arusha-2013' } })).status).toBe(401);
    expect(told(await app.ask('GET', '/convenings/nowhere')).code).toBe('unknown-convening');
    expect(await app.head()).toBe(head);
  });

  it('may be larger than one append: it comes in parts, and is whole', async () => {
    const many = Array.from({ length: 900 }, (_, index) => ({ id: `talk-${index}`, kind: 'talk', title: { en: `Talk ${index}` }, abstract: { en: 'x'.repeat(900) }, appearances: [{ id: 'a', role: 'speaker', credit: { position: { en: 'Rector' } } }] }));
    await app.ask('POST', '/convenings', { id: 'geneva-2013', title: 'Many', start: '2013-05-27', end: '2013-05-28', zone: 'Europe/Zurich' });
    expect((await app.ask('PUT', '/convenings/geneva-2013/programme', { sessions: many })).status).toBe(200);
    const large = { ...next, id: 'geneva-2014', from: { convening: 'geneva-2013', appearances: 'proposed' } };
    const { status, body } = await app.ask('POST', '/convenings', large);
    // Two parts, each of which says that it begins.
    expect({ status, revision: body.revision }).toEqual({ status: 201, revision: 2 + 2 * many.length + 2 - 1 });
    expect((await programmeOf('geneva-2014')).sessions).toEqual((await programmeOf('geneva-2013')).sessions);
    expect((await app.ask('POST', '/convenings/geneva-2014/publications', { label: 'first' })).status).toBe(201);
    expect((await app.ask('POST', '/convenings', large)).body).toEqual({ ...body, revision: Number(body.revision) + 1 });
  }, 60_000);
});
