import { beforeAll, describe, expect, it } from '@jest/globals';
import { application, token, type Method } from './application.js';

const app = application();
const at = '/convenings/arusha-2013';
const plan = { id: 'arusha-2014', title: 'Preventing genocide', start: '2014-05-27', end: '2014-05-28', zone: 'Africa/Dar_es_Salaam' };
const talk = { id: 'talk-2', kind: 'talk', title: 'A talk' };
const person = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01';

beforeAll(async () => {
  for (const [method, path, body] of [
    ['POST', '/convenings', { ...plan, id: 'arusha-2013', start: '2013-05-27', end: '2013-05-28' }],
    ['POST', `${at}/rooms`, { id: 'simba', name: 'Simba' }],
    ['POST', `${at}/sessions`, { id: 'talk', kind: 'talk', title: 'A talk' }],
    ['POST', `${at}/sessions/talk/appearances`, { id: 'judge', role: 'speaker', person, credit: { name: 'Amina Juma' } }],
  ] as const) expect((await app.ask(method, path, body)).status).toBe(201);
});

/** Refused, with these places and codes, and nothing is written. */
const refused = async (method: Method, path: string, body: unknown, status: number, code: string, ...errors: string[]) => {
  const before = await app.head();
  const answer = await app.ask(method, path, body);
  expect({ status: answer.status, code: answer.body.code, errors: answer.body.errors?.map((error) => `${error.pointer} ${error.code}`) ?? [] }).toEqual({ status, code, errors });
  expect(await app.head()).toBe(before);
};
const invalid = (method: Method, path: string, body: unknown, ...errors: string[]) => refused(method, path, body, 400, 'invalid-body', ...errors);

const lines = (length: number) => 'x'.repeat(length);
const many = <T>(length: number, each: (index: number) => T) => Array.from({ length }, (_, index) => each(index));
const nested = (depth: number): object => (depth === 0 ? {} : { en: nested(depth - 1) });
const credited = { id: 'bishop', role: 'speaker', person: '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a02' };

describe('a field that there is not', () => {
  const told = async (method: Method, path: string, body?: unknown) => (await app.ask(method, path, body)).body.errors?.filter(({ code }) => code === 'unknown-field').map(({ pointer, detail }) => `${pointer} ${detail}`);

  it('is told with the one that was meant', async () => {
    expect(await told('POST', '/convenings', { ...plan, capcity: 120 })).toEqual(['#/capcity There is no field capcity here. Did you mean `capacity`?']);
    expect(await told('POST', '/convenings', { ...plan, venue: { name: 'AICC', contry: 'TZ' } })).toEqual(['#/venue/contry There is no field contry here. Did you mean `country`?']);
    expect(await told('PUT', `${at}/programme`, { sessions: [{ ...talk, titel: 'A talk' }, { id: 'talk-3', kind: 'talk', titel: 'A talk' }] })).toEqual([
      '#/sessions/0/titel There is no field titel here.', '#/sessions/1/titel There is no field titel here. Did you mean `title`?',
    ]);
    expect(await told('GET', `${at}/agenda.json?vresion=1`)).toEqual(['#/vresion There is no field vresion here. Did you mean `version`?']);
  });

  it('is told alone where none is near', async () =>
    expect(await told('POST', '/convenings', { ...plan, colour: 'red' })).toEqual(['#/colour There is no field colour here.']));
});

describe('a body that is not right', () => {
  it.each<[string, object, ...string[]]>([
    ['a number for a title', { ...plan, title: 7 }, '#/title title'],
    ['no title', { ...plan, title: undefined }, '#/title missing'],
    ['null for a title', { ...plan, title: null }, '#/title title'],
    ['a title in no language', { ...plan, title: {} }, '#/title title'],
    ['a title of two lines', { ...plan, title: 'one\ntwo' }, '#/title title'],
    ['a blank title', { ...plan, title: { en: '  ' } }, '#/title title'],
    ['a title that is too long', { ...plan, title: lines(501) }, '#/title title'],
    ['a title in a language that is none', { ...plan, title: { English: 'Welcome' } }, '#/title title'],
    ['a text that is too long', { ...plan, description: { en: lines(20_001) } }, '#/description text'],
    ['an unknown field', { ...plan, colour: 'red' }, '#/colour unknown-field'],
    ['an unknown field within', { ...plan, venue: { name: 'AICC', town: 'Arusha' } }, '#/venue/town unknown-field'],
    ['a date that is none', { ...plan, start: '2013-02-29' }, '#/start day'],
    ['a date with a time', { ...plan, start: '2013-05-27T00:00' }, '#/start day'],
    ['a date outside reason', { ...plan, start: '0001-01-01', end: '9999-12-31' }, '#/start day', '#/end day'],
    ['an id with capitals', { ...plan, id: 'Arusha' }, '#/id slug'],
    ['an id with a slash', { ...plan, id: 'a/b' }, '#/id slug'],
    ['an id with dots', { ...plan, id: '..' }, '#/id slug'],
    ['an id of other letters', { ...plan, id: 'ärusha' }, '#/id slug'],
    ['an id that is too long', { ...plan, id: lines(65) }, '#/id slug'],
    ['an id that is empty', { ...plan, id: '' }, '#/id slug'],
    ['a zone that is no text', { ...plan, zone: { name: 'UTC' } }, '#/zone line'],
    ['no language', { ...plan, languages: [] }, '#/languages list'],
    ['a language twice', { ...plan, languages: ['en', 'en'] }, '#/languages list'],
    ['a list for a venue', { ...plan, venue: [{ name: 'AICC' }] }, '#/venue object'],
    ['a text for a venue', { ...plan, venue: 'AICC' }, '#/venue object'],
    ['null for a venue', { ...plan, venue: null }, '#/venue object'],
    ['null in a list', { ...plan, organisers: [null] }, '#/organisers/0 object'],
    ['a list in a list', { ...plan, links: [[{ kind: 'map', title: 'Map', url: 'https://example.org' }]] }, '#/links/0 object'],
    ['an object for a list', { ...plan, organisers: { 0: { name: 'AIPR' } } }, '#/organisers list'],
    ['a country that is no code', { ...plan, venue: { name: 'AICC', country: 'Tanzania' } }, '#/venue/country country'],
    ['an address that is a script', { ...plan, links: [{ kind: 'map', title: 'Map', url: 'javascript:alert(1)' }] }, '#/links/0/url address'],
    ['a link for nobody', { ...plan, links: [{ kind: 'map', title: 'Map', url: 'https://example.org', audience: 'nobody' }] }, '#/links/0/audience one-of'],
    ['more links than fifty', { ...plan, links: many(51, () => ({ kind: 'map', title: 'Map', url: 'https://example.org' })) }, '#/links list'],
    ['a severity that is none', { ...plan, policy: { conflicts: { 'room-taken': 'perhaps' } } }, '#/policy/conflicts/room-taken one-of'],
    ['a rule that is none', { ...plan, policy: { conflicts: { 'too-boring': 'warn' } } }, '#/policy/conflicts/too-boring unknown-field'],
    ['half a seat', { ...plan, capacity: 0.5 }, '#/capacity count'],
    ['fewer seats than none', { ...plan, capacity: -1 }, '#/capacity count'],
    ['seats as a text', { ...plan, capacity: '120' }, '#/capacity count'],
    ['a control character', { ...plan, title: 'a\u0007b' }, '#/title control-character'],
    ['half a surrogate pair', { ...plan, title: { en: '\ud800' } }, '#/title/en control-character'],
    ['a control character in a name', { ...plan, title: { 'e\u0000': 'Welcome' } }, '#/title/e\u0000 unknown-field'],
    ['a name with a meaning of its own', { ...plan, constructor: {} }, '#/constructor unknown-field'],
  ])('%s', (_, body, ...errors) => invalid('POST', '/convenings', body, ...errors));

  it('is told all its places at once', () =>
    invalid('POST', '/convenings', { id: 'A', start: 1, venue: { country: 'tz' } }, '#/id slug', '#/title missing', '#/start day', '#/end missing', '#/zone missing', '#/venue/name missing', '#/venue/country country'));

  it.each<[string, Method, string, object, ...string[]]>([
    ['a kind of session that is none', 'POST', `${at}/sessions`, { ...talk, kind: 'toast' }, '#/kind one-of'],
    ['a session for nobody', 'POST', `${at}/sessions`, { ...talk, audience: 'nobody' }, '#/audience one-of'],
    ['null for what cannot be removed', 'PATCH', `${at}/sessions/talk`, { title: null, links: null }, '#/title title', '#/links list'],
    ['a slot without an end', 'PUT', `${at}/sessions/talk/slot`, { start: '2013-05-27T09:00' }, '#/end missing'],
    ['a slot with seconds', 'PUT', `${at}/sessions/talk/slot`, { start: '2013-05-27T09:00:30', end: '2013-05-27T10:00' }, '#/start time'],
    ['a slot at a moment that is none', 'PUT', `${at}/sessions/talk/slot`, { start: '2013-05-27T24:00', end: '2013-05-27T10:00+25:00' }, '#/start time', '#/end time'],
    ['a slot in years outside reason', 'PUT', `${at}/sessions/talk/slot`, { start: '+275760-09-13T00:00', end: '3013-05-27T10:00' }, '#/start time', '#/end time'],
    ['null for a room', 'PUT', `${at}/sessions/talk/slot`, { room: null, start: '2013-05-27T09:00', end: '2013-05-27T10:00' }, '#/room slug'],
    ['an item without a title', 'PUT', `${at}/sessions/talk/items`, { items: [{ id: 'welcome' }] }, '#/items/0/title missing'],
    ['more items than two hundred', 'PUT', `${at}/sessions/talk/items`, { items: many(201, (index) => ({ id: `item-${index}`, title: 'x' })) }, '#/items list'],
    ['an order that is a text', 'PUT', `${at}/rooms/order`, { order: 'simba' }, '#/order list'],
    ['an order of numbers', 'PUT', `${at}/rooms/order`, { order: [1] }, '#/order list'],
    ['a role that is none', 'POST', `${at}/sessions/talk/appearances`, { ...credited, role: 'star' }, '#/role one-of'],
    ['a person who is no UUID', 'POST', `${at}/sessions/talk/appearances`, { ...credited, person: 'amina' }, '#/person person'],
    ['a name that is too long', 'POST', `${at}/sessions/talk/appearances`, { ...credited, credit: { name: lines(501) } }, '#/credit/name line'],
    ['a withheld credit with a name', 'PATCH', `${at}/sessions/talk/appearances/judge`, { credit: { name: 'Amina', withheld: true } }, '#/credit/withheld withheld'],
    ['an invitation without a way', 'POST', `${at}/sessions/talk/appearances/judge/invitation`, {}, '#/way missing'],
    ['a day to answer by without an offset', 'POST', `${at}/sessions/talk/appearances/judge/invitation`, { way: 'email', answerBy: '2013-04-30T12:00' }, '#/answerBy instant'],
    ['a naming without a person', 'POST', `${at}/sessions/talk/appearances/judge/naming`, { credit: { name: 'Amina' } }, '#/person missing'],
    ['a replacement by nothing', 'POST', `${at}/sessions/talk/appearances/judge/replacement`, {}, '#/with missing'],
    ['an attendance that is none', 'POST', `${at}/sessions/talk/appearances/judge/attendance`, { to: 'late' }, '#/to one-of'],
    ['a cancellation with a word too many', 'POST', `${at}/cancellation`, { sure: true }, '#/sure unknown-field'],
    ['a label that names another version', 'POST', `${at}/publications`, { label: 'latest' }, '#/label label'],
    ['times that are texts', 'PUT', `${at}/availability/${person}`, { unavailable: ['mornings'] }, '#/unavailable/0 object'],
  ])('%s', (_, method, path, body, ...errors) => invalid(method, path, body, ...errors));

  it.each<[string, Method, string, object, string]>([
    ['an end before the start', 'POST', '/convenings', { ...plan, end: '2014-05-26' }, 'ends-before-it-starts'],
    ['an unknown zone', 'POST', '/convenings', { ...plan, zone: 'Mars/Olympus' }, 'unknown-zone'],
    ['an offset for a zone', 'POST', '/convenings', { ...plan, zone: '+03:00' }, 'unknown-zone'],
    ['a zone by the name of a property', 'POST', '/convenings', { ...plan, zone: 'constructor' }, 'unknown-zone'],
    ['a slot that ends as it starts', 'PUT', `${at}/sessions/talk/slot`, { start: '2013-05-27T10:00', end: '2013-05-27T10:00' }, 'ends-before-it-starts'],
    ['a room by the name of a property', 'PUT', `${at}/sessions/talk/slot`, { room: 'constructor', start: '2013-05-27T09:00', end: '2013-05-27T10:00' }, 'slot-in-unknown-room'],
    ['texts that are too much together', 'POST', `${at}/sessions`, { ...talk, abstract: Object.fromEntries(many(40, (index) => [`a${String.fromCharCode(97 + (index % 26))}${index < 26 ? '' : '-XX'}`, lines(20_000)])) }, 'too-large'],
  ])('%s', (_, method, path, body, code) => refused(method, path, body, 422, code));
});

describe('what is no body', () => {
  it('of JSON', async () => {
    await refused('POST', '/convenings', '{"id":', 400, 'malformed-json');
    await refused('POST', '/convenings', '\ufeff{}', 400, 'malformed-json');
    await refused('POST', '/convenings', '', 400, 'invalid-body', ...['id', 'title', 'start', 'end', 'zone'].map((field) => `#/${field} missing`));
    for (const text of ['[]', '7', 'null', '"x"', 'true']) await invalid('POST', '/convenings', text, '# not-an-object');
  });

  it('of UTF-8: a name in another encoding is refused, not kept damaged', async () => {
    const before = await app.head();
    const sent = async (type: string, bytes: Buffer) => {
      const answer = await fetch(`${app.url}/convenings`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': type }, body: new Uint8Array(bytes) });
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    const text = JSON.stringify({ ...plan, title: 'Café' });
    expect(await sent('application/json', Buffer.from(text, 'latin1'))).toEqual([400, 'malformed-json']);
    expect(await sent('application/json; charset=latin1', Buffer.from(text, 'latin1'))).toEqual([415, 'unsupported-media-type']);
    expect(await app.head()).toBe(before);
  });

  it('of a reasonable size, depth, or names', async () => {
    await refused('POST', '/convenings', { ...plan, description: lines(1_100_000) }, 413, 'body-too-large');
    await invalid('POST', '/convenings', { ...plan, title: nested(40) }, `#/title${'/en'.repeat(31)} too-deep`);
    await invalid('POST', '/convenings', `{"id":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, `#/id${'/0'.repeat(31)}`.slice(0, 200) + ' too-deep');
    await invalid('POST', '/convenings', `{"id":[${'0,'.repeat(250_000)}0]}`, '# too-many-values');
    await invalid('POST', '/convenings', `{"id":[${'{},'.repeat(1_000)}{}]}`, '# too-many-values');
    await invalid('POST', '/convenings', { ...plan, title: Object.fromEntries(many(101, (index) => [`k${index}`, 'x'])) }, '#/title too-many-fields');
    await invalid('POST', '/convenings', { ...plan, [lines(101)]: 1 }, `#/${lines(100)} unknown-field`);
    await invalid('POST', '/convenings', Object.fromEntries(many(99, (index) => [`\u0000${index}`, 1])), ...many(99, (index) => `#/\u0000${index} unknown-field`));
    // A whole programme holds more: this one is wrong for other reasons.
    await invalid('PUT', `${at}/programme`, `{"sessions":[],"rooms":[${'{},'.repeat(2_000)}{}]}`, '#/rooms list');
    for (const name of ['toString', 'hasOwnProperty', 'valueOf', 'prototype', 'constructor']) await invalid('POST', '/convenings', { ...plan, [name]: 1 }, `#/${name} unknown-field`);
    await invalid('POST', '/convenings', `{"__proto__":{"admin":true},${JSON.stringify(plan).slice(1)}`, '#/__proto__ unknown-field');
    await invalid('POST', '/convenings', `{"title":{"__proto__":"x"},${JSON.stringify({ ...plan, title: undefined }).slice(1)}`, '#/title/__proto__ unknown-field');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('in which each field stands once', async () => {
    const twice = `{"id":"a","\\u0069d":"b",${JSON.stringify({ ...plan, id: undefined, links: [{ kind: 'map', title: { en: '{"en":1,"en":2}' }, url: 'https://example.org' }] }).slice(1, -3)},"kind":"k","url":"u"}]}`;
    await invalid('POST', '/convenings', twice, '#/id repeated-field', '#/links/0/kind repeated-field', '#/links/0/url repeated-field');
  });

  it('of the right type', async () => {
    const before = await app.head();
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json-seq', 'nonsense']) {
      const answer = await app.ask('POST', '/convenings', JSON.stringify(plan), { 'content-type': type });
      expect({ type, status: answer.status, code: answer.body.code }).toEqual({ type, status: 415, code: 'unsupported-media-type' });
    }
    expect(await app.head()).toBe(before);
    const answer = await app.ask('PATCH', at, JSON.stringify({ capacity: 7 }), { 'content-type': 'application/json; charset=utf-8' });
    expect(answer.status).toBe(200);
  });
});

describe('bytes that are no text in UTF-8', () => {
  const send = async (body: Buffer, headers: Record<string, string>) => {
    const before = await app.head();
    const response = await fetch(`${app.url}${at}/rooms`, { method: 'POST', headers: { authorization: `Bearer ${token}`, ...headers }, body: new Uint8Array(body) });
    const { code } = (await response.json()) as { code?: string };
    return { status: response.status, code, written: (await app.head()) !== before };
  };
  const hall = (id: string) => JSON.stringify({ id, name: 'Salle Méru' });

  it('are refused, not kept as something else', async () => {
    expect(await send(Buffer.from(hall('meru'), 'latin1'), { 'content-type': 'application/json' })).toEqual({ status: 400, code: 'malformed-json', written: false });
    for (const type of ['application/json; charset=iso-8859-1', 'application/json; charset="utf-16"', 'application/json;charset=utf-16le', 'application/json; a=b; charset=latin1'])
      expect({ type, ...(await send(Buffer.from(hall('meru'), 'latin1'), { 'content-type': type })) }).toEqual({ type, status: 415, code: 'unsupported-media-type', written: false });
    for (const packed of ['gzip', 'br', 'identity, gzip'])
      expect({ packed, ...(await send(Buffer.from(hall('meru')), { 'content-type': 'application/json', 'content-encoding': packed })) }).toEqual({ packed, status: 415, code: 'unsupported-media-type', written: false });
  });

  it('are taken where they are what they say', async () => {
    for (const [id, type] of [['meru-1', 'application/json'], ['meru-2', 'application/json; charset=UTF-8'], ['meru-3', 'application/json;charset="utf8"']] as const)
      expect(await send(Buffer.from(hall(id)), { 'content-type': type, 'content-encoding': 'identity' })).toEqual({ status: 201, code: undefined, written: true });
    expect((await app.ask('GET', `${at}/rooms/meru-1`)).body.name).toEqual({ en: 'Salle Méru' });
  });
});

describe('somebody without a token', () => {
  it('is refused before the body is read: what is wrong with it is told to nobody who may not write', async () => {
    for (const body of ['{"id":', `{"id":[${'0,'.repeat(250_000)}0]}`, JSON.stringify(plan), lines(1_100_000)]) {
      expect((await app.asked('POST', '/convenings', body)).body.code).toBe('unauthenticated');
      expect((await app.asked('POST', '/convenings', body, { authorization: 'Bearer not-the-token-of-the-tests' })).body.code).toBe('unauthenticated');
    }
    expect((await app.asked('POST', '/nowhere', '{')).body.code).toBe('not-found');
  });
});

describe('an address that is not right', () => {
  it.each([
    ['GET', '/convenings/Arusha', 'convening slug'], ['GET', '/convenings/..%2f..', 'convening slug'], ['GET', '/convenings/%00', 'convening slug'], ['GET', `${at}/rooms/%E2%98%83`, 'room slug'],
    ['PATCH', `${at}/sessions/${lines(65)}`, 'session slug'], ['DELETE', `${at}/sessions/talk/appearances/-judge`, 'appearance slug'], ['PUT', `${at}/availability/amina`, 'person person'],
    ['POST', `${at}/publications/0/withdrawal`, 'number number'], ['POST', `${at}/publications/1e3/withdrawal`, 'number number'], ['DELETE', `${at}/conflicts/a%20b/acceptance`, 'key conflict-key'],
  ] as const)('%s %s', (method, path, error) => refused(method, path, method === 'PUT' ? { unavailable: [] } : undefined, 400, 'invalid-path', `#/${error}`));

  it.each(['/nowhere', `${at}/rooms/simba/doors`, '/convenings/arusha-2013/', '/%', `/convenings/${lines(3000)}`, '/docs/%2e%2e/%2e%2e/package.json', '/docs/..%2fpackage.json'])('%s', async (path) => {
    const answer = await app.ask('GET', path);
    expect({ code: answer.body.code, type: answer.headers.get('content-type') }).toEqual({ code: 'not-found', type: 'application/problem+json; charset=utf-8' });
  });
});

describe('what a route does not take', () => {
  it.each<[string, Method, string, object | undefined]>([
    ['a read', 'GET', `${at}/rooms`, undefined],
    ['a read of a part', 'GET', `${at}/sessions/talk`, undefined],
    ['a change', 'POST', `${at}/rooms`, { id: 'tembo', name: 'Tembo' }],
    ['a removal', 'DELETE', `${at}/rooms/simba`, undefined],
    ['health', 'GET', '/health/live', undefined],
  ])('is refused in the query of %s', async (_, method, path, body) => {
    await refused(method, `${path}?when=rev:1`, body, 400, 'invalid-query', '#/when unknown-field');
    await refused(method, `${path}?when=1&a%2Fb=2&when=3`, body, 400, 'invalid-query', '#/when unknown-field', '#/a~1b unknown-field');
  });

  it('is refused in the query where there may be another', async () => {
    for (const path of [`${at}/sessions`, `${at}/agenda.json`, '/convenings']) await refused('GET', `${path}?when=rev:1`, undefined, 400, 'invalid-query', '#/when unknown-field');
  });

  it('is refused as a body of what takes something away, and nothing is taken away', async () => {
    await invalid('DELETE', `${at}/rooms/simba`, { force: true }, '#/force unknown-field');
    await invalid('DELETE', `${at}/sessions/talk/slot`, { why: 'x', 'a/b': 1 }, '#/why unknown-field', '#/a~1b unknown-field');
    await invalid('DELETE', `${at}/rooms/simba`, '[]', '# not-an-object');
  });

  it('is nothing: an empty body is none, a question mark no query', async () => {
    for (const [method, path, body] of [
      ['POST', `${at}/rooms`, { id: 'twiga', name: 'Twiga' }], ['DELETE', `${at}/rooms/twiga?`, {}], ['DELETE', `${at}/sessions/talk/slot`, undefined],
    ] as const) expect({ path, code: (await app.ask(method, path, body)).body.code }).toEqual({ path, code: undefined });
    expect((await app.asked('GET', '/health/live?')).status).toBe(200);
  });

  it('is told to nobody who may not ask', async () => {
    expect((await app.asked('DELETE', `${at}/rooms/simba?force=1`)).body.code).toBe('unauthenticated');
  });
});

describe('`constructor`', () => {
  it('is an id like any other', async () => {
    const id = 'constructor';
    const there = `/convenings/${id}`;
    for (const [method, path, body] of [
      ['POST', '/convenings', { ...plan, id }],
      ['POST', `${there}/rooms`, { id, name: id }],
      ['POST', `${there}/tracks`, { id, name: id }],
      ['POST', `${there}/sessions`, { ...talk, id, track: id }],
      ['PUT', `${there}/sessions/${id}/slot`, { room: id, start: '2014-05-27T09:00', end: '2014-05-27T10:00' }],
      ['POST', `${there}/sessions/${id}/appearances`, { ...credited, id, credit: { name: id } }],
      ['POST', `${there}/sessions/${id}/appearances/${id}/confirmation`, {}],
      ['PUT', `${there}/sessions/${id}/items`, { items: [{ id, title: id, appearance: id }] }],
      ['POST', `${there}/conflicts/no-room:${id}/acceptance`, { reason: id }],
      ['POST', `${there}/publications`, { label: id }],
    ] as const) expect({ path, code: (await app.ask(method, path, body)).body.code }).toEqual({ path, code: undefined });
    expect((await app.ask('GET', `${there}/sessions/${id}`)).body).toMatchObject({ id, track: id, slot: { room: id }, items: [{ id, appearance: id }], appearances: [{ id, credit: { name: id } }] });
    expect((await app.ask('GET', there, undefined, { authorization: `Bearer ${token}` })).body.id).toBe(id);
  });
});
