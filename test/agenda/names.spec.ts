import { describe, expect, it } from '@jest/globals';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import type { Audience } from '../../src/convening/texts.js';
import { told, withheld, type Open } from '../../src/event-store/personal.js';
import { at, bishop, judge, planned, scheduled, talk, withPolicy } from '../convening/arusha.js';
import { openTold, organiser } from '../given.js';
import { amina, answered, attended, given, invited, item, minister, paul, seat, seatOf, theSession } from './reading.js';

const seats = (facts: readonly ConveningEvent[], audience: Audience = 'public', open: Open = openTold) =>
  theSession(given(planned, talk, ...facts).readBy(audience, { open })).appearances;

const named = { id: 'a1', role: 'speaker', state: 'confirmed', credit: amina };
const toBeConfirmed = { role: 'speaker', state: 'to-be-confirmed' };

describe('the public', () => {
  const cases: [string, ConveningEvent[], object[]][] = [
    ['reads nothing of a person who was only proposed', [seat('a1')], [toBeConfirmed]],
    ['reads nothing of a person who was invited', [seat('a1'), invited], [toBeConfirmed]],
    ['reads who confirmed', [seat('a1'), answered('AppearanceConfirmed')], [named]],
    ['reads nothing of a person who may come', [seat('a1'), answered('AppearanceTentativelyConfirmed')], [toBeConfirmed]],
    ['reads nothing of a person who declined', [seat('a1'), answered('AppearanceDeclined')], []],
    ['reads nothing of a person who withdrew', [seat('a1'), answered('AppearanceConfirmed'), answered('AppearanceWithdrawn')], []],
    ['reads nothing of a seat that was cancelled', [seat('a1'), answered('AppearanceCancelled')], []],
    ['reads who came as who confirmed', [seat('a1'), answered('AppearanceConfirmed'), attended('appeared')], [named]],
    ['reads nothing of who stayed away', [seat('a1'), answered('AppearanceConfirmed'), attended('absent')], []],
    ['reads the office of a seat for which nobody is named', [seatOf(minister)], [{ id: 'a1', ...toBeConfirmed, office: minister }]],
    [
      'reads nothing of who is named for an office and has not confirmed',
      [seatOf(minister), { type: 'AppearanceNamed', data: { session: 'talk', appearance: 'a1', by: organiser, person: judge, credit: told(judge, amina) } }],
      [toBeConfirmed],
    ],
    [
      'reads of a replaced person only who stands in the place',
      [
        seat('a1'), answered('AppearanceConfirmed'),
        { type: 'AppearanceProposed', data: { session: 'talk', appearance: 'a2', role: 'speaker', person: bishop, credit: told(bishop, paul), replaces: 'a1' } },
        { type: 'AppearanceReplaced', data: { session: 'talk', appearance: 'a1', by: organiser, with: 'a2' } }, answered('AppearanceConfirmed', 'a2'),
      ],
      [{ id: 'a2', role: 'speaker', state: 'confirmed', credit: paul }],
    ],
  ];
  it.each(cases)('%s', (_, facts, seen) => {
    expect(seats(facts)).toEqual(seen);
    expect(seats(facts, 'participants')).toEqual(seen);
  });

  it('reads who may come where the policy says so', () => {
    const facts = [withPolicy({ names: 'confirmed-and-tentative' }), talk, seat('a1'), answered('AppearanceTentativelyConfirmed')];
    expect(theSession(given(...facts).readBy('public')).appearances).toEqual([{ ...named, state: 'tentative' }]);
    expect(theSession(given(...facts, answered('AppearanceWithdrawn')).readBy('public')).appearances).toEqual([]);
  });

  it('reads for whom a person speaks with the name, not before', () => {
    const represents: ConveningEvent = { type: 'RepresentationChanged', data: { session: 'talk', appearance: 'a1', to: { en: 'Tanzania' } } };
    expect(seats([seat('a1'), represents])).toEqual([toBeConfirmed]);
    expect(seats([seat('a1'), represents, answered('AppearanceConfirmed')])).toEqual([{ ...named, represents: { en: 'Tanzania' } }]);
  });

  it('never reads who interprets', () => {
    const interpreter: ConveningEvent = { type: 'AppearanceProposed', data: { session: 'talk', appearance: 'a1', role: 'interpreter', person: judge, credit: told(judge, amina) } };
    expect(seats([interpreter, answered('AppearanceConfirmed')])).toEqual([]);
    expect(seats([interpreter, answered('AppearanceConfirmed')], 'internal')).toEqual([{ ...named, role: 'interpreter', person: judge }]);
  });

  it('reads whose step an item is once the name may be read', () => {
    const facts = [seat('a1'), item('speech', { appearance: 'a1' })];
    const items = (...more: ConveningEvent[]) => theSession(given(planned, talk, ...facts, ...more).readBy('public')).items;
    expect(items()).toEqual([{ id: 'speech', title: { en: 'speech' }, audience: 'public' }]);
    expect(items(answered('AppearanceConfirmed'))).toEqual([{ id: 'speech', title: { en: 'speech' }, appearance: 'a1', audience: 'public' }]);
  });

  it('reads that a name is withheld when its person was forgotten', () =>
    expect(seats([seat('a1'), answered('AppearanceConfirmed')], 'public', () => withheld)).toEqual([{ ...named, credit: { withheld: true } }]));

  it('finds no trace of an unconfirmed person anywhere', () => {
    const read = JSON.stringify(given(planned, talk, seat('amina-juma'), item('speech', { appearance: 'amina-juma' })).readBy('participants'));
    expect(read).not.toMatch(/amina|juma|judge|court/i);
    expect(read).not.toContain(judge);
  });
});

describe('organisers', () => {
  it('read every seat with its person and state', () =>
    expect(seats([seat('a1'), answered('AppearanceDeclined'), seat('a2', bishop, paul)], 'internal')).toEqual([
      { id: 'a1', role: 'speaker', state: 'declined', person: judge, credit: amina },
      { id: 'a2', role: 'speaker', state: 'proposed', person: bishop, credit: paul },
    ]));

  it('read whose seat it is while nobody is named', () =>
    expect(seats([seatOf(minister)], 'internal')).toEqual([{ id: 'a1', role: 'speaker', state: 'proposed', office: minister }]));

  it('read which confirmations were given for another slot', () => {
    const [from, to] = [at(null, '09:00', '10:00'), at(null, '11:00', '12:00')];
    const facts: ConveningEvent[] = [
      scheduled('talk', from), seat('a1'), answered('AppearanceConfirmed'), { type: 'SessionMoved', data: { session: 'talk', from, to } },
      { type: 'ReconfirmationAsked', data: { session: 'talk', appearance: 'a1', from, to } },
    ];
    expect(seats(facts, 'internal')).toEqual([{ ...named, person: judge, toBeReconfirmed: true }]);
    expect(seats(facts)).toEqual([named]);
  });
});
