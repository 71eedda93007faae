import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AsOfQueries } from '../../src/convening/as-of.queries.js';
import { conveningCatalogue, type ConveningEvent } from '../../src/convening/convening.events.js';
import { ConveningReadModel } from '../../src/convening/convening.projection.js';
import { ConveningQueries } from '../../src/convening/convening.queries.js';
import { SystemClock } from '../../src/deciding/clock.js';
import { Codec } from '../../src/event-store/codec.js';
import { told } from '../../src/event-store/personal.js';
import { Sealing } from '../../src/event-store/sealing.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import type { Wanted } from '../../src/http/as-of.js';
import { RegistrationCountsQueries } from '../../src/registration/counts.queries.js';
import { RegistrationListsQueries, wordsIn, type Asked } from '../../src/registration/lists.queries.js';
import { PastRegistrations } from '../../src/registration/past.queries.js';
import { registrationCatalogue, type RegistrationEvent } from '../../src/registration/registration.events.js';
import { RegistrationReadModel } from '../../src/registration/registration.projection.js';
import { RegistrationQueries } from '../../src/registration/registration.queries.js';
import type { Entry } from '../../src/registration/registrations.events.js';
import { planned } from '../convening/arusha.js';
import { organiser } from '../given.js';
import { asks, category, opened, participants } from './desk.js';

let convening: string;
const beyond = { limit: 500 };

let folder: string;
let store: SqliteEventStore;
let keys: SqliteKeys;
let sealing: Sealing;
let convenings: ConveningReadModel;
let readModel: RegistrationReadModel;
let queries: RegistrationQueries;
let lists: RegistrationListsQueries;
let counts: RegistrationCountsQueries;

/** A node that has nothing in memory. */
const start = async () => {
  sealing = new Sealing(keys);
  const conveningCodec = new Codec<ConveningEvent>(conveningCatalogue, sealing, randomUUID);
  const codec = new Codec<RegistrationEvent>(registrationCatalogue, sealing, randomUUID);
  convenings = new ConveningReadModel({ store, folder: join(folder, 'read'), codec: conveningCodec });
  readModel = new RegistrationReadModel({ store, folder: join(folder, 'read'), sealing });
  const conveningQueries = new ConveningQueries(convenings, store, sealing, conveningCodec);
  queries = new RegistrationQueries(readModel, new PastRegistrations(store, codec, sealing), new AsOfQueries(conveningQueries, new SystemClock()), conveningQueries, sealing);
  lists = new RegistrationListsQueries(queries);
  counts = new RegistrationCountsQueries(queries);
  await Promise.all([convenings.start(), readModel.start()]);
  while (!readModel.serving || !convenings.serving) await new Promise((resolve) => setImmediate(resolve));
};
const stop = () => Promise.all([convenings.stop(), readModel.stop()]);

/** Tells facts at this hour of a day in March. */
const tell = async <E extends ConveningEvent | RegistrationEvent>(stream: string, catalogue: ConstructorParameters<typeof Codec<E>>[0], hour: number, events: readonly E[]) => {
  let last = -1;
  for await (const page of store.readStream(stream, { direction: 'backwards', limit: 1 })) last = page[0]?.revision ?? last;
  const at = `2013-03-01T${String(hour).padStart(2, '0')}:00:00.000Z`;
  const { facts } = await new Codec<E>(catalogue, sealing, randomUUID).encode(stream, events, { at, commandId: randomUUID(), correlationId: 'c', actor: organiser }, null);
  return { after: (await store.append(stream, last < 0 ? 'none' : last, facts)).position };
};
const registrations = (hour: number, ...events: RegistrationEvent[]): Promise<Wanted> => tell(`registrations-${convening}`, registrationCatalogue, hour, events);

const person = (id: string) => `4c1f8f3e-20d1-4f1b-8a55-00000000${Buffer.from(id.slice(0, 2)).toString('hex')}`;
const comes = (id: string, family: string, more: Partial<Entry> & { given?: string; as?: string; standing?: 'seated' | 'waiting' | 'pending' } = {}): RegistrationEvent => {
  const { given, as = 'participant', standing = 'seated', answers = {}, ...rest } = more;
  const entry: Entry = { name: { family, ...(given !== undefined && { given }) }, answers, ...rest };
  return { type: 'PersonRegistered', data: { registration: id, person: person(id), code: `CODE-${id}`, address: `digest-${id}`, category: as, standing, entry: told(person(id), entry) } };
};
const begun = [
  opened(), participants(), category('observer', { capacity: 1 }), category('press', { capacity: 1 }),
  asks({ id: 'diet', kind: 'choice', label: { en: 'Diet' }, required: false, choices: [{ id: 'any', label: { en: 'Any' } }, { id: 'vegan', label: { en: 'Vegan' } }] }, { id: 'note', kind: 'text', label: { en: 'Note' }, required: false }),
];

const ids = async (asked: Asked, wanted: Wanted = { after: 0n }) => (await lists.page(convening, wanted, asked, beyond)).body.registrations.map(({ id }) => id);
const all = (filter: Asked['filter'] = {}): Asked => ({ filter, order: 'registration' });
const inProtocol = (language: string, filter: Asked['filter'] = {}): Asked => ({ filter, order: 'protocol', language });
const text = async (asked: Asked, wanted: Wanted) => {
  let whole = '';
  for await (const part of (await lists.csv(convening, wanted, asked)).parts) whole += part;
  return whole;
};
const failure = (work: Promise<unknown>) => work.then((value) => value, (error: { code?: string; about?: unknown }) => [error.code, error.about]);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-'));
  store = await SqliteEventStore.open(join(folder, 'log.db'));
  keys = SqliteKeys.open(join(folder, 'keys.db'), 'a secret for tests');
  await start();
});
/** Each has a convening of its own. */
beforeEach(async () => {
  convening = `meeting-${randomUUID()}`;
  await tell(`convening-${convening}`, conveningCatalogue, 8, [planned]);
});
afterAll(async () => {
  await stop();
  await store.close();
  await keys.close();
  rmSync(folder, { recursive: true });
});

describe('the order of protocol', () => {
  it('is states by country in the order of the language, then the other kinds, in each by organisation and name', async () => {
    const wanted = await registrations(
      9, ...begun,
      comes('other', 'Aa', {}), comes('media', 'Aa', { kind: 'media' }), comes('private', 'Aa', { kind: 'private' }), comes('academia', 'Aa', { kind: 'academia' }),
      comes('ngo-b', 'Aa', { kind: 'ngo', organisation: 'Bund', country: 'DE' }), comes('ngo-a', 'Zz', { kind: 'ngo', organisation: 'Äpfel', country: 'TZ' }), comes('ngo-a2', 'Çelik', { kind: 'ngo', organisation: 'Apfel' }),
      comes('nhri', 'Aa', { kind: 'nhri' }), comes('igo', 'Aa', { kind: 'igo' }), comes('un', 'Aa', { kind: 'un', country: 'TZ' }),
      comes('stateless', 'Aa', { kind: 'government' }), comes('tz', 'Aa', { kind: 'government', country: 'TZ' }), comes('de', 'Aa', { kind: 'government', country: 'DE' }),
      comes('gb', 'Aa', { kind: 'government', country: 'GB' }), comes('es', 'Aa', { kind: 'government', country: 'ES' }), comes('eg', 'Aa', { kind: 'government', country: 'EG' }),
    );
    const rest = ['stateless', 'un', 'igo', 'nhri', 'ngo-a2', 'ngo-a', 'ngo-b', 'academia', 'private', 'media', 'other'];
    expect(await ids(inProtocol('en'), wanted)).toEqual(['eg', 'de', 'es', 'tz', 'gb', ...rest]);
    expect(await ids(inProtocol('fr'), wanted)).toEqual(['de', 'eg', 'es', 'gb', 'tz', ...rest]);
    expect(await ids({ filter: {}, order: 'protocol' }, wanted)).toEqual(['eg', 'de', 'es', 'tz', 'gb', ...rest]);
  });
});

describe('lists', () => {
  const people = [
    comes('r1', 'Étienne', { given: 'Zoé', kind: 'government', country: 'FR', answers: { diet: 'vegan', note: '=1+1' } }),
    comes('r2', 'Ødegård', { given: 'Grace', kind: 'un', organisation: '@home', answers: { diet: 'any' } }),
    comes('r3', 'al-Ḥasan', { given: 'Ḥamīd', kind: 'ngo', country: 'JO', email: 'h@example.org' }),
    comes('r4', 'Juma', { given: 'Amina', as: 'observer', country: 'TZ' }), comes('r5', 'Paul', { as: 'observer', standing: 'waiting' }), comes('r6', 'Peter', { as: 'press', standing: 'waiting' }),
    comes('r7', 'Mary', { as: 'observer', standing: 'waiting', answers: { diet: 'vegan' } }),
  ];

  it('are filtered by what is asked for, alone and together', async () => {
    const wanted = await registrations(9, ...begun, ...people, { type: 'CheckedIn', data: { registration: 'r2', day: '2013-05-27' } });
    const found: unknown[] = [];
    for (const filter of [
      { category: 'observer' }, { standings: ['waiting'] as const }, { country: 'TZ' }, { kind: 0 }, { day: '2013-05-27' }, { day: '2013-05-28' }, { chosen: [['diet', 'vegan']] as const }, { chosen: [['diet', 'veg']] as const },
      { chosen: [['diet', 'vegan']] as const, category: 'observer' }, { chosen: [['diet', 'vegan']] as const, country: 'TZ' },
    ]) found.push(await ids(all(filter), wanted));
    expect(found).toEqual([['r4', 'r5', 'r7'], ['r5', 'r6', 'r7'], ['r4'], ['r1'], ['r2'], [], ['r1', 'r7'], [], ['r7'], []]);
  });

  it('are searched by any part of a name, without accents and capitals', async () => {
    const wanted = await registrations(9, ...begun, ...people);
    const found: unknown[] = [];
    for (const q of ['ETIENNE', 'étie', 'zoe eti', 'odeg', 'ødegard grace', 'hamid', 'al-has', 'juma amina', 'a%', '_', 'xyz', 'e']) found.push([q, await ids(all({ words: wordsIn(q) }), wanted)]);
    expect(found).toEqual([
      ['ETIENNE', ['r1']], ['étie', ['r1']], ['zoe eti', ['r1']], ['odeg', ['r2']], ['ødegard grace', ['r2']], ['hamid', ['r3']], ['al-has', ['r3']], ['juma amina', ['r4']], ['a%', []], ['_', []], ['xyz', []],
      ['e', ['r1', 'r2', 'r6']],
    ]);
  });

  it('tell whom words name: those first of whose names they are most, and whole', async () => {
    const { after } = await registrations(9, ...begun, ...people, comes('a1', 'Lindqvist', { given: 'Alina' }), comes('b1', 'Li', { given: 'Na' }), comes('c1', 'Zoé-Li'), comes('d1', 'Hopper'), comes('d1-again', 'Murray'));
    const named = async (words: readonly string[], most: number) => [...(await lists.named(convening, words, most, after))].map(([who, which]) => [who, [...which]]);
    expect(await named(['li'], 1)).toEqual([[person('b1'), ['li']]]);
    expect(await named(['li', 'na', 'zoe'], 9)).toEqual([[person('b1'), ['li', 'na']], [person('r1'), ['zoe']], [person('c1'), ['li', 'zoe']]]);
    expect([await named(['lin'], 9), await named([], 9), await named(['murray', 'hopper'], 9)]).toEqual([[], [], [[person('d1'), ['hopper', 'murray']]]]);
    expect(await lists.named('where-nobody-registers', ['li'], 9, after)).toEqual(new Map());
  });

  it.each(['registration', 'protocol', 'waiting'] as const)('come page by page, each once, in the order: %s', async (order) => {
    const wanted = await registrations(9, ...begun, ...people);
    const asked = { filter: {}, order };
    const whole = await ids(asked, wanted);
    const paged: string[] = [];
    let pages = 0;
    for (let after: string | undefined, more = true; more; pages += 1) {
      const { body: { registrations, next } } = await lists.page(convening, wanted, asked, { limit: 2, ...(after !== undefined && { after }) });
      paged.push(...registrations.map(({ id }) => id));
      after = next;
      more = next !== undefined;
    }
    expect([paged, pages]).toEqual([whole, Math.ceil(whole.length / 2)]);
    expect(whole).toHaveLength(order === 'waiting' ? 3 : 7);
    expect(await failure(lists.page(convening, wanted, asked, { limit: 2, after: 'bm90aGluZw' }))).toEqual(['invalid-query', {}]);
  });

  it('of who waits are by category, in the order in which they will move up, with their places', async () => {
    const wanted = await registrations(9, ...begun, ...people);
    const { body } = await lists.page(convening, wanted, { filter: {}, order: 'waiting' }, beyond);
    expect(body.registrations.map(({ id, category: of, waitingPosition }) => [id, of, waitingPosition])).toEqual([['r5', 'observer', 1], ['r7', 'observer', 2], ['r6', 'press', 1]]);
    expect(await ids({ filter: { category: 'press' }, order: 'waiting' }, wanted)).toEqual(['r6']);
    const moved = await registrations(10, { type: 'RegistrationWithdrawn', data: { registration: 'r5', from: 'waiting' } });
    expect((await queries.registration(convening, 'CODE-r7', moved)).body.waitingPosition).toEqual(1);
  });

  it('as CSV hold what they hold as JSON, with a mark of their encoding, and nothing that a spreadsheet calculates', async () => {
    const wanted = await registrations(9, ...begun, people[0]!, people[1]!, comes('r8', '=HYPERLINK("x")', { given: '+1', organisation: '-2\n"quoted", and', email: '\tx@example.org' }));
    expect(await text(inProtocol('en'), wanted)).toEqual([
      '\uFEFFnumber,code,status,waitingPosition,category,familyName,givenName,organisation,kind,country,countryName,email,language,registered,checkedIn,sessions,group,withheld,answer diet,answer note',
      "1,CODE-r1,seated,,participant,Étienne,Zoé,,government,FR,France,,,2013-03-01T09:00:00.000Z,,,,,vegan,'=1+1",
      "2,CODE-r2,seated,,participant,Ødegård,Grace,'@home,un,,,,,2013-03-01T09:00:00.000Z,,,,,any,",
      `3,CODE-r8,seated,,participant,"'=HYPERLINK(""x"")",'+1,"'-2\n""quoted"", and",,,,'\tx@example.org,,2013-03-01T09:00:00.000Z,,,,,,`,
      '',
    ].join('\r\n'));
  });

  it('that are sent whole show one moment, whatever happens meanwhile', async () => {
    const many = Array.from({ length: 600 }, (_, n) => comes(`m${n}`, `Person ${n}`));
    await registrations(9, ...begun, ...many.slice(0, 300));
    await registrations(9, ...many.slice(300));
    const { parts, upTo } = await lists.csv(convening, await registrations(9, comes('last', 'Last')), all());
    let lines = ((await parts.next()).value as string).split('\r\n').length - 2;
    const later = await registrations(10, comes('later', 'Later'), { type: 'RegistrationWithdrawn', data: { registration: 'm599', from: 'seated' } });
    await lists.page(convening, later, all(), beyond);
    let status = '';
    for await (const part of parts) {
      lines += part.split('\r\n').length - 1;
      status = /CODE-m599,([a-z]+)/.exec(part)?.[1] ?? status;
    }
    expect({ lines, status, upTo: upTo - begun.length }).toEqual({ lines: 601, status: 'seated', upTo: 600 });
    expect(await ids(all({ standings: ['withdrawn'] }), later)).toEqual(['m599']);
  });

  it('are refused where nothing was prepared', async () => {
    const refused = (of: string, after = 0n) => failure(lists.page(of, { after }, inProtocol('en'), beyond));
    expect(await refused('nairobi-2014')).toEqual(['unknown-convening', { convening: 'nairobi-2014' }]);
    const { after } = await tell('convening-nairobi-2014', conveningCatalogue, 8, [planned]);
    expect(await refused('nairobi-2014', after)).toEqual(['no-registration', {}]);
  });
});

describe('the past', () => {
  it('is what the lists and counts were: at a revision, an instant, and never after now or before the beginning', async () => {
    await registrations(9, ...begun, comes('r1', 'Juma', { country: 'TZ' }));
    await registrations(10, comes('r2', 'Paul', { as: 'observer' }));
    const wanted = await registrations(11, comes('r3', 'Mary'), { type: 'RegistrationWithdrawn', data: { registration: 'r1', from: 'seated' } });
    const then = (asOf: Wanted['asOf']): Wanted => ({ ...wanted, ...(asOf && { asOf }) });
    const first = begun.length;
    const read = async (asOf: Wanted['asOf']) => [await ids(all({ standings: ['seated'] }), then(asOf)), (await counts.counts(convening, then(asOf))).body.statuses, (await lists.page(convening, then(asOf), all(), beyond)).upTo];
    expect(await read({ kind: 'revision', revision: first })).toEqual([['r1'], { seated: 1 }, first]);
    expect(await read({ kind: 'instant', instant: '2013-03-01T10:59:59.999Z' })).toEqual([['r1', 'r2'], { seated: 2 }, first + 1]);
    expect(await read({ kind: 'instant', instant: '2013-03-01T11:00:00.000Z' })).toEqual([['r2', 'r3'], { seated: 2, withdrawn: 1 }, first + 3]);
    expect(await read(undefined)).toEqual([['r2', 'r3'], { seated: 2, withdrawn: 1 }, first + 3]);
    expect(await failure(ids(all(), then({ kind: 'revision', revision: first + 4 })))).toEqual(['as-of-in-future', { revision: first + 3 }]);
    expect(await failure(ids(all(), then({ kind: 'instant', instant: '2013-03-01T08:59:00.000Z' })))).toEqual(['as-of-before-beginning', { begins: '2013-03-01T09:00:00.000Z' }]);
    expect((await text(all(), then({ kind: 'revision', revision: first }))).split('\r\n').slice(1).map((line) => line.slice(0, 16))).toEqual(['1,CODE-r1,seated', '']);
  });
});

describe('somebody who was forgotten', () => {
  const traces = (name: string) => readdirSync(join(folder, 'read')).filter((file) => readFileSync(join(folder, 'read', file)).includes(name));

  it('is nowhere in the clear once the rows are built without the key: not in lists, search, counts and files', async () => {
    const wanted = await registrations(9, ...begun, comes('r1', 'Unforgettable', { kind: 'government', country: 'TZ', organisation: 'Secretive', answers: { diet: 'vegan' } }), comes('r2', 'Juma', { kind: 'government', country: 'KE' }));
    expect(await ids(all({ words: ['unforget'] }), wanted)).toEqual(['r1']);
    const before = [traces('unforgettable').length > 0, traces('secretive').length > 0];
    await keys.erase(person('r1'));
    await stop();
    rmSync(join(folder, 'read'), { recursive: true });
    await start();
    const look = async () => ({
      searched: await ids(all({ words: ['unforget'] }), wanted), ofCountry: await ids(all({ country: 'TZ' }), wanted), ordered: await ids(inProtocol('en'), wanted), counts: (await counts.counts(convening, wanted)).body,
      one: (await queries.registration(convening, 'r1', wanted)).body,
    });
    const here = await look();
    expect([before, traces('unforgettable'), traces('secretive')]).toEqual([[true, true], [], []]);
    expect(here).toMatchObject({ searched: [], ofCountry: [], ordered: ['r2', 'r1'], one: { id: 'r1', entry: { withheld: true }, status: 'seated' } });
    expect(here.counts).toEqual({
      statuses: { seated: 2 }, categories: [{ value: 'participant', statuses: { seated: 2 } }], countries: [{ value: 'KE', statuses: { seated: 1 } }],
      kinds: [{ value: 'government', statuses: { seated: 1 } }, { value: 'withheld', statuses: { seated: 1 } }], days: [], answers: [],
    });
  });
});
