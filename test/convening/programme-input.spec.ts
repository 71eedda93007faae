import { beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { text as all } from 'node:stream/consumers';
import { application, token, type Answer } from '../http/application.js';

const app = application();
const at = '/convenings/arusha-2013';
const judge = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01';
const rooms = [{ id: 'simba', name: { en: 'Simba' } }, { id: 'tembo', name: { en: 'Tembo' } }];
const talk = (id: string, more: object = {}) => ({ id, kind: 'talk', title: { en: id }, ...more });
const slot = (start: string, end: string) => ({ room: 'simba', start, end });
const seat = { person: judge, role: 'speaker', credit: { name: 'Amina Juma' } };

const told = ({ status, body: { code, errors } }: Answer) => [status, code, ...(errors?.map((error) => `${error.pointer} ${error.code}`) ?? [])];
/** Refused with these places, and nothing is written; a dry run says the same. */
const refused = async (document: unknown, ...said: readonly (string | number)[]) => {
  const before = await app.head();
  expect(told(await app.ask('PUT', `${at}/programme?dryRun=true`, document))).toEqual(said);
  expect(told(await app.ask('PUT', `${at}/programme`, document))).toEqual(said);
  expect(await app.head()).toBe(before);
};

beforeAll(async () => {
  await app.ask('POST', '/convenings', { id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' });
  expect((await app.ask('PUT', `${at}/programme`, { rooms, sessions: [talk('talk')] })).status).toBe(200);
});

describe('a document that cannot be', () => {
  it.each<[string, object, ...(string | number)[]]>([
    ['two sessions with one id', { sessions: [talk('talk'), talk('lecture'), talk('talk')] }, 422, 'id-repeated', '#/sessions/2/id id-repeated'],
    ['a room that is not listed', { rooms, sessions: [talk('talk', { slot: { ...slot('2013-05-27T09:00', '2013-05-27T10:00'), room: 'twiga' } })] }, 422, 'slot-in-unknown-room', '#/sessions/0/slot/room slot-in-unknown-room'],
    ['an item whose appearance is not in its session', { rooms, sessions: [talk('talk', { items: [{ id: 'i', title: 'I', appearance: 'a' }] }), talk('lecture', { appearances: [{ id: 'a', ...seat }] })] }, 422, 'item-of-unknown-appearance', '#/sessions/0/items/0/appearance item-of-unknown-appearance'],
    ['a person twice in one role', { rooms, sessions: [talk('talk', { appearances: [{ id: 'a', ...seat }, { id: 'b', ...seat }] })] }, 409, 'appears-already', '#/sessions/0/appearances/1 appears-already'],
    ['an end before the start', { rooms, sessions: [talk('talk', { slot: slot('2013-05-27T10:00+03:00', '2013-05-27T09:00+03:00') })] }, 422, 'ends-before-it-starts', '#/sessions/0/slot/end ends-before-it-starts'],
    ['a session in two places of the order', { rooms: [rooms[0], rooms[1], rooms[0]], sessions: [talk('talk'), talk('talk')] }, 422, 'id-repeated', '#/rooms/2/id id-repeated', '#/sessions/1/id id-repeated'],
    ['the programme of another convening', { convening: 'kigali-2014', rooms, sessions: [talk('talk')] }, 422, 'other-convening', '#/convening other-convening'],
    ['a slot that is no time', { sessions: [talk('talk', { slot: slot('2013-05-27T09:00+3', '2013-02-30T09:00+03:00') })] }, 400, 'invalid-body', '#/sessions/0/slot/start time', '#/sessions/0/slot/end time'],
    ['fields that there are not', { sessions: [talk('talk', { speaker: 'Amina', slot: { ...slot('2013-05-27T09:00', '2013-05-27T10:00'), hall: 1 } })], days: [] }, 400, 'invalid-body', '#/days unknown-field', '#/sessions/0/speaker unknown-field', '#/sessions/0/slot/hall unknown-field'],
  ])('%s', (_, document, ...said) => refused(document, ...said));

  it('a slot without an offset where the clocks are put forward over it; elsewhere it is local', async () => {
    await app.ask('POST', '/convenings', { id: 'geneva', title: 'Geneva', start: '2013-03-31', end: '2013-03-31', zone: 'Europe/Zurich' });
    const put = (start: string) => app.ask('PUT', '/convenings/geneva/programme', { rooms, sessions: [talk('talk', { slot: slot(start, '2013-03-31T05:00') })] });
    expect(told(await put('2013-03-31T02:30'))).toEqual([422, 'local-time-missing', '#/sessions/0/slot/start local-time-missing']);
    expect((await put('2013-03-31T03:30')).status).toBe(200);
  });

  it('and tells a hundred faults at once, not more', async () => {
    const places = (code: string, field: string) => Array.from({ length: 100 }, (_, index) => `#/sessions/${index}/${field} ${code}`);
    await refused({ sessions: Array.from({ length: 150 }, (_, n) => talk(`s${n}`, { kind: 'toast' })) }, 400, 'invalid-body', ...places('one-of', 'kind'));
    await refused({ rooms, sessions: Array.from({ length: 150 }, (_, n) => talk(`s${n}`, { track: 'none' })) }, 422, 'session-in-unknown-track', ...places('session-in-unknown-track', 'track'));
  });
});

describe('what is no document', () => {
  const text = JSON.stringify({ rooms, sessions: [talk('talk')] });

  it('is refused before it is parsed, or where it is wrong', async () => {
    await refused(`{"sessions":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 400, 'invalid-body', `#/sessions${'/0'.repeat(31)} too-deep`);
    await refused(`{"__proto__":{"admin":true},${text.slice(1)}`, 400, 'invalid-body', '#/__proto__ unknown-field');
    await refused(text.replace('"kind"', '"__proto__":{},"kind"'), 400, 'invalid-body', '#/sessions/0/__proto__ unknown-field');
    await refused(`\ufeff${text}`, 400, 'malformed-json');
    await refused(text.replace('"kind":"talk"', '"kind":"talk","kind":"panel"'), 400, 'invalid-body', '#/sessions/0/kind repeated-field');
    await refused(`${text.slice(0, -1)},"sessions":[]}`, 400, 'invalid-body', '#/sessions repeated-field');
    await refused(text.replace('"en":"talk"', '"en":"ta\\u0007lk"'), 400, 'invalid-body', '#/sessions/0/title/en control-character');
    await refused(text.slice(0, -1), 400, 'malformed-json');
  });

  it('is refused for what stands behind a list that is read in pieces', () =>
    refused({ rooms, sessions: Array.from({ length: 400 }, (_, n) => talk(`t${n}`, { abstract: { en: 'words '.repeat(100) } })), days: { first: 1, last: 2 } }, 400, 'invalid-body', '#/days unknown-field'));

  it('is refused with the first hundred of its faults, also where those stand in a list that is read in pieces', async () => {
    const sessions = Array.from({ length: 400 }, (_, n) => talk(`t${n}`, { title: { en: n < 250 ? 'Talk' : 'ta\u0007lk' }, abstract: { en: 'words '.repeat(100) } }));
    await refused({ rooms, sessions }, 400, 'invalid-body', ...Array.from({ length: 100 }, (_, n) => `#/sessions/${250 + n}/title/en control-character`));
  });

  it('is refused with all that is wrong with it, also where an entry is no object', () =>
    refused(
      { rooms: [null, { id: 'Simba' }], tracks: ['justice'], sessions: [talk('talk', { kind: 'chat' }), [talk('lecture')], 7, talk('panel', { colour: 'red' })] }, 400, 'invalid-body',
      '#/rooms/0 object', '#/rooms/1/id slug', '#/rooms/1/name missing', '#/tracks/0 object', '#/sessions/0/kind one-of', '#/sessions/1 object', '#/sessions/2 object', '#/sessions/3/colour unknown-field',
    ));

  it('may have a list of nothing but white space, however long', async () => {
    const answer = await app.ask('PUT', `${at}/programme?dryRun=true`, `{"rooms":[${' '.repeat(140_000)}],"tracks":[],"sessions":[]}`);
    expect([answer.status, answer.body.code]).toEqual([200, undefined]);
  });

  it('is refused early where it is of 80 MB', async () => {
    const answer = await fetch(`${app.url}${at}/programme`, { method: 'PUT', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: 'x'.repeat(80_000_000) }).then(({ status }) => status, () => 'cut off');
    expect([413, 'cut off']).toContain(answer);
  });

  /** Who writes all of a body before they read a byte: what they are answered. Without its length it comes in chunks (RFC 9112, 7.1). */
  const writtenFirst = async (path: string, bytes: number, tells: 'its length' | 'no length'): Promise<string> => {
    const body = `{"sessions":[]${' '.repeat(bytes - 15)}}`;
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1').pause();
    const of = tells === 'its length' ? [`Content-Length: ${bytes}`, '', body] : ['Transfer-Encoding: chunked', '', bytes.toString(16), body, '0', '', ''];
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject).write([`PUT ${path} HTTP/1.1`, 'Host: test', 'Connection: close', `Authorization: Bearer ${token}`, 'Content-Type: application/json', ...of].join('\r\n'), () => resolve());
    });
    return (await all(socket)).split('\r\n')[0]!;
  };

  it.each(['its length', 'no length'] as const)('may be of 16 MiB, and one that is larger is told so, also to who tells %s and reads when all is written', async (tells) => {
    const whole = 16 * 1024 * 1024;
    expect(await writtenFirst(`${at}/programme?dryRun=true`, whole, tells)).toBe('HTTP/1.1 200 OK');
    expect(await writtenFirst(`${at}/programme?dryRun=true`, whole + 1, tells)).toBe('HTTP/1.1 413 Payload Too Large');
    expect(await writtenFirst(`${at}/programme?dryRun=true`, 3 * whole, tells)).toBe('HTTP/1.1 413 Payload Too Large');
  });
});

describe('a long document, which is parsed piece by piece', () => {
  const entries = Array.from({ length: 400 }, (_, n) => JSON.stringify(talk(`s${n}`, { abstract: { en: 'A paragraph. "[{,\\'.repeat(60) } })));
  const text = (list: readonly string[]) => `{"rooms": [], "sessions": [ ${list.join(' ,\n ')} ], "tracks":[]}`;
  const at = '/convenings/long/programme';
  beforeAll(async () => {
    await app.ask('POST', '/convenings', { id: 'long', title: 'Long', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' });
  });

  it('is what it says, entry by entry', async () => {
    expect((await app.ask('PUT', at, text(entries))).status).toBe(200);
    const read = (await app.ask('GET', at)).body['sessions'] as { id: string; abstract: object }[];
    expect(read.map(({ id, abstract }) => ({ id, abstract }))).toEqual(entries.map((entry) => JSON.parse(entry) as object).map((entry) => ({ id: (entry as { id: string }).id, abstract: (entry as { abstract: object }).abstract })));
  });

  // § stands where it is JSON no more.
  it.each([
    ['an entry that is missing', text([...entries.slice(0, 200), '', ...entries.slice(200)]).replace(' ,\n  ,\n', ' ,\n  §,\n')],
    ['an entry that is missing at the end', text([...entries, '']).replace(' ], "tracks"', ' §], "tracks"')],
    ['an entry that is not closed', text([...entries.slice(0, 300), '{"id":"s"', ...entries.slice(300)]).replace('"s" ,\n {', '"s" ,\n §{')],
    ['two entries without a comma', text([...entries.slice(0, 300), `${entries[0]!} §${entries[1]!}`, ...entries.slice(300)])],
    ['a bracket of the wrong kind', text([...entries.slice(0, 300), '{"id":"s"§]', ...entries.slice(300)])],
    ['a word before the list', text(entries).replace('{', '{§nothing,')],
    ['a word behind the list', text(entries).replace('"tracks"', '"é": §nothing, "tracks"')],
    ['an end that is missing', `${text(entries).slice(0, -1)}§`],
  ])('is refused with %s, and told where', async (_, marked) => {
    const { body, ...answer } = await app.ask('PUT', at, marked.replace('§', ''));
    const lines = marked.slice(0, marked.indexOf('§')).split('\n');
    expect([answer.status, body.code, body.about]).toEqual([400, 'malformed-json', { detail: `It is JSON no more at line ${lines.length}, column ${lines.at(-1)!.length + 1}.` }]);
  });
});

it('ten organisers set different documents at once: each is decided on the truth, and none is mixed with another', async () => {
  await app.ask('POST', '/convenings', { id: 'ten', title: 'Ten', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' });
  // Each is another than those of the rounds before: none finds that it is so already.
  const document = (who: number, round: number) => ({ rooms, sessions: Array.from({ length: 20 }, (_, n) => talk(`s${n}`, { subtitle: { en: `By ${who}, ${round}` } })) });
  for (let round = 0; round < 3; round++) {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, who) => app.ask('PUT', '/convenings/ten/programme', document(who, round))));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    const last = answers.reduce((one, other) => (Number(other.body.revision) > Number(one.body.revision) ? other : one));
    const read = (await app.ask('GET', '/convenings/ten/programme')).body['sessions'] as { subtitle: { en: string } }[];
    expect(read.map(({ subtitle }) => subtitle.en)).toEqual(Array.from({ length: 20 }, () => `By ${answers.indexOf(last)}, ${round}`));
    // Each tells what it found: from the one that was before it, whole.
    const found = answers.map(({ body }) => new Set((body['changes'] as { changes: { from?: { subtitle?: { en: string } } }[] }[]).map(({ changes: [change] }) => change?.from?.subtitle?.en)).size);
    expect(found.every((count) => count === 1)).toBe(true);
  }
});

it('of ten with the ETag that all have read one is taken', async () => {
  await app.ask('POST', '/convenings', { id: 'one', title: 'One', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' });
  const answers = await Promise.all(Array.from({ length: 10 }, (_, who) => app.ask('PUT', '/convenings/one/programme', { sessions: [talk(`s${who}`)] }, { 'if-match': '"r0"' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
});
