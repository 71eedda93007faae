import { beforeAll, describe, expect, it } from '@jest/globals';
import { application, type Answer } from '../http/application.js';
import { done, form, prepared, registration, registrations } from './meeting.js';

const app = application();
const wrong = ({ status, body: { code, errors, about } }: Answer) => ({ status, code, ...(errors && { errors: errors.map((error) => `${error.pointer} ${error.code}`) }), ...(about && { about }) });
const registered = async () => (await app.ask('GET', registration)).body.registered;
const many = (length: number) => Array.from({ length }, (_, index) => form(`member${index}`));

beforeAll(() => prepared(app, { opens: '2013-01-01T00:00:00Z', closes: '2013-05-20T00:00:00Z' }, { capacity: 300 }));

describe('a form that is not right', () => {
  it.each<[string, object, number, string, ...string[]]>([
    ['a name of 5,000 characters', form('amina', { name: { given: 'x'.repeat(5_000), family: 'Juma' } }), 400, 'invalid-body', '#/name/given line'],
    ['no name', form('amina', { name: undefined }), 400, 'invalid-body', '#/name missing'],
    ['a name without its parts', form('amina', { name: {} }), 400, 'invalid-body', '#/name/family missing'],
    ['a blank name', form('amina', { name: { family: ' ' } }), 400, 'invalid-body', '#/name/family line'],
    ['no category', form('amina', { category: undefined }), 400, 'invalid-body', '#/category missing'],
    ['no address', form('amina', { email: undefined }), 400, 'invalid-body', '#/email missing'],
    ['an address that is none', form('amina', { email: 'amina' }), 400, 'invalid-body', '#/email email'],
    ['a country that is no code', form('amina', { country: 'Tanzania' }), 400, 'invalid-body', '#/country country'],
    ['a kind of organisation that is none', form('amina', { kind: 'club' }), 400, 'invalid-body', '#/kind one-of'],
    ['an answer that is a list', form('amina', { answers: { diet: ['vegan'] } }), 400, 'invalid-body', '#/answers answers'],
    ['a field too many', form('amina', { vip: true }), 400, 'invalid-body', '#/vip unknown-field'],
    ['a person', form('amina', { person: '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01' }), 400, 'invalid-body', '#/person unknown-field'],
    ['a group with something beside it', { ...form('amina'), members: [form('paul')] }, 400, 'invalid-body', '#/members members'],
    ['a group of nobody', { members: [] }, 400, 'invalid-body', '#/members members'],
    ['a group of more than a hundred', { members: many(101) }, 400, 'invalid-body', '#/members list'],
    ['a group in which one has no address', { members: [form('paul'), form('rose', { email: undefined })] }, 400, 'invalid-body', '#/members/1/email missing'],
  ])('%s', async (_, body, status, code, ...errors) => {
    const before = await registered();
    expect(wrong(await app.asked('POST', registrations, body))).toEqual({ status, code, errors });
    expect(await registered()).toBe(before);
  });

  it('a group of 10,000', async () => {
    const before = await registered();
    for (const ask of [app.asked.bind(app), app.ask.bind(app)]) expect(wrong(await ask('POST', registrations, { members: many(10_000) }))).toMatchObject({ status: 413, code: 'body-too-large' });
    expect(await registered()).toBe(before);
  });

  it('but a name of 500 characters, a name in one part, and a group of a hundred are right', async () => {
    for (const body of [form('long', { name: { given: 'x'.repeat(500), family: 'Juma' } }), form('short', { name: { family: 'X' } }), { members: many(100) }]) expect((await app.asked('POST', registrations, body)).status).toBe(201);
    expect(await registered()).toBe(102);
  });
});

describe('a form that was right', () => {
  it('names a field that was removed meanwhile', async () => {
    const field = { id: 'hotel', kind: 'text', label: 'Hotel' };
    await done(app, 'PUT', `${registration}/form`, { fields: [field] });
    const body = form('zawadi', { answers: { hotel: 'Impala' } });
    await done(app, 'PUT', `${registration}/form`, { fields: [] });
    expect(wrong(await app.asked('POST', registrations, body))).toEqual({ status: 422, code: 'unknown-answer', about: { fields: ['hotel'] } });
    await done(app, 'PUT', `${registration}/form`, { fields: [field] });
    expect((await app.asked('POST', registrations, body)).status).toBe(201);
  });

  it('is sent twice by a nervous finger: nothing is counted twice', async () => {
    const before = Number(await registered());
    const [one, other] = await Promise.all([1, 2].map(() => app.asked('POST', registrations, form('nervous'))));
    expect([one!.status, other!.status, await registered()]).toEqual([201, 201, before + 1]);
    const [first, second] = [await app.ask('GET', `${registrations}/${one!.body.code}`), await app.ask('GET', `${registrations}/${other!.body.code}`)];
    expect(first.body).toEqual(second.body);
  });
});

describe('a code', () => {
  it('of another convening, made up, or mistyped, is nobody’s here', async () => {
    const other = '/convenings/zanzibar';
    await done(app, 'POST', '/convenings', { id: 'zanzibar', title: 'After', start: '2013-06-01', end: '2013-06-01', zone: 'Africa/Dar_es_Salaam' });
    await done(app, 'POST', `${other}/registration`, {});
    await done(app, 'POST', `${other}/registration/categories`, { id: 'participant', name: 'Participant' });
    const { body } = await done(app, 'POST', `${other}/registrations`, form('amina'));
    app.clock.set('2013-05-27T06:00:00Z');
    for (const code of [String(body.code), String(body.id), '7KQ2M-4XD9T', 'constructor', '0'.repeat(36)])
      for (const [method, step] of [['GET', ''], ['POST', '/check-ins'], ['POST', '/withdrawal'], ['DELETE', '/check-ins/2013-05-27']] as const)
        expect({ named: code, step, ...wrong(await app.ask(method, `${registrations}/${code}${step}`)) }).toMatchObject({ code: 'unknown-registration', status: 404 });
    expect((await app.ask('GET', `${other}/registrations/${body.code}`)).status).toBe(200);
  });

  it('is used at two desks in the same second: one is told that the other was there', async () => {
    const { body } = await app.ask('POST', registrations, form('desk'));
    const desks = await Promise.all([1, 2].map(() => app.ask('POST', `${registrations}/${body.code}/check-ins`)));
    expect(desks.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(wrong(desks.find(({ status }) => status === 409)!)).toMatchObject({ code: 'checked-in-already', about: { day: '2013-05-27', at: '2013-05-27T06:00:00.000Z' } });
  });
});
