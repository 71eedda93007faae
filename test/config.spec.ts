import { describe, expect, it } from '@jest/globals';
import { configFrom, WrongSetting } from '../src/config.js';

describe('the configuration', () => {
  it('has defaults for everything', () => expect(configFrom({ HOME: '/home/me' })).toEqual({ host: '127.0.0.1', port: 3000, data: './data' }));

  it('is read from the environment', () =>
    expect(
      configFrom({
        BARAZA_HOST: '0.0.0.0', BARAZA_PORT: '0', BARAZA_DATA: '/var/baraza', BARAZA_TOKEN: 'sixteen-letters!', BARAZA_SECRET: 's'.repeat(32),
        BARAZA_URL: 'https://meet.example.org/',
      }),
    ).toEqual({
      host: '0.0.0.0', port: 0, data: '/var/baraza', token: 'sixteen-letters!', secret: 's'.repeat(32), url: 'https://meet.example.org',
    }));

  it.each([
    ['BARAZA_PORT', '65536', 'BARAZA_PORT is not right: it takes a number from 0 to 65535.'],
    ['BARAZA_HOST', 'two words', 'BARAZA_HOST is not right: it takes a host name or an IP address.'],
    ['BARAZA_TOKEN', 'short', 'BARAZA_TOKEN is not right: it takes 16 to 256 visible ASCII characters.'],
    ['BARAZA_SECRET', 'short', 'BARAZA_SECRET is not right: it takes at least 32 characters.'],
    ['BARAZA_URL', 'ftp://example.org', 'BARAZA_URL is not right: it takes an http or https address.'],
    ['BARAZA_PROT', '3000', 'BARAZA_PROT is no setting of Baraza. The settings are BARAZA_HOST, BARAZA_PORT, BARAZA_DATA, BARAZA_TOKEN, BARAZA_SECRET, BARAZA_URL, BARAZA_PROXIES, KURRENTDB_URL, KURRENTDB_PREFIX.'],
    ['KURRENTDB_URL', 'http://127.0.0.1:2113', 'KURRENTDB_URL is not right: it takes an address that begins with kurrentdb:// or esdb://.'],
    ['KURRENTDB_PREFIX', 'two.parts', 'KURRENTDB_PREFIX is not right: it takes lower-case letters, digits and hyphens, at most 64, not beginning with a hyphen.'],
    ['KURRENTDB_HTTP_PORT', '2113', 'KURRENTDB_HTTP_PORT is no setting of Baraza. The settings are BARAZA_HOST, BARAZA_PORT, BARAZA_DATA, BARAZA_TOKEN, BARAZA_SECRET, BARAZA_URL, BARAZA_PROXIES, KURRENTDB_URL, KURRENTDB_PREFIX.'],
  ])('refuses %s=%s with a sentence', (name, value, sentence) => expect(() => configFrom({ [name]: value })).toThrow(new WrongSetting(sentence)));

  const shared = { BARAZA_TOKEN: 'sixteen-letters!', BARAZA_SECRET: 's'.repeat(32) };
  const url = 'kurrentdb://admin:changeit@one:2113,two:2113';

  it('names a KurrentDB with what all nodes over it share', () =>
    expect([configFrom({ KURRENTDB_URL: url, ...shared }).kurrentdb, configFrom({ KURRENTDB_URL: url, KURRENTDB_PREFIX: 'meetings', ...shared }).kurrentdb]).toEqual([{ url }, { url, prefix: 'meetings' }]));

  it.each([
    ['no secret', { KURRENTDB_URL: url, BARAZA_TOKEN: shared.BARAZA_TOKEN }, 'KURRENTDB_URL needs BARAZA_SECRET: one that all nodes over this store share.'],
    ['no token', { KURRENTDB_URL: url, BARAZA_SECRET: shared.BARAZA_SECRET }, 'KURRENTDB_URL needs BARAZA_TOKEN: one that all nodes over this store take.'],
    ['a prefix and no address', { KURRENTDB_PREFIX: 'meetings', ...shared }, 'KURRENTDB_PREFIX needs KURRENTDB_URL.'],
  ])('refuses %s', (_, environment, sentence) => expect(() => configFrom(environment)).toThrow(new WrongSetting(sentence)));
});
