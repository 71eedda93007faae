import { beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBaraza } from '../../src/baraza.js';
import { Rates } from '../../src/http/rates.js';
import { StandingClock, token } from './application.js';

describe('a rate', () => {
  it('lets so many pass at once, and one more each time its time has come', () => {
    const rates = new Rates({ atOnce: 3, perSecond: 0.5 });
    expect([1, 2, 3, 4].map(() => rates.take('a', 0))).toEqual([0, 0, 0, 2_000]);
    expect(rates.take('b', 0)).toBe(0);
    expect([rates.take('a', 1_999), rates.take('a', 2_000), rates.take('a', 2_000)]).toEqual([1, 0, 2_000]);
    expect(rates.take('a', 1_000_000, 3)).toBe(0);
    expect(rates.take('a', 1_000_000, 1)).toBe(2_000);
  });

  it('never lets more pass at once than that', () => {
    const rates = new Rates({ atOnce: 3, perSecond: 0.5 });
    expect(rates.take('a', 0, 4)).toBe(2_000);
    expect(rates.take('a', 0, 3)).toBe(0);
  });
});

describe('strangers behind a proxy', () => {
  const form = (name: string) => ({ category: 'participant', name: { family: name }, email: `${name}@example.org` });
  const clock = new StandingClock();
  beforeAll(() => clock.set('2013-03-01T08:00:00Z'));

  const served = async (proxies: readonly string[], work: (ask: (path: string, body: object, from?: string, isOperator?: boolean) => Promise<{ status: number; code: string | undefined; after: string | null }>) => Promise<void>) => {
    const data = mkdtempSync(join(tmpdir(), 'baraza-rates-'));
    const baraza = await startBaraza({ host: '127.0.0.1', port: 0, data, token, proxies }, { clock, log: pino({ level: 'silent' }) });
    try {
      await work(async (path, body, from, isOperator = false) => {
        const headers = { 'content-type': 'application/json', ...(from !== undefined && { 'x-forwarded-for': from }), ...(isOperator && { authorization: `Bearer ${token}` }) };
        const answer = await fetch(`${baraza.url}/convenings${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
        return { status: answer.status, code: ((await answer.json()) as { code?: string }).code, after: answer.headers.get('retry-after') };
      });
    } finally {
      await baraza.close();
      rmSync(data, { recursive: true });
    }
  };
  const prepare = async (ask: Parameters<Parameters<typeof served>[1]>[0]) => {
    await ask('', { id: 'arusha', title: 'Arusha', start: '2013-05-27', end: '2013-05-28', zone: 'UTC' }, undefined, true);
    await ask('/arusha/registration', { opens: '2013-01-01T00:00:00Z' }, undefined, true);
    await ask('/arusha/registration/categories', { id: 'participant', name: 'Participant' }, undefined, true);
  };

  it('are limited by their own address, if the proxy is named', () =>
    served(['127.0.0.1'], async (ask) => {
      await prepare(ask);
      const group = { members: Array.from({ length: 100 }, (_, n) => form(`a${n}`)) };
      expect((await ask('/arusha/registrations', group, '203.0.113.7')).status).toBe(201);
      expect(await ask('/arusha/registrations', form('b'), '203.0.113.7')).toEqual({ status: 429, code: 'too-many-requests', after: '5' });
      // What a stranger writes before the proxy's own word counts for nothing.
      expect((await ask('/arusha/registrations', form('b'), '198.51.100.1, 203.0.113.7')).status).toBe(429);
      expect((await ask('/arusha/registrations', form('c'), '203.0.113.8')).status).toBe(201);
      expect((await ask('/arusha/registrations', form('d'), '203.0.113.7', true)).status).toBe(201);
      clock.time += 5_000;
      expect((await ask('/arusha/registrations', form('b'), '203.0.113.7')).status).toBe(201);
    }));

  it('are one with their network of IPv6', () =>
    served(['loopback'], async (ask) => {
      await prepare(ask);
      expect((await ask('/arusha/registrations', { members: Array.from({ length: 100 }, (_, n) => form(`a${n}`)) }, '2001:db8:0:1::1')).status).toBe(201);
      expect((await ask('/arusha/registrations', form('b'), '2001:db8:0:1:ffff::2')).status).toBe(429);
      expect((await ask('/arusha/registrations', form('b'), '2001:db8:0:2::1')).status).toBe(201);
    }));

  it('are each one where their proxy writes addresses of IPv4 as such of IPv6', () =>
    served(['loopback'], async (ask) => {
      await prepare(ask);
      expect((await ask('/arusha/registrations', { members: Array.from({ length: 100 }, (_, n) => form(`a${n}`)) }, '::ffff:203.0.113.7')).status).toBe(201);
      expect((await ask('/arusha/registrations', form('b'), '::ffff:203.0.113.7')).status).toBe(429);
      expect((await ask('/arusha/registrations', form('b'), '::ffff:203.0.113.8')).status).toBe(201);
    }));

  it('are not told apart by what an unnamed proxy says', () =>
    served([], async (ask) => {
      await prepare(ask);
      for (const address of ['203.0.113.7', '203.0.113.8']) expect((await ask('/arusha/registrations', form(address.slice(-1)), address)).status).toBe(201);
    }));

  it('are limited in one convening, from wherever they ask', () =>
    served([], async (ask) => {
      await prepare(ask);
      const statuses: number[] = [];
      for (let sent = 0; sent < 2_100; sent += 100) for (const { status } of await Promise.all(Array.from({ length: 100 }, () => ask('/arusha/registrations', {})))) statuses.push(status);
      expect(statuses.filter((status) => status === 429)).toHaveLength(100);
      expect((await ask('/zanzibar/registrations', form('a'))).status).toBe(404);
    }), 60_000);
});
