import { beforeAll, describe, expect, it } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { verify as verifyTool } from '../../src/cli/verify.cli.js';
import { hashOf } from '../../src/event-store/chain.js';
import type { NewFact } from '../../src/event-store/event-store.js';
import { openDatabase } from '../../src/event-store/sqlite/database.js';
import { application } from '../http/application.js';

const app = application();
const at = '/convenings/arusha-2013';

/** What `baraza verify` says of the application's log, held against these lines. */
const verified = async (lines: readonly string[]): Promise<{ readonly code: number; readonly said: string }> => {
  const file = join(app.folder, 'printed.txt');
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  let said = '';
  const told = new Writable({ write: (chunk, _encoding, done) => ((said += String(chunk)), done()) });
  return { code: await verifyTool.run(['--against', file], { in: process.stdin, out: told, err: told, environment: { BARAZA_DATA: app.folder } }), said };
};
/** The lines that documents print, in the order in which they stand. */
const printed = async (path: string) => (await app.ask('GET', at + path)).text.match(/convening-arusha-2013 \d+ [0-9a-f]{64}/g) ?? [];

/** Its facts, as a program reads them that knows nothing of publications. */
const facts = (): NewFact[] => {
  const log = openDatabase(join(app.folder, 'events.db'), { readOnly: true });
  try {
    // Cast: the columns are those of a fact.
    return log.prepare("SELECT id, type, data, metadata FROM events WHERE stream = 'convening-arusha-2013' ORDER BY revision").all() as NewFact[];
  } finally {
    log.close();
  }
};
/** What each publication is to be found by. */
const lines = () => facts().flatMap((fact, revision) => (fact.type === 'AgendaPublished' ? [`convening-arusha-2013 ${revision} ${hashOf(fact)}`] : []));

beforeAll(async () => {
  const write = async (method: 'POST' | 'PUT', path: string, body: object) => expect((await app.ask(method, path, body)).body.code).toBeUndefined();
  await write('POST', '/convenings', { id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' });
  await write('POST', `${at}/sessions`, { id: 'opening', kind: 'opening', title: 'Opening' });
  await write('POST', `${at}/publications`, { label: 'provisional' });
  await write('PUT', `${at}/sessions/opening/slot`, { start: '2013-05-27T09:00', end: '2013-05-27T10:00' });
  await write('POST', `${at}/publications`, { label: 'final' });
  await write('POST', `${at}/rooms`, { id: 'simba', name: 'Simba Hall' });
});

describe('the hash that a publication ends on', () => {
  it('is what the next fact of the stream carries', () => {
    const [, , , next, , last] = facts().map(({ metadata }) => (JSON.parse(metadata) as { prev: string }).prev);
    expect(lines()).toEqual([`convening-arusha-2013 2 ${next}`, `convening-arusha-2013 4 ${last}`]);
  });

  it.each([
    ['the page', '/agenda.html?version=final', [1]], ['the page of the version before', '/agenda.html?version=provisional', [0]], ['the page in French', '/agenda.html?version=final&lang=fr&tz=Asia/Tokyo', [1]],
    ['the Markdown', '/agenda.md?version=final', [1]], ['the difference of two', '/agenda/difference.html?from=version:provisional&to=version:final', [0, 1]],
    ['the timeline', '/timeline.html?asOf=version:final', [1]], ['no draft', '/agenda.html', []], ['no moment between two', '/timeline.html?asOf=rev:3', []],
  ])('is printed by %s', async (_, path, which) => expect(await printed(path)).toEqual(which.map((each) => lines()[each])));

  it('is in the data: of the agenda, of the publications, of a difference', async () => {
    const hashes = lines().map((line) => line.split(' ')[2]);
    const read = async (path: string) => (await app.asked('GET', at + path)).body;
    expect(await read('/agenda.json')).toMatchObject({ revision: 4, version: { label: 'final', hash: hashes[1] } });
    expect(await read('/agenda.json?version=provisional')).toMatchObject({ revision: 2, version: { label: 'provisional', hash: hashes[0] } });
    expect(await read('/agenda/difference.json?from=version:provisional')).toMatchObject({ from: { version: { hash: hashes[0] } }, to: { version: { hash: hashes[1] } } });
    expect((await app.ask('GET', `${at}/publications`)).body).toMatchObject({ publications: hashes.map((hash) => ({ hash })) });
  });

  it('is still there when the node has started again, and when its read models were built again', async () => {
    await app.restart();
    expect(await printed('/agenda.html?version=final')).toEqual([lines()[1]]);
    await app.stop();
    rmSync(join(app.folder, 'read'), { recursive: true });
    await app.start();
    expect([...(await printed('/agenda.html?version=provisional')), ...(await printed('/agenda.html?version=final'))]).toEqual(lines());
  });

  it('proves a log whole to whoever has a printed agenda, and shows one that was forged with all its hashes', async () => {
    const kept = await printed('/agenda.html?version=provisional');
    await app.stop();
    expect(await verified(kept)).toEqual({ code: 0, said: expect.stringContaining('The log is whole') });
    for (const label of ['Proof: ', 'Preuve\u00a0: ', 'Proof, before: ']) expect((await verified(kept.map((line) => label + line))).code).toBe(0);
    const log = openDatabase(join(app.folder, 'events.db'));
    const put = log.prepare("UPDATE events SET data = ?, metadata = ? WHERE stream = 'convening-arusha-2013' AND revision = ?");
    let prev: string | null = null;
    // Another title of the opening from the first on, and a chain that fits it.
    for (const [revision, { id, type, data, metadata }] of facts().entries()) {
      const forged: NewFact = { id, type, data: data.replace('Opening', 'Opened'), metadata: metadata.replace(/"prev":(null|"[0-9a-f]{64}")/, `"prev":${JSON.stringify(prev)}`) };
      put.run(forged.data, forged.metadata, revision);
      prev = hashOf(forged);
    }
    log.prepare("UPDATE ends SET hash = ? WHERE stream = 'convening-arusha-2013'").run(prev);
    log.close();
    expect(await verified([])).toEqual({ code: 0, said: expect.stringContaining('The log is whole') });
    for (const label of ['', 'Proof: ', 'Preuve\u00a0: ']) expect(await verified(kept.map((line) => label + line))).toEqual({ code: 1, said: expect.stringContaining('convening-arusha-2013, fact 2: altered') });
  });
});
