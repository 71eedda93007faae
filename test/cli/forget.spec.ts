import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { forget } from '../../src/cli/forget.cli.js';
import { WrongUse } from '../../src/cli/tool.js';
import { Codec } from '../../src/event-store/codec.js';
import { newId } from '../../src/event-store/new-id.js';
import { told } from '../../src/event-store/personal.js';
import { Sealing } from '../../src/event-store/sealing.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import { registrationCatalogue, registrationStream, type RegistrationEvent } from '../../src/registration/registration.events.js';
import { RegistrationReadModel } from '../../src/registration/registration.projection.js';

const [amina, other] = ['0196f3c2-0000-7000-8000-000000000001', '0196f3c2-0000-7000-8000-000000000002'];
const nobody = '0196f3c2-0000-7000-8000-000000000003';
const secret = 'a secret of more than thirty-two characters';
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'baraza-forget-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const opened = async () => {
  const store = await SqliteEventStore.open(join(folder, 'events.db'));
  const keys = SqliteKeys.open(join(folder, 'keys.db'), secret);
  const sealing = new Sealing(keys);
  const codec = new Codec<RegistrationEvent>(registrationCatalogue, sealing, newId);
  return { store, sealing, codec, close: async () => void (await Promise.all([store.close(), keys.close()])) };
};
const stream = registrationStream('arusha');
const comes = (n: number, person: string, family: string): RegistrationEvent => ({
  type: 'PersonRegistered',
  data: { registration: `r${n}`, person, code: `CODE${n}`, category: 'participant', standing: 'seated', entry: told(person, { name: { given: 'Amina', family }, answers: {} }) },
});
/** Two people are registered, one of whom is named in a category; and a node has built its read model of them. */
const laidDown = async () => {
  const { store, sealing, codec, close } = await opened();
  const metadata = { at: '2013-03-01T08:00:00.000Z', commandId: 'c', correlationId: 'c', actor: other };
  const { facts } = await codec.encode(stream, [
    { type: 'RegistrationPrepared', data: { convening: 'arusha', placesTold: 'whether', opens: '2013-01-01T00:00:00.000Z' } },
    { type: 'CategoryAdded', data: { category: 'participant', name: { en: 'Friends of Témbo' }, approval: 'automatic' } },
    comes(1, amina, 'Tembo'), comes(2, other, 'Juma'),
  ], metadata, null);
  await store.append(stream, 'none', facts);
  const readModel = new RegistrationReadModel({ store, folder: join(folder, 'read'), sealing });
  await readModel.start();
  while (!readModel.serving) await new Promise(setImmediate);
  await readModel.stop();
  await close();
};
const traces = () => readdirSync(join(folder, 'read')).filter((file) => readFileSync(join(folder, 'read', file)).includes('tembo'));
const readable = async (): Promise<string[]> => {
  const { store, sealing, codec, close } = await opened();
  const entries: string[] = [];
  for await (const page of store.readStream(stream))
    for (const { type, data } of page.map((fact) => codec.decode(fact))) {
      if (type !== 'PersonRegistered') continue;
      await sealing.find([data.person]);
      entries.push(JSON.stringify(sealing.opener(stream)(data.entry)));
    }
  await close();
  return entries;
};

const run = async (...args: string[]): Promise<string> => {
  let said = '';
  const out = new Writable({ write: (text, _, done) => (void (said += String(text)), done()) });
  await forget.run(args, { in: (async function* () {})(), out, err: out, environment: { BARAZA_DATA: folder, BARAZA_SECRET: secret } });
  return said;
};

describe('baraza forget', () => {
  it('makes a person unreadable in facts and rows, nobody else, and tells in which texts the name still stands', async () => {
    await laidDown();
    expect([traces().length, (await readable()).map((entry) => entry.includes('family'))]).toEqual([1, [true, true]]);
    expect(await run(amina)).toBe(
      `${amina} is forgotten: what is sealed for them, in 1 places of the log, can be read by nobody any more.\n` +
      `The name, or a part of it, still stands in these texts, which are not sealed:\n  ${stream} revision 1 CategoryAdded name.en: Friends of Témbo\n`,
    );
    expect([traces(), await readable()]).toEqual([[], ['{"withheld":true}', expect.stringContaining('Juma')]]);
    expect(await run(amina)).toMatch(/^\S+ is forgotten: .*\nThe key had been erased before/);
    expect(await run(other)).toMatch(/^\S+ is forgotten: .*\nThe name stands in no other text\.\n$/);
  });

  it('is refused, and changes nothing, where a node uses the log, nothing is known of the person, or it is called wrongly', async () => {
    await expect(run(amina)).rejects.toThrow(/^There is no event log/);
    await laidDown();
    await expect(run(nobody)).rejects.toThrow(/^Nothing in the log is sealed for/);
    await expect(run()).rejects.toThrow(WrongUse);
    await expect(run(amina.toUpperCase())).rejects.toThrow(WrongUse);
    await expect(run(amina, other)).rejects.toThrow(WrongUse);
    const node = await SqliteEventStore.open(join(folder, 'events.db'));
    await expect(run(amina)).rejects.toThrow(/in use by another process/);
    await node.close();
    expect([traces().length, (await readable()).map((entry) => entry.includes('family'))]).toEqual([1, [true, true]]);
  });
});
