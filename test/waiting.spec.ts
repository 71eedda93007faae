import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { startBaraza, type Baraza } from '../src/baraza.js';
import { StoreRefused } from '../src/event-store/event-store.js';
import { Double } from './event-store/kurrentdb/double.js';
import { StandingClock, token, type Body } from './http/application.js';

const secret = 'a secret that all nodes of the tests share';
const convening = { id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' };

describe('A node whose store is not there yet', () => {
  let double: Double;
  let data: string;
  let baraza: Baraza | undefined;
  const start = async (given = secret, prefix?: string) => {
    const config = { host: '127.0.0.1', port: 0, data, token, secret: given, kurrentdb: { url: double.url, ...(prefix !== undefined && { prefix }) } };
    return (baraza = await startBaraza(config, { clock: new StandingClock(), log: pino({ level: 'silent' }) }));
  };
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(baraza!.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    // Cast: an object, of which tests look at what they expect.
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body: (await response.json()) as Body };
  };
  beforeEach(async () => {
    double = await Double.start();
    data = mkdtempSync(join(tmpdir(), 'baraza-'));
  });
  afterEach(async () => {
    await baraza?.close();
    baraza = undefined;
    await double.stop();
    rmSync(data, { recursive: true, force: true });
  });

  it('listens, says what it waits for, answers all else with 503, and serves as soon as the store is there', async () => {
    await double.wire.refuse();
    const { serving } = await start();
    expect([await ask('GET', '/health/live'), (await ask('GET', '/health/ready')).status]).toEqual([{ status: 200, retryAfter: null, body: { status: 'ok' } }, 503]);
    const [log, ...readModels] = (await ask('GET', '/health/ready')).body.parts ?? [];
    expect([log?.name, log?.details]).toEqual(['event log', { why: expect.stringMatching(/^This node waits for the event store: /) }]);
    expect(readModels.map(({ name, details }) => [name.startsWith('read model '), details])).toEqual(readModels.map(() => [true, { serving: false, stopped: [] }]));
    for (const [method, path, body] of [['GET', '/convenings'], ['GET', '/nowhere'], ['POST', '/convenings', convening]] as const) {
      const answer = await ask(method, path, body);
      expect([answer.status, answer.body.code, answer.retryAfter]).toEqual([503, 'store-awaited', '1']);
    }
    await double.wire.open();
    await serving;
    const answers = [await ask('POST', '/convenings', convening), await ask('GET', '/convenings')];
    expect(answers.map(({ status }) => status)).toEqual([201, 200]);
    // What follows the log in a thread of its own may begin to serve a moment later.
    while ((await ask('GET', '/health/ready')).status !== 200);
  });

  it('serves at once when it is there, in streams with the prefix that it was given and a dot; and is refused a secret that is not the one the keys are wrapped with, also when the store comes later', async () => {
    await (await start(secret, 'meetings')).serving;
    expect((await ask('POST', '/convenings', convening)).status).toBe(201);
    expect(double.log.all.map(({ stream }) => stream).filter((stream) => !stream.startsWith('$'))).toEqual(['meetings.baraza-log', 'meetings.baraza-keys', 'meetings.convening-arusha-2013']);
    await baraza?.close();
    baraza = undefined;
    const refused = await start('a secret that is not that of the others', 'meetings').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StoreRefused);
    expect(String(refused)).toMatch(/The secret is not the one .* Set BARAZA_SECRET to the one that all nodes share/);
    await double.wire.refuse();
    const { serving } = await start('a secret that is not that of the others', 'meetings');
    await double.wire.open();
    await expect(serving).rejects.toBeInstanceOf(StoreRefused);
  });

  it('is refused a folder with a log of its own, which would be forgotten', async () => {
    writeFileSync(join(data, 'events.db'), '');
    await expect(start()).rejects.toMatchObject({ name: 'StoreRefused', message: expect.stringContaining('holds an event log, and KURRENTDB_URL names another') });
  });

  it('can be stopped', async () => {
    await double.wire.refuse();
    const started = await start();
    await started.close();
    await expect(started.serving).rejects.toMatchObject({ name: 'StoreUnavailable' });
  });
});
