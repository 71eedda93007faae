import { beforeAll, describe, expect, it } from '@jest/globals';
import { application, token, type Answer } from '../http/application.js';

const app = application();
const at = '/convenings/arusha-2013';
const judge = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01';
const operator = { authorization: `Bearer ${token}` };

const write = async (method: 'POST' | 'PUT' | 'PATCH', path: string, body: object, headers?: Record<string, string>) => {
  const answer = await app.ask(method, path, body, headers);
  expect({ path, code: answer.body.code }).toEqual({ path, code: undefined });
  return answer;
};
/** As anybody. */
const read = (path: string, headers: Record<string, string> = {}): Promise<Answer> => app.asked('GET', `${at}/agenda${path}`, undefined, headers);
const outcome = ({ status, body: { code } }: Answer) => (code === undefined ? status : code);
/** The titles of sessions, and which version it is. */
const programme = ({ body }: Answer) => {
  const { version, audience, days, unscheduled } = body as unknown as { version: { label: string } | null; audience: string; days: { sessions: { title: object }[] }[]; unscheduled: { title: object }[] };
  return { version: version?.label ?? null, audience, titles: [...days.flatMap(({ sessions }) => sessions), ...unscheduled].map(({ title }) => Object.values(title)[0] as string) };
};

beforeAll(async () => {
  await write('POST', '/convenings', {
    id: 'arusha-2013', title: { en: 'Preventing genocide', fr: 'Prévenir le génocide' }, start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam', languages: ['en', 'fr'],
  });
  await write('POST', `${at}/sessions`, { id: 'panel', kind: 'panel', title: { en: 'Justice' } });
  await write('POST', `${at}/sessions`, { id: 'rehearsal', kind: 'other', title: { en: 'Rehearsal' }, audience: 'internal' });
  await write('PUT', `${at}/sessions/panel/slot`, { start: '2013-05-27T09:00', end: '2013-05-27T10:00' });
  await write('POST', `${at}/sessions/panel/appearances`, { id: 'judge', role: 'panellist', person: judge, credit: { name: 'Amina <Juma>' } });
  await write('POST', `${at}/sessions/panel/appearances/judge/confirmation`, { way: 'email' });
  await write('POST', '/convenings', { id: 'nairobi-2014', title: { en: 'Not told yet' }, start: '2014-05-27', end: '2014-05-28', zone: 'Africa/Nairobi' });
});

describe('before anything is published', () => {
  it('the public is told no more than of a convening that does not exist', async () => {
    expect([outcome(await read('.json')), outcome(await app.asked('GET', '/convenings/nowhere/agenda.json'))]).toEqual(['nothing-published', 'nothing-published']);
    expect(outcome(await read('.json?version=provisional'))).toBe('nothing-published');
  });
  it('the operator reads the working draft', async () =>
    expect(programme(await read('.json', operator))).toEqual({ version: null, audience: 'internal', titles: ['Justice', 'Rehearsal'] }));
  it('the operator is told that nothing is, and that there is no such convening', async () =>
    expect([outcome(await read('?version=latest', operator)), outcome(await app.ask('GET', '/convenings/nowhere/agenda'))]).toEqual(['nothing-published', 'unknown-convening']));
});

describe('what is published', () => {
  beforeAll(async () => {
    await write('POST', `${at}/publications`, { label: 'provisional' });
    await write('PATCH', `${at}/sessions/panel`, { title: { en: 'Justice and memory' } });
    await write('POST', `${at}/publications`, { label: 'for-participants', audience: 'participants' });
    await write('PATCH', `${at}/sessions/panel`, { title: { en: 'Memory' } });
  });

  it('is found from the first page of all, which is a person’s', async () => {
    const [page, data, empty] = await Promise.all([app.asked('GET', '/', undefined, { accept: 'text/html' }), app.asked('GET', '/'), app.asked('GET', '/?after=bm93aGVyZQ', undefined, { accept: 'text/html' })]);
    expect([page.status, page.headers.get('content-type'), outcome(data), empty.status]).toEqual([200, 'text/html; charset=utf-8', 'not-found', 400]);
    expect(page.text.match(/<li>.*<\/li>/g)).toEqual(['<li><a href="/convenings/arusha-2013/agenda.html" lang="en"><bdi>Preventing genocide</bdi></a><br><span class="quiet">27 May 2013 – 28 May 2013</span></li>']);
  });

  it('is made in the languages that it or we have, and in no other', async () => {
    const page = async (lang: string) => (await read(`.html?version=provisional&lang=${lang}`)).headers.get('etag');
    const [english, british, french] = [await page('en'), await page('en-GB'), await page('fr')];
    expect([english === british, english === french]).toEqual([true, false]);
    for (const form of ['.json', '.html', '.md', '/difference.json', '/difference.html', '/difference.csv'])
      for (const lang of ['ab-x1', 'sw']) {
        const { status, body } = await read(`${form}?lang=${lang}${form.startsWith('/') ? '&from=version:provisional' : ''}`);
        expect([form, status, body.code, body.errors]).toEqual([form, 400, 'invalid-query', [{ pointer: '#/lang', code: 'language', detail: `There is nothing in ${lang} here: lang must be one of en, fr.` }]]);
      }
  });

  it('is made for a few at once, and the others are told to come again', async () => {
    const zones = ['UTC', 'Africa/Nairobi', 'Africa/Lagos', 'Europe/Paris', 'Asia/Tokyo', 'America/Lima', 'Asia/Dhaka', 'Europe/Rome'];
    const answers = await Promise.all(zones.map((zone) => read(`.json?version=provisional&tz=${zone}`)));
    expect(answers.map(outcome).filter((each) => each !== 200 && each !== 'too-busy')).toEqual([]);
    const again: (string | number)[] = [];
    for (const zone of zones) again.push(outcome(await read(`.json?version=provisional&tz=${zone}`)));
    expect(again).toEqual(zones.map(() => 200));
  });

  it('is also read by its number', async () => expect((await read('.json?version=1')).text).toBe((await read('.json?version=provisional')).text));

  it('is read by anybody, as it was', async () => {
    expect(programme(await read('.json'))).toEqual({ version: 'provisional', audience: 'public', titles: ['Justice'] });
    expect(programme(await read('.json?version=latest'))).toEqual(programme(await read('.json?version=provisional')));
  });
  it('is read by the operator as its audience reads it', async () => {
    expect(programme(await read('.json?version=latest', operator))).toEqual({ version: 'for-participants', audience: 'participants', titles: ['Justice and memory'] });
    expect(programme(await read('.json?version=provisional&audience=internal', operator))).toEqual({ version: 'provisional', audience: 'internal', titles: ['Justice', 'Rehearsal'] });
    expect(programme(await read('.json?audience=public', operator))).toEqual({ version: null, audience: 'public', titles: ['Memory'] });
  });
  it('for participants, the draft and other audiences are not the public’s', async () => {
    expect(outcome(await read('.json?version=for-participants'))).toBe('unknown-publication');
    expect(outcome(await read('.json?version=draft'))).toBe('unauthenticated');
    expect(outcome(await read('.json?audience=internal'))).toBe('unauthenticated');
    expect(outcome(await read('.json?audience=public'))).toBe(200);
  });
  it('says which revision it shows and is sent once to who has it', async () => {
    const first = await read('.html');
    expect([first.headers.get('baraza-as-of'), first.headers.get('cache-control'), first.headers.get('vary')]).toEqual(['rev:6', 'no-cache', 'Cookie, Authorization, Accept-Language']);
    const tag = first.headers.get('etag')!;
    const again = await read('.html', { 'if-none-match': tag });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', tag]);
    expect((await read('.html', { 'if-none-match': '"another"' })).status).toBe(200);
  });
  it('is the same after a restart, byte for byte', async () => {
    const before = [await read('.json'), await read('.html'), await read('.md')].map(({ text }) => text);
    await app.restart();
    expect([await read('.json'), await read('.html'), await read('.md')].map(({ text }) => text)).toEqual(before);
  });
});

describe('the form', () => {
  const typeOf = async (path: string, headers: Record<string, string>) => (await read(path, headers)).headers.get('content-type');
  it('is by ending, or what Accept prefers', async () => {
    expect([await typeOf('.json', {}), await typeOf('.html', {}), await typeOf('.md', {})]).toEqual([
      'application/json; charset=utf-8', 'text/html; charset=utf-8', 'text/markdown; charset=utf-8',
    ]);
    expect(await typeOf('', { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' })).toBe('text/html; charset=utf-8');
    expect(await typeOf('', { accept: '*/*' })).toBe('application/json; charset=utf-8');
    expect(await typeOf('', { accept: 'text/*;q=0.5, text/html;q=0.1' })).toBe('text/markdown; charset=utf-8');
    expect((await read('')).headers.get('vary')).toBe('Accept, Authorization');
  });
  it('that is not there is refused with those that are', async () => {
    const answer = await read('', { accept: 'application/pdf' });
    expect([answer.status, outcome(answer), answer.body.about]).toEqual([406, 'not-acceptable', { available: ['application/json', 'text/html', 'text/markdown'] }]);
  });
});

describe('the language and the zone', () => {
  const titleOf = (page: Answer) => [/<html lang="(\w+)"/.exec(page.text)![1], /<h1[^>]*>([^<]*)/.exec(page.text)![1]];
  it('are those that are asked for, else preferred, else the convening’s', async () => {
    expect(titleOf(await read('.html'))).toEqual(['en', 'Preventing genocide']);
    expect(titleOf(await read('.html', { 'accept-language': 'sw, fr-CH;q=0.9, en;q=0.1' }))).toEqual(['fr', 'Prévenir le génocide']);
    expect(titleOf(await read('.html?lang=en', { 'accept-language': 'fr' }))).toEqual(['en', 'Preventing genocide']);
    expect((await read('.html?lang=en')).headers.get('vary')).toBe('Cookie, Authorization');
    expect(titleOf(await read('.html', { 'accept-language': 'sw, ab-x1' }))).toEqual(['en', 'Preventing genocide']);
    expect((await read('.md?tz=Asia/Tokyo')).text).toContain('### 15:00–16:00 Justice');
  });
  it.each(['tz=Mars/Olympus', 'tz=%2B03:00', 'lang=English', 'audience=everybody', 'version=A', 'colour=red'])('%s is refused', async (query) =>
    expect(outcome(await read(`.json?${query}`))).toBe('invalid-query'));
});

it('a name is text on the page', async () => expect((await read('.html')).text).toContain('<bdi>Amina &lt;Juma&gt;</bdi>'));

it('a version that was withdrawn is the public’s no more; the one before counts again', async () => {
  await write('POST', `${at}/publications`, { label: 'second' });
  expect(programme(await read('.json')).titles).toEqual(['Memory']);
  await write('POST', `${at}/publications/3/withdrawal`, {}, { reason: 'too%20early' });
  expect(programme(await read('.json'))).toEqual({ version: 'provisional', audience: 'public', titles: ['Justice'] });
  expect(outcome(await read('.json?version=second'))).toBe('unknown-publication');
  expect(programme(await read('.json?version=second', operator)).titles).toEqual(['Memory']);
});
