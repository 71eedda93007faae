import { beforeAll, describe, expect, it } from '@jest/globals';
import { application, type Answer } from '../http/application.js';
import { at, done, form, prepared, registration, registrations } from './meeting.js';

const app = application();
const code = /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/;
const refusal = ({ status, body: { code: why, about } }: Answer) => ({ status, code: why, ...(about && { about }) });
const codes: Record<string, string> = {};
const codeOf = ({ body }: Answer) => String(body.code);

beforeAll(() => prepared(app, {}, { capacity: 2 }));

describe('the registration for a meeting of one’s own', () => {
  it('does not exist for the public before its time is set', async () => {
    for (const [method, path, body] of [['GET', registration], ['GET', '/convenings/nowhere/registration'], ['POST', registrations, form('amina')], ['POST', '/convenings/nowhere/registrations', form('amina')]] as const)
      expect(refusal(await app.asked(method, path, body))).toEqual({ status: 404, code: 'no-registration' });
    expect(refusal(await app.ask('GET', '/convenings/nowhere/registration'))).toEqual({ status: 404, code: 'unknown-convening', about: { convening: 'nowhere' } });
    expect((await app.ask('GET', registration)).body).toMatchObject({ convening: 'arusha-2013', open: false, placesTold: 'whether' });
  });

  it('is opened, with what is asked', async () => {
    const label = { en: 'Diet', fr: 'Régime' };
    await done(app, 'PUT', `${registration}/form`, { fields: [{ id: 'diet', kind: 'choice', label, choices: [{ id: 'all', label: 'All' }, { id: 'vegan', label: 'Vegan' }] }, { id: 'photos', kind: 'consent', label: 'Photos' }] });
    await done(app, 'POST', `${registration}/categories`, { id: 'press', name: 'Press', approval: 'by-hand' });
    await done(app, 'PATCH', registration, { opens: '2013-03-02T09:00:00+03:00', closes: '2013-05-20T00:00:00+03:00', placesTold: 'number', hoursToAccept: 48 });
    expect(refusal(await app.asked('POST', registrations, form('amina')))).toEqual({ status: 409, code: 'registration-not-open', about: { opens: '2013-03-02T06:00:00.000Z' } });
    await done(app, 'POST', `${registration}/opening`);
    const { headers, body } = await app.asked('GET', registration);
    expect(body).toEqual({
      convening: 'arusha-2013', open: true, opens: '2013-03-01T08:00:00.000Z', closes: '2013-05-19T21:00:00.000Z',
      categories: [{ id: 'participant', name: { en: 'Participant' }, approval: 'automatic', placesLeft: 2, hasPlaces: true }, { id: 'press', name: { en: 'Press' }, approval: 'by-hand', hasPlaces: true }],
      form: [{ id: 'diet', kind: 'choice', label, required: false, choices: [{ id: 'all', label: { en: 'All' } }, { id: 'vegan', label: { en: 'Vegan' } }] }, { id: 'photos', kind: 'consent', label: { en: 'Photos' }, required: false }],
    });
    expect((await app.asked('GET', registration, undefined, { 'if-none-match': headers.get('etag') ?? '' })).status).toBe(304);
  });

  it('tells of places left what the terms say', async () => {
    const told = async (placesTold: string) => {
      await done(app, 'PATCH', registration, { placesTold });
      const { categories } = (await app.asked('GET', registration)).body as { categories?: { placesLeft?: number; hasPlaces?: boolean }[] };
      return categories?.map(({ placesLeft, hasPlaces }) => ({ placesLeft, hasPlaces }))[0];
    };
    expect(await told('nothing')).toEqual({ placesLeft: undefined, hasPlaces: undefined });
    expect(await told('number')).toEqual({ placesLeft: 2, hasPlaces: true });
    expect(await told('whether')).toEqual({ placesLeft: undefined, hasPlaces: true });
  });

  it('gives seats, then places in the line', async () => {
    const body = { ...form('amina'), organisation: 'High Court', kind: 'government', country: 'TZ', language: 'en', answers: { diet: 'vegan', photos: true } };
    const first = await app.asked('POST', registrations, body);
    codes.amina = codeOf(first);
    expect({ http: first.status, ...first.body }).toEqual({ http: 201, id: expect.any(String), code: expect.stringMatching(code), category: 'participant', status: 'seated' });
    expect({ location: first.headers.get('location'), position: first.headers.has('baraza-position'), revision: first.headers.has('etag') }).toEqual({ location: `${registrations}/${first.body.id}`, position: true, revision: false });
    for (const [name, answer] of [['paul', { status: 'seated' }], ['zawadi', { status: 'waiting', waitingPosition: 1 }], ['grace', { status: 'waiting', waitingPosition: 2 }]] as const) {
      const come = await app.asked('POST', registrations, form(name));
      codes[name] = codeOf(come);
      expect(come.body).toEqual({ id: expect.any(String), code: codes[name], category: 'participant', ...answer });
    }
    const known = await app.ask('GET', `${registrations}/${codes.amina.toLowerCase().replace('-', ' ')}`);
    expect(known.body).toMatchObject({ ...first.body, number: 1, entry: { name: { given: 'amina', family: 'Juma' }, email: 'amina@example.org', organisation: 'High Court', country: 'TZ', answers: { diet: 'vegan' } }, repeats: 0 });
    expect((await app.ask('GET', `${registrations}/${codes.grace}`)).body).toMatchObject({ status: 'waiting', waitingPosition: 2 });
    expect(refusal(await app.asked('GET', `${registrations}/${codes.amina}`))).toEqual({ status: 401, code: 'unauthenticated' });
  });

  it('registers a group wholly, each in turn', async () => {
    const together = await app.asked('POST', registrations, { members: [form('juma'), form('peter', { category: 'press' })] });
    expect({ http: together.status, ...together.body }).toEqual({
      http: 201, registrations: [{ id: expect.any(String), code: expect.stringMatching(code), category: 'participant', status: 'waiting', waitingPosition: 3 }, { id: expect.any(String), code: expect.stringMatching(code), category: 'press', status: 'pending' }],
    });
    [codes.juma, codes.peter] = (together.body.registrations as { code: string }[]).map(({ code }) => code) as [string, string];
    expect(refusal(await app.asked('POST', registrations, { members: [form('ali'), form('asha', { category: 'staff' })] }))).toEqual({ status: 422, code: 'unknown-category', about: { category: 'staff', categories: ['participant', 'press'], member: 1 } });
    expect((await app.ask('GET', registration)).body).toMatchObject({ taken: 2, registered: 6, categories: [{ id: 'participant', capacity: 2, taken: 2, waiting: 3, placesLeft: 0, hasPlaces: false }, { id: 'press', taken: 0 }] });
  });

  it('is decided on by the organisers', async () => {
    expect((await done(app, 'POST', `${registrations}/${codes.peter}/approval`)).body).toMatchObject({ category: 'press', status: 'seated' });
    expect(refusal(await app.ask('POST', `${registrations}/${codes.grace}/refusal`))).toEqual({ status: 422, code: 'reason-required' });
    expect((await done(app, 'POST', `${registrations}/${codes.grace}/refusal`, {}, { reason: 'not%20a%20member' })).body).toMatchObject({ status: 'refused' });
    expect(refusal(await app.ask('POST', `${registrations}/${codes.grace}/approval`))).toMatchObject({ status: 409, code: 'wrong-standing' });
  });

  it('offers a seat that became free to who waited longest, until it is taken up', async () => {
    expect((await done(app, 'POST', `${registrations}/${codes.paul}/withdrawal`)).body).toMatchObject({ status: 'withdrawn' });
    expect((await app.ask('GET', `${registrations}/${codes.zawadi}`)).body).toMatchObject({ status: 'offered', offeredUntil: '2013-03-03T08:00:00.000Z' });
    expect((await done(app, 'POST', `${registrations}/${codes.zawadi}/acceptance`)).body).toMatchObject({ status: 'seated' });
    expect(refusal(await app.ask('POST', `${registrations}/${codes.amina}/acceptance`))).toEqual({ status: 200, code: codes.amina });
  });

  it('gives the seat to a substitute, under a code of their own', async () => {
    const key = { 'idempotency-key': 'a-substitution' };
    const [first, again] = [await app.ask('POST', `${registrations}/${codes.zawadi}/substitution`, { with: { name: { family: 'Moyo' } } }, key), await app.ask('POST', `${registrations}/${codes.zawadi}/substitution`, { with: { name: { family: 'Moyo' } } }, key)];
    expect(first.body).toEqual({ id: expect.any(String), code: expect.stringMatching(code), category: 'participant', status: 'seated' });
    expect(again.body).toEqual(first.body);
    expect((await app.ask('GET', `${registrations}/${codes.zawadi}`)).body).toMatchObject({ status: 'substituted' });
    codes.moyo = codeOf(first);
    expect((await app.ask('GET', `${registrations}/${codes.moyo}`)).body).toMatchObject({ entry: { name: { family: 'Moyo' } }, number: 3 });
  });

  it('has seats in sessions', async () => {
    await done(app, 'POST', `${at}/sessions`, { id: 'workshop', kind: 'workshop', title: 'A workshop' });
    const seats = `${registration}/sessions/workshop`;
    expect(refusal(await app.ask('PUT', `${registrations}/${codes.amina}/sessions/workshop`))).toMatchObject({ status: 409, code: 'no-session-seats' });
    expect(refusal(await app.ask('PUT', `${registration}/sessions/nowhere`, { capacity: 1 }))).toMatchObject({ status: 404, code: 'unknown-session' });
    await done(app, 'PUT', seats, { capacity: 1 });
    const [one, other] = [await done(app, 'PUT', `${registrations}/${codes.amina}/sessions/workshop`), await done(app, 'PUT', `${registrations}/${codes.moyo}/sessions/workshop`)];
    expect([one.body['sessionSeats'], other.body['sessionSeats']]).toEqual([[{ session: 'workshop', status: 'seated' }], [{ session: 'workshop', status: 'waiting', waitingPosition: 1 }]]);
    expect((await app.ask('GET', `${registrations}/${codes.moyo}`)).body['sessionSeats']).toEqual(other.body['sessionSeats']);
    expect((await app.ask('GET', seats)).body).toEqual({ session: 'workshop', capacity: 1, seated: [one.body.id], waiting: [other.body.id] });
    await done(app, 'DELETE', `${registrations}/${codes.amina}/sessions/workshop`);
    expect((await app.ask('GET', seats)).body).toMatchObject({ seated: [other.body.id], waiting: [] });
    await done(app, 'DELETE', seats);
    expect((await app.ask('GET', seats)).body).toEqual({ session: 'workshop', seated: [other.body.id], waiting: [] });
  });

  it('puts somebody into another category, with the seat if there is one for it', async () => {
    const category = `${registrations}/${codes.peter}/category`;
    expect(refusal(await app.ask('PUT', category, { category: 'participant' }))).toEqual({ status: 409, code: 'no-place-left', about: { category: 'participant', full: { category: { capacity: 2, taken: 2 } } } });
    expect(refusal(await app.ask('PUT', category, {}))).toMatchObject({ status: 400, code: 'invalid-body' });
    expect((await done(app, 'PUT', `${registrations}/${codes.juma}/category`, { category: 'press' })).body).toMatchObject({ category: 'press', status: 'offered' });
  });

  it('closes a category into another, and itself', async () => {
    await done(app, 'POST', `${registration}/categories/press/closing`, { into: 'participant' });
    expect((await app.ask('GET', `${registrations}/${codes.peter}`)).body).toMatchObject({ category: 'participant', status: 'seated' });
    expect((await app.asked('GET', registration)).body.categories).toEqual([{ id: 'participant', name: { en: 'Participant' }, approval: 'automatic', hasPlaces: false }]);
    await done(app, 'PATCH', `${registration}/categories/participant`, { capacity: 3, name: { en: 'Participants' } });
    app.clock.set('2013-03-01T09:00:00Z');
    await done(app, 'POST', `${registration}/closing`);
    app.clock.set('2013-03-01T09:00:01Z');
    expect(refusal(await app.asked('POST', registrations, form('late')))).toEqual({ status: 409, code: 'registration-closed', about: { closes: '2013-03-01T09:00:00.000Z' } });
    expect(refusal(await app.ask('POST', registrations, form('late')))).toMatchObject({ status: 201 });
  });

  it('checks people in, day by day, and undoes it', async () => {
    expect(refusal(await app.ask('POST', `${registrations}/${codes.amina}/check-ins`))).toMatchObject({ status: 422, code: 'wrong-day' });
    app.clock.set('2013-05-27T06:00:00Z');
    const desk = `${registrations}/${codes.amina}/check-ins`;
    expect((await done(app, 'POST', desk)).body).toMatchObject({ code: codes.amina, status: 'seated' });
    expect(refusal(await app.ask('POST', desk, { day: '2013-05-27' }))).toMatchObject({ status: 409, code: 'checked-in-already', about: { day: '2013-05-27', at: '2013-05-27T06:00:00.000Z' } });
    await done(app, 'DELETE', `${desk}/2013-05-27`);
    await done(app, 'POST', desk);
    expect((await done(app, 'POST', `${registrations}/${codes.moyo}/no-show`)).body).toMatchObject({ status: 'no-show' });
    app.clock.set('2013-05-28T06:00:00Z');
    await done(app, 'POST', desk);
    expect((await app.ask('GET', `${registrations}/${codes.amina}`)).body.checkedIn).toEqual([{ day: '2013-05-27', at: '2013-05-27T06:00:00.000Z' }, { day: '2013-05-28', at: '2013-05-28T06:00:00.000Z' }]);
  });
});
