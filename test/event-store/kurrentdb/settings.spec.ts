import { describe, expect, test } from '@jest/globals';
import { settingsFrom } from '../../../src/event-store/kurrentdb/settings.js';

describe('The address of a KurrentDB', () => {
  test.each([
    ['kurrentdb://127.0.0.1:2113?tls=false', false, 1],
    ['esdb://127.0.0.1:2113?tls=false', false, 1],
    ['kurrentdb://one:2113,two:2113,three:2113?tls=true', true, 3],
    ['kurrentdb+discover://cluster.example.org:2113', true, 1],
  ])('%s is read', (url, gossip, hosts) => {
    const settings = settingsFrom(url);
    expect([settings.gossip, settings.hosts.length]).toEqual([gossip, hosts]);
  });

  test('has credentials only where TLS hides them', () => {
    expect(settingsFrom('kurrentdb://admin:secret@one:2113').authorization).toBe(`Basic ${Buffer.from('admin:secret').toString('base64')}`);
    expect(() => settingsFrom('kurrentdb://admin:secret@one:2113?tls=false')).toThrow(/sent in clear/);
  });

  test.each(['http://127.0.0.1:2113', 'kurrentdb://', 'kurrentdb://admin:secret@one:port', 'a secret word'])('%j is refused with a sentence that does not repeat it', (url) => {
    expect(() => settingsFrom(url)).toThrow(/^KURRENTDB_URL /);
    expect(() => settingsFrom(url)).not.toThrow(/secret/);
  });

  test('names certificates that can be read, and a key with each', () => {
    expect(() => settingsFrom('kurrentdb://one:2113?tlsCAFile=/nowhere/ca.crt')).toThrow(/\/nowhere\/ca.crt/);
    expect(() => settingsFrom('kurrentdb://one:2113?userCertFile=/nowhere/user.crt')).toThrow(/together/);
  });
});
