import { describe, expect, it } from '@jest/globals';
import { audiences, inLanguages, mayBeSeenBy } from '../../src/convening/texts.js';

describe('an audience', () => {
  it('sees what is meant for it and for those with fewer rights, and nothing else', () =>
    expect(audiences.map((reader) => audiences.filter((meant) => mayBeSeenBy(meant, reader)))).toEqual([
      ['public'],
      ['public', 'participants'],
      ['public', 'participants', 'internal'],
    ]));
});

describe('a text', () => {
  it('given as a plain string is in the convening’s first language', () => expect(inLanguages('Karibu', 'sw')).toEqual({ sw: 'Karibu' }));
  it('given by language stays as it is', () => expect(inLanguages({ en: 'Welcome' }, 'sw')).toEqual({ en: 'Welcome' }));
});
