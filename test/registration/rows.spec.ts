import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { organisationKinds } from '../../src/convening/texts.js';
import { Codec } from '../../src/event-store/codec.js';
import type { StoredFact } from '../../src/event-store/event-store.js';
import { Sealing } from '../../src/event-store/sealing.js';
import { openDatabase, type Database } from '../../src/event-store/sqlite/database.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import { RowsReader } from '../../src/projecting/rows-reader.js';
import { folded } from '../../src/convening/texts.js';
import type { Registrations } from '../../src/registration/registration.js';
import { registrationCatalogue, type RegistrationEvent } from '../../src/registration/registration.events.js';
import { RegistrationProjector } from '../../src/registration/registration.projection.js';
import type { Entry } from '../../src/registration/registrations.events.js';
import { otherGroups, RegistrationRows } from '../../src/registration/rows.projection.js';
import { tables } from '../../src/registration/tables.projection.js';
import { now, organiser } from '../given.js';
import { aStory, beginning, begun, evolve, numRuns, play, stored } from './stories.js';

const stream = 'registrations-arusha-2013';
let folder: string;
let keys: SqliteKeys;
let sealing: Sealing;
let codec: Codec<RegistrationEvent>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-'));
  keys = SqliteKeys.open(join(folder, 'keys.db'), 'a secret for tests');
  sealing = new Sealing(keys);
  codec = new Codec<RegistrationEvent>(registrationCatalogue, sealing, randomUUID);
});
afterAll(async () => {
  await keys.close();
  rmSync(folder, { recursive: true });
});

const asFacts = async (events: readonly RegistrationEvent[]): Promise<StoredFact[]> => {
  const { facts } = await codec.encode(stream, events, { at: now, commandId: 'c', correlationId: 'c', actor: organiser }, null);
  return facts.map((fact, revision) => ({ ...fact, stream, revision, position: BigInt(revision + 1) }));
};
const onRows = (database: Database) => new RegistrationProjector(database, sealing);
const emptyRows = () => {
  const database = openDatabase(':memory:');
  database.exec(tables);
  return database;
};
/** The rows of these facts, written in pieces of this length; after each the node is another, which has nothing in memory. */
const rowsOf = async (facts: readonly StoredFact[], piece: number) => {
  const database = emptyRows();
  let projector = onRows(database);
  for (let from = 0; from < facts.length; from += piece) {
    if (from % (2 * piece) === 0) projector = onRows(database);
    const next = facts.slice(from, from + piece);
    await projector.prepare(next);
    for (const fact of next) projector.apply(fact);
    await projector.write(stream);
  }
  return new RegistrationRows(new RowsReader(database));
};

/** The story as a simple program tells it: the fold, and what everybody filled in. */
const told = (story: Parameters<typeof play>[0]) => {
  const events = [...beginning, ...play(story).events];
  const state = begun();
  evolve(state, events.slice(beginning.length), now);
  const entries = new Map<string, Entry>();
  for (const { type, data } of events) {
    if (type === 'PersonRegistered') entries.set(data.registration, (stored(data.entry) as unknown as { value: Entry }).value);
    if (type === 'RegistrationSubstituted') entries.set(data.with, (stored(data.entry) as unknown as { value: Entry }).value);
  }
  return { events, state, entries };
};
const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
const inProtocol = ({ registrations }: Registrations, entries: ReadonlyMap<string, Entry>) => {
  const key = (id: string) => {
    const { kind = 'other', country = '~', organisation = '', name } = entries.get(id)!;
    return [organisationKinds.indexOf(kind), kind === 'government' ? country : '', folded(organisation), folded(`${name.family} ${name.given ?? ''}`)].join('\n');
  };
  const order = [...registrations.keys()];
  // Sorting keeps the order of those who are the same: who came first is first.
  return order.sort((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
};
const counted = ({ registrations }: Registrations, entries: ReadonlyMap<string, Entry>) => {
  const counts = new Map<string, number>();
  for (const [id, { category, standing, days }] of registrations) {
    const { kind = 'other', country, answers } = entries.get(id)!;
    const among = [`category ${category}`, `kind ${kind}`, ...(country === undefined ? [] : [`country ${country}`]), ...days.map(({ day }) => `day ${day}`), ...Object.entries(answers).map(([field, choice]) => `answer ${field} ${String(choice)}`)];
    for (const each of among) counts.set(`${each} ${standing}`, (counts.get(`${each} ${standing}`) ?? 0) + 1);
  }
  return [...counts].map(([what, n]) => `${what}: ${n}`).sort();
};

describe('laws of the rows of registrations', () => {
  it('they are what a simple program makes of the facts, however they were written and whoever went on with them', () =>
    fc.assert(fc.asyncProperty(aStory(40), fc.integer({ min: 1, max: 12 }), async (story, piece) => {
      const { events, state, entries } = told(story);
      const rows = await rowsOf(await asFacts(events), piece);
      const { number, spine } = rows.stream(stream)!;
      expect(spine.revision).toEqual(state.revision);
      const all = rows.asTheyCame(number, {}, 0, 1_000);
      expect(all.map(({ id, held: { until: _, ...held } }) => [id, held])).toEqual([...state.registrations]);
      expect(all.flatMap(({ id, held: { until } }) => (until === undefined ? [] : [[id, until]])).sort()).toEqual([...state.offers].sort());
      expect(ids(rows.inProtocol(number, {}, [...rows.places(number).map((place) => ({ kind: 0, place })), ...otherGroups], undefined, 1_000))).toEqual(inProtocol(state, entries));
      for (const [id, { waiting, taken }] of state.categories) {
        expect(ids(rows.waiting(number, id, 0, 1_000))).toEqual(waiting);
        const numbers = waiting.map((each) => state.registrations.get(each)!.number);
        expect([...rows.positions(number, id, numbers.slice(1))]).toEqual(numbers.slice(1).map((each, index) => [each, index + 2]));
        expect(spine.categories.find(([each]) => each === id)?.[1]).toMatchObject({ taken, waits: waiting.length });
      }
      expect(rows.counts(number).map(({ what, value, standing, n }) => `${what} ${value} ${standing}: ${n}`).sort()).toEqual(counted(state, entries));
    }), { numRuns: Math.ceil(numRuns / 4) }));
});
