import { beforeAll, describe, expect, it } from '@jest/globals';
import { application, type Answer } from '../http/application.js';

const app = application();
const at = '/convenings/arusha-2013';
const judge = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01';
const bishop = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a02';

const slot = (room: string, from: string, to: string, day = '2013-05-27') => ({ room, start: `${day}T${from}+03:00`, end: `${day}T${to}+03:00` });
const opening = {
  id: 'opening', kind: 'opening', title: { en: 'Opening' }, interpretation: ['fr'], audience: 'public', notes: 'flowers', slot: slot('simba', '09:00', '10:00'),
  items: [{ id: 'welcome', title: { en: 'Welcome' }, minutes: 10, appearance: 'a1', audience: 'public' }],
  appearances: [{ id: 'a1', person: judge, role: 'speaker', state: 'confirmed', represents: { en: 'The court' }, credit: { honorific: 'Judge', name: 'Amina Juma', position: { en: 'President' } } }],
  links: [{ kind: 'map', title: { en: 'Map' }, url: 'https://example.org/map', audience: 'public' }], cancelled: false,
};
const panel = {
  id: 'panel', kind: 'panel', title: { en: 'Of law and memory' }, track: 'justice', interpretation: [], audience: 'public', slot: slot('tembo', '09:00', '10:00'),
  items: [], appearances: [{ id: 'chair', role: 'chair', state: 'proposed', credit: { position: { en: 'Minister of Justice' } } }], links: [], cancelled: false,
};
const programme = {
  rooms: [{ id: 'simba', name: { en: 'Simba Hall' }, capacity: 200 }, { id: 'tembo', name: { en: 'Tembo Hall' } }],
  tracks: [{ id: 'justice', name: { en: 'Justice' }, colour: '#204a87' }],
  sessions: [opening, panel],
};
const swapped = { ...programme, sessions: [{ ...opening, slot: panel.slot }, { ...panel, slot: opening.slot }] };

const put = (document: unknown, headers: Record<string, string> = {}, query = '') => app.ask('PUT', `${at}/programme${query}`, document, headers);
interface Read { rooms: object[]; tracks: object[]; sessions: { id: string; appearances: { id: string; person?: string; state: string }[] }[] }
// Cast: tests look at what they expect.
const get = async () => JSON.parse((await app.ask('GET', `${at}/programme`)).text) as Read;
const told = ({ status, body: { code, errors } }: Answer) => ({ status, code, errors: errors?.map((error) => `${error.pointer} ${error.code}`) });
const changes = ({ body }: Answer) => (body['changes'] as { session?: string; changes: { kind: string; what: string }[] }[]).map((group) => [group.session ?? '', ...group.changes.map(({ kind, what }) => `${kind} ${what}`)].join(' | '));

beforeAll(async () => {
  expect((await app.ask('POST', '/convenings', { id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' })).status).toBe(201);
});

describe('the programme as one document, over HTTP', () => {
  it('is nobody’s but the organisers’', async () => {
    expect((await app.asked('GET', `${at}/programme`)).body.code).toBe('unauthenticated');
    expect((await app.asked('PUT', `${at}/programme`, programme)).body.code).toBe('unauthenticated');
    expect(told(await app.ask('GET', '/convenings/arusha-2014/programme'))).toEqual({ status: 404, code: 'unknown-convening' });
    expect(told(await app.ask('PUT', '/convenings/arusha-2014/programme', programme))).toEqual({ status: 404, code: 'unknown-convening' });
  });

  it('is empty at first, and takes what is put', async () => {
    expect(await get()).toEqual({ rooms: [], tracks: [], sessions: [] });
    const dry = await put(programme, {}, '?dryRun=true');
    expect(dry.status).toBe(200);
    expect([dry.body['dryRun'], dry.headers.get('etag'), dry.headers.get('baraza-position'), await get()]).toEqual([true, '"r0"', null, { rooms: [], tracks: [], sessions: [] }]);
    const answer = await put(programme);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe(`"r${answer.body.revision}"`);
    expect(answer.body['changes']).toEqual(dry.body['changes']);
    expect(changes(answer)).toEqual([
      ' | added room simba | added room tembo | added track justice',
      'opening | added session | added slot | added appearance a1 | recorded appearance a1 state | added item welcome',
      'panel | added session | added slot | added appearance chair',
    ]);
    expect(await get()).toEqual(programme);
  });

  it('writes nothing when it is so already', async () => {
    const before = await app.head();
    const answer = await put(await get());
    expect([answer.status, answer.body['changes'], await app.head()]).toEqual([200, [], before]);
  });

  it('tells the conflicts that come about and end by it: those that are listed after it and were not before, and the other way round', async () => {
    const listed = async () => (await app.ask('GET', `${at}/conflicts`)).body['conflicts'] as { key: string }[];
    const keys = (conflicts: readonly { key: string }[]) => conflicts.map(({ key }) => key);
    const told = (answer: Answer) => answer.body['conflicts'] as Record<'new' | 'ended', { key: string }[]>;
    const atOnce = { ...panel, slot: slot('tembo', '09:30', '10:30'), appearances: [...panel.appearances, { id: 'a1', person: judge, role: 'speaker', state: 'proposed', credit: { name: 'Amina Juma' } }] };
    const [before, dry, key] = [await listed(), await put({ ...programme, sessions: [opening, atOnce] }, {}, '?dryRun=true'), { 'idempotency-key': 'in-two-places' }];
    expect([keys(told(dry).new), told(dry).ended]).toEqual([['person-in-two-places:opening.a1:panel.a1', 'not-confirmed:panel.a1'], []]);
    const done = await put({ ...programme, sessions: [opening, atOnce] }, key);
    const after = await listed();
    expect([told(done), told(done).new]).toEqual([told(dry), after.filter(({ key: each }) => !keys(before).includes(each))]);
    const mended = await put(programme);
    expect(told(mended)).toEqual({ new: [], ended: after.filter(({ key: each }) => !keys(before).includes(each)) });
    // Who asks again is told what was told then, whatever came since.
    expect(told(await put({ ...programme, sessions: [opening, atOnce] }, key))).toEqual(told(done));
    expect([told(await put(programme)), await listed()]).toEqual([{ new: [], ended: [] }, before]);
  });

  it('tells a conflict that was accepted for other hours as one that comes about', async () => {
    const together = (from: string, to: string) => ({ ...programme, sessions: [opening, { ...panel, slot: slot('tembo', from, to), appearances: [...panel.appearances, { id: 'a2', person: judge, role: 'speaker', state: 'proposed', credit: { name: 'Amina Juma' } }] }] });
    const conflict = 'person-in-two-places:opening.a1:panel.a2';
    await put(together('09:30', '10:30'));
    await app.ask('POST', `${at}/conflicts/${conflict}/acceptance`, { reason: 'she comes later' });
    const told = (answer: Answer) => (answer.body['conflicts'] as Record<'new' | 'ended', { key: string; accepted: boolean }[]>).new.map(({ key, accepted }) => [key, accepted]);
    expect(told(await put({ ...together('09:30', '10:30'), tracks: [{ ...programme.tracks[0], name: { en: 'Right' } }] }))).toEqual([]);
    expect(told(await put(together('09:15', '10:15')))).toEqual([[conflict, false]]);
    await put(programme);
  });

  it('notes what it may not mean as it is written, and takes it', async () => {
    const at9 = { room: 'simba', start: '2013-05-27T09:00+00:00', end: '2013-05-27T13:00+03:00' };
    const [seat] = opening.appearances;
    const doubtful = {
      ...programme,
      sessions: [
        { ...opening, language: 'ge', interpretation: ['sw', 'jmc'], appearances: [{ ...seat, credit: { ...seat!.credit, country: 'XX' } }] },
        { ...panel, slot: at9, title: { en: 'Of law and memory', qq: 'Von Recht' }, appearances: [...panel.appearances, { id: 'a1', person: judge, role: 'speaker', credit: { name: 'Aisha Juma', country: 'TZ' } }, { id: 'a2', person: bishop, role: 'speaker', credit: { name: 'Bishop Okello' } }] },
        { ...panel, id: 'later', slot: { ...at9, start: '2013-05-27T14:00', end: '2013-05-27T15:00' }, appearances: [{ id: 'a2', person: bishop, role: 'chair', credit: { name: 'bishop  Okello' } }] },
      ],
    };
    const noted = ({ body }: Answer) => (body['notes'] as { pointer: string; code: string; detail: string }[]).map(({ pointer, code }) => `${pointer} ${code}`);
    const expected = [
      '#/sessions/0/language unknown-language', '#/sessions/0/appearances/0/credit/country unknown-country', '#/sessions/1/slot/start offset-of-another-zone',
      '#/sessions/1/title/qq unknown-language', '#/sessions/1/appearances/1/credit/name person-under-two-names',
    ];
    expect(noted(await put(doubtful, {}, '?dryRun=true'))).toEqual(expected);
    const done = await put(doubtful);
    expect([done.status, noted(done), (done.body['notes'] as { detail: string }[])[2]?.detail]).toEqual([200, expected, '+00:00 is not the offset of Africa/Dar_es_Salaam then: it is taken for 2013-05-27T12:00+03:00.']);
    expect(noted(await put(programme))).toEqual([]);
  });

  it('notes that nobody reconfirms by it', async () => {
    const moved = { ...programme, sessions: [{ ...opening, slot: slot('simba', '11:00', '12:00') }, panel] };
    const notes = async (document: unknown) => ((await put(document)).body['notes'] as { pointer: string; code: string }[]).map(({ pointer, code }) => `${pointer} ${code}`);
    await app.ask('PATCH', at, { policy: { reconfirm: 'time' } });
    const silent = { ...moved, sessions: [{ ...moved.sessions[0], appearances: opening.appearances.map(({ state: _, ...seat }) => seat) }, panel] };
    expect([await notes(moved), await notes(moved), await notes(silent), await notes(programme)]).toEqual([[], ['#/sessions/0/appearances/0/state still-to-be-reconfirmed'], [], []]);
  });

  it('may take a minute, as may a convening that is begun, where other changes have ten seconds', async () => {
    const { clock } = app;
    const still = clock.now;
    const statuses = async (step: number) => {
      // Each look at the clock is so much later than the one before.
      clock.now = () => (clock.time += step);
      const changed = await app.ask('PATCH', `${at}/sessions/panel`, { title: `In steps of ${step}` });
      const set = await put(programme);
      const begun = await app.ask('POST', '/convenings', { id: `begun-${step}`, title: 'Begun', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' });
      return [changed, set, begun].map(({ status, body }) => body.code ?? status);
    };
    try {
      expect([await statuses(1_000), await statuses(20_000), await statuses(70_000)]).toEqual([[200, 200, 201], ['deadline-passed', 200, 201], ['deadline-passed', 'deadline-passed', 'deadline-passed']]);
    } finally {
      clock.now = still;
    }
  });

  it('lets two sessions swap their rooms, and tells both moves', async () => {
    const answer = await put(swapped);
    expect(changes(answer)).toEqual(['opening | moved slot', 'panel | moved slot']);
    expect(await get()).toEqual(swapped);
    await put(programme);
  });

  it('is refused as a whole, with every place', async () => {
    const before = await app.head();
    const wrong = {
      ...programme,
      sessions: [
        { ...opening, slot: slot('nowhere', '11:00', '10:00'), items: [{ ...opening.items[0], appearance: 'a9' }], appearances: [...opening.appearances, { person: judge, role: 'speaker', credit: { name: 'Amina Juma' } }] },
        { ...panel, track: 'media', slot: slot('tembo', '11:00', '10:00'), appearances: [{ id: 'chair', role: 'chair', state: 'confirmed', credit: { name: 'Nobody' } }] },
      ],
    };
    expect(told(await put(wrong))).toEqual({
      status: 409, code: 'programme-refused',
      errors: [
        '#/sessions/0/slot/room slot-in-unknown-room', '#/sessions/0/appearances/1 appears-already', '#/sessions/0/items/0/appearance item-of-unknown-appearance', '#/sessions/1/track session-in-unknown-track',
        '#/sessions/1/slot/end ends-before-it-starts', '#/sessions/1/appearances/0/credit person-missing',
      ],
    });
    const taken = await put({ ...programme, sessions: [opening, { ...panel, slot: opening.slot }] });
    expect(told(taken)).toEqual({ status: 409, code: 'room-taken', errors: ['#/sessions/1/slot room-taken'] });
    expect(taken.body.about).toEqual({ room: 'simba', by: 'opening', key: 'room-taken:opening:panel' });
    expect(await app.head()).toBe(before);
  });

  it('finds a seat without an id by person and role, and gives a new one an id', async () => {
    const { id: _, ...found } = opening.appearances[0]!;
    const document = { ...programme, sessions: [{ ...opening, appearances: [found, { person: bishop, role: 'panellist', credit: { name: 'Paul Moyo' } }] }, panel] };
    const answer = await put(document, { 'idempotency-key': 'bishop' });
    expect(changes(answer)).toEqual([expect.stringMatching(/^opening \| added appearance [0-9a-f-]{36}$/)]);
    const again = await put(document, { 'idempotency-key': 'bishop' });
    expect([again.status, again.body]).toEqual([200, answer.body]);
    expect((await put(document)).body['changes']).toEqual([]);
    const seats = (await get()).sessions[0]!.appearances;
    expect(seats.map(({ person, state }) => [person, state])).toEqual([[judge, 'confirmed'], [bishop, 'proposed']]);
  });

  it('never takes back what a person answered themself, unless the answer was seen', async () => {
    const seat = (await get()).sessions[0]!.appearances[1]!;
    const stale = await get();
    await app.ask('POST', `${at}/sessions/opening/appearances/${seat.id}/decline`, {});
    const asked = { ...stale, sessions: [{ ...stale.sessions[0]!, appearances: [opening.appearances[0], { ...seat, state: 'invited' }] }, panel] };
    expect(told(await put(asked))).toEqual({ status: 409, code: 'answered-meanwhile', errors: ['#/sessions/0/appearances/1/state answered-meanwhile'] });
    expect(told(await put(asked, { 'if-match': '*' })).code).toBe('answered-meanwhile');
    expect(told(await put(asked, { 'if-match': '"r3"' }))).toEqual({ status: 412, code: 'precondition-failed', errors: undefined });
    expect(told(await put(asked, { 'if-match': '"r3"' }, '?dryRun=true')).code).toBe('precondition-failed');
    const etag = (await app.ask('GET', `${at}/programme`)).headers.get('etag')!;
    expect((await put(asked, { 'if-match': etag }, '?dryRun=true')).status).toBe(200);
    expect(changes(await put(asked, { 'if-match': etag }))).toEqual([`opening | recorded appearance ${seat.id} state`]);
  });

  it('cancels what was published, and keeps it with its room', async () => {
    expect((await app.ask('POST', `${at}/publications`, { label: 'provisional' })).status).toBe(201);
    const { rooms: [simba], sessions: [first] } = await get();
    const shorter = { rooms: [simba], tracks: [], sessions: [first] };
    expect(changes(await put(shorter, { reason: encodeURIComponent('no minister') }))).toEqual(['panel | cancelled session']);
    expect(await get()).toEqual({ ...programme, sessions: [first, { ...panel, cancelled: true }] });
    expect((await put(shorter)).body['changes']).toEqual([]);
  });

  it('tells what would change without being told why, where who writes must say it', async () => {
    expect((await app.ask('POST', '/convenings', { id: 'strict', title: 'Strict', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam', policy: { reasonRequired: true } })).status).toBe(201);
    expect((await app.ask('POST', '/convenings/strict/publications', { label: 'provisional' })).status).toBe(201);
    const strictly = (query = '', headers: Record<string, string> = {}) => app.ask('PUT', `/convenings/strict/programme${query}`, programme, headers);
    const dry = await strictly('?dryRun=true');
    expect([dry.status, dry.body['dryRun']]).toEqual([200, true]);
    expect(told(await strictly())).toEqual({ status: 422, code: 'reason-required', errors: undefined });
    expect((await strictly('', { reason: 'asked by the court' })).body['changes']).toEqual(dry.body['changes']);
  });
});
