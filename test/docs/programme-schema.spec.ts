import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { application } from '../http/application.js';

const app = application();
// Cast: what ajv takes is an object, and it says so if it is no schema.
const takes = new Ajv2020({ strict: true, validateFormats: false }).compile(JSON.parse(readFileSync('docs/reference/programme.schema.json', 'utf8')) as object);

const judge = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01';
const session = {
  id: 'opening', kind: 'opening', title: { en: 'Opening', sw: 'Ufunguzi' }, slot: { room: 'simba', start: '2013-05-27T09:00', end: '2013-05-27T10:00+03:00' }, interpretation: ['fr'], notes: { withheld: true },
  items: [{ id: 'welcome', title: 'Welcome', minutes: 10, appearance: 'judge' }], appearances: [{ id: 'judge', person: judge, role: 'speaker', credit: { name: 'Amina Juma', position: 'President', country: 'TZ' } }],
  links: [{ kind: 'map', title: 'Map', url: 'https://example.org/map' }],
};
const programme = { rooms: [{ id: 'simba', name: 'Simba Hall', capacity: 200 }], tracks: [{ id: 'law', name: 'Law', colour: '#204a87' }], sessions: [session] };
const withSession = (but: object) => ({ ...programme, sessions: [{ ...session, ...but }] });

beforeAll(async () => {
  await app.ask('POST', '/convenings', { id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' });
});

describe('the published JSON Schema of a programme', () => {
  it.each<[string, object, boolean]>([
    ['everything that there may be', programme, true],
    ['no sessions', { sessions: [] }, true],
    ['texts plain or by language', withSession({ title: 'Opening', subtitle: {}, abstract: { fr: 'En\nlignes' } }), true],
    ['no list of sessions', { rooms: [] }, false],
    ['a field that is unknown', { ...programme, speakers: [] }, false],
    ['an id that is none', withSession({ id: 'Opening' }), false],
    ['a kind that is none', withSession({ kind: 'lecture' }), false],
    ['a title in two lines', withSession({ title: 'Open\ning' }), false],
    ['a title of nothing', withSession({ title: ' ' }), false],
    ['a title in no language', withSession({ title: {} }), false],
    ['a time without a day', withSession({ slot: { start: '09:00', end: '10:00' } }), false],
    ['a slot without an end', withSession({ slot: { start: '2013-05-27T09:00' } }), false],
    ['a person who is no UUID', withSession({ appearances: [{ role: 'speaker', person: 'juma', credit: { name: 'Amina Juma' } }] }), false],
    ['a withheld credit with a name beside it', withSession({ appearances: [{ role: 'speaker', person: judge, credit: { withheld: true, name: 'Amina Juma' } }] }), false],
    ['one language twice', withSession({ interpretation: ['fr', 'fr'] }), false],
    ['minutes that are no number', withSession({ items: [{ id: 'welcome', title: 'Welcome', minutes: '10' }] }), false],
    ['null for what may be left out', withSession({ slot: null }), false],
  ])('and the service agree on %s', async (_, document, isTaken) => {
    const { status, body } = await app.ask('PUT', '/convenings/arusha-2013/programme?dryRun=true', document);
    expect({ schema: takes(document), service: status !== 400 }).toEqual({ schema: isTaken, service: isTaken });
    // What is taken may still be refused for what it says.
    if (!isTaken) expect(body.code).toBe('invalid-body');
  });

  it('takes what is read', async () => {
    const { notes: _, ...told } = session;
    expect((await app.ask('PUT', '/convenings/arusha-2013/programme', { ...programme, sessions: [told] })).status).toBe(200);
    takes((await app.ask('GET', '/convenings/arusha-2013/programme')).body);
    expect(takes.errors).toBeNull();
  });
});
