import { describe, expect, it } from '@jest/globals';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import { groupsOf, headingOf, itemsOf, momentOf, printing, seatOf, standingOf, zoneOf } from '../../src/agenda/renderers/printed.js';
import { english } from '../../src/agenda/renderers/words.en.js';
import { french } from '../../src/agenda/renderers/words.fr.js';
import { wordsIn } from '../../src/agenda/renderers/vocabularies.js';
import { withheld } from '../../src/event-store/personal.js';
import { bishop, planned, talk } from '../convening/arusha.js';
import { answered, given, invited, item, minister, paul, seat, seatOf as proposedFor, theSession, proved } from './reading.js';

const inLanguages = (...languages: string[]): ConveningEvent => ({ ...planned, data: { ...planned.data, languages } });

describe('a text', () => {
  const welcome = { en: 'Welcome', fr: 'Bienvenue', ar: 'أهلا' };
  const read = (language: string, text: Record<string, string>, ...languages: string[]) =>
    printing(given(inLanguages(...languages)).readBy('public', { language })).read(text);

  it('reads in the language that is asked for, which is said where it is not the page’s', () => {
    expect(read('fr', welcome, 'en', 'fr')).toEqual({ text: 'Bienvenue' });
    expect(read('ar', welcome, 'en', 'ar')).toEqual({ text: 'أهلا', language: 'ar' });
  });
  it('reads in another variety of that language where it has only that', () =>
    expect(read('fr-CA', { en: 'Welcome', 'fr-CH': 'Bienvenue' }, 'en')).toEqual({ text: 'Bienvenue', language: 'fr-CH' }));
  it('else in the page’s language, else in the first of the convening’s that it has, else in any', () => {
    expect(read('sw', { en: 'Welcome', fr: 'Bienvenue' }, 'fr', 'en')).toEqual({ text: 'Bienvenue' });
    expect(read('sw', { ar: 'أهلا', fr: 'Bienvenue' }, 'ar', 'fr')).toEqual({ text: 'Bienvenue' });
    expect(read('sw', { ar: 'أهلا', es: 'Bienvenidos' }, 'ar')).toEqual({ text: 'أهلا', language: 'ar' });
    expect(read('sw', { es: 'Bienvenidos', pt: 'Bem-vindos' }, 'en')).toEqual({ text: 'Bienvenidos', language: 'es' });
  });
  it('that says nothing gives way to what can stand for it', () => {
    const printed = printing(given(planned).readBy('public'));
    expect(headingOf({ en: ' ' }, 'panel-1', printed)).toEqual({ text: 'panel-1' });
    expect(headingOf({ en: 'Panel' }, 'panel-1', printed)).toEqual({ text: 'Panel' });
  });
});

describe('the words of a page', () => {
  it('are in the reader’s language, else in a language of the convening, else English', () => {
    expect(wordsIn('fr-CA', 'en')).toBe(french);
    expect(wordsIn('sw', 'ar', 'fr')).toBe(french);
    expect(wordsIn('sw', 'ar')).toBe(english);
  });

  it('write dates as their readers do', () => {
    const dates = ({ dates: written }: typeof english) => [
      written('2013-05-27', '2013-05-27'), written('2013-05-27', '2013-05-28'), written('2013-05-30', '2013-06-01'), written('2013-12-31', '2014-01-01'),
    ];
    expect(dates(english)).toEqual(['27 May 2013', '27–28 May 2013', '30 May – 1 June 2013', '31 December 2013 – 1 January 2014']);
    expect(dates(french)).toEqual(['27 mai 2013', '27–28 mai 2013', '30 mai – 1er juin 2013', '31 décembre 2013 – 1er janvier 2014']);
    expect([english.day('2013-05-27'), english.shortDay('2013-05-27')]).toEqual(['Monday, 27 May 2013', 'Mon 27 May']);
    expect([french.day('2013-05-27'), french.shortDay('2013-07-01')]).toEqual(['Lundi 27 mai 2013', 'Lun. 1er juillet']);
  });
});

describe('a seat', () => {
  const printed = (audience: 'public' | 'internal', facts: readonly ConveningEvent[], open?: () => typeof withheld) => {
    const agenda = given(planned, talk, ...facts).readBy(audience, open && { open });
    return seatOf(theSession(agenda).appearances[0]!, printing(agenda));
  };
  const confirmed = [seat('a1'), answered('AppearanceConfirmed')];

  it('prints name, position, organisation and country', () =>
    expect(printed('public', confirmed)).toEqual({
      name: 'Hon. Amina Juma', details: [{ text: 'Judge' }, { text: 'High Court' }, { text: 'Tanzania' }], remarks: [], gone: false,
    }));
  it('of an office says that its holder is to be confirmed', () =>
    expect(printed('public', [proposedFor(minister)])).toEqual({ details: [{ text: 'Minister of Justice' }, { text: 'Tanzania' }], remarks: ['to be confirmed'], gone: false }));
  it('of who was forgotten says that a name is withheld', () =>
    expect(printed('public', confirmed, () => withheld)).toEqual({ details: [], remarks: ['name withheld'], gone: false }));
  it('tells organisers its state, unless it is confirmed', () => {
    expect(printed('internal', [seat('a1'), invited])).toMatchObject({ name: 'Hon. Amina Juma', remarks: ['invited'], gone: false });
    expect(printed('internal', [seat('a1'), answered('AppearanceDeclined')])).toMatchObject({ remarks: ['declined'], gone: true });
    expect(printed('internal', confirmed)).toMatchObject({ remarks: [], gone: false });
  });
});

describe('the people of a session', () => {
  const read = (...facts: ConveningEvent[]) => {
    const agenda = given(planned, talk, ...facts).readBy('public');
    return [theSession(agenda), printing(agenda)] as const;
  };

  it('who follow each other in one role print under one label', () =>
    expect(groupsOf(...read(seat('a1'), answered('AppearanceConfirmed'), seat('a2', bishop, paul), answered('AppearanceConfirmed', 'a2')))).toMatchObject([
      { label: { text: 'Speakers' }, each: { text: 'Speaker' }, seats: [{ name: 'Hon. Amina Juma' }, { name: 'Paul Moyo' }] },
    ]));
  it('print under the label of their credit instead of their role', () =>
    expect(groupsOf(...read(seat('a1', undefined, { ...paul, label: { en: 'Guest of honour' } }), answered('AppearanceConfirmed')))).toMatchObject([
      { label: { text: 'Guest of honour' }, seats: [{ name: 'Paul Moyo' }] },
    ]));
  it('of whom nothing can be told are counted', () =>
    expect(groupsOf(...read(seat('a1'), seat('a2', bishop, paul)))).toMatchObject([{ label: { text: 'Speakers' }, seats: [{ remarks: ['to be confirmed (2)'] }] }]));

  it('print with their step of the running order, the first time in full', () => {
    const [session, printed] = read(
      seat('a1'), answered('AppearanceConfirmed'), item('welcome', { appearance: 'a1', minutes: 10 }), item('music'), item('thanks', { appearance: 'a1' }),
    );
    expect(groupsOf(session, printed)).toEqual([]);
    expect(itemsOf(session, printed)).toMatchObject([
      { title: { text: 'welcome' }, minutes: 10, seat: { name: 'Hon. Amina Juma', details: [{ text: 'Judge' }, { text: 'High Court' }, { text: 'Tanzania' }] } },
      { title: { text: 'music' } },
      { title: { text: 'thanks' }, seat: { name: 'Hon. Amina Juma', details: [] } },
    ]);
  });
});

describe('times', () => {
  it('of the log are told in the agenda’s zone', () =>
    expect(momentOf('2013-03-01T22:30:00.000Z', 'Africa/Dar_es_Salaam')).toEqual(['2013-03-02', '01:30']));
  it('have a zone with its offset, or both where the clocks change meanwhile', () => {
    expect(zoneOf(given(planned).readBy('public'))).toEqual(['Africa/Dar es Salaam', 'UTC+03:00']);
    const overChange: ConveningEvent = { ...planned, data: { ...planned.data, start: '2013-03-30', end: '2013-04-01', zone: 'Europe/Zurich' } };
    expect(zoneOf(given(overChange).readBy('public'))).toEqual(['Europe/Zurich', 'UTC+01:00 / UTC+02:00']);
  });
});

describe('what a reader holds', () => {
  it('is a draft of some moment, or a version that was published', () => {
    const read = (version: Parameters<ReturnType<typeof given>['readBy']>[1]) => standingOf(printing(given(planned).readBy('public', version)));
    expect(read({})).toEqual({ headline: 'Working draft', sentence: 'Not published. Everything in it may change. As of 1 March 2013, 11:00.' });
    expect(read({ version: proved({ number: 2, label: 'final', audience: 'public', revision: 0, at: '2013-04-12T11:05:00.000Z', withdrawn: false, note: { en: 'Two new speakers.' } }) })).toEqual({
      headline: 'Version 2 “final”', sentence: 'Published on 12 April 2013 at 14:05', note: { text: 'Two new speakers.' },
    });
  });
});
