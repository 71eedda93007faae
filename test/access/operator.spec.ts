import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Operator } from '../../src/access/operator.js';
import { Secret } from '../../src/access/secret.js';

describe('the secret and the operator’s token', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'baraza-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are made at first start and the same ever after; the token is given once and only its hash is kept', () => {
    const first = Operator.in(folder, Secret.in(folder));
    const token = first.keep()!;
    const again = Operator.in(folder, Secret.in(folder));
    expect([first.holds(token), again.holds(token), again.keep(), again.id === first.id]).toEqual([true, true, undefined, true]);
    expect(readdirSync(folder).sort()).toEqual(['operator.sha256', 'secret']);
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain(token);
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('are made again by the next start when the first one failed before the token could be printed', () => {
    Operator.in(folder, Secret.in(folder));
    expect(Operator.in(folder, Secret.in(folder)).keep()).toMatch(/^[\w-]{32}$/);
  });

  it('may be set, and then nothing is kept', () => {
    const secret = Secret.in(folder, 'a secret that is set by the operator');
    const operator = Operator.in(folder, secret, 'the-token-that-is-set');
    expect([operator.holds('the-token-that-is-set'), operator.holds('the-token-that-was'), operator.keep()]).toEqual([true, false, undefined]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('give the same actor for the same token and secret, and another for another', () => {
    const actorOf = (token: string, secret: string) => Operator.in(folder, Secret.in(folder, secret), token).id;
    const one = actorOf('the-token-that-is-set', 'a secret');
    expect(actorOf('the-token-that-is-set', 'a secret')).toBe(one);
    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set([one, actorOf('another-token-is-set', 'a secret'), actorOf('the-token-that-is-set', 'another secret')]).size).toBe(3);
  });

  it('make keys for one purpose that tell nothing of another', () => {
    const secret = Secret.in(folder, 'a secret');
    expect(secret.keyFor('links')).toEqual(secret.keyFor('links'));
    expect(secret.keyFor('links').equals(secret.keyFor('bodies'))).toBe(false);
  });

  it('are refused with a sentence when the kept hash is not one', () => {
    writeFileSync(join(folder, 'operator.sha256'), 'oops\n');
    expect(() => Operator.in(folder, Secret.in(folder, 'a secret'))).toThrow('is not a hash. Delete it to have a new token made');
  });
});
