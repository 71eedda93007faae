import { beforeAll, describe, expect, it } from '@jest/globals';
import { application, type Answer } from './application.js';

const app = application();
const at = '/convenings/arusha-2013';
const opening = `${at}/sessions/opening`;
const told = ({ status, body: { code, revision } }: Answer) => (status < 300 ? { status, revision } : { status, code });
const position = ({ headers }: Answer) => headers.get('baraza-position') ?? '';

beforeAll(async () => {
  const plan = { id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' };
  expect(told(await app.ask('POST', '/convenings', plan))).toEqual({ status: 201, revision: 0 });
  expect(told(await app.ask('POST', `${at}/rooms`, { id: 'simba', name: 'Simba' }))).toEqual({ status: 201, revision: 1 });
  expect(told(await app.ask('POST', `${at}/sessions`, { id: 'opening', kind: 'opening', title: 'Opening' }))).toEqual({ status: 201, revision: 2 });
  expect(told(await app.ask('POST', `${at}/sessions`, { id: 'talk', kind: 'talk', title: 'A talk' }))).toEqual({ status: 201, revision: 3 });
});

describe('If-Match', () => {
  it('is compared with the session, whatever happens elsewhere', async () => {
    expect(told(await app.ask('PATCH', `${at}/rooms/simba`, { capacity: 90 }))).toEqual({ status: 200, revision: 4 });
    expect(told(await app.ask('PATCH', opening, { title: 'The opening' }, { 'if-match': '"r2"' }))).toEqual({ status: 200, revision: 5 });
    expect(told(await app.ask('PATCH', opening, { title: 'Opening' }, { 'if-match': '"r2"' }))).toEqual({ status: 412, code: 'precondition-failed' });
    expect(told(await app.ask('PUT', `${opening}/slot`, { start: '2013-05-27T09:00', end: '2013-05-27T10:00' }, { 'if-match': '"r2"' }))).toEqual({ status: 412, code: 'precondition-failed' });
    expect(told(await app.ask('PUT', `${opening}/slot`, { start: '2013-05-27T09:00', end: '2013-05-27T10:00' }, { 'if-match': '"r5"' }))).toEqual({ status: 200, revision: 6 });
    expect(told(await app.ask('POST', `${opening}/appearances`, { id: 'minister', role: 'speaker' }, { 'if-match': '"r5"' }))).toEqual({ status: 412, code: 'precondition-failed' });
    expect(told(await app.ask('POST', `${opening}/appearances`, { id: 'minister', role: 'speaker' }, { 'if-match': '"r5", "r6"' }))).toEqual({ status: 201, revision: 7 });
  });

  it('is compared with the room', async () => {
    expect(told(await app.ask('PATCH', `${at}/rooms/simba`, { capacity: 95 }, { 'if-match': '"r7"' }))).toEqual({ status: 412, code: 'precondition-failed' });
    expect(told(await app.ask('PATCH', `${at}/rooms/simba`, { capacity: 95 }, { 'if-match': '"r4"' }))).toEqual({ status: 200, revision: 8 });
    expect(told(await app.ask('PATCH', `${at}/rooms/simba`, { capacity: 96 }, { 'if-match': '*' }))).toEqual({ status: 200, revision: 9 });
    expect(told(await app.ask('PATCH', `${at}/rooms/simba`, { capacity: 97 }, { 'if-match': 'r9' }))).toEqual({ status: 400, code: 'invalid-header' });
  });

  it('is compared with the whole convening where the change is its own', async () => {
    expect(told(await app.ask('PATCH', at, { capacity: 100 }, { 'if-match': '"r8"' }))).toEqual({ status: 412, code: 'precondition-failed' });
    expect(told(await app.ask('PATCH', at, { capacity: 100 }, { 'if-match': '"r9"' }))).toEqual({ status: 200, revision: 10 });
  });
});

describe('Idempotency-Key', () => {
  const key = { 'idempotency-key': 'a-key' };

  it('lets a change be repeated: it is answered as it was, and happens once', async () => {
    const first = await app.ask('POST', `${at}/tracks`, { id: 'justice', name: 'Justice' }, key);
    expect(told(first)).toEqual({ status: 201, revision: 11 });
    expect(told(await app.ask('PATCH', `${at}/tracks/justice`, { name: 'Law' }))).toEqual({ status: 200, revision: 12 });
    const again = await app.ask('POST', `${at}/tracks`, { name: 'Justice', id: 'justice' }, key);
    expect({ ...told(again), position: position(again) }).toEqual({ status: 201, revision: 11, position: position(first) });
  });

  it('is one request’s', async () => {
    expect(told(await app.ask('POST', `${at}/tracks`, { id: 'justice', name: 'Peace' }, key))).toEqual({ status: 422, code: 'idempotency-key-reused' });
    expect(told(await app.ask('POST', `${at}/tracks`, { id: 'peace', name: 'Peace' }, { 'idempotency-key': 'another-key' }))).toEqual({ status: 201, revision: 13 });
    expect(told(await app.ask('POST', `${at}/tracks`, { id: 'peace', name: 'Peace' }, { 'idempotency-key': 'a key with spaces' }))).toEqual({ status: 400, code: 'invalid-header' });
  });

  it('names the same new thing, where the id is left to us', async () => {
    const ask = () => app.ask('POST', `${opening}/appearances`, { role: 'speaker' }, { 'idempotency-key': 'an-appearance' });
    const [first, again] = [await ask(), await ask()];
    expect(told(first)).toEqual({ status: 201, revision: 14 });
    expect([again.status, again.body, again.headers.get('location')]).toEqual([201, first.body, first.headers.get('location')]);
    const other = await app.ask('POST', `${opening}/appearances`, { role: 'speaker' });
    expect(told(other)).toEqual({ status: 201, revision: 15 });
    expect(other.body.id).not.toBe(first.body.id);
  });

  it('is still known after a restart', async () => {
    await app.restart();
    expect(told(await app.ask('POST', `${at}/tracks`, { id: 'justice', name: 'Justice' }, key))).toEqual({ status: 201, revision: 11 });
    expect(told(await app.ask('POST', `${at}/tracks`, { id: 'justice', name: 'Peace' }, key))).toEqual({ status: 422, code: 'idempotency-key-reused' });
  });
});

describe('Reason', () => {
  it('is percent-encoded, and taken for what asks for one', async () => {
    const key = `${at}/conflicts/no-slot:talk/acceptance`;
    expect(told(await app.ask('POST', key, {}, { reason: '%' }))).toEqual({ status: 400, code: 'invalid-header' });
    expect(told(await app.ask('POST', key, {}, { reason: encodeURIComponent('a\u0001b') }))).toEqual({ status: 400, code: 'invalid-header' });
    expect(told(await app.ask('POST', key, {}, { reason: 'salle divisée' }))).toEqual({ status: 400, code: 'invalid-header' });
    expect(told(await app.ask('POST', key, {}))).toEqual({ status: 422, code: 'reason-required' });
    expect(told(await app.ask('POST', key, {}, { reason: encodeURIComponent('L’heure reste à fixer') }))).toEqual({ status: 200, revision: 16 });
    expect((await app.ask('GET', `${at}/conflicts`)).body).toMatchObject({ conflicts: [{ key: 'not-confirmed:opening.minister' }, {}, {}, {}, { key: 'no-slot:talk', acceptance: { reason: 'L’heure reste à fixer' } }] });
  });

  it('may be demanded of every change after the first publication', async () => {
    expect(told(await app.ask('PATCH', at, { policy: { reasonRequired: true } }))).toEqual({ status: 200, revision: 17 });
    expect(told(await app.ask('PATCH', opening, { subtitle: 'With music' }))).toEqual({ status: 200, revision: 18 });
    expect(told(await app.ask('POST', `${at}/publications`, { label: 'provisional' }))).toEqual({ status: 201, revision: 19 });
    expect(told(await app.ask('PATCH', opening, { subtitle: 'With a choir' }))).toEqual({ status: 422, code: 'reason-required' });
    expect(told(await app.ask('PATCH', opening, { subtitle: 'With a choir' }, { reason: 'they%20come' }))).toEqual({ status: 200, revision: 20 });
  });
});

describe('Baraza-Position', () => {
  it('is what a read includes', async () => {
    for (let capacity = 1; capacity <= 10; capacity++) {
      const written = await app.ask('PATCH', `${at}/rooms/simba`, { capacity }, { reason: 'again' });
      expect((await app.ask('GET', `${at}/rooms/simba`)).body.capacity).toBe(capacity);
      expect((await app.ask('GET', `${at}/rooms/simba`, undefined, { 'baraza-position': position(written) })).body).toMatchObject({ capacity, revision: written.body.revision });
    }
  });

  it('of another log, or of none, is refused', async () => {
    expect(told(await app.ask('GET', at, undefined, { 'baraza-position': '00000000-0000-4000-8000-000000000000.1' }))).toEqual({ status: 400, code: 'foreign-position' });
    expect(told(await app.ask('GET', at, undefined, { 'baraza-position': 'yesterday' }))).toEqual({ status: 400, code: 'invalid-header' });
  });
});

describe('what is kept of people', () => {
  it('is not readable in the store’s files', async () => {
    const { readdirSync, readFileSync } = await import('node:fs');
    await app.ask('POST', `${at}/sessions/talk/appearances`, { role: 'speaker', person: '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01', credit: { name: 'Wangari Ngugi' }, note: 'Unmistakable words' }, { reason: 'Unmistakable%20cause' });
    expect((await app.ask('GET', `${at}/sessions/talk`)).text).toContain('Wangari Ngugi');
    const files = readdirSync(app.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const held = files.map(({ parentPath, name }) => readFileSync(`${parentPath}/${name}`).toString('latin1'));
    expect(held.some((text) => text.includes('AppearanceProposed'))).toBe(true);
    for (const words of ['Ngugi', 'Unmistakable words', 'Unmistakable cause']) expect(held.filter((text) => text.includes(words))).toEqual([]);
  });
});
