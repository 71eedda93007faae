import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { agendaOf, type Agenda } from '../../src/agenda/agenda.js';
import { differing, type ChangeKind, type Difference, type Only } from '../../src/agenda/difference.js';
import { differenceFormNames, differenceForms, type DifferenceFormName } from '../../src/agenda/renderers/difference-forms.js';
import { printedDifference } from '../../src/agenda/renderers/difference-printed.js';
import type { FieldChange, ListChange } from '../../src/agenda/field-changes.rules.js';
import { conveningDecider } from '../../src/convening/convening.decider.js';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import { drained } from '../../src/event-store/steps.js';
import { audiences } from '../../src/convening/texts.js';
import { afternoon, bishop, judge, lecture, moved, planned, published, scheduled, simba, talk, tembo, morning } from '../convening/arusha.js';
import { story } from '../convening/story.js';
import { openTold } from '../given.js';
import { answered, given, item, paul, seat } from './reading.js';

/** The agendas of organisers before and after, and what is otherwise. */
const between = (before: readonly ConveningEvent[], then: readonly ConveningEvent[], only: Only = {}, audience: Agenda['audience'] = 'internal'): Difference =>
  drained(differing(given(...before).readBy(audience), given(...before, ...then).readBy(audience), only));
const kinds = ({ sessions }: Difference) => sessions.map(({ id, is }) => [id, ...is]);
const begun = [planned, simba, tembo, talk, lecture, scheduled('talk', morning)];
const cancelled = { type: 'SessionCancelled', data: { session: 'talk' } } as const;
const reinstated = { type: 'SessionReinstated', data: { session: 'talk' } } as const;
const inTembo = { ...morning, room: 'tembo' };
const retitled = { type: 'SessionDetailsChanged', data: { session: 'talk', from: { title: { en: 'talk' } }, to: { title: { en: 'Law' } } } } as const;

describe('a session', () => {
  it.each<[string, readonly ConveningEvent[], readonly ConveningEvent[], readonly ChangeKind[]]>([
    ['planned meanwhile is new', begun.slice(0, 3), [talk], ['new']],
    ['taken away is removed', [planned, talk], [{ type: 'SessionRemoved', data: { session: 'talk', title: { en: 'talk' } } }], ['removed']],
    ['cancelled is cancelled', begun, [cancelled], ['cancelled']],
    ['that was cancelled and takes place after all is reinstated', [...begun, cancelled], [reinstated], ['reinstated']],
    ['cancelled and planned again for another hour has been moved', begun, [cancelled, moved('talk', morning, afternoon), reinstated], ['time']],
    ['that was cancelled and is planned again for another hour is reinstated and moved', [...begun, cancelled], [moved('talk', morning, afternoon), reinstated], ['reinstated', 'time']],
    ['planned and cancelled meanwhile is both', begun.slice(0, 3), [talk, cancelled], ['new', 'cancelled']],
    ['at another hour has another time', begun, [moved('talk', morning, afternoon)], ['time']],
    ['in another room has another room', begun, [moved('talk', morning, inTembo)], ['room']],
    ['that had no slot is given its time, and has not been moved', begun, [scheduled('lecture', morning)], ['scheduled']],
    ['that has no slot any more has not been moved', begun, [{ type: 'SessionUnscheduled', data: { session: 'talk', from: morning } }], ['unscheduled']],
    ['called otherwise has another title', begun, [retitled], ['title']],
    ['in which somebody is to speak has other people', begun, [seat('a1')], ['people']],
    ['whose speaker confirmed has other people', [...begun, seat('a1')], [answered('AppearanceConfirmed')], ['people']],
    ['with a step more is otherwise', begun, [item('welcome')], ['other']],
  ])('%s', (_, before, then, is) => {
    const difference = between(before, then);
    expect(difference.sessions.map((session) => session.is)).toEqual([is]);
    expect(Object.entries(difference.summary).filter(([, count]) => count > 0)).toEqual(is.map((kind) => [kind, 1]));
  });

  it('tells each field before and after', () => {
    expect(between(begun, [moved('talk', morning, { ...afternoon, room: 'tembo' })]).sessions[0]!.changes).toEqual([
      { field: 'slot.start', from: morning.start, to: afternoon.start }, { field: 'slot.end', from: morning.end, to: afternoon.end }, { field: 'slot.room', from: 'simba', to: 'tembo' },
    ]);
  });

  it('that is as it was is not told, nor what changed and was changed back', () =>
    expect(between(begun, [moved('talk', morning, afternoon), moved('talk', afternoon, morning)])).toMatchObject({ sessions: [], details: [], rooms: { parts: [] } }));

  it('whose room is called otherwise is not otherwise: the room is', () => {
    const difference = between(begun, [{ type: 'RoomChanged', data: { room: 'simba', from: {}, to: { name: { en: 'Lion Hall' } } } }]);
    expect([difference.sessions, difference.rooms.parts]).toEqual([[], [{ id: 'simba', is: 'changed', changes: [{ field: 'name', from: { en: 'simba' }, to: { en: 'Lion Hall' } }] }]]);
  });
});

describe('a long difference', () => {
  const sessions = Array.from({ length: 250 }, (_, n): ConveningEvent => ({ ...talk, data: { ...talk.data, session: `s${n}`, title: { en: `Talk "${n}"` } } }));
  const [from, to, difference] = [given(planned).readBy('internal'), given(planned, ...sessions).readBy('internal'), between([planned], sessions)];
  const parts = (form: DifferenceFormName) => [...differenceForms[form].parts(difference, from, to)];

  it('is written part by part, none of them long', () => {
    for (const form of differenceFormNames) {
      const long = parts(form).slice(1).map(({ length }) => length).filter((length) => length > 20_000);
      expect([form, long]).toEqual([form, []]);
    }
  });
  it('is whole as data', () => expect(parts('json').join('')).toBe(`${JSON.stringify(difference)}\n`));
  it('is one table, with one head', () => {
    const lines = parts('csv').join('').split('\r\n');
    expect([lines.filter((line) => line.includes('of,id,name')), lines.length, lines.at(-2)]).toEqual([['\ufeffof,id,name,is,part,field,from,to'], 1 + 250 * 3 + 1, 'Sessions,s249,"Talk ""249""",New,,Readers,nothing,public']);
  });
});

describe('what people read of a difference', () => {
  const fieldsOf = (before: readonly ConveningEvent[], then: readonly ConveningEvent[]) => {
    const [from, to] = [given(...before).readBy('internal'), given(...before, ...then).readBy('internal')];
    return [...printedDifference(between(before, then), from, to).sessions][0]!.changes.map(({ label, from: was, to: is }) => [label, was.text, is.text]);
  };

  it('lists of what is new only fields in which something stands', () =>
    expect(fieldsOf(begun.slice(0, 3), [talk])).toEqual([['Kind', 'nothing', 'Talk'], ['Title', 'nothing', 'talk'], ['Readers', 'nothing', 'public']]));
  it('lists what became so, and is so no more', () =>
    expect([fieldsOf(begun, [cancelled]), fieldsOf([...begun, cancelled], [reinstated])]).toEqual([[['Cancelled', 'no', 'yes']], [['Cancelled', 'yes', 'no']]]));
});

describe('a part of a difference', () => {
  const much: readonly ConveningEvent[] = [moved('talk', morning, afternoon), seat('a1'), seat('a2', bishop, paul), retitled, scheduled('lecture', inTembo), { ...seat('b1'), data: { ...seat('b1').data, session: 'lecture' } } as ConveningEvent];

  it('is only the moves', () => {
    const difference = between(begun, much, { what: 'moves' });
    expect([kinds(difference), difference.sessions.flatMap(({ changes }) => changes.map(({ field }) => field)), difference.sessions.map(({ appearances }) => appearances.parts)]).toEqual([
      [['lecture', 'scheduled'], ['talk', 'time']], ['slot.start', 'slot.end', 'slot.room', 'slot.start', 'slot.end'], [[], []],
    ]);
  });

  it('is only the people', () => expect(kinds(between(begun, [...much, cancelled], { what: 'people' }))).toEqual([['lecture', 'people'], ['talk', 'people']]));

  it('is only what concerns one of them', () => {
    const difference = between(begun, much, { person: bishop });
    expect([kinds(difference), difference.sessions[0]!.appearances.parts.map(({ id }) => id)]).toEqual([[['talk', 'time', 'title', 'people']], ['a2']]);
  });

  it('of somebody who has no seat is nothing', () => expect(between(begun, much, { person: '4c1f8f3e-20d1-4f1b-8a55-000000000009' }).sessions).toEqual([]));
});

describe('readers', () => {
  it('are told nothing of what is not for them', () => {
    const internal: ConveningEvent = { type: 'SessionPlanned', data: { ...talk.data, session: 'secret', audience: 'internal' } };
    const then = [internal, scheduled('secret', inTembo), seat('a1'), item('behind', { audience: 'internal' })];
    const difference = between([...begun, published('first')], then, {}, 'public');
    expect([JSON.stringify(difference).includes('secret'), JSON.stringify(difference).includes(judge), JSON.stringify(difference).includes('Amina'), kinds(difference)]).toEqual([false, false, false, [['talk', 'people']]]);
  });
});

/** A difference as lines of place, before and after, as the other program writes them. */
const linesOf = ({ details, rooms, tracks, sessions }: Difference): string[] => {
  const text = (value: unknown): string => JSON.stringify(ordered(value));
  const fields = (place: string, changes: readonly FieldChange[]) => changes.map(({ field, from, to }) => `${place}/${field} ${text(from)} ${text(to)}`);
  const list = (place: string, { parts, order }: ListChange) => [
    ...parts.flatMap(({ id, changes }) => fields(`${place}/${id ?? '?'}`, changes)),
    ...(order ? [`${place} order ${JSON.stringify(order.from)} ${JSON.stringify(order.to)}`] : []),
  ];
  return [
    ...fields('details', details), ...list('rooms', rooms), ...list('tracks', tracks),
    ...sessions.flatMap(({ id, changes, items, appearances }) => [...fields(`session/${id}`, changes), ...list(`session/${id}/items`, items), ...list(`session/${id}/appearances`, appearances)]),
  ].sort();
};
const ordered = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(ordered) : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, held]) => [name, ordered(held)])) : value;
/** A seat of which nothing may be known has no name in a difference. */
const unnamed = (line: string) => line.replace(/appearances\/ [a-z]+ \d+\//, 'appearances/?/');

describe('the difference of two moments of a long story', () => {
  const agendas: Agenda[][] = [];
  const convening = conveningDecider.initial();
  for (const [n, event] of story(4_000, 11).entries()) {
    conveningDecider.evolve(convening, event, event.recorded);
    if (n % 12 === 11) agendas.push(audiences.map((audience) => JSON.parse(JSON.stringify(agendaOf(convening, { audience, open: openTold, version: null }))) as Agenda));
  }
  const pairs = agendas.flatMap((_, n) => audiences.map((__, audience): [Agenda, Agenda] => [agendas[(n * 37) % agendas.length]![audience]!, agendas[(n * 53 + 7) % agendas.length]![audience]!]));

  it('is what a program finds that shares no code with it, for every audience', () => {
    const other = execFileSync(process.execPath, [fileURLToPath(new URL('./brute-difference.mjs', import.meta.url))], { input: pairs.map((pair) => JSON.stringify(pair)).join('\n'), encoding: 'utf8', maxBuffer: 512 * 1024 * 1024 });
    const found = other.trim().split('\n').map((line) => (JSON.parse(line) as string[]).map(unnamed).sort());
    const wrong = pairs.flatMap(([one, two], n) => { const ours = linesOf(drained(differing(one, two))); return JSON.stringify(ours) === JSON.stringify(found[n]) ? [] : [{ n, ours: ours.filter((line) => !found[n]!.includes(line)), theirs: found[n]!.filter((line) => !ours.includes(line)) }]; });
    expect([wrong.slice(0, 1), found.filter((lines) => lines.length > 20).length > pairs.length / 2]).toEqual([[], true]);
  });
});
