import { beforeAll, describe, expect, it } from '@jest/globals';
import { application, type Answer } from '../http/application.js';

const app = application();
const at = '/convenings/arusha-2013';
const panel = `${at}/sessions/panel`;
const judge = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01';

const write = async (method: 'POST' | 'PUT' | 'PATCH', path: string, body: object, headers?: Record<string, string>) => {
  const answer = await app.ask(method, path, body, headers);
  expect({ path, code: answer.body.code }).toEqual({ path, code: undefined });
  return answer;
};
const read = async (path: string): Promise<Answer['body']> => {
  const answer = await app.ask('GET', path);
  expect({ path, status: answer.status }).toEqual({ path, status: 200 });
  return answer.body;
};

const link = { kind: 'note', title: { en: 'Note' }, url: 'https://example.org/note', audience: 'public' };
const inside = { kind: 'budget', title: { en: 'Budget' }, url: 'https://example.org/budget', audience: 'internal' };
const plan = {
  id: 'arusha-2013', title: { en: 'Preventing genocide' }, start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam', languages: ['en'],
  venue: { name: { en: 'AICC' }, city: 'Arusha', country: 'TZ' }, organisers: [{ name: { en: 'AIPR' }, kind: 'ngo' }], links: [link, inside],
};

beforeAll(async () => {
  await write('POST', '/convenings', plan);
  await write('POST', `${at}/rooms`, { id: 'simba', name: 'Simba Hall', capacity: 200 });
  await write('POST', `${at}/rooms`, { id: 'tembo', name: 'Tembo Hall' });
  await write('POST', `${at}/tracks`, { id: 'justice', name: 'Justice', colour: '#204a87' });
  await write('POST', `${at}/sessions`, { id: 'panel', kind: 'panel', title: 'Justice', track: 'justice', notes: 'Ask the court' });
  await write('POST', `${at}/sessions`, { id: 'talk', kind: 'talk', title: 'A talk' });
  await write('PUT', `${panel}/slot`, { room: 'simba', start: '2013-05-27T09:00', end: '2013-05-27T10:00' });
  await write('POST', `${panel}/appearances`, { id: 'judge', role: 'panellist', person: judge, credit: { name: 'Amina Juma', position: 'Judge' } });
  await write('POST', `${panel}/appearances`, { id: 'chair', role: 'chair', credit: { organisation: 'The bench' } });
  await write('POST', `${panel}/appearances/judge/confirmation`, { way: 'email' });
  await write('PUT', `${panel}/items`, { items: [{ id: 'welcome', title: 'Welcome', minutes: 5, appearance: 'judge' }] });
  await write('PUT', `${at}/availability/${judge}`, { unavailable: [{ start: '2013-05-28T09:00+03:00', end: '2013-05-28T12:00+03:00' }] });
});

describe('what an organiser reads', () => {
  const slot = { room: 'simba', start: '2013-05-27T09:00+03:00', end: '2013-05-27T10:00+03:00' };
  const judgeRead = {
    id: 'judge', role: 'panellist', person: judge, credit: { name: 'Amina Juma', position: { en: 'Judge' } }, state: 'confirmed', confirmedFor: slot, answered: { by: judge, revision: 9 },
  };
  const chairRead = { id: 'chair', role: 'chair', credit: { organisation: { en: 'The bench' } }, state: 'proposed' };
  const panelRead = {
    id: 'panel', kind: 'panel', title: { en: 'Justice' }, track: 'justice', interpretation: [], audience: 'public', links: [], notes: 'Ask the court', slot,
    items: [{ id: 'welcome', title: { en: 'Welcome' }, minutes: 5, appearance: 'judge', audience: 'public' }], appearances: [judgeRead, chairRead], cancelled: false, revision: 10,
  };
  const talkRead = { id: 'talk', kind: 'talk', title: { en: 'A talk' }, interpretation: [], audience: 'public', links: [], items: [], appearances: [], cancelled: false, revision: 5 };

  it('is the convening as it was planned, and its policy', async () => {
    const { policy, ...details } = await read(at);
    expect(details).toEqual({ ...plan, phase: 'planned' });
    expect(policy).toMatchObject({ reconfirm: 'never', minutesToChange: 5 });
  });

  it('is rooms and tracks in order', async () => {
    const [simba, tembo] = [{ id: 'simba', name: { en: 'Simba Hall' }, capacity: 200, revision: 1 }, { id: 'tembo', name: { en: 'Tembo Hall' }, revision: 2 }];
    expect(await read(`${at}/rooms`)).toEqual({ rooms: [simba, tembo] });
    expect(await read(`${at}/rooms/tembo`)).toEqual(tembo);
    const justice = { id: 'justice', name: { en: 'Justice' }, colour: '#204a87', revision: 3 };
    expect(await read(`${at}/tracks`)).toEqual({ tracks: [justice] });
    expect(await read(`${at}/tracks/justice`)).toEqual(justice);
  });

  it('is sessions with all they have, page by page', async () => {
    expect(await read(`${at}/sessions`)).toEqual({ sessions: [panelRead, talkRead] });
    expect(await read(panel)).toEqual(panelRead);
    const { next, ...first } = await read(`${at}/sessions?limit=1`);
    expect(first).toEqual({ sessions: [panelRead] });
    expect(await read(`${at}/sessions?limit=1&after=${next}`)).toEqual({ sessions: [talkRead] });
  });

  it('is who appears', async () => {
    expect(await read(`${panel}/appearances`)).toEqual({ appearances: [judgeRead, chairRead], revision: 10 });
    expect(await read(`${panel}/appearances/chair`)).toEqual({ ...chairRead, revision: 10 });
  });

  it('is when people cannot come', async () => {
    expect(await read(`${at}/availability`)).toEqual({ availability: [{ person: judge, unavailable: [{ start: '2013-05-28T09:00+03:00', end: '2013-05-28T12:00+03:00' }] }] });
  });

  it('is what is wrong, what holds publication, and what was accepted', async () => {
    await write('PATCH', at, { policy: { conflicts: { 'not-confirmed': 'hold' } } });
    await write('POST', `${at}/conflicts/no-slot:talk/acceptance`, { reason: 'It is open' });
    await write('POST', `${at}/conflicts/room-taken:panel:talk/acceptance`, { reason: 'The hall is large' });
    expect(await read(`${at}/conflicts`)).toEqual({
      conflicts: [
        { key: 'not-confirmed:panel.chair', rule: 'not-confirmed', severity: 'hold', sessions: ['panel'], people: [], seats: [{ session: 'panel', id: 'chair', role: 'chair', state: 'proposed', credit: { organisation: { en: 'The bench' } } }], holds: true, accepted: false },
        {
          key: 'no-slot:talk', rule: 'no-slot', severity: 'warn', sessions: ['talk'], people: [], seats: [], holds: false, accepted: true,
          acceptance: { reason: 'It is open', at: '2013-03-01T08:00:00.000Z' },
        },
      ],
      acceptances: [{ key: 'room-taken:panel:talk', rule: 'room-taken', reason: 'The hall is large', at: '2013-03-01T08:00:00.000Z', beforehand: true }],
    });
  });

  it('is nobody else’s', async () => {
    for (const path of ['rooms', 'rooms/simba', 'tracks', 'tracks/justice', 'sessions', 'sessions/panel', 'sessions/panel/appearances', 'sessions/panel/appearances/judge', 'availability', 'conflicts', 'publications'])
      expect({ path, status: (await app.asked('GET', `${at}/${path}`)).status }).toEqual({ path, status: 401 });
  });

  it('is not there where there is nothing', async () => {
    for (const [path, code] of [
      ['/convenings/arusha-2014/rooms', 'unknown-convening'], ['/convenings/arusha-2014', 'unknown-convening'], [`${at}/rooms/constructor`, 'unknown-room'], [`${at}/tracks/constructor`, 'unknown-track'],
      [`${at}/sessions/constructor`, 'unknown-session'], [`${panel}/appearances/constructor`, 'unknown-appearance'],
    ] as const) {
      const { status, body } = await app.ask('GET', path);
      expect({ path, status, code: body.code }).toEqual({ path, status: 404, code });
    }
  });
});

describe('what the public reads of convenings', () => {
  it('is nothing before a publication, not even that there is one', async () => {
    expect((await app.asked('GET', '/convenings')).body).toEqual({ convenings: [] });
    const [hidden, missing] = [await app.asked('GET', at), await app.asked('GET', '/convenings/no-such')];
    expect([hidden.status, hidden.body.code]).toEqual([missing.status, missing.body.code]);
    expect([hidden.status, hidden.body.code]).toEqual([404, 'unknown-convening']);
    await write('POST', `${at}/conflicts/not-confirmed:panel.chair/acceptance`, { reason: 'The bench sends somebody' });
    await write('POST', `${at}/publications`, { label: 'for-participants', audience: 'participants' });
    expect((await app.asked('GET', at)).status).toBe(404);
  });

  it('is then what was published, whatever is planned since', async () => {
    await write('POST', `${at}/publications`, { label: 'provisional' });
    await write('PATCH', at, { title: 'Preventing genocide together' });
    const published = await app.asked('GET', at);
    const { id, title, start, end, zone, languages, venue } = plan;
    expect(published.body).toEqual({ ...plan, links: [link], phase: 'planned' });
    expect(published.headers.get('baraza-as-of')).toBe('rev:17');
    expect((await app.asked('GET', '/convenings')).body).toEqual({ convenings: [{ id, title, start, end, zone, languages, venue, phase: 'planned' }] });
    expect(await read(at)).toMatchObject({ title: { en: 'Preventing genocide together' } });
    expect(await read('/convenings')).toMatchObject({ convenings: [{ id, title: { en: 'Preventing genocide together' }, revision: 18 }] });
  });

  it('is the version before when the last is withdrawn', async () => {
    await write('POST', `${at}/publications`, { label: 'together' });
    expect((await app.asked('GET', at)).body).toMatchObject({ title: { en: 'Preventing genocide together' } });
    await write('POST', `${at}/publications/3/withdrawal`, {}, { reason: 'too%20early' });
    expect((await app.asked('GET', at)).body).toMatchObject({ title: { en: 'Preventing genocide' } });
    const publication = (number: number, label: string, revision: number, withdrawn = false, audience = 'public') => ({ number, label, audience, revision, at: '2013-03-01T08:00:00.000Z', withdrawn, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await read(`${at}/publications`)).toEqual({
      publications: [publication(1, 'for-participants', 16, false, 'participants'), publication(2, 'provisional', 17), publication(3, 'together', 19, true)],
      current: { public: 2, participants: 2, internal: 2 },
    });
  });

  it('comes in pages', async () => {
    await write('POST', '/convenings', { ...plan, id: 'zanzibar' });
    await write('POST', '/convenings/zanzibar/publications', { label: 'first' });
    const first = await app.asked('GET', '/convenings?limit=1');
    expect(first.body).toMatchObject({ convenings: [{ id: 'arusha-2013' }] });
    const second = await app.asked('GET', `/convenings?limit=1&after=${first.body.next}`);
    expect(second.body).toMatchObject({ convenings: [{ id: 'zanzibar' }] });
    expect(second.body.next).toBeUndefined();
    for (const query of ['limit=0', 'limit=501', 'limit=ten', 'limit=1&limit=2', 'after=%20', 'page=2', `after=${Buffer.from('gone').toString('base64url')}`])
      expect({ query, code: (await app.asked('GET', `/convenings?${query}`)).body.code }).toEqual({ query, code: 'invalid-query' });
  });
});

describe('a representation', () => {
  it('is named by the revision of what it is about, and sent only to those who do not have it', async () => {
    const first = await app.ask('GET', panel);
    expect(first.headers.get('etag')).toBe('"r10"');
    const again = await app.ask('GET', panel, undefined, { 'if-none-match': '"r3", W/"r10"' });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', '"r10"']);
    await write('PATCH', panel, { abstract: 'How courts help' });
    expect((await app.ask('GET', panel, undefined, { 'if-none-match': '"r10"' })).status).toBe(200);
    expect((await app.ask('HEAD', panel)).text).toBe('');
  });

  it('may be read by any page where anybody may read it', async () => {
    const { headers } = await app.asked('GET', at);
    expect([headers.get('access-control-allow-origin'), headers.get('cache-control'), headers.get('vary')]).toEqual(['*', 'no-cache', 'Authorization']);
    expect((await app.ask('GET', panel)).headers.get('cache-control')).toBe('private, no-cache');
  });
});
