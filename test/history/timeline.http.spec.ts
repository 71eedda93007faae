import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HtmlValidate } from 'html-validate';
import { conveningCatalogue } from '../../src/convening/convening.events.js';
import { changedScript, changedScriptHash } from '../../src/agenda/renderers/changed-note.js';
import { timelineScript, timelineScriptHash } from '../../src/history/renderers/timeline-script.js';
import { Application, token } from '../http/application.js';
import { convening } from './every-fact.js';
import { commands, written } from './written.js';

const app = new Application();
beforeAll(async () => {
  await written(app.folder, commands('convening-arusha-2013', conveningCatalogue, convening, 'the hall is closed'));
  app.clock.set('2013-06-01T08:00:00Z');
  await app.start();
});
afterAll(() => app.end());

const page = '/convenings/arusha-2013/timeline.html';
const end = convening.flat().length - 1;
/** As a browser does it: a form's fields, and no redirect followed. */
const sent = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(app.url + path, { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body: new URLSearchParams(fields).toString() });
const admitted = async () => (await sent('/access', { token, to: page })).headers.get('set-cookie')!;
const passIn = (cookie: string) => cookie.split(';')[0]!;
const see = async (path: string, cookie: string) => fetch(app.url + path, { redirect: 'manual', headers: { cookie } });

describe('a browser', () => {
  it('is shown a door that asks for the token, and leads back to where it stood before', async () => {
    const { status, text, headers } = await app.asked('GET', `${page}?asOf=rev:3`);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([401, 'text/html; charset=utf-8', 'no-store']);
    expect(text).toContain(`name="to" value="${page}?asOf=rev:3"`);
  });

  it('with the token is given a pass that no script reads and no other site sends along', async () => {
    const answer = await sent('/access', { token, to: `${page}?asOf=rev:3` });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${page}?asOf=rev:3`]);
    expect(answer.headers.get('set-cookie')).toMatch(/^baraza-pass=\d+\.[\w-]{43}; Path=\/convenings; Max-Age=43200; HttpOnly; SameSite=Lax$/);
    expect((await see(page, passIn(await admitted()))).status).toBe(200);
  });

  it('with a wrong token is given none, and may try again', async () => {
    const answer = await sent('/access', { token: 'a-wrong-token-of-tests', to: page });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null]);
    expect(await answer.text()).toContain('That is not the token.');
  });

  it.each(['https://elsewhere.example/', '//elsewhere.example', '/docs', `${page}\n`])('is led nowhere else: %s', async (to) => expect((await sent('/access', { token, to })).status).toBe(400));

  it('with a pass reads the history and its table, and nothing else, and writes nothing', async () => {
    const pass = passIn(await admitted());
    expect(await Promise.all(['history', 'history.html', 'history.csv', 'timeline.html', 'sessions', 'agenda?version=draft'].map(async (path) => (await see(`/convenings/arusha-2013/${path}`, pass)).status))).toEqual([200, 200, 200, 200, 401, 401]);
    const written = await fetch(`${app.url}/convenings/arusha-2013/rooms`, { method: 'POST', headers: { cookie: pass, 'content-type': 'application/json' }, body: '{"id":"new","name":"New"}' });
    expect(written.status).toBe(401);
  });

  it('with a pass is shown the agenda’s pages as the operator is, and no other form of them', async () => {
    const pass = passIn(await admitted());
    const asOperator = async (path: string) => (await app.ask('GET', `/convenings/arusha-2013/${path}`)).text;
    for (const path of ['agenda.html', 'agenda.html?version=draft', 'agenda.html?audience=participants', 'agenda/difference.html?from=rev:20']) {
      const { status, headers, text } = await app.asked('GET', `/convenings/arusha-2013/${path}`, undefined, { cookie: pass });
      expect([status, headers.get('cache-control'), headers.get('vary'), headers.get('cross-origin-resource-policy')]).toEqual([200, 'private, no-cache', 'Cookie, Authorization, Accept-Language', 'same-origin']);
      expect(text).toBe(await asOperator(path));
      expect((await app.asked('GET', `/convenings/arusha-2013/${path}`)).status).toBe(path.includes('?version') || path.includes('?audience') ? 401 : 404);
    }
    const others = ['agenda?version=draft', 'agenda.json?version=draft', 'agenda.md?audience=internal', 'agenda/difference?from=rev:20&audience=internal', 'agenda/difference.csv?from=rev:20&audience=internal'];
    expect(await Promise.all(others.map(async (path) => (await see(`/convenings/arusha-2013/${path}`, pass)).status))).toEqual(others.map(() => 401));
    const chosen = await app.asked('GET', '/convenings/arusha-2013/agenda?version=draft', undefined, { cookie: pass, accept: 'text/html' });
    expect([chosen.status, chosen.text]).toEqual([200, await asOperator('agenda.html')]);
  });

  it('without one is asked for the token where it is missing, and led on', async () => {
    const draft = '/convenings/arusha-2013/agenda.html?version=draft&lang=fr';
    const { status, headers, text } = await app.asked('GET', draft, undefined, { accept: 'text/html,*/*;q=0.8' });
    expect([status, headers.get('content-type'), headers.get('www-authenticate')]).toEqual([401, 'text/html; charset=utf-8', 'Bearer realm="baraza"']);
    expect(text).toContain(`name="to" value="${draft.replace('&', '&amp;')}"`);
    expect((await sent('/access', { token, to: draft })).headers.get('location')).toBe(draft);
  });

  it('with a pass that was altered, or has run out, is at the door again', async () => {
    const pass = passIn(await admitted());
    const [until, signed] = pass.slice('baraza-pass='.length).split('.');
    const status = async (value: string) => (await see(page, `baraza-pass=${value}`)).status;
    expect(await Promise.all([`${until}.${signed}`, `${Number(until) + 1}.${signed}`, `${until}.${signed!.startsWith('A') ? 'B' : 'A'}${signed!.slice(1)}`, `${until}`, ''].map(status))).toEqual([200, 401, 401, 401, 401]);
    app.clock.set('2013-06-01T20:00:01Z');
    expect(await status(`${until}.${signed}`)).toBe(401);
    app.clock.set('2013-06-01T08:00:00Z');
  });

  it('gives its pass back', async () => {
    const answer = await sent('/access/leaving', { to: page });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([303, 'baraza-pass=; Path=/convenings; Max-Age=0; HttpOnly; SameSite=Lax']);
  });

  it('sends forms to nothing but the door', async () => expect((await sent('/convenings/arusha-2013/rooms', { id: 'new' }, { authorization: `Bearer ${token}` })).status).toBe(415));
});

describe('the timeline', () => {
  const shown = async (query = '') => app.ask('GET', page + query);

  it('shows the agenda as it is, with what changed since the mark before', async () => {
    const { text, headers } = await shown();
    expect([headers.get('baraza-as-of'), headers.get('baraza-recorded-at')]).toEqual([`rev:${end}`, new Date(Date.UTC(2013, 2, 1, 8 + convening.length - 1)).toISOString()]);
    expect(text).toContain('<strong>As of');
    expect(text).toContain('The convening was cancelled.');
  });

  it('shows it as it stood at any moment, by a link that stays', async () => {
    const moved = convening.flat().findIndex(({ type }) => type === 'SessionMoved');
    const [before, after] = await Promise.all([moved - 1, moved].map(async (revision) => (await shown(`?asOf=rev:${revision}`)).text));
    const slotIn = (text: string) => /<time datetime="([^"]+)">\d\d:\d\d<\/time>/.exec(text.slice(text.indexOf('id="agenda"')))?.[1];
    expect([slotIn(before!), slotIn(after!)]).toEqual(['2013-05-27T09:00+03:00', '2013-05-28T11:00+03:00']);
    expect(after).toContain(`<a href="${page}?asOf=rev:${moved}">`);
    expect(/<article class="session changed" id="session-panel-2">[\s\S]*?<\/ul>/.exec(after!)?.[0]).toContain('Panel 2 moved from Simba Hall, 27 May 09:00, to Tembo Hall, 28 May 11:00, by an earlier operator (7d9f2f0e), because “the hall is closed”.');
  });

  it('marks publications and busy days, each with a link', async () => {
    const published = convening.flat().findIndex(({ type }) => type === 'AgendaPublished');
    const { text } = await shown();
    expect(text).toContain(`<a data-moment href="${page}?asOf=rev:${published}"><strong>Published “provisional”, 3 March 2013`);
    expect(text.match(/ changes\)<\/a>/g)?.length).toBeGreaterThan(0);
  });

  it('tells above the agenda where the version ends that was published then, and of another moment nothing of the kind', async () => {
    const published = convening.flat().findIndex(({ type }) => type === 'AgendaPublished');
    const told = await Promise.all([published - 1, published, published + 1].map(async (revision) => /<div class="standing">[\s\S]*?<\/div>/.exec((await shown(`?asOf=rev:${revision}`)).text)![0].match(/<code>convening-arusha-2013 (\d+) [0-9a-f]{64}<\/code>/)?.[1]));
    expect(told).toEqual([undefined, String(published), undefined]);
  });

  it('leads from a day of the slider to the last moment of that day', async () => {
    // 1 March ends after the fourteenth fact, where the convening is now.
    const led = async (day: number) => (await fetch(`${app.url}${page}?day=${day}`, { redirect: 'manual', headers: { authorization: `Bearer ${token}` } })).headers.get('location');
    expect([await led(0), await led(99)]).toEqual([`${page}?asOf=rev:13`, `${page}?asOf=rev:${end}`]);
  });

  it('goes by quarters of an hour where all lies within two days', async () => {
    await app.ask('POST', '/convenings', { id: 'begun', title: 'Begun', start: '2014-01-01', end: '2014-01-01', zone: 'Africa/Kampala' });
    app.clock.set('2013-06-01T09:20:00Z');
    await app.ask('POST', '/convenings/begun/rooms', { id: 'hall', name: 'Hall' });
    const { text } = await app.ask('GET', '/convenings/begun/timeline.html');
    expect(text).toContain('<output id="told" for="place">1 June 2013 12:30</output>');
    expect(text).toContain('name="quarter" min="0" max="5" step="1" value="5"');
    expect(text.match(/<rect x="[-.\d]+" y="\d+" width="[.\d]+"/g)).toEqual(['<rect x="-6.0" y="14" width="12.0"', '<rect x="994.0" y="14" width="12.0"']);
    const led = async (quarter: number) => (await fetch(`${app.url}/convenings/begun/timeline.html?quarter=${quarter}`, { redirect: 'manual', headers: { authorization: `Bearer ${token}` } })).headers.get('location');
    expect(await Promise.all([0, 4, 5].map(led))).toEqual(['0', '0', '1'].map((revision) => `/convenings/begun/timeline.html?asOf=rev:${revision}`));
    app.clock.set('2013-06-01T08:00:00Z');
  });

  it('goes by days from the third day on', async () => {
    const slides = async (then: string) => {
      app.clock.set(then);
      await app.ask('PATCH', '/convenings/begun', { title: then });
      return /<input type="range" id="place" name="(\w+)" min="0" max="(\d+)"/.exec((await app.ask('GET', '/convenings/begun/timeline.html')).text)?.slice(1);
    };
    // The days are those of the place: it is three hours ahead.
    expect([await slides('2013-06-02T20:59:00Z'), await slides('2013-06-02T21:00:00Z')]).toEqual([['quarter', '147'], ['day', '2']]);
    app.clock.set('2013-06-01T08:00:00Z');
  });

  it('says since when in words that are not counted among the changes', async () => {
    const since = async (query: string) => /<h2 id="changes">(.*?)<\/h2>/.exec((await shown(query)).text)?.[1];
    const published = convening.flat().findIndex(({ type }) => type === 'AgendaPublished');
    expect(await Promise.all([`?asOf=rev:${published + 1}`, '?asOf=rev:14', '?asOf=rev:2'].map(since))).toEqual([
      'What changed since “provisional” was published, 3 March 2013 15:00', 'What changed after 1 March 2013', 'What changed since the beginning',
    ]);
  });

  it('refuses a moment that is none', async () => {
    const refused = async (asOf: string) => (await shown(`?asOf=${asOf}`)).body.code;
    expect(await Promise.all(['rev:9999', '2000-01-01T00:00:00Z', 'version:none', 'yesterday'].map(refused))).toEqual(['as-of-in-future', 'as-of-before-beginning', 'unknown-publication', 'invalid-query']);
  });

  it('runs two scripts, named by their hashes, and the other page of the history one', async () => {
    const { text, headers } = await shown();
    expect(timelineScriptHash).toBe(`sha256-${createHash('sha256').update(timelineScript).digest('base64')}`);
    expect(headers.get('content-security-policy')).toContain(`script-src '${timelineScriptHash}' '${changedScriptHash}'`);
    expect(text.match(/<script>([\s\S]*?)<\/script>/g)).toEqual([`<script>${changedScript}</script>`, `<script>${timelineScript}</script>`]);
    expect(changedScriptHash).toBe(`sha256-${createHash('sha256').update(changedScript).digest('base64')}`);
    const page = await app.ask('GET', '/convenings/arusha-2013/history.html');
    expect(page.headers.get('content-security-policy')).toContain(`script-src '${changedScriptHash}';`);
    expect(page.text.match(/<script>([\s\S]*?)<\/script>/g)).toEqual([`<script>${changedScript}</script>`]);
  });

  it.each(['timeline.html', 'timeline.html?asOf=rev:30&lang=fr', 'history.html?limit=20', 'history.html?text=panel&session=panel-2&lang=fr'])('is valid HTML: %s', async (path) => {
    const validator = new HtmlValidate({ extends: ['html-validate:standard'], rules: { 'no-inline-style': 'off', 'require-sri': 'off', 'long-title': 'off' } });
    const { results } = await validator.validateString((await app.ask('GET', `/convenings/arusha-2013/${path}`)).text);
    expect(results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${line} ${ruleId} ${message}`))).toEqual([]);
  });

  it('offers what has happened since: from the last fact on, where the end is shown', async () => {
    const offered = async (path: string) => /data-changes="([^"]+)"/.exec((await app.ask('GET', `/convenings/arusha-2013/${path}`)).text)?.[1];
    expect(await Promise.all(['timeline.html', 'timeline.html?asOf=rev:3', 'history.html', 'history.html?after=3&limit=2'].map(offered))).toEqual([`changes?after=${end}`, `changes?after=${end}`, `changes?after=${end}`, undefined]);
  });

  it('escapes what organisers wrote', async () => {
    await app.ask('POST', '/convenings', { id: 'marked', title: '<script>alert(1)</script>', start: '2014-01-01', end: '2014-01-01', zone: 'UTC' }, { reason: encodeURIComponent('"><img src=x>') });
    for (const path of ['timeline.html', 'history.html']) {
      const { text } = await app.ask('GET', `/convenings/marked/${path}`);
      expect(text).not.toMatch(/<script>alert|<img/);
      expect(text).toContain('&lt;script&gt;alert(1)');
    }
  });
});
