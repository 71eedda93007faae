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
    ['BARAZA_PROT', '3000', 'BARAZA_PROT is no setting of Baraza. The settings are BARAZA_HOST, BARAZA_PORT, BARAZA_DATA, BARAZA_TOKEN, BARAZA_SECRET, BARAZA_URL.'],
  ])('refuses %s=%s with a sentence', (name, value, sentence) => expect(() => configFrom({ [name]: value })).toThrow(new WrongSetting(sentence)));
});
