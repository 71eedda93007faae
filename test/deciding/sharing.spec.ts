import { describe, expect, it } from '@jest/globals';
import { Sharing } from '../../src/deciding/sharing.js';

const wrote = (sharing: Sharing, times: number) => Array.from({ length: times }, () => sharing.wrote(20, true));

describe('a stream that nobody else was seen to write', () => {
  it('is read once in eight appends all the same, so that another who tries finds it at rest', () => {
    const sharing = new Sharing();
    expect([wrote(sharing, 7), sharing.looksFirst]).toEqual([Array(7).fill(0), false]);
    expect([wrote(sharing, 1), sharing.looksFirst]).toEqual([[0], true]);
    sharing.looked(false);
    expect(sharing.looksFirst).toBe(false);
  });
});

/** About as long as 20 ms: never twice the same. */
const mostlyOf = (rests: readonly number[]) => ({ outside: rests.filter((rest) => rest < 10 || rest > 30), different: new Set(rests).size });

describe('a stream that another node writes too', () => {
  it('is read before each append, and left alone after one about as long as that took', () => {
    const sharing = new Sharing();
    sharing.looked(true);
    expect(sharing.looksFirst).toBe(true);
    expect(mostlyOf(wrote(sharing, 100))).toEqual({ outside: [], different: 100 });
    expect(sharing.wrote(60_000, true)).toBe(500);
    sharing.looked(false);
    expect(sharing.looksFirst).toBe(true);
  });

  it('is left alone after an append in vain too, but by one command alone', () => {
    const sharing = new Sharing();
    expect(mostlyOf(Array.from({ length: 100 }, () => sharing.foundOthers(20, false)))).toEqual({ outside: [], different: 100 });
    expect([sharing.foundOthers(60_000, false), sharing.foundOthers(60_000, true)]).toEqual([500, 0]);
  });

  it('gets one command then, and when that was written all that waits at once, without being read', () => {
    const sharing = new Sharing();
    expect(sharing.isCautious).toBe(false);
    sharing.foundOthers(20, false);
    expect([sharing.isCautious, sharing.looksFirst]).toEqual([true, true]);
    sharing.looked(true);
    expect([sharing.isCautious, sharing.wrote(20, true)]).toEqual([true, 0]);
    expect([sharing.isCautious, sharing.looksFirst]).toEqual([false, false]);
    expect([mostlyOf([sharing.wrote(20, true)]), sharing.looksFirst]).toEqual([{ outside: [], different: 1 }, true]);
  });

  it('is left alone after one command where no others wait', () => {
    const sharing = new Sharing();
    sharing.foundOthers(20, true);
    expect([mostlyOf([sharing.wrote(20, false)]), sharing.looksFirst]).toEqual([{ outside: [], different: 1 }, true]);
  });

  it('is read again where what followed at once was in vain', () => {
    const sharing = new Sharing();
    sharing.foundOthers(20, false);
    sharing.wrote(20, true);
    sharing.foundOthers(20, false);
    expect([sharing.isCautious, sharing.looksFirst]).toEqual([true, true]);
  });
});
