import { describe, expect, it } from '@jest/globals';
import type { Convening } from '../../src/convening/convening.js';
import { told, withheld, type Open, type PersonId } from '../../src/event-store/personal.js';
import { namedBy, NamedPeople, type Holding } from '../../src/history/named.queries.js';

const called = (people: Readonly<Record<string, readonly string[]>>): Holding => new Map(Object.entries(people).map(([person, words]) => [person, new Set(words)]));

describe('whom words name', () => {
  it('is everybody whose names hold them, in the programme and in the registrations', () =>
    expect([...namedBy(['amina', 'juma', 'nobody'], 10, called({ one: ['amina', 'juma'], two: ['juma'] }), called({ three: ['amina'] }))]).toEqual([
      ['amina', ['one', 'three']], ['juma', ['one', 'two']], ['nobody', []],
    ]));

  it('where that is too many, is first of all who is called by the rarest of them', () => {
    const speakers = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`speaker-${n}`, ['speaker', 'of']]));
    const named = namedBy(['speaker', 'of', 'sorrow', 'mirth'], 300, called({ ...speakers, sad: ['speaker', 'of', 'sorrow'], merry: ['mirth'] }));
    expect([named.get('sorrow'), named.get('mirth'), named.get('speaker')?.slice(0, 2)]).toEqual([['sad'], ['merry'], ['sad', 'speaker-0']]);
    expect([...named.values()].flat()).toHaveLength(300);
  });
});

describe('people of the programme', () => {
  const seat = (of: string) => ({ person: of, credit: told(of, { name: `Amina ${of}` }) });
  const session = { appearances: new Map(Object.entries({ a1: seat('juma'), a2: { person: 'unnamed' }, a3: seat('mutua') })) };
  // Only what is looked at.
  const convening = { sessions: new Map([['panel', session]]) } as unknown as Convening;

  it('are named by their words until they are forgotten, and what they are called is opened once', () => {
    const sealing = { forgotten: 0 };
    const people = new NamedPeople(sealing);
    const asked: PersonId[] = [];
    const opening = (gone?: PersonId): Open => (value) => {
      asked.push(value.of);
      return value.of === gone || !('value' in value) ? withheld : value.value;
    };
    expect(people.in(convening, opening(), ['amina', 'mutua', 'nobody'])).toEqual(called({ juma: ['amina'], mutua: ['amina', 'mutua'] }));
    expect(people.in(convening, opening(), ['juma'])).toEqual(called({ juma: ['juma'] }));
    expect(asked).toEqual(['juma', 'mutua']);
    sealing.forgotten = 1;
    expect(people.in(convening, opening('mutua'), ['amina', 'mutua'])).toEqual(called({ juma: ['amina'] }));
  });
});
