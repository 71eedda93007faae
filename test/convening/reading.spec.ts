import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credit } from '../../src/convening/appearances.events.js';
import { conveningCatalogue, type ConveningEvent } from '../../src/convening/convening.events.js';
import type { Convening } from '../../src/convening/convening.js';
import { ConveningReadModel } from '../../src/convening/convening.projection.js';
import { ConveningQueries } from '../../src/convening/convening.queries.js';
import { conveningParts } from '../../src/convening/parts.projection.js';
import { Codec } from '../../src/event-store/codec.js';
import type { Open } from '../../src/event-store/personal.js';
import { Sealing } from '../../src/event-store/sealing.js';
import { openDatabase } from '../../src/event-store/sqlite/database.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import { afternoon, at, confirmed, folded, judge, lecture, morning, moved, planned, proposed, published, scheduled, session, simba, talk, tembo } from './arusha.js';
import { now, organiser } from '../given.js';

const stream = 'convening-arusha-2013';
let folder: string;
let store: SqliteEventStore;
let keys: SqliteKeys;
let codec: Codec<ConveningEvent>;
let readModel: ConveningReadModel;
let queries: ConveningQueries;

/** A node started afresh: nothing is in memory. */
const start = async () => {
  const sealing = new Sealing(keys);
  codec = new Codec<ConveningEvent>(conveningCatalogue, sealing, randomUUID);
  readModel = new ConveningReadModel({ store, folder: join(folder, 'read'), codec });
  queries = new ConveningQueries(readModel, store, sealing, codec);
  await readModel.start();
  while (!readModel.serving) await new Promise((resolve) => setImmediate(resolve));
};
/** Tells these facts of the convening. Resolves with their position. */
const tell = async (...events: ConveningEvent[]) => {
  let last = -1;
  for await (const page of store.readStream(stream, { direction: 'backwards', limit: 1 })) last = page[0]?.revision ?? last;
  const { facts } = await codec.encode(stream, events, { at: now, commandId: randomUUID(), correlationId: randomUUID(), actor: organiser }, null);
  return (await store.append(stream, last < 0 ? 'none' : last, facts)).position;
};
const tellStrange = async (revision: number) =>
  (await store.append(stream, revision, [{ id: randomUUID(), type: 'RoomPainted', data: '{}', metadata: JSON.stringify({ at: now, schema: 1 }) }])).position;

const slots = ({ sessions }: Readonly<Convening>) => [...sessions.values()].map(({ id, slot }) => [id, slot?.start ?? null]);
const names = ({ sessions }: Readonly<Convening>, open: Open) =>
  [...sessions.values()].flatMap(({ appearances }) => [...appearances.values()].map(({ credit }) => credit && (open(credit) as Credit).name));
const failure = (work: Promise<unknown>) => work.then((value) => value, (error: { code?: string; about?: unknown }) => [error.code, error.about]);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-'));
  store = await SqliteEventStore.open(join(folder, 'log.db'));
  keys = SqliteKeys.open(join(folder, 'keys.db'), 'a secret for tests');
  await start();
});
afterEach(async () => {
  await readModel.stop();
  await store.close();
  await keys.close();
  rmSync(folder, { recursive: true });
});

describe('the head of a convening', () => {
  it('includes what the position stands for, names opened', async () => {
    const seen: unknown[] = [];
    for (const events of [[planned, simba, talk], [scheduled('talk', morning)], [moved('talk', morning, afternoon)], [proposed('talk', 'a1', judge)]]) {
      seen.push(await queries.head('arusha-2013', await tell(...events), (convening, open) => [slots(convening), names(convening, open)]));
    }
    expect(seen).toEqual([[[['talk', null]], []], [[['talk', morning.start]], []], [[['talk', afternoon.start]], []], [[['talk', afternoon.start]], ['Amina Juma']]]);
  });

  it('is the same on a node started afresh, and on one whose read database was deleted', async () => {
    const after = await tell(planned, simba, tembo, talk, lecture, proposed('talk', 'a1', judge), confirmed('talk', 'a1'), scheduled('lecture', morning), published('first'));
    const look = () => queries.head('arusha-2013', after, (convening, open) => ({ state: structuredClone(convening), names: names(convening, open) }));
    const first = await look();
    await readModel.stop();
    await start();
    const second = await look();
    await readModel.stop();
    rmSync(join(folder, 'read'), { recursive: true });
    await start();
    expect([second, await look()]).toEqual([first, first]);
  });

  it('of rows that read badly is built again', async () => {
    const after = await tell(planned, simba, talk);
    await queries.head('arusha-2013', after, slots);
    await readModel.stop();
    const database = openDatabase(join(folder, 'read', 'convenings-4.1.db'));
    database.exec("UPDATE parts SET text = substr(text, 1, 20)");
    database.close();
    await start();
    const met = await failure(queries.head('arusha-2013', after, slots));
    while (!readModel.serving) await new Promise((resolve) => setImmediate(resolve));
    expect([met, await queries.head('arusha-2013', after, slots)]).toEqual([['read-model-rebuilding', {}], [['talk', null]]]);
  });

  it('of one that nobody planned is refused', async () => {
    expect(await failure(queries.head('nairobi-2014', await tell(planned), slots))).toEqual(['unknown-convening', { convening: 'nairobi-2014' }]);
  });
});

describe('a version', () => {
  it('is what stood when it was published, whatever came later', async () => {
    await tell(planned, simba, talk, scheduled('talk', morning), published('first'));
    const seen = [await queries.at('arusha-2013', 4, slots)];
    await queries.head('arusha-2013', await tell(moved('talk', morning, afternoon), published('second', 2)), slots);
    seen.push(await queries.at('arusha-2013', 4, slots), await queries.at('arusha-2013', 6, slots), await queries.at('arusha-2013', 4, slots));
    expect(seen).toEqual([[['talk', morning.start]], [['talk', morning.start]], [['talk', afternoon.start]], [['talk', morning.start]]]);
  });

  it('of a convening that nobody planned is refused', async () => {
    expect(await failure(queries.at('nairobi-2014', 4, slots))).toEqual(['unknown-convening', { convening: 'nairobi-2014' }]);
  });
});

describe('a fact that this build does not know', () => {
  it('stops the convening at once, and neither others nor earlier versions', async () => {
    await tell(planned, simba, talk, published('first'));
    const position = await tellStrange(3);
    const other = { ...planned, data: { ...planned.data, convening: 'nairobi-2014' } };
    const { facts } = await codec.encode('convening-nairobi-2014', [other], { at: now, commandId: 'c', correlationId: 'c', actor: organiser }, null);
    const end = (await store.append('convening-nairobi-2014', 'none', facts)).position;
    const about = { revision: 4, position: String(position), type: 'RoomPainted', why: expect.stringContaining('RoomPainted is unknown') };
    expect([
      await failure(queries.head('arusha-2013', end, slots)),
      await failure(queries.at('arusha-2013', 4, slots)),
      await queries.at('arusha-2013', 3, slots),
      await queries.head('nairobi-2014', end, slots),
      (readModel.status()).stopped,
    ]).toEqual([['read-model-stopped', about], ['read-model-stopped', about], [['talk', null]], [], [{ ...about, position, stream }]]);
  });
});

describe('the list of convenings', () => {
  it('tells each by its id, with what counts as published for whom', async () => {
    const after = await tell(planned, published('first'), { type: 'AgendaPublished', data: { number: 2, label: 'for us', audience: 'internal' } });
    const first = { number: 1, label: 'first', audience: 'public', revision: 1, at: now, withdrawn: false };
    const { title, languages, start: begins, end, zone } = planned.data;
    expect(await queries.list(after)).toEqual([{
      id: 'arusha-2013', title, languages, start: begins, end, zone, phase: 'planned', revision: 2, at: now,
      published: { public: first, participants: first, internal: { ...first, number: 2, label: 'for us', audience: 'internal', revision: 2 } },
    }]);
  });

  it('says of one that is stopped that it is', async () => {
    await queries.head('arusha-2013', await tell(planned), slots);
    expect((await queries.list(await tellStrange(0))).map(({ id, stopped }) => [id, stopped])).toEqual([['arusha-2013', true]]);
  });
});

describe('rows', () => {
  const ids = ['constructor', 'talk', 'lecture', '__proto__'];
  const people = [judge, organiser];
  /** Facts that may come in any order once the sessions are there. */
  const anyFact: fc.Arbitrary<ConveningEvent> = fc.oneof(
    fc.constantFrom(...ids).map((id) => scheduled(id, morning)),
    fc.constantFrom(...ids).map((id) => moved(id, morning, afternoon)),
    fc.constantFrom(...ids).map((id): ConveningEvent => ({ type: 'SessionCancelled', data: { session: id } })),
    fc.constantFrom(...ids).map((id) => confirmed(id, 'seat', morning)),
    fc.constantFrom(...ids).map((id): ConveningEvent => ({ type: 'SessionNotesChanged', data: { session: id, to: { of: judge, sealed: 'x' } } })),
    fc.constantFrom(...ids).map((id): ConveningEvent => ({ type: 'SessionNotesChanged', data: { session: id } })),
    fc.constantFrom(...ids).map((id): ConveningEvent => ({ type: 'ItemAdded', data: { session: id, item: { id: 'opening', title: { en: 'Opening' }, audience: 'public' } } })),
    fc.constantFrom(...ids).map((room): ConveningEvent => ({ type: 'RoomChanged', data: { room, from: {}, to: { capacity: 7 } } })),
    fc.constantFrom(...people).map((person): ConveningEvent => ({ type: 'AvailabilityStated', data: { person, from: [], to: [{ start: morning.start, end: morning.end }] } })),
    fc.shuffledSubarray(ids, { minLength: ids.length }).map((to): ConveningEvent => ({ type: 'SessionsReordered', data: { from: ids, to } })),
    fc.shuffledSubarray(ids, { minLength: ids.length }).map((to): ConveningEvent => ({ type: 'RoomsReordered', data: { from: ids, to } })),
    fc.constantFrom(...ids).map((id): ConveningEvent => ({
      type: 'ConflictAccepted', data: { conflict: `no-room:${id}`, rule: 'no-room', circumstance: { slots: { [id]: at(null, '09:00', '10:00') }, people: [] }, reason: { of: judge, sealed: 'y' } },
    })),
    fc.nat(9).map((number) => published(`version ${number}`, number)),
    fc.nat(9).map((number): ConveningEvent => ({ type: 'PublicationWithdrawn', data: { number, label: `version ${number}` } })),
  );
  const begun: ConveningEvent[] = [
    planned,
    ...ids.map((id): ConveningEvent => ({ type: 'RoomAdded', data: { room: id, name: { en: id } } })),
    ...ids.map((id) => session(id)),
    ...ids.map((id) => proposed(id, 'seat', judge)),
  ];

  it('of any state make that state again', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 40 }), (events) => {
        const state = folded(...begun, ...events);
        const parts = [...state.sessions].map(([id, part]) => [id, conveningParts.partFrom(conveningParts.partText(part))] as const);
        const again = conveningParts.fromSpine(conveningParts.spineText(state), new Map(parts));
        expect(again).toEqual(state);
        expect([...again.sessions.keys(), ...again.rooms.keys()]).toEqual([...state.sessions.keys(), ...state.rooms.keys()]);
      }),
    );
  });

  it('written by turns are those of all facts at once: nothing that a fact changed is left unwritten', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anyFact, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }), async (turns) => {
        const id = `arusha-${randomUUID()}`;
        let revision = -1;
        let position = 0n;
        const state = folded(...begun, ...turns.flat());
        for (const events of [begun, ...turns]) {
          const facts = events.map(({ type, data }) => ({ id: randomUUID(), type, data: JSON.stringify(data), metadata: JSON.stringify({ at: now, schema: 1 }) }));
          ({ revision, position } = await store.append(`convening-${id}`, revision < 0 ? 'none' : revision, facts));
          await readModel.reached(position, 10_000);
        }
        await readModel.stop();
        await start();
        expect(readModel.read(({ states }) => states.state(`convening-${id}`))).toEqual(state);
      }),
      { numRuns: 25 },
    );
  });
});
