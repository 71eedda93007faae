import { describe, expect, it } from '@jest/globals';
import { application, type Answer } from '../http/application.js';
import { at, done, form, prepared, registration, registrations } from './meeting.js';

const app = application();
const refusal = ({ status, body: { code: why, about } }: Answer) => ({ status, code: why, ...(about && { about }) });
/** Without what is made anew for each. */
const alike = ({ status, headers, body: { id: _, code: __, ...rest } }: Answer) => ({ http: status, headers: [...headers.keys()].sort(), ...rest });

it('is prepared', () => prepared(app, { opens: '2013-01-01T00:00:00Z', placesTold: 'number' }, { capacity: 2 }));

describe('a form with the address of somebody who is registered', () => {
  it('is answered to a stranger like any other, and counts for nothing', async () => {
    const [first, again] = [await app.asked('POST', registrations, form('amina')), await app.asked('POST', registrations, form('amina', { email: 'AMINA@example.org' }))];
    expect(alike(again)).toEqual(alike(first));
    expect(again.body.code).not.toBe(first.body.code);
    expect((await app.ask('GET', registration)).body).toMatchObject({ taken: 1, registered: 1 });
    await app.asked('POST', registrations, form('paul'));
    const waits = async (name: string) => (await app.asked('POST', registrations, form(name))).body;
    expect(await waits('zawadi')).toMatchObject({ status: 'waiting', waitingPosition: 1 });
    // A stranger who asks before and after learns nothing by the places: they go up as if the form between them had been new.
    expect([await waits('zawadi'), await waits('grace')]).toMatchObject([{ status: 'waiting', waitingPosition: 2 }, { status: 'waiting', waitingPosition: 3 }]);
    expect((await app.ask('GET', registration)).body).toMatchObject({ taken: 2, registered: 4, categories: [{ waiting: 2 }] });
    expect((await app.ask('GET', `${registrations}/${again.body.code}`)).body).toMatchObject({ code: first.body.code, repeats: 1 });
    expect(refusal(await app.ask('POST', registrations, form('amina')))).toEqual({ status: 409, code: 'registered-already', about: { registration: first.body.id } });
  });
});

describe('a request that is repeated with its key', () => {
  const key = { 'idempotency-key': '1' };
  it('is answered as it was, also after a restart, and happens once', async () => {
    const before = (await app.ask('GET', registration)).body.registered;
    const first = await app.asked('POST', registrations, form('juma'), key);
    expect(first.body).toMatchObject({ status: 'waiting' });
    await done(app, 'PATCH', `${registration}/categories/participant`, { capacity: 20 });
    for (const again of [await app.asked('POST', registrations, form('juma'), key), await app.restart().then(() => app.asked('POST', registrations, form('juma'), key))]) expect({ ...again.body, http: again.status }).toEqual({ ...first.body, http: 201 });
    expect((await app.ask('GET', registration)).body.registered).toBe(Number(before) + 1);
    expect(refusal(await app.asked('POST', registrations, form('juma', { organisation: 'Another' }), key))).toEqual({ status: 422, code: 'idempotency-key-reused' });
  });

  it('is nobody else’s: the same key of another is another’s', async () => {
    const [one, other] = [await app.asked('POST', registrations, form('juma'), key), await app.asked('POST', registrations, form('peter'), key)];
    expect(other.status).toBe(201);
    expect(other.body.code).not.toBe(one.body.code);
    const twice = await Promise.all([1, 2].map(() => app.asked('POST', registrations, form('rose'), { 'idempotency-key': 'rose' })));
    expect(twice[0]!.body).toEqual(twice[1]!.body);
  });

  it('of a form that took no seat, too', async () => {
    const [first, again] = [await app.asked('POST', registrations, form('amina'), key), await app.asked('POST', registrations, form('amina'), key)];
    expect(again.body).toEqual(first.body);
    const group = { members: [form('ann'), form('amina')] };
    const [both, bothAgain] = [await app.asked('POST', registrations, group, key), await app.asked('POST', registrations, group, key)];
    expect(both.body.registrations).toHaveLength(2);
    expect(bothAgain.body).toEqual(both.body);
  });
});

describe('who did it', () => {
  it('is the person who registered, and no stranger passes for another', async () => {
    expect(refusal(await app.asked('POST', registrations, form('eve', { person: '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01' })))).toEqual({ status: 400, code: 'invalid-body' });
    const speaker = { ...form('speaker'), email: undefined, person: '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01' };
    expect(refusal(await app.ask('POST', registrations, speaker))).toMatchObject({ status: 201 });
    expect(refusal(await app.ask('POST', registrations, speaker))).toMatchObject({ status: 409, code: 'registered-already' });
  });

  it('needs the token for everything else', async () => {
    for (const [method, path, body] of [
      ['POST', registration, {}], ['PATCH', registration, { capacity: 1 }], ['POST', `${registration}/opening`, {}], ['POST', `${registration}/closing`, {}], ['PUT', `${registration}/form`, { fields: [] }],
      ['POST', `${registration}/categories`, { id: 'vip', name: 'VIP' }], ['PATCH', `${registration}/categories/participant`, { capacity: 9 }], ['POST', `${registration}/categories/participant/closing`, {}],
      ['PUT', `${registration}/sessions/talk`, { capacity: 1 }], ['DELETE', `${registration}/sessions/talk`, undefined], ['GET', `${registration}/sessions/talk`, undefined], ['GET', `${registrations}/7KQ2M-4XD9T`, undefined],
      ...['approval', 'refusal', 'withdrawal', 'substitution', 'acceptance', 'check-ins', 'no-show'].map((step) => ['POST', `${registrations}/7KQ2M-4XD9T/${step}`, {}] as const),
      ['DELETE', `${registrations}/7KQ2M-4XD9T/check-ins/2013-05-27`, undefined], ['PUT', `${registrations}/7KQ2M-4XD9T/sessions/talk`, undefined], ['DELETE', `${registrations}/7KQ2M-4XD9T/sessions/talk`, undefined],
      ['POST', `${at}/rooms`, { id: 'hall', name: 'Hall' }],
    ] as const) expect({ path, ...refusal(await app.asked(method, path, body)) }).toEqual({ path, status: 401, code: 'unauthenticated' });
  });
});
