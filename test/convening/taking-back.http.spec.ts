import { beforeAll, describe, expect, it } from '@jest/globals';
import { application } from '../http/application.js';

const app = application();
const at = '/convenings/arusha-2013';
const slot = (from: string) => ({ room: 'simba', start: `2013-05-27T${from}:00+03:00`, end: `2013-05-27T${from}:45+03:00` });
const takeBack = (revision: number | string, body: object = {}, headers: Record<string, string> = {}) => app.ask('POST', `${at}/history/${revision}/taking-back`, body, headers);
const slotNow = async () => (await app.ask('GET', `${at}/sessions/talk`)).body['slot'];

beforeAll(async () => {
  for (const [path, body] of [
    ['/convenings', { id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' }],
    [`${at}/rooms`, { id: 'simba', name: 'Simba Hall' }],
    [`${at}/sessions`, { id: 'talk', kind: 'talk', title: 'Of law and memory' }],
  ] as const) expect((await app.ask('POST', path, body)).status).toBe(201);
  await app.ask('PUT', `${at}/sessions/talk/slot`, slot('09'));
  await app.ask('PUT', `${at}/sessions/talk/slot`, slot('14'));
});

describe('taking back, over HTTP', () => {
  it('is the organisers’', async () => expect((await app.asked('POST', `${at}/history/4/taking-back`, {})).body.code).toBe('unauthenticated'));

  it('makes it as it was before, and changes nothing the second time', async () => {
    const { status, body, headers } = await takeBack(4);
    expect([status, body.revision, headers.get('etag'), await slotNow()]).toEqual([200, 6, '"r6"', expect.objectContaining(slot('09'))]);
    expect([(await takeBack(4)).body.revision, await slotNow()]).toEqual([6, expect.objectContaining(slot('09'))]);
  });

  it('takes all of a command back, whichever of its facts is named', async () => {
    const document = JSON.parse((await app.ask('GET', `${at}/programme`)).text) as { rooms: object[]; sessions: object[] };
    const more = { ...document, rooms: [...document.rooms, { id: 'tembo', name: { en: 'Tembo Hall' } }], sessions: [...document.sessions, { id: 'closing', kind: 'closing', title: { en: 'Closing' } }] };
    const { body: { revision } } = await app.ask('PUT', `${at}/programme`, more);
    expect(revision).toBe(8);
    expect((await takeBack(7, { of: 'command' })).status).toBe(200);
    expect(JSON.parse((await app.ask('GET', `${at}/programme`)).text)).toEqual(document);
  });

  it('says what stands in the way, and where', async () => {
    expect(await takeBack(2).then(({ status, body: { code, errors } }) => ({ status, code, errors }))).toEqual({
      status: 409, code: 'not-taken-back', errors: [expect.objectContaining({ pointer: '#/2', code: 'changed-since', about: { revision: expect.any(Number) } })],
    });
  });

  it.each<[string, number | string, object, number, string]>([
    ['a revision that is not there', 400, {}, 404, 'unknown-revision'],
    ['what is no revision', 'last', {}, 400, 'invalid-path'],
    ['more than a command', 4, { of: 'everything' }, 400, 'invalid-body'],
  ])('refuses %s', async (_, revision, body, status, code) => expect(await takeBack(revision, body).then((answer) => [answer.status, answer.body.code])).toEqual([status, code]));

  it('knows no other convening', async () => expect((await app.ask('POST', '/convenings/geneva-2014/history/0/taking-back', {})).body.code).toBe('unknown-convening'));

  it('is decided on what was read, where that is said', async () => expect((await takeBack(4, {}, { 'If-Match': '"r3"' })).status).toBe(412));
});
