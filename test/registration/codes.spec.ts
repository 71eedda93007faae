import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Secret } from '../../src/access/secret.js';
import { Addresses } from '../../src/registration/addresses.http.js';
import { codeIn, newCode } from '../../src/registration/codes.http.js';

describe('a code', () => {
  const codes = Array.from({ length: 2_000 }, newCode);

  it('is two groups of five, of symbols that are not taken for others, and another each time', () => {
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(new Set(codes).size).toEqual(codes.length);
  });

  it('is read however it is typed', () => {
    for (const code of codes.slice(0, 200)) {
      const typed = code.toLowerCase().replace('-', ' ').replace(/0/g, 'o').replace(/1/g, 'l');
      expect([codeIn(code), codeIn(` ${typed} `)]).toEqual([code, code]);
    }
  });

  it('with one wrong symbol is none', () =>
    fc.assert(fc.property(fc.nat(8), fc.integer({ min: 1, max: 31 }), fc.nat(1_999), (place, by, which) => {
      const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
      const text = Array.from(codes[which]!.replace('-', ''));
      text[place] = symbols[(symbols.indexOf(text[place]!) + by) % 32]!;
      expect(codeIn(text.join(''))).toBeUndefined();
    })));

  it.each(['', '7KQ2M', 'U'.repeat(10), '7KQ2M-4XD9T-X', 'constructor'])('is not %p', (typed) => expect(codeIn(typed)).toBeUndefined());
});

describe('an address', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baraza-'));
  const addresses = new Addresses(Secret.in(folder, 'a secret that is at least 32 characters'));
  const others = new Addresses(Secret.in(folder, 'another secret of at least 32 characters'));
  rmSync(folder, { recursive: true });
  const digest = addresses.digest('arusha-2013', 'amina@example.org');

  it('is the same however it is spelt', () => expect(addresses.digest('arusha-2013', ' Amina@EXAMPLE.org ')).toEqual(digest));

  it('is another of another person, in another convening, and with another secret', () => {
    expect(addresses.digest('arusha-2013', 'paul@example.org')).not.toEqual(digest);
    expect(addresses.digest('arusha-2014', 'amina@example.org')).not.toEqual(digest);
    expect(others.digest('arusha-2013', 'amina@example.org')).not.toEqual(digest);
  });

  it('is 128 bits, in which the address does not stand', () => expect(digest).toMatch(/^[A-Za-z0-9_-]{22}$/));
});
