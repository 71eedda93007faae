import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Codec } from '../../src/event-store/codec.js';
import type { Catalogue, Event } from '../../src/event-store/event.js';
import { told, type Personal } from '../../src/event-store/personal.js';
import { Sealing } from '../../src/event-store/sealing.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';

type Greeted = Event<'Greeted', { room: string; name: Personal<{ en: string }> }>;
const catalogue: Catalogue<Greeted> = { Greeted: { schema: 1, personal: { name: true } } };

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'baraza-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The files of the store that hold this text, as anybody would find it with grep. */
const filesWith = (text: string): string[] => readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text)).sort();

test('no personal value is in any file of the store, neither while it is open nor afterwards, and what is not personal is', async () => {
  const store = await SqliteEventStore.open(join(folder, 'events.db'));
  const keys = SqliteKeys.open(join(folder, 'keys.db'), 'karibu sana');
  const sealing = new Sealing(keys);
  const codec = new Codec<Greeted>(catalogue, sealing, randomUUID);
  const [person, actor] = [randomUUID(), randomUUID()];
  const given = { at: '2013-03-01T08:00:00.000Z', commandId: randomUUID(), correlationId: randomUUID(), actor, reason: told(actor, 'asked by telephone') };
  const greeting: Greeted = { type: 'Greeted', data: { room: 'Simba Hall', name: told(person, { en: 'Adama Dieng' }) } };
  const { facts } = await codec.encode('convening-arusha-2013', [greeting], given, null);
  await store.append('convening-arusha-2013', 'none', facts);
  const personal = () => ['Adama', 'Dieng', 'telephone'].map(filesWith);
  expect([filesWith('Simba Hall'), ...personal()]).toEqual([['events.db-wal'], [], [], []]);
  await store.close();
  await keys.close();
  expect([filesWith('Simba Hall'), ...personal()]).toEqual([['events.db'], [], [], []]);

  const again = SqliteKeys.open(join(folder, 'keys.db'), 'karibu sana');
  const opening = new Sealing(again);
  await opening.find([person]);
  const reopened = await SqliteEventStore.open(join(folder, 'events.db'));
  for await (const [fact] of reopened.readStream('convening-arusha-2013')) {
    expect(opening.opener('convening-arusha-2013')(new Codec<Greeted>(catalogue, opening, randomUUID).decode(fact!).data.name)).toEqual({ en: 'Adama Dieng' });
  }
  await reopened.close();
  await again.close();
  expect.assertions(3);
});
