import { describe, expect, it } from '@jest/globals';
import { Sharing } from '../../src/deciding/sharing.js';

const wrote = (sharing: Sharing, times: number) => Array.from({ length: times }, () => sharing.wrote(20));

describe('a stream that nobody else was seen to write', () => {
  it('is read once in eight appends all the same, so that another who tries finds it at rest', () => {
    const sharing = new Sharing();
    expect([wrote(sharing, 7), sharing.looksFirst]).toEqual([Array(7).fill(0), false]);
    expect([wrote(sharing, 1), sharing.looksFirst]).toEqual([[0], true]);
    sharing.looked(false);
    expect(sharing.looksFirst).toBe(false);
  });
});

describe('a stream that another node writes too', () => {
  it.each([['found in reading', (sharing: Sharing) => sharing.looked(true)], ['found by an append in vain', (sharing: Sharing) => sharing.foundOthers()]])('%s, is read before each append, and left alone after one about as long as that took', (_, find) => {
    const sharing = new Sharing();
    find(sharing);
    expect(sharing.looksFirst).toBe(true);
    const rests = wrote(sharing, 100);
    expect(rests.filter((rest) => rest < 10 || rest > 30)).toEqual([]);
    expect(new Set(rests).size).toBe(100);
    expect(sharing.wrote(60_000)).toBe(500);
    sharing.looked(false);
    expect(sharing.looksFirst).toBe(true);
  });

  it('gets one command after an append in vain, and as many as there are after one that was written', () => {
    const sharing = new Sharing();
    expect(sharing.isCautious).toBe(false);
    sharing.foundOthers();
    expect(sharing.isCautious).toBe(true);
    sharing.looked(true);
    expect(sharing.isCautious).toBe(true);
    sharing.wrote(1);
    expect(sharing.isCautious).toBe(false);
  });
});
