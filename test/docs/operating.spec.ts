import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { configFrom } from '../../src/config.js';

/** The settings that there are, as the refusal of an unknown one names them. */
const settings = (): string[] => {
  try {
    configFrom({ BARAZA_UNKNOWN: '' });
  } catch (error) {
    return String(error).split('The settings are ')[1]?.match(/\w+/g) ?? [];
  }
  return [];
};

describe('the operating guide', () => {
  it('names every setting, and no other', () => {
    const rows = readFileSync('docs/operating.md', 'utf8').matchAll(/^\| `([A-Z_]+)` \|/gm);
    expect([...rows].map(([, name]) => name)).toEqual(settings());
  });
});
