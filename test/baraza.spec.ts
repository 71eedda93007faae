import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startBaraza } from '../src/baraza.js';
import { conveningCatalogue } from '../src/convening/convening.events.js';
import { Codec } from '../src/event-store/codec.js';
import { StoreRefused } from '../src/event-store/event-store.js';
import { Sealing } from '../src/event-store/sealing.js';
import { SqliteEventStore } from '../src/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../src/event-store/sqlite/sqlite-keys.js';

const token = 'a-token-for-the-tests';
const person = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01';
const at = '/convenings/arusha-2013';

describe('A data folder of which a file was lost', () => {
  let whole: string;
  let data: string;
  const start = (secret?: string) => startBaraza({ host: '127.0.0.1', port: 0, data, token, ...(secret !== undefined && { secret }) }, { log: pino({ level: 'silent' }) });
  const ask = async (url: string, method: string, path: string, body?: object) => {
    const response = await fetch(url + path, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) });
    return (await response.json()) as { appearances?: { credit: object }[] };
  };
  /** What lies in the folder, but for what a process keeps while it runs. */
  const kept = () => readdirSync(data).filter((name) => /^(events\.db|keys\.db|secret|operator\.sha256)$/.test(name)).map((name) => `${name} ${createHash('sha256').update(readFileSync(join(data, name))).digest('hex')}`);
  const names = async () => {
    const baraza = await start();
    const { appearances } = await ask(baraza.url, 'GET', `${at}/sessions/talk/appearances`);
    await baraza.close();
    return appearances?.map(({ credit }) => credit);
  };

  beforeEach(async () => {
    whole = mkdtempSync(join(tmpdir(), 'baraza-'));
    data = mkdtempSync(join(tmpdir(), 'baraza-'));
    const baraza = await start();
    for (const [path, body] of [
      ['/convenings', { id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' }],
      [`${at}/sessions`, { id: 'talk', kind: 'talk', title: 'A talk' }],
      [`${at}/sessions/talk/appearances`, { role: 'speaker', person, credit: { name: 'Amina Juma' } }],
    ] as const) await ask(baraza.url, 'POST', path, body);
    await baraza.close();
    cpSync(data, whole, { recursive: true });
  });
  afterEach(() => {
    for (const folder of [whole, data]) rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['keys.db', /keys\.db is missing/],
    ['events.db', /events\.db is missing/],
    ['secret', /secret.* is missing/],
  ])('%s: the start is refused with a sentence, nothing is made in its place, and all is well when it is put back', async (lost, sentence) => {
    rmSync(join(data, lost));
    const before = kept();
    const refused = await start().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StoreRefused);
    expect(String(refused)).toMatch(sentence);
    expect(kept()).toEqual(before);
    cpSync(join(whole, lost), join(data, lost));
    expect(await names()).toEqual([{ name: 'Amina Juma' }]);
  });

  it('the read models: they are made again, and nothing is lost', async () => {
    rmSync(join(data, 'read'), { recursive: true });
    expect(await names()).toEqual([{ name: 'Amina Juma' }]);
  });
});

it('On a port that is taken a start says so and makes nothing', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo; // It listens on a port.
  const data = join(tmpdir(), `baraza-${randomUUID()}`);
  try {
    await expect(startBaraza({ host: '127.0.0.1', port, data, token }, { log: pino({ level: 'silent' }) })).rejects.toMatchObject({ code: 'EADDRINUSE', port, address: '127.0.0.1' });
    expect(existsSync(data)).toBe(false);
  } finally {
    other.close();
  }
});

describe('A node', () => {
  let data: string;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'baraza-'));
  });
  afterEach(() => rmSync(data, { recursive: true, force: true }));
  const start = () => startBaraza({ host: '127.0.0.1', port: 0, data, token }, { log: pino({ level: 'silent' }) });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };

  it('that begins tells what stood in the log before, however far its rows had come when it was killed', async () => {
    const first = await start();
    await fetch(`${first.url}/convenings`, { method: 'POST', headers, body: JSON.stringify({ id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' }) });
    await first.close();
    const store = await SqliteEventStore.open(join(data, 'events.db'));
    const keys = SqliteKeys.open(join(data, 'keys.db'), readFileSync(join(data, 'secret'), 'utf8').trim());
    const many = 12_000;
    const { facts } = await new Codec(conveningCatalogue, new Sealing(keys), randomUUID).encode('convening-arusha-2013', Array.from({ length: many }, (_, n) => ({
      type: 'SessionPlanned' as const, data: { session: `s${n + 1}`, kind: 'talk' as const, title: { en: 'A talk' }, interpretation: [], audience: 'public' as const, links: [] },
    })), { at: '2013-01-01T00:00:00.000Z', commandId: randomUUID(), correlationId: 'c', actor: person }, null);
    await store.append('convening-arusha-2013', 0, facts);
    await keys.close();
    await store.close();
    const again = await start();
    const answer = await fetch(`${again.url}${at}/sessions/s${many}`, { headers });
    await again.close();
    expect(answer.status).toBe(200);
  });

  it('that stops answers what it was asked, and keeps no connection open after that', async () => {
    const node = await start();
    const body = JSON.stringify({ id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' });
    const socket = connect(Number(new URL(node.url).port), '127.0.0.1');
    let told = '';
    socket.setEncoding('utf8').on('data', (text: string) => (told += text));
    socket.write(`POST /convenings HTTP/1.1\r\nHost: baraza\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n{`);
    // The node has the connection and has begun to read when it answers another.
    await fetch(`${node.url}/health/live`);
    const began = performance.now();
    const stopped = node.close();
    socket.write(body.slice(1));
    await once(socket, 'close');
    await stopped;
    expect(told).toMatch(/^HTTP\/1.1 201 .*\r\nconnection: close\r\n/is);
    // Left open, it would be waited for for half a minute.
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it('that stops lets who reads slowly read all of an answer that was written before', async () => {
    const node = await start();
    await fetch(`${node.url}/convenings`, { method: 'POST', headers, body: JSON.stringify({ id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' }) });
    const abstract = 'What a talk of this kind says of itself. '.repeat(200);
    const sessions = Array.from({ length: 1_500 }, (_, n) => ({ id: `s${n}`, kind: 'talk', title: `Talk ${n}`, abstract }));
    const put = await fetch(`${node.url}${at}/programme`, { method: 'PUT', headers, body: JSON.stringify({ sessions }) });
    await put.arrayBuffer();
    const whole = (await (await fetch(`${node.url}${at}/programme`, { headers })).arrayBuffer()).byteLength;
    const socket = connect(Number(new URL(node.url).port), '127.0.0.1');
    socket.write(`GET ${at}/programme HTTP/1.1\r\nHost: baraza\r\nAuthorization: Bearer ${token}\r\nAccept: application/json\r\n\r\n`);
    // It was begun to be written, and more of it than lines hold waits in the node.
    await once(socket, 'readable');
    const stopped = node.close();
    for (let asked = 0; asked < 20; asked++) await fetch(`${node.url}/health/live`).catch(() => undefined);
    let read = 0;
    socket.on('data', (bytes: Buffer) => (read += bytes.length));
    await once(socket, 'close');
    await stopped;
    expect([put.status, whole > 12_000_000, read > whole]).toEqual([200, true, true]);
  });
});
