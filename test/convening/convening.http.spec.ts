import { describe, expect, it } from '@jest/globals';
import { application, type Answer, type Method } from '../http/application.js';

const app = application();
const at = '/convenings/arusha-2013';
const opening = `${at}/sessions/opening`;
const panel = `${at}/sessions/panel`;
const judge = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01';
const bishop = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a02';

const because = (reason: string) => ({ reason: encodeURIComponent(reason) });
const found = ({ status, body: { code, about } }: Answer) => ({ status, code, ...(about && { about }) });

/** Accepted, with the revision in body and ETag. */
const done = async (method: Method, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> => {
  const answer = await app.ask(method, path, body, headers);
  expect({ path, status: answer.status, problem: answer.status >= 300 ? answer.body : undefined }).toEqual({ path, status: method === 'POST' && answer.headers.get('location') ? 201 : 200, problem: undefined });
  expect(answer.headers.get('etag')).toBe(`"r${answer.body.revision}"`);
  return answer;
};
/** Refused with this code. */
const refused = async (status: number, code: string, method: Method, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> => {
  const answer = await app.ask(method, path, body, headers);
  expect({ path, status: answer.status, code: answer.body.code }).toEqual({ path, status, code });
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  return answer;
};

const convening = {
  id: 'arusha-2013', title: { en: 'Preventing genocide', fr: 'Prévenir le génocide' }, start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam', languages: ['en', 'fr'],
  venue: { name: { en: 'AICC' }, city: 'Arusha', country: 'TZ' }, capacity: 120,
  organisers: [{ name: 'Auschwitz Institute', shortName: 'AIPR', kind: 'ngo', role: 'co-organiser' }],
  links: [{ kind: 'concept-note', title: 'Concept note', url: 'https://example.org/note' }, { kind: 'budget', title: 'Budget', url: 'https://example.org/budget', audience: 'internal' }],
  policy: { conflicts: { 'not-confirmed': 'hold' }, reconfirm: 'time' },
};

describe('the life of a convening, over HTTP', () => {
  it('is planned once', async () => {
    const { headers } = await done('POST', '/convenings', convening);
    expect(headers.get('location')).toBe(at);
    await refused(409, 'convening-exists', 'POST', '/convenings', { ...convening, capacity: 80 });
    await refused(404, 'unknown-convening', 'PATCH', '/convenings/arusha-2014', { capacity: 80 });
  });

  it('is changed in what is named', async () => {
    await done('PATCH', at, { capacity: 100, subtitle: 'Governments and regions', policy: { names: 'confirmed-and-tentative' } });
    await done('PATCH', at, { subtitle: null });
    await refused(422, 'ends-before-it-starts', 'PATCH', at, { end: '2013-05-26' });
    await refused(422, 'unknown-zone', 'PATCH', at, { zone: 'Africa/Arusha' });
  });

  it('gets rooms and tracks, in an order', async () => {
    expect((await done('POST', `${at}/rooms`, { id: 'simba', name: 'Simba Hall', capacity: 200 })).headers.get('location')).toBe(`${at}/rooms/simba`);
    await done('POST', `${at}/rooms`, { id: 'tembo', name: { en: 'Tembo Hall' }, description: 'Second floor' });
    await done('PATCH', `${at}/rooms/tembo`, { capacity: 40, description: null });
    await done('PUT', `${at}/rooms/order`, { order: ['tembo', 'simba'] });
    await refused(422, 'order-incomplete', 'PUT', `${at}/rooms/order`, { order: ['tembo'] });
    expect((await done('POST', `${at}/tracks`, { id: 'justice', name: 'Justice', colour: '#204a87' })).headers.get('location')).toBe(`${at}/tracks/justice`);
    await done('POST', `${at}/tracks`, { id: 'media', name: 'Media' });
    await refused(409, 'track-exists', 'POST', `${at}/tracks`, { id: 'media', name: 'Press' });
    await done('PATCH', `${at}/tracks/media`, { name: 'Press', colour: '#000000' });
    await done('PUT', `${at}/tracks/order`, { order: ['media', 'justice'] });
    await done('DELETE', `${at}/tracks/media`);
    for (const [part, code] of [['rooms', 'unknown-room'], ['tracks', 'unknown-track']] as const)
      for (const method of ['PATCH', 'DELETE'] as const) await refused(404, code, method, `${at}/${part}/nowhere`, method === 'PATCH' ? { name: 'Nowhere' } : undefined);
  });

  it('gets sessions', async () => {
    const first = { id: 'opening', kind: 'opening', title: 'Opening', language: 'en', interpretation: ['fr', 'sw'], notes: 'The minister comes late' };
    expect((await done('POST', `${at}/sessions`, first)).headers.get('location')).toBe(opening);
    await done('POST', `${at}/sessions`, { id: 'panel', kind: 'panel', title: { en: 'Justice' }, track: 'justice', abstract: 'How courts help.', links: [] });
    await done('POST', `${at}/sessions`, { id: 'dinner', kind: 'social', title: 'Dinner', audience: 'participants' });
    await refused(422, 'session-in-unknown-track', 'POST', `${at}/sessions`, { id: 'talk', kind: 'talk', title: 'A talk', track: 'media' });
    await done('PATCH', opening, { title: 'Opening of the meeting', notes: null, interpretation: [] });
    await done('PUT', `${at}/sessions/order`, { order: ['opening', 'panel', 'dinner'] });
    await refused(409, 'track-in-use', 'DELETE', `${at}/tracks/justice`);
    await done('DELETE', `${at}/sessions/dinner`);
    await refused(404, 'unknown-session', 'DELETE', `${at}/sessions/dinner`);
  });

  it('puts sessions into rooms and hours, and no two into the same', async () => {
    await done('PUT', `${opening}/slot`, { room: 'simba', start: '2013-05-27T09:00', end: '2013-05-27T10:30' });
    const taken = await refused(409, 'room-taken', 'PUT', `${panel}/slot`, { room: 'simba', start: '2013-05-27T10:00+03:00', end: '2013-05-27T11:00+03:00' });
    expect(taken.body.about).toEqual({ room: 'simba', by: 'opening', key: 'room-taken:opening:panel' });
    await refused(422, 'ends-before-it-starts', 'PUT', `${panel}/slot`, { room: 'simba', start: '2013-05-27T11:00', end: '2013-05-27T10:30' });
    await done('PUT', `${panel}/slot`, { start: '2013-05-27T08:00Z', end: '2013-05-27T09:30Z' });
    await done('DELETE', `${panel}/slot`);
    await done('PUT', `${panel}/slot`, { room: 'simba', start: '2013-05-27T11:00', end: '2013-05-27T12:30' });
    await refused(409, 'room-in-use', 'DELETE', `${at}/rooms/simba`);
    await done('DELETE', `${at}/rooms/tembo`);
  });

  it('gets people, named or not yet', async () => {
    const judged = await done('POST', `${panel}/appearances`, { id: 'judge', role: 'panellist', person: judge, credit: { name: 'Amina Juma', position: 'Judge', country: 'TZ' }, represents: 'The bench', note: 'Prefers mornings' });
    expect(judged.headers.get('location')).toBe(`${panel}/appearances/judge`);
    const made = await done('POST', `${panel}/appearances`, { role: 'moderator', credit: { organisation: 'Ministry of Justice' } });
    expect(made.headers.get('location')).toBe(`${panel}/appearances/${made.body.id}`);
    await refused(422, 'person-missing', 'POST', `${panel}/appearances`, { role: 'moderator', credit: { name: 'Somebody' } });
    await refused(422, 'name-missing', 'POST', `${panel}/appearances`, { role: 'panellist', person: bishop });
    await refused(409, 'appears-already', 'POST', `${panel}/appearances`, { role: 'panellist', person: judge, credit: { name: 'A. Juma' } });
    await done('PATCH', `${panel}/appearances/judge`, { credit: { name: 'Amina Juma', position: { en: 'Judge', fr: 'Juge' } }, represents: null });
    await done('PATCH', `${panel}/appearances/judge`, { credit: { withheld: true } });
    await done('PUT', `${panel}/appearances/order`, { order: [String(made.body.id), 'judge'] });
    await done('DELETE', `${panel}/appearances/${made.body.id}`);
    await done('POST', `${panel}/appearances`, { id: 'minister', role: 'moderator', credit: { position: 'Minister of Justice' } });
  });

  it('follows every step of an appearance', async () => {
    const step = (id: string, name: string) => `${panel}/appearances/${id}/${name}`;
    await done('POST', step('judge', 'invitation'), { way: 'letter', answerBy: '2013-04-30T23:59+03:00', given: '2013-03-01T08:00:00.000Z' });
    await refused(422, 'answer-by-past', 'POST', step('judge', 'invitation'), { way: 'email', answerBy: '2013-02-01T00:00Z' });
    await refused(422, 'given-in-future', 'POST', step('judge', 'confirmation'), { given: '2013-03-01T11:00:01+03:00' });
    await done('POST', step('judge', 'tentative'), { way: 'telephone', note: 'Depends on a trial' });
    await done('POST', step('judge', 'confirmation'), { way: 'email', by: judge, given: '2013-03-01T11:00+03:00' });
    await refused(409, 'wrong-state', 'POST', step('judge', 'decline'), {});
    await done('POST', step('judge', 'withdrawal'), {});
    await done('POST', step('judge', 'confirmation'));
    await refused(409, 'nobody-named', 'POST', step('minister', 'confirmation'));
    await done('POST', step('minister', 'naming'), { person: bishop, credit: { name: 'Josephat Lebulu', sortName: 'Lebulu' }, by: judge });
    await refused(409, 'already-named', 'POST', step('minister', 'naming'), { person: judge, credit: { name: 'Amina Juma' } });
    await done('POST', step('minister', 'decline'), {});
    const substitute = await done('POST', step('minister', 'replacement'), { with: { person: judge, credit: { name: 'Amina Juma' } }, note: 'At the last minute' });
    expect(substitute.headers.get('location')).toBe(`${panel}/appearances/${substitute.body.id}`);
    await done('POST', step(substitute.body.id ?? '', 'cancellation'), { note: 'One role is enough' });
    await refused(404, 'unknown-appearance', 'POST', step('nobody', 'confirmation'), {});
  });

  it('gets a running order whose items are somebody’s', async () => {
    await done('PUT', `${panel}/items`, { items: [{ id: 'welcome', title: 'Welcome', minutes: 10, appearance: 'judge' }, { id: 'discussion', title: { en: 'Discussion' }, audience: 'participants' }] });
    await refused(422, 'item-of-unknown-appearance', 'PUT', `${panel}/items`, { items: [{ id: 'welcome', title: 'Welcome', appearance: 'nobody' }] });
    await refused(422, 'items-repeated', 'PUT', `${panel}/items`, { items: [{ id: 'welcome', title: 'Welcome' }, { id: 'welcome', title: 'Again' }] });
  });

  it('hears when people cannot come', async () => {
    await done('PUT', `${at}/availability/${judge}`, { unavailable: [{ start: '2013-05-27T11:30+03:00', end: '2013-05-27T13:00+03:00' }] });
    await refused(422, 'ends-before-it-starts', 'PUT', `${at}/availability/${judge}`, { unavailable: [{ start: '2013-05-27T13:00+03:00', end: '2013-05-27T11:30+03:00' }] });
  });

  it('is published once nothing holds it, and withdrawn with a reason', async () => {
    await done('POST', `${opening}/appearances`, { id: 'bishop', role: 'speaker', person: bishop, credit: { name: 'Josephat Lebulu' } });
    const held = await refused(409, 'publication-held', 'POST', `${at}/publications`, { label: 'provisional' });
    expect(held.body.about).toMatchObject({ conflicts: [{ key: 'not-confirmed:opening.bishop' }] });
    const conflict = `${at}/conflicts/${encodeURIComponent('not-confirmed:opening.bishop')}/acceptance`;
    await refused(422, 'reason-required', 'POST', conflict);
    await done('POST', conflict, { reason: 'He always comes' });
    await done('DELETE', conflict);
    await refused(404, 'conflict-not-accepted', 'DELETE', conflict);
    await done('POST', conflict, undefined, because('Il vient toujours'));
    await refused(422, 'unknown-conflict', 'POST', `${at}/conflicts/room-taken:opening/acceptance`, { reason: 'why not' });
    expect((await done('POST', `${at}/publications`, { label: 'provisional', note: 'The first' })).headers.get('location')).toBe(`${at}/agenda?version=provisional`);
    await done('PATCH', opening, { abstract: 'With music' });
    await refused(409, 'label-used', 'POST', `${at}/publications`, { label: 'provisional' });
    await done('POST', `${at}/publications`, { label: 'final' });
    await refused(422, 'reason-required', 'POST', `${at}/publications/2/withdrawal`);
    await done('POST', `${at}/publications/2/withdrawal`, undefined, because('Too early'));
    await refused(404, 'unknown-publication', 'POST', `${at}/publications/3/withdrawal`, undefined, because('Too early'));
  });

  it('cancels what was published instead of removing it', async () => {
    await refused(409, 'session-not-removable', 'DELETE', opening);
    await refused(409, 'appearance-not-removable', 'DELETE', `${panel}/appearances/judge`);
    await done('POST', `${opening}/cancellation`);
    await refused(409, 'session-cancelled', 'PUT', `${opening}/slot`, { start: '2013-05-27T14:00', end: '2013-05-27T15:00' });
    await done('DELETE', `${opening}/cancellation`);
  });

  it('is concluded on its last day, and corrected with a reason', async () => {
    await refused(409, 'not-concluded', 'POST', `${at}/conclusion`, { attendance: { participants: 80 } });
    app.clock.set('2013-05-28T15:00:00Z');
    await done('POST', `${panel}/appearances/judge/attendance`, { to: 'appeared' });
    await done('POST', `${at}/conclusion`, { attendance: { participants: 80, countries: 22, source: 'Press release' } });
    await refused(422, 'reason-required', 'POST', `${at}/conclusion`, { attendance: { participants: 81 } });
    await done('POST', `${at}/conclusion`, { attendance: { participants: 81 } }, because('Counted again'));
    await refused(409, 'convening-over', 'PUT', `${opening}/slot`, { start: '2013-05-27T14:00', end: '2013-05-27T15:00' });
    await done('POST', `${opening}/appearances/bishop/attendance`, { to: 'absent' });
  });

  it('or cancelled', async () => {
    await done('POST', '/convenings', { ...convening, id: 'arusha-2014' });
    await done('POST', '/convenings/arusha-2014/cancellation', {}, because('No funds'));
    await refused(409, 'convening-over', 'POST', '/convenings/arusha-2014/rooms', { id: 'simba', name: 'Simba' });
  });

  it('needs the operator for each change', async () => {
    const nobody = await app.asked('PATCH', at, { capacity: 90 });
    expect(found(nobody)).toEqual({ status: 401, code: 'unauthenticated' });
    expect(nobody.headers.get('www-authenticate')).toBe('Bearer realm="baraza"');
    expect(found(await app.asked('PATCH', at, { capacity: 90 }, { authorization: 'Bearer another-token-altogether' }))).toEqual({ status: 401, code: 'unauthenticated' });
  });
});
