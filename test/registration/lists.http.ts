import { beforeAll, describe, expect, it } from '@jest/globals';
import { application, type Answer } from '../http/application.js';
import { at, done, form, prepared, registration, registrations } from './meeting.js';

const app = application();
const codes: Record<string, string> = {};
const problem = ({ status, body: { code, about } }: Answer) => ({ status, code, ...(about && { about }) });
const listed = ({ body }: Answer) => (body.registrations as { name: { given: string }; waitingPosition?: number }[]).map(({ name, waitingPosition }) => name.given + (waitingPosition === undefined ? '' : ` ${waitingPosition}`));
const read = async (path: string) => listed(await app.ask('GET', `${registrations}${path}`));
const csv = async (path: string) => (await app.ask('GET', `${registrations}${path}`)).text;
/** Of each line: its code, number, status and family name. */
const lines = (text: string) => text.trimEnd().split('\r\n').slice(1).map((line) => line.split(',').slice(0, 6).filter((_, column) => column !== 1 && column !== 4).join(' '));

beforeAll(async () => {
  await prepared(app, { opens: '2013-01-01T00:00:00Z' }, { capacity: 3 });
  await done(app, 'POST', `${registration}/categories`, { id: 'press', name: 'Press', approval: 'by-hand' });
  await done(app, 'PUT', `${registration}/form`, { fields: [{ id: 'diet', kind: 'choice', label: 'Diet', choices: [{ id: 'all', label: 'All' }, { id: 'vegan', label: 'Vegan' }] }] });
  const people = {
    amina: { kind: 'ngo', country: 'TZ', organisation: '=HYPERLINK("http://example.org")', answers: { diet: 'vegan' } }, zoé: { kind: 'government', country: 'ZA' }, paul: { kind: 'government', country: 'DE', answers: { diet: 'all' } },
    grace: { kind: 'un' }, rose: {}, juma: { category: 'press', kind: 'media' },
  };
  for (const [name, more] of Object.entries(people)) codes[name] = String((await done(app, 'POST', registrations, form(name, { email: undefined, ...more }))).body.code);
  await done(app, 'POST', `${at}/sessions`, { id: 'workshop', kind: 'workshop', title: 'A workshop' });
  await done(app, 'PUT', `${registration}/sessions/workshop`, { capacity: 1 });
  for (const name of ['zoé', 'amina']) await done(app, 'PUT', `${registrations}/${codes[name]}/sessions/workshop`);
  app.clock.set('2013-03-02T08:00:00Z');
  await done(app, 'POST', `${registrations}/${codes['zoé']}/withdrawal`);
  await done(app, 'POST', `${registration}/closing`);
  app.clock.set('2013-05-27T06:00:00Z');
  for (const name of ['amina', 'paul']) await done(app, 'POST', `${registrations}/${codes[name]}/check-ins`);
});

describe('lists of who is registered', () => {
  it('are those who have a seat in the order of protocol, who waits in order, and who is here on a day', async () => {
    expect(await read('')).toEqual(['amina', 'zoé', 'paul', 'grace', 'rose 1', 'juma']);
    expect(await read('/participants')).toEqual(['paul', 'grace', 'amina']);
    expect(await read('/waiting')).toEqual(['rose 1']);
    expect(await read('/present?day=2013-05-27')).toEqual(['paul', 'amina']);
    expect(await read('/present?day=2013-05-28')).toEqual([]);
  });

  it('are filtered and searched', async () => {
    for (const [query, names] of [
      ['category=press', ['juma']], ['status=withdrawn', ['zoé']], ['country=DE', ['paul']], ['kind=un', ['grace']], ['day=2013-05-27', ['amina', 'paul']], ['answer=diet:vegan', ['amina']],
      ['q=ZOE', ['zoé']], ['q=nobody', []], ['kind=government&order=protocol&lang=fr', ['zoé', 'paul']], ['kind=government&order=protocol&lang=en', ['paul', 'zoé']],
    ] as const) expect([query, await read(`?${query}`)]).toEqual([query, names]);
  });

  it('name countries in a language that is known', async () => {
    for (const lang of ['xx', 'en-a1'])
      for (const list of ['', '.csv', '/participants', '/waiting.csv']) {
        const { status, body } = await app.ask('GET', `${registrations}${list}?lang=${lang}`);
        expect([list, status, body.errors]).toEqual([list, 400, [{ pointer: '#/lang', code: 'language', detail: `No names of countries are known in ${lang}: lang must be a language such as "en" or "pt-BR".` }]]);
      }
  });

  it('come page by page, each person once', async () => {
    const pages: string[][] = [];
    for (let after = ''; after !== '&after=undefined'; ) {
      const answer = await app.ask('GET', `${registrations}?order=protocol&limit=2${after}`);
      pages.push(listed(answer));
      after = `&after=${answer.body.next}`;
    }
    expect(pages).toEqual([['paul', 'zoé'], ['grace', 'amina'], ['juma', 'rose 1']]);
  });

  it('are sent whole as CSV, which no spreadsheet calculates', async () => {
    const answer = await app.ask('GET', `${registrations}.csv?lang=en`);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([200, 'text/csv; charset=utf-8; header=present', 'attachment; filename="arusha-2013-registrations.csv"']);
    const bytes = Buffer.from(await (await fetch(`${app.url}${registrations}.csv`, { headers: { authorization: 'Bearer a-token-for-the-tests' } })).arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [head, first] = answer.text.split('\r\n');
    expect(head).toBe('number,code,status,waitingPosition,category,familyName,givenName,organisation,kind,country,countryName,email,language,registered,checkedIn,sessions,group,withheld,answer diet');
    expect(first).toBe(`1,${codes.amina},seated,,participant,Juma,amina,"'=HYPERLINK(""http://example.org"")",ngo,TZ,Tanzania,,,2013-03-01T08:00:00.000Z,2013-05-27,workshop,,,vegan`);
    expect(lines(answer.text)).toEqual(['1 seated  Juma', '2 withdrawn  Juma', '3 seated  Juma', '4 seated  Juma', '5 waiting 1 Juma', '6 pending  Juma']);
    expect(lines(await csv('/participants.csv'))).toEqual(['3 seated  Juma', '4 seated  Juma', '1 seated  Juma']);
    expect(lines(await csv('/waiting.csv'))).toEqual(['5 waiting 1 Juma']);
    expect(lines(await csv('/present.csv?day=2013-05-27'))).toEqual(['3 seated  Juma', '1 seated  Juma']);
  });

  it('are counted', async () => {
    expect((await app.ask('GET', `${registrations}/counts`)).body).toEqual({
      statuses: { seated: 3, withdrawn: 1, waiting: 1, pending: 1 },
      categories: [{ value: 'participant', statuses: { seated: 3, withdrawn: 1, waiting: 1 } }, { value: 'press', statuses: { pending: 1 } }],
      countries: [{ value: 'DE', statuses: { seated: 1 } }, { value: 'TZ', statuses: { seated: 1 } }, { value: 'ZA', statuses: { withdrawn: 1 } }],
      kinds: [
        { value: 'government', statuses: { seated: 1, withdrawn: 1 } }, { value: 'un', statuses: { seated: 1 } }, { value: 'ngo', statuses: { seated: 1 } }, { value: 'media', statuses: { pending: 1 } },
        { value: 'other', statuses: { waiting: 1 } },
      ],
      days: [{ value: '2013-05-27', statuses: { seated: 2 } }],
      answers: [{ field: 'diet', choices: [{ value: 'all', statuses: { seated: 1 } }, { value: 'vegan', statuses: { seated: 1 } }] }],
    });
  });

  it('are the organisers’ only', async () => {
    for (const path of ['', '.csv', '/counts', '/participants', '/participants.csv', '/waiting', '/waiting.csv', '/present?day=2013-05-27', '/present.csv?day=2013-05-27'])
      expect([path, problem(await app.asked('GET', `${registrations}${path}`))]).toEqual([path, { status: 401, code: 'unauthenticated' }]);
  });

  it('refuse what they do not know', async () => {
    for (const [path, pointer] of [
      ['?status=gone', '#/status one-of'], ['?country=Tanzania', '#/country country'], ['?kind=club', '#/kind one-of'], ['?limit=501', '#/limit page-length'], ['?after=%21', '#/after cursor'], ['?answer=diet', '#/answer chosen'],
      ['/present', '#/day missing'], ['/present?day=2013-02-30', '#/day day'], ['/waiting?status=waiting', '#/status unknown-field'], ['.csv?limit=3', '#/limit unknown-field'], ['?order=protocol&after=WzEsM10', '#/after gone'],
    ] as const) {
      const { status, body } = await app.ask('GET', `${registrations}${path}`);
      expect([path, status, body.errors?.map((error) => `${error.pointer} ${error.code}`)]).toEqual([path, 400, [pointer]]);
    }
  });
});

describe('as of a moment', () => {
  it('everything is read as it was', async () => {
    const then = '2013-03-01T12:00:00Z';
    expect(await read(`/participants?asOf=${then}`)).toEqual(['paul', 'zoé', 'amina']);
    expect(await read(`/waiting?asOf=${then}`)).toEqual(['grace 1', 'rose 2']);
    expect(lines(await csv(`/waiting.csv?asOf=${then}`))).toEqual(['4 waiting 1 Juma', '5 waiting 2 Juma']);
    expect((await app.ask('GET', `${registrations}/counts?asOf=${then}`)).body).toMatchObject({ statuses: { seated: 3, waiting: 2, pending: 1 }, days: [] });
    expect((await app.ask('GET', `${registrations}/${codes['zoé']}?asOf=${then}`)).body).toMatchObject({ status: 'seated', sessions: ['workshop'] });
    expect((await app.ask('GET', `${registrations}/${codes['zoé']}`)).body).toMatchObject({ status: 'withdrawn', sessions: [] });
  });

  it('so is what was open, and who had a seat in a session', async () => {
    const read = async (path: string, asOf = '') => (await app.ask('GET', `${registration}${path}${asOf && `?asOf=${asOf}`}`)).body;
    const [then, now] = [await read('', '2013-03-01T12:00:00Z'), await read('')];
    expect([then, now].map(({ open, taken, categories }) => ({ open, taken, waiting: (categories as { waiting: number }[])[0]?.waiting }))).toEqual([{ open: true, taken: 3, waiting: 2 }, { open: false, taken: 3, waiting: 1 }]);
    expect(await read('', `rev:${now.revision}`)).toEqual({ ...now, open: false });
    // Open once its time had come, though nothing was written then.
    expect(await read('', 'rev:0')).toMatchObject({ open: true, categories: [] });
    const [amina, zoé] = await Promise.all(['amina', 'zoé'].map(async (name) => (await app.ask('GET', `${registrations}/${codes[name]}`)).body.id));
    expect(await read('/sessions/workshop', '2013-03-01T12:00:00Z')).toEqual({ session: 'workshop', capacity: 1, seated: [zoé], waiting: [amina] });
    expect(await read('/sessions/workshop', `rev:${now.revision}`)).toEqual(await read('/sessions/workshop'));
    expect(await read('/sessions/workshop')).toEqual({ session: 'workshop', capacity: 1, seated: [amina], waiting: [] });
    expect(problem(await app.ask('GET', `${registration}/sessions/nowhere?asOf=rev:3`))).toEqual({ status: 409, code: 'no-session-seats', about: { session: 'nowhere' } });
  });

  it('the past is the organisers’, and has a beginning and an end', async () => {
    for (const path of [registration, `${registration}/sessions/workshop`, registrations]) {
      expect(problem(await app.asked('GET', `${path}?asOf=rev:3`))).toEqual({ status: 401, code: 'unauthenticated' });
      expect(problem(await app.ask('GET', `${path}?asOf=2012-01-01T00:00:00Z`))).toMatchObject({ status: 404, code: 'as-of-before-beginning' });
      expect(problem(await app.ask('GET', `${path}?asOf=rev:900`))).toMatchObject({ status: 400, code: 'as-of-in-future' });
    }
    expect((await app.asked('GET', registration)).status).toBe(200);
  });
});
