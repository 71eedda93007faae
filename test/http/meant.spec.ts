import { describe, expect, it } from '@jest/globals';
import { meantBy } from '../../src/http/meant.js';

const names = ['id', 'kind', 'title', 'category', 'capacity', 'sortName', 'interpretation', 'tz'];

describe('what was meant by a name', () => {
  it.each([
    ['categroy', 'category'], ['capcity', 'capacity'], ['titles', 'title'], ['titel', 'title'], ['knd', 'kind'], ['sort_name', 'sortName'], ['Kind', 'kind'], ['ID', 'id'], ['interpretations', 'interpretation'],
  ])('%s is near a name: %s', (name, meant) => expect(meantBy(name, names)).toBe(meant));

  it.each(['speaker', 'link', 'to', 'x', '', 'cat', 'x'.repeat(100)])('"%s" is near none', (name) => expect(meantBy(name, names)).toBeUndefined());

  it('is the nearest, and of those that are as near the first', () => {
    expect(meantBy('dates', ['data', 'date'])).toBe('date');
    expect(meantBy('dat', ['data', 'date'])).toBe('data');
  });
});
