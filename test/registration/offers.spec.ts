import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Codec } from '../../src/event-store/codec.js';
import { newId } from '../../src/event-store/new-id.js';
import { Sealing } from '../../src/event-store/sealing.js';
import { openDatabase } from '../../src/event-store/sqlite/database.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import { RowsReader } from '../../src/projecting/rows-reader.js';
import { registrationCatalogue, registrationStream, type RegistrationEvent } from '../../src/registration/registration.events.js';
import { RegistrationProjector } from '../../src/registration/registration.projection.js';
import { RegistrationRows } from '../../src/registration/rows.projection.js';
import { tables } from '../../src/registration/tables.projection.js';
import { now, organiser } from '../given.js';
import { accepted, checkedIn, lapsed, offered, opened, participants, refused, seated, substituted, waiting, withdrawn } from './desk.js';

const stream = registrationStream('arusha-2013');
const [noon, evening] = ['2013-03-02T12:00:00.000Z', '2013-03-02T18:00:00.000Z'];

let folder: string;
let keys: SqliteKeys;
let sealing: Sealing;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-'));
  keys = SqliteKeys.open(join(folder, 'keys.db'), 'a secret for tests');
  sealing = new Sealing(keys);
});
afterAll(async () => {
  await keys.close();
  rmSync(folder, { recursive: true });
});

/** The first offer that is over at each instant, as the rows tell it. Each fact is written by a node that has only the rows of those before. */
const due = async (instants: readonly string[], ...events: readonly RegistrationEvent[]): Promise<(string | undefined)[]> => {
  const { facts } = await new Codec<RegistrationEvent>(registrationCatalogue, sealing, newId).encode(stream, events, { at: now, commandId: 'c', correlationId: 'c', actor: organiser }, null);
  const database = openDatabase(':memory:');
  database.exec(tables);
  for (const [revision, fact] of facts.entries()) {
    const stored = { ...fact, stream, revision, position: BigInt(revision + 1) };
    const projector = new RegistrationProjector(database, sealing);
    await projector.prepare([stored]);
    projector.apply(stored);
    await projector.write(stream);
  }
  const rows = new RegistrationRows(new RowsReader(database));
  const found = instants.map((instant) => rows.due(instant)[0]?.first);
  database.close();
  return found;
};

describe('an offer', () => {
  const made = [opened({ hoursToAccept: 24 }), participants(1), seated('amina'), waiting('paul'), waiting('zawadi'), withdrawn('amina', 'seated'), offered(noon, 'paul'), seated('grace'), checkedIn('grace'), offered(evening, 'zawadi')] as const;

  it('is due when its time has come, the first of several first', async () => {
    expect(await due(['2013-03-02T11:59:59.999Z', noon, evening], ...made)).toEqual([undefined, noon, noon]);
  });

  it.each([['withdrew', withdrawn('paul', 'offered')], ['was refused', refused('paul', 'offered')], ['took it up', accepted('paul')], ['did not take it up, as was recorded', lapsed('paul')]] as const)('is due no more of who %s', async (_, event) => {
    expect(await due([noon, evening], ...made, event)).toEqual([undefined, evening]);
  });

  it('is kept for who comes instead', async () => {
    expect(await due([noon], ...made, substituted('paul', 'peter'))).toEqual([noon]);
    expect(await due([noon, evening], ...made, substituted('paul', 'peter'), accepted('peter'))).toEqual([undefined, evening]);
  });
});
