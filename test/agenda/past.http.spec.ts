import { beforeAll, describe, expect, it } from '@jest/globals';
import { application, type Method } from '../http/application.js';

const app = application();
const at = '/convenings/arusha-2013';
const person = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01';

/** By when it was recorded, what an organiser did. */
const week: readonly (readonly [string, Method, string, object])[] = [
  ['2013-03-04T08:00:00Z', 'POST', '/convenings', { id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' }],
  ['2013-03-04T08:00:00Z', 'POST', `${at}/rooms`, { id: 'simba', name: 'Simba Hall' }],
  ['2013-03-05T08:00:00Z', 'POST', `${at}/sessions`, { id: 'talk', kind: 'talk', title: 'Law' }],
  ['2013-03-05T08:00:00Z', 'PUT', `${at}/sessions/talk/slot`, { room: 'simba', start: '2013-05-27T09:00', end: '2013-05-27T10:00' }],
  ['2013-03-06T08:00:00Z', 'POST', `${at}/publications`, { label: 'first' }],
  ['2013-03-07T08:00:00Z', 'POST', `${at}/sessions/talk/appearances`, { id: 'a1', role: 'speaker', person, credit: { name: '=Amina' } }],
  ['2013-03-07T09:00:00Z', 'POST', `${at}/sessions/talk/appearances/a1/confirmation`, {}],
  ['2013-03-08T08:00:00Z', 'PUT', `${at}/sessions/talk/slot`, { start: '2013-05-28T11:00', end: '2013-05-28T12:00' }],
  ['2013-03-08T08:00:00Z', 'POST', `${at}/publications`, { label: 'second' }],
  ['2013-03-09T08:00:00Z', 'POST', `${at}/sessions`, { id: 'secret', kind: 'talk', title: 'Budget', audience: 'internal' }],
  ['2013-03-10T08:00:00Z', 'POST', `${at}/publications`, { label: 'wrong' }],
  ['2013-03-11T08:00:00Z', 'POST', `${at}/publications/3/withdrawal`, {}],
  ['2013-03-12T08:00:00Z', 'PATCH', `${at}/sessions/talk`, { title: 'Law and memory' }],
];

beforeAll(async () => {
  for (const [instant, method, path, body] of week) {
    app.clock.set(instant);
    const { status, text } = await app.ask(method, path, body, { reason: 'it was so' });
    expect({ path, ok: status < 300, text: status < 300 ? '' : text }).toEqual({ path, ok: true, text: '' });
  }
  app.clock.set('2013-03-13T08:00:00Z');
});

const asOf = (moment: string) => `asOf=${encodeURIComponent(moment)}`;
const problem = async (path: string, as: 'ask' | 'asked' = 'ask') => {
  const { status, body } = await app[as]('GET', path);
  return [status, body.code, body.about];
};

describe('as of a moment', () => {
  it.each([
    ['2013-03-05T08:00:00Z', 3, '2013-03-05T08:00:00.000Z'], ['2013-03-05T11:00:00+03:00', 3, '2013-03-05T08:00:00.000Z'], ['2013-03-05T07:59:59.999Z', 1, '2013-03-04T08:00:00.000Z'],
    ['rev:4', 4, '2013-03-06T08:00:00.000Z'], ['version:first', 4, '2013-03-06T08:00:00.000Z'], ['version:2', 8, '2013-03-08T08:00:00.000Z'], ['version:latest', 8, '2013-03-08T08:00:00.000Z'],
    ['version:wrong', 10, '2013-03-10T08:00:00.000Z'], ['2013-03-13T08:00:00Z', 12, '2013-03-12T08:00:00.000Z'],
  ])('%s every read says the revision and when that was recorded', async (moment, revision, recorded) => {
    for (const path of ['', '/programme', '/rooms', '/rooms/simba', '/tracks', '/sessions', '/availability', '/conflicts', '/publications', '/agenda', '/agenda.json', '/agenda.html', '/agenda.md']) {
      const { status, headers } = await app.ask('GET', `${at}${path}?${asOf(moment)}`);
      expect([path, status, headers.get('baraza-as-of'), headers.get('baraza-recorded-at')]).toEqual([path, 200, `rev:${revision}`, recorded]);
    }
  });

  it('a session is as it was then, with those who were in it', async () => {
    const then = async (moment: string) => (await app.ask('GET', `${at}/sessions/talk?${asOf(moment)}`)).body as { slot?: { start: string }; title?: object; appearances?: readonly { state: string }[] };
    expect([(await then('rev:2')).slot, (await then('rev:3')).slot?.start, (await then('version:second')).slot?.start]).toEqual([undefined, '2013-05-27T09:00+03:00', '2013-05-28T11:00+03:00']);
    expect([(await then('rev:5')).appearances?.map(({ state }) => state), (await then('2013-03-07T09:00Z')).appearances?.map(({ state }) => state)]).toEqual([['proposed'], ['confirmed']]);
    expect((await app.ask('GET', `${at}/sessions/talk/appearances/a1?${asOf('rev:5')}`)).body).toMatchObject({ state: 'proposed', credit: { name: '=Amina' } });
    expect(await problem(`${at}/sessions/talk?${asOf('rev:1')}`)).toEqual([404, 'unknown-session', { session: 'talk' }]);
  });

  it('a plus sign that was not encoded is one all the same', async () => expect((await app.ask('GET', `${at}?asOf=2013-03-05T11:00:00+03:00`)).headers.get('baraza-as-of')).toEqual('rev:3'));

  it('that cannot be, the answer says why', async () => {
    expect([
      await problem(`${at}?${asOf('2013-03-04T07:59:59.999Z')}`), await problem(`${at}/agenda.json?${asOf('2013-03-13T08:00:00.001Z')}`), await problem(`${at}/rooms?${asOf('rev:13')}`),
      await problem(`${at}/sessions?${asOf('2013-03-05T08:00')}`), await problem(`${at}/agenda?${asOf('version:third')}`), await problem(`/convenings/nairobi?${asOf('rev:0')}`),
    ]).toEqual([
      [404, 'as-of-before-beginning', { begins: '2013-03-04T08:00:00.000Z' }], [400, 'as-of-in-future', { now: '2013-03-13T08:00:00.000Z' }], [400, 'as-of-in-future', { revision: 12 }],
      [400, 'as-of-without-offset', { readings: ['2013-03-05T08:00:00+03:00'] }], [404, 'unknown-publication', { version: 'third' }], [404, 'unknown-convening', { convening: 'nairobi' }],
    ]);
  });

  it('is the version that was published then, and what is worked on where none was', async () => {
    const shown = async (query: string) => ((await app.ask('GET', `${at}/agenda.json?${query}`)).body as { version: { label: string } | null; audience: string });
    const told = async (query: string) => [(await shown(query)).version?.label, (await shown(query)).audience];
    expect([await told(asOf('version:first')), await told(asOf('rev:4')), await told(asOf('rev:3')), await told(`${asOf('version:first')}&version=draft`), await told('')]).toEqual([
      ['first', 'internal'], ['first', 'internal'], [undefined, 'internal'], [undefined, 'internal'], [undefined, 'internal'],
    ]);
    expect((await app.ask('GET', `${at}/agenda.md?${asOf('version:first')}`)).text).toContain('> **Version 1 “first”** · For organisers');
  });

  it.each(['yesterday', '2013-03-05', 'rev:', 'rev:-1', 'version:', 'version:A', '2013-02-30T08:00Z', '12', '', '2013-03-05T08:00%2B25:00'])('"%s" is no moment', async (moment) =>
    expect(await problem(`${at}/rooms?asOf=${moment}`)).toMatchObject([400, 'invalid-query']));
});

describe('the public', () => {
  const seen = async (moment: string) => {
    const { status, headers, body } = await app.asked('GET', `${at}/agenda.json?${asOf(moment)}`);
    return [status, headers.get('baraza-as-of'), body.code, body.about];
  };

  it('reads as of a moment what was published then and may be read still, and never a draft', async () => {
    expect([await seen('2013-03-06T08:00:00Z'), await seen('rev:7'), await seen('2013-03-10T09:00:00Z'), await seen('version:2'), await seen('version:latest')]).toEqual(
      [['rev:4'], ['rev:4'], ['rev:8'], ['rev:8'], ['rev:8']].map(([revision]) => [200, revision, undefined, undefined]),
    );
    expect((await app.asked('GET', `${at}?${asOf('rev:7')}`)).headers.get('baraza-as-of')).toEqual('rev:4');
  });

  it('is told nothing of what was before, after or beside that', async () =>
    expect([await seen('2013-03-06T07:59:59Z'), await seen('rev:3'), await seen('rev:9'), await seen('version:wrong'), await seen('2014-01-01T00:00:00Z'), await seen('2013-03-06T08:00')]).toEqual([
      [404, null, 'as-of-before-publication', { begins: '2013-03-06T08:00:00.000Z' }], [404, null, 'as-of-before-publication', { begins: '2013-03-06T08:00:00.000Z' }],
      [400, null, 'as-of-in-future', { revision: 8 }], [404, null, 'unknown-publication', { version: 'wrong' }], [400, null, 'as-of-in-future', { now: '2013-03-13T08:00:00.000Z' }],
      [400, null, 'as-of-without-offset', { readings: ['2013-03-06T08:00:00+03:00'] }],
    ]));

  it('asks in vain for what is the organisers’, then as now', async () =>
    expect([await problem(`${at}/rooms?asOf=rev:4`, 'asked'), await problem('/convenings/nairobi/agenda?asOf=rev:4', 'asked'), await problem(`${at}/agenda?asOf=rev:4&audience=internal`, 'asked')]).toMatchObject([
      [401, 'unauthenticated'], [404, 'nothing-published'], [401, 'unauthenticated'],
    ]));
});

describe('a difference', () => {
  const difference = `${at}/agenda/difference`;

  it('is made for a few at once, and the others are told to come again; who asks for the same is not counted', async () => {
    const zones = ['UTC', 'Africa/Nairobi', 'Africa/Lagos', 'Europe/Paris', 'Asia/Tokyo', 'America/Lima', 'Asia/Dhaka', 'Europe/Rome'];
    await app.ask('POST', '/convenings', { id: 'large', title: 'Large', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' });
    await app.ask('PUT', '/convenings/large/programme', { sessions: Array.from({ length: 900 }, (_, n) => ({ id: `s${n}`, kind: 'talk', title: `Talk ${n}` })) });
    const read = async (zone: string) => (await app.ask('GET', `/convenings/large/agenda/difference.html?from=rev:0&tz=${zone}`)).status;
    const answers = await Promise.all([...zones.map(read), ...zones.map(read)]);
    expect([answers.filter((each) => each !== 200 && each !== 503), answers.includes(503)]).toEqual([[], true]);
    const again: number[] = [];
    for (const zone of zones) again.push(await read(zone));
    expect(again).toEqual(zones.map(() => 200));
    const same = await Promise.all(Array.from({ length: 8 }, () => app.ask('GET', '/convenings/large/agenda/difference.csv?from=rev:0')));
    expect(same.map(({ status }) => status)).toEqual(Array(8).fill(200));
  });

  it('is between any two moments, said in any way; the same for ever', async () => {
    const answers = [];
    for (const moments of ['from=version:first&to=version:second', `from=rev:4&to=${encodeURIComponent('2013-03-08T08:00:00Z')}`, 'from=version:1&to=rev:8']) answers.push(await app.ask('GET', `${difference}?${moments}`));
    expect(answers[0]!.body).toMatchObject({
      convening: 'arusha-2013', from: { revision: 4, version: { label: 'first' } }, to: { revision: 8, at: '2013-03-08T08:00:00.000Z' }, audience: 'internal',
      summary: { time: 1, room: 1, people: 1, new: 0 }, sessions: [{ id: 'talk', is: ['time', 'room', 'people'] }],
    });
    expect([new Set(answers.map(({ text }) => text)).size, answers.map(({ headers }) => headers.get('baraza-as-of'))]).toEqual([1, ['rev:8', 'rev:8', 'rev:8']]);
    expect((await app.ask('GET', `${difference}?from=rev:4&to=rev:8`, undefined, { 'if-none-match': answers[0]!.headers.get('etag')! })).status).toEqual(304);
  });

  it('to now where nothing else is asked for, and by what is asked for', async () => {
    const kinds = async (query: string) => (await app.ask('GET', `${difference}?from=rev:4${query}`)).body['sessions'];
    expect(await kinds('')).toMatchObject([{ id: 'talk', is: ['time', 'room', 'title', 'people'] }, { id: 'secret', is: ['new'] }]);
    expect([await kinds('&only=moves'), await kinds('&only=people'), await kinds(`&person=${person}`), await kinds('&audience=public')]).toMatchObject([
      [{ is: ['time', 'room'] }], [{ is: ['people'] }], [{ id: 'talk' }], [{ id: 'talk' }],
    ]);
  });

  it('is to the public one of publications, without what is not for it', async () => {
    const { body, text } = await app.asked('GET', `${difference}?from=rev:5`);
    expect([body, /secret|Budget|memory|4c1f8f3e/.test(text)]).toMatchObject([{ from: { revision: 4 }, to: { revision: 8 }, audience: 'public' }, false]);
    expect([await problem(`${difference}?from=rev:5&audience=internal`, 'asked'), await problem(`${difference}?from=rev:5&person=${person}`, 'asked'), await problem('/convenings/nairobi/agenda/difference?from=rev:0', 'asked')])
      .toMatchObject([[401, 'unauthenticated'], [401, 'unauthenticated'], [404, 'nothing-published']]);
  });

  it('is a page, a table, or data, as is preferred', async () => {
    const forms = [];
    for (const [path, accept] of [['', 'text/html'], ['.html', '*/*'], ['', 'text/csv'], ['.csv', '*/*'], ['', '*/*'], ['.json', 'text/html']]) forms.push((await app.ask('GET', `${difference}${path}?from=rev:4`, undefined, { accept: accept! })).headers.get('content-type'));
    expect(forms).toEqual(['text/html', 'text/html', 'text/csv', 'text/csv', 'application/json', 'application/json'].map((type) => `${type}; charset=utf-8`));
    expect(await problem(`${difference}?to=rev:4`)).toMatchObject([400, 'invalid-query']);
  });

  it('as a table holds nothing that is calculated, and says in which encoding it is', async () => {
    const response = await fetch(`${app.url}${difference}.csv?from=version:first&to=version:second`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([bytes.subarray(0, 3).toString('hex'), bytes.toString().slice(1).split('\r\n')]).toEqual(['efbbbf', [
      'of,id,name,is,part,field,from,to',
      'Sessions,talk,Law,"Another time, Another room, People",,Start,"Mon 27 May, 09:00","Tue 28 May, 11:00"',
      'Sessions,talk,Law,"Another time, Another room, People",,End,"Mon 27 May, 10:00","Tue 28 May, 12:00"',
      'Sessions,talk,Law,"Another time, Another room, People",,Room,Simba Hall,nothing',
      'Sessions,talk,Law,"Another time, Another room, People",\'=Amina (added),Role,nothing,Speaker',
      'Sessions,talk,Law,"Another time, Another room, People",\'=Amina (added),State,nothing,confirmed',
      'Sessions,talk,Law,"Another time, Another room, People",\'=Amina (added),Name,nothing,\'=Amina',
      '',
    ]]);
  });

  it('tells a first slot as that, and not as a move', async () => {
    const kinds = async (range: string, lang: string) => /<p class="kinds">(.*)<\/p>/.exec((await app.ask('GET', `${difference}.html?${range}&lang=${lang}`)).text)?.[1]!.match(/[^<>]+(?=<\/span>)/g);
    expect([await kinds('from=rev:2&to=rev:3', 'en'), await kinds('from=rev:2&to=rev:3', 'fr')]).toEqual([['Given its time'], ['Horaire fixé']]);
  });

  it('reads in French where that is asked for', async () => expect((await app.ask('GET', `${difference}.html?from=rev:4&lang=fr`)).text).toContain('<h1>Ce qui a changé</h1>'));
});
