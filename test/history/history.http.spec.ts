import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { conveningCatalogue } from '../../src/convening/convening.events.js';
import { told } from '../../src/event-store/personal.js';
import { registrationCatalogue, type RegistrationEvent } from '../../src/registration/registration.events.js';
import { english } from '../../src/history/renderers/sentences.en.js';
import { french } from '../../src/history/renderers/sentences.fr.js';
import type { HistoryEntryRead, HistoryFactRead, HistoryRead } from '../../src/history/renderers/entries.js';
import { golden } from '../agenda/golden.js';
import { Application, token } from '../http/application.js';
import { itself } from '../../src/deciding/itself.js';
import { organiser } from '../given.js';
import { amina, askedBy, convening, desmond, registrations, stranger, wangari, type Command } from './every-fact.js';
import { commands, forgotten, written } from './written.js';

/** Amina Juma, as she registers for a convening where she is to speak. */
const underAnotherName: readonly Command<RegistrationEvent>[] = [
  [{ type: 'RegistrationPrepared', data: { convening: 'names', placesTold: 'whether' } }], [{ type: 'CategoryAdded', data: { category: 'press', name: { en: 'Press' }, approval: 'automatic' } }],
  [{ type: 'PersonRegistered', data: { registration: 'one', person: amina, code: '7KQ2M-4XD9T', category: 'press', standing: 'seated', entry: told(amina, { name: { given: 'Amina', family: 'Mwangi' }, answers: {} }) } }],
];

const app = new Application();
beforeAll(async () => {
  await written(
    app.folder,
    commands('convening-arusha-2013', conveningCatalogue, convening, 'the hall is closed'),
    commands('registrations-arusha-2013', registrationCatalogue, registrations, undefined, askedBy),
    commands('convening-other', conveningCatalogue, convening.slice(0, 8)),
    commands('convening-names', conveningCatalogue, convening.slice(0, 1 + convening.findIndex(([fact]) => fact?.type === 'AppearanceProposed'))),
    commands('registrations-names', registrationCatalogue, underAnotherName),
  );
  await app.start();
});
afterAll(() => app.end());

const path = '/convenings/arusha-2013/history';
const ofRegistrations = '/convenings/arusha-2013/registrations/history';
const read = async (at: string): Promise<HistoryRead> => (await app.ask('GET', at)).body as unknown as HistoryRead; // What the types say, the reference's test holds answers against.
const factsIn = ({ entries }: HistoryRead): readonly HistoryFactRead[] => entries.flatMap(({ facts }) => facts);
const revisions = async (query: string) => factsIn(await read(`${path}?limit=500&${query}`)).map(({ revision }) => revision);
const types = async (query: string, at = path) => factsIn(await read(`${at}?limit=500&${query}`)).filter(({ besides }) => !besides).map(({ type }) => type);
const only = async (query: string, at = path): Promise<readonly [HistoryEntryRead, HistoryFactRead]> => {
  const [entry, ...others] = (await read(`${at}?${query}`)).entries;
  expect(others).toEqual([]);
  return [entry!, entry!.facts[0]!];
};

describe('every fact is told', () => {
  const told = async (at: string, lang: string) => factsIn(await read(`${at}?limit=500&lang=${lang}`)).toSorted((one, other) => one.revision - other.revision).map(({ sentence }) => `${sentence}\n`).join('');

  it.each(['en', 'fr'])('of a convening, in %s', async (lang) => expect(await told(path, lang)).toBe(golden(`convening.${lang}.txt`, await told(path, lang), import.meta.dirname)));
  it.each(['en', 'fr'])('of registrations, in %s', async (lang) => expect(await told(ofRegistrations, lang)).toBe(golden(`registrations.${lang}.txt`, await told(ofRegistrations, lang), import.meta.dirname)));

  it.each(['en', 'fr'])('with what it touched, before and after, in the words and hours of the reader, in %s', async (lang) => {
    const touched = async (at: string) => factsIn(await read(`${at}?limit=500&lang=${lang}`)).toSorted((one, other) => one.revision - other.revision)
      .map((fact) => [fact.type, ...fact.touched.map(({ field, before, after }) => `  ${field}: ${before} → ${after}`.replaceAll('\n', ' | '))].join('\n'));
    const made = `${[...(await touched(path)), ...(await touched(ofRegistrations))].join('\n')}\n`;
    expect(made).toBe(golden(`touched.${lang}.txt`, made, import.meta.dirname));
  });

  it('and an hour that comes twice with its offset', async () => {
    await app.ask('POST', '/convenings', { id: 'autumn', title: 'Autumn', start: '2027-10-31', end: '2027-10-31', zone: 'Europe/Berlin' });
    await app.ask('POST', '/convenings/autumn/sessions', { id: 'night', kind: 'social', title: 'The long night' });
    await app.ask('PUT', '/convenings/autumn/sessions/night/slot', { start: '2027-10-31T02:30+01:00', end: '2027-10-31T03:30+01:00' });
    const [scheduled] = factsIn(await read('/convenings/autumn/history?type=SessionScheduled&lang=en')).filter(({ besides }) => !besides);
    expect([scheduled!.sentence, scheduled!.touched]).toEqual([
      'The long night was scheduled: 31 October 02:30 (UTC+01:00), by the operator.', [{ field: 'slot', before: '–', after: 'start: 31 October 02:30 (UTC+01:00)\nend: 31 October 03:30' }],
    ]);
  });

  it('and the examples hold each fact of both catalogues', async () => {
    expect(new Set(await types('', path))).toEqual(new Set(Object.keys(conveningCatalogue)));
    expect(new Set(await types('', ofRegistrations))).toEqual(new Set(Object.keys(registrationCatalogue)));
  });

  it.each([english, french])('by a template of its own ($language)', ({ tell }) =>
    expect(Object.keys(tell).sort()).toEqual([...Object.keys(conveningCatalogue), ...Object.keys(registrationCatalogue)].sort()));

  it('with one full stop, whether or not the reason has its own', () =>
    expect(['late', 'late.', 'late?', undefined].flatMap((reason) => [english, french].map(({ by }) => by('It moved', 'us', reason).replaceAll('\u00a0', ' ')))).toEqual([
      'It moved, by us, because “late”.', 'It moved, par us, motif : « late ».', 'It moved, by us, because “late.”', 'It moved, par us, motif : « late. »',
      'It moved, by us, because “late?”', 'It moved, par us, motif : « late? »', 'It moved, by us.', 'It moved, par us.',
    ]));

  it('with nothing missing in it', async () => {
    const sentences = (await Promise.all(['en', 'fr'].flatMap((lang) => [told(path, lang), told(ofRegistrations, lang)]))).join('');
    expect(sentences.match(/undefined|null|\[object|NaN| ,|  |\.\.\n/g)).toBeNull();
  });
});

describe('a fact', () => {
  it('tells who, when, why, what it concerns, and what was before and is after', async () => {
    const [entry, fact] = await only('type=SessionMoved');
    expect(entry).toMatchObject({ at: expect.stringMatching(/^2013-03-0\d/), actor: { name: expect.stringMatching(/^an earlier operator/) }, reason: 'the hall is closed' });
    expect(fact).toMatchObject({
      sentence: 'Panel 2 moved from Simba Hall, 27 May 09:00, to Tembo Hall, 28 May 11:00, by an earlier operator (7d9f2f0e), because “the hall is closed”.',
      sessions: [{ id: 'panel-2', name: 'Panel 2' }], rooms: [{ id: 'simba', name: 'Simba Hall' }, { id: 'tembo', name: 'Tembo Hall' }],
      before: { slot: { room: 'simba', start: '2013-05-27T09:00+03:00', end: '2013-05-27T10:30+03:00' } }, after: { slot: { room: 'tembo', start: '2013-05-28T11:00+03:00', end: '2013-05-28T12:30+03:00' } },
    });
  });

  it('tells what state a seat was in before, though the fact does not say it', async () => {
    const states = factsIn(await read(`${path}?limit=500&person=${amina}&session=panel-2`)).flatMap(({ before, after }) => ('state' in after ? [[before['state'], after['state']]] : []));
    expect(states).toEqual([['confirmed', 'appeared'], ['tentative', 'confirmed'], ['invited', 'tentative'], ['proposed', 'invited'], [undefined, 'proposed']]);
  });

  it('of a seat whose id another had in a session that is gone tells who sits there now', async () => {
    await app.ask('POST', '/convenings', { id: 'again', title: 'Once more', start: '2027-10-30', end: '2027-10-31', zone: 'Europe/Berlin' });
    for (const [person, name, role] of [[amina, 'Amina Juma', 'speaker'], [desmond, 'Desmond Otieno', 'chair']]) {
      await app.ask('POST', '/convenings/again/sessions', { id: 'talk', kind: 'talk', title: `Of ${name}` });
      await app.ask('POST', '/convenings/again/sessions/talk/appearances', { id: 'a1', person, role, credit: { name } });
      if (person === amina) await app.ask('DELETE', '/convenings/again/sessions/talk');
    }
    const proposals = factsIn(await read('/convenings/again/history?type=AppearanceProposed&lang=en'));
    expect(proposals.filter(({ besides }) => !besides).map(({ sentence, people }) => [sentence, people.map(({ name }) => name)])).toEqual([
      ['Desmond Otieno was proposed as chair in Of Desmond Otieno, by the operator.', ['Desmond Otieno']], ['Amina Juma was proposed as speaker in Of Amina Juma, by the operator.', ['Amina Juma']],
    ]);
  });

  it('of registrations is found by the session that it is about, on a page that asks for no room', async () => {
    const about = registrations.flat().flatMap(({ type, data }) => ('session' in data ? [{ type, session: data.session }] : []));
    const [{ session } = { session: '' }] = about;
    expect((await types(`session=${session}`, ofRegistrations)).sort()).toEqual(about.filter((each) => each.session === session).map(({ type }) => type).sort());
    const page = (await app.ask('GET', `${ofRegistrations}.html?session=gone`)).text;
    expect([page.includes('name="session"'), page.includes('name="room"'), page.includes('<option value="gone" selected="">gone</option>')]).toEqual([true, false, true]);
    expect((await app.ask('GET', `${path}.html`)).text).toContain('name="room"');
  });

  it('that took others back tells the first of them, the same on every page', async () => {
    const [, { sentence }] = await only('type=ChangesTakenBack');
    expect(sentence).toMatch(/^Taken back: “Tembo Hall changed: .*” \(revision 9\), .* \(revision 11\) and what happened in revisions 12 and 13, by /);
    expect(factsIn(await read(`${path}?limit=500`)).find(({ type }) => type === 'ChangesTakenBack')?.sentence).toBe(sentence);
  });

  it('is told with the names that things had then', async () => {
    const [, { sentence }] = await only('type=RoomRemoved');
    expect(sentence).toContain('Twiga was removed');
    expect((await only('type=CreditChanged'))[1].before).toEqual({ credit: { name: 'Amina Juma' } });
  });

  it('stands with what came of the same command: a move and the confirmation that it put in question', async () => {
    const [{ facts }] = await only('type=ReconfirmationAsked');
    expect(facts.map(({ type, besides = false }) => [type, besides])).toEqual([['SessionMoved', true], ['ReconfirmationAsked', false]]);
  });

  it('stands with what came of the same command: a withdrawal and the seat that it freed', async () => {
    const [{ facts }] = await only('type=RegistrationWithdrawn', ofRegistrations);
    expect(facts.map(({ sentence }) => sentence)).toEqual([
      'Amina Juma, with a seat, withdrew, by an earlier operator (7d9f2f0e).',
      'Seats that became free are kept until 1 May 2013 11:00 for Desmond Okello, by an earlier operator (7d9f2f0e).',
    ]);
  });
});

describe('who registers', () => {
  const all = async () => (await read(`${ofRegistrations}?limit=500&lang=en`)).entries;
  const actors = async (type: string) => (await all()).filter(({ facts }) => facts.some((fact) => fact.type === type)).map(({ actor }) => [actor.id, actor.name]);

  it('is who asked for it, by the name that the form says; also who sends another form, and who brings others along', async () => {
    expect(await actors('PersonRegistered')).toEqual([[desmond, 'Desmond Okello'], [amina, 'Amina Juma']]);
    expect(await actors('FormRepeated')).toEqual([[stranger, 'A. Juma']]);
    expect((await read(`${ofRegistrations}?type=PersonRegistered&lang=en`)).entries[0]!.facts.map(({ sentence }) => sentence)).toEqual([
      'Desmond Okello was registered as Press, on the waiting list, by themself.', 'Wangari Mutua was registered as Press, to be approved, by Desmond Okello.',
    ]);
  });

  it('what nobody asked for is told so, and what an earlier operator did too', async () => {
    expect(await actors('OffersLapsed')).toEqual([[itself, 'Baraza itself']]);
    expect(await actors('RegistrationApproved')).toEqual([[organiser, 'an earlier operator (7d9f2f0e)']]);
  });

  it('is named in every fact about them, who comes in their place too', async () => {
    const people = (await all()).flatMap(({ facts }) => facts.flatMap((fact) => fact.people)).map(({ id, name }) => `${id} ${name}`);
    expect([...new Set(people)].sort()).toEqual([`${amina} Amina Juma`, `${desmond} Desmond Okello`, `${wangari} Wangari Mutua`]);
  });

  it('is told so on the page and in the table', async () => {
    const page = (await app.ask('GET', `${ofRegistrations}.html?type=PersonRegistered&lang=fr`)).text;
    expect(page.match(/<span>[^<(]*<\/span>|person=[^<]*<\/a>/g)).toEqual([
      '<span>Desmond Okello</span>', `person=${desmond}">Desmond Okello</a>`, `person=${wangari}">Wangari Mutua</a>`, '<span>Amina Juma</span>', `person=${amina}">Amina Juma</a>`,
    ]);
    const table = (await app.ask('GET', `${ofRegistrations}.csv?type=PersonRegistered&person=${amina}&lang=fr`)).text.replace(/[\u00a0\u202f]/g, ' ').split('\r\n');
    expect(table[1]).toContain(`,"Inscription : Amina Juma, « Press », place attribuée, par la personne elle-même.",${amina},`);
  });
});

describe('what is looked for', () => {
  it('is found by session', async () => expect(await types('session=panel-1')).toEqual(['SessionReinstated', 'SessionCancelled', 'AppearanceRemoved', 'AppearanceProposed', 'AppearanceCancelled', 'AppearanceProposed', 'SessionUnscheduled', 'SessionScheduled', 'SessionPlanned']));
  it('is found by room', async () => expect(await types('room=simba')).toEqual(['SessionMoved', 'ReconfirmationAsked', 'AppearanceConfirmed', 'AppearanceTentativelyConfirmed', 'SessionUnscheduled', 'SessionScheduled', 'SessionScheduled', 'RoomAdded']));
  it('is found by person', async () => expect(await types(`person=${desmond}`)).toEqual(['AppearanceProposed', 'AppearanceReplaced', 'AppearanceDeclined', 'AppearanceNamed']));
  it('is found by person among registrations', async () => expect(await types(`person=${desmond}`, ofRegistrations)).toEqual(['OffersLapsed', 'RegistrationRecategorised', 'SeatsOffered', 'PersonRegistered']));
  it('is found by registration', async () => expect(await types('registration=two', ofRegistrations)).toEqual(['OffersLapsed', 'RegistrationRecategorised', 'SeatsOffered', 'PersonRegistered']));
  it('is found by kind', async () => expect(await types('type=SessionPlanned')).toEqual(['SessionPlanned', 'SessionPlanned', 'SessionPlanned']));
  it('is found by who asked', async () => {
    expect(await types('actor=7d9f2f0e-5b3c-4d8a-9a53-0d9a0c6c1b11')).toHaveLength(convening.flat().length);
    expect(await types(`actor=${amina}`)).toEqual([]);
  });
  it('is found by words in texts and titles, whole, small or capital, all of them', async () => {
    expect(await types('text=tembo%20HALL')).toEqual(await types('room=tembo'));
    expect(await types('text=temb')).toEqual([]);
    expect(await types('text=tembo%20nowhere')).toEqual([]);
  });
  it('is found by accents and without them', async () => expect(await types('text=genocide')).toEqual(await types('text=g%C3%A9nocide')));
  it('is found by names of people, as they are printed now', async () => expect(await types('text=okello')).toEqual(await types(`person=${desmond}`)));
  it('is found by names of who is registered, in the registrations’ own history alone, however their letters are written', async () => {
    expect([await types('text=mutua', ofRegistrations), await types('text=mut', ofRegistrations)]).toEqual([await types(`person=${wangari}`, ofRegistrations), []]);
    expect(await types(`person=${wangari}`, ofRegistrations)).toContain('PersonRegistered');
    await app.ask('POST', '/convenings', { id: 'north', title: 'Søstrene på Weißensee', start: '2014-01-01', end: '2014-01-01', zone: 'UTC' });
    expect(await Promise.all(['s%C3%B8strene', 'sostrene', 'weissensee', 'WEISSENSEE', 'sstrene'].map((text) => types(`text=${text}`, '/convenings/north/history')))).toEqual([...Array.from({ length: 4 }, () => ['ConveningPlanned']), []]);
  });
  it('is found in the registrations’ history by what somebody is called there and in the programme, in the convening’s by the programme alone', async () => {
    const found = (text: string) => Promise.all(['history', 'registrations/history'].map((of) => types(`text=${text}`, `/convenings/names/${of}`)));
    expect(await Promise.all(['mwangi', 'juma', 'amina', 'nobody'].map(found))).toEqual([[[], ['PersonRegistered']], [['AppearanceProposed'], ['PersonRegistered']], [['AppearanceProposed'], ['PersonRegistered']], [[], []]]);
  });

  it('is nothing for words without a letter', async () => expect(await types('text=%E2%80%93')).toEqual([]));
  it('is no query language', async () => expect(await types('text=tembo%20OR%20%22NEAR(*')).toEqual([]));
  it('must hold in everything', async () => {
    expect(await types(`session=panel-2&person=${amina}&type=AppearanceConfirmed`)).toEqual(['AppearanceConfirmed']);
    expect(await types(`session=panel-1&person=${amina}&type=AppearanceConfirmed`)).toEqual([]);
  });
  it('lies in an interval: instants, both included', async () => {
    expect(await revisions('from=2013-03-01T09:00:00Z&to=2013-03-01T12:00:00%2B01:00')).toEqual([3, 2, 1]);
    expect(await revisions('to=2013-03-01T08:00:00Z')).toEqual([0]);
    expect(await revisions('from=2014-01-01T00:00:00Z')).toEqual([]);
    expect(await revisions('to=2013-03-01T07:59:59Z')).toEqual([]);
  });
  it('lies in days of the place', async () => {
    // 1 March ends at 21:00 UTC in Nairobi: thirteen commands from 8:00 on, of which one made two facts.
    const first = await revisions('from=2013-03-01&to=2013-03-01');
    expect(first.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 14 }, (_, place) => place));
    expect((await revisions('from=2013-03-02')).at(-1)).toBe(14);
  });
  it('is nothing of another convening', async () => {
    expect(factsIn(await read('/convenings/other/history?limit=500&text=tembo'))).toEqual([expect.objectContaining({ type: 'RoomAdded' })]);
    expect(factsIn(await read('/convenings/other/history?limit=500&session=panel-2'))).toEqual([]);
  });
});

describe('pages', () => {
  const walk = async (query: string, way: 'older' | 'newer', start: string) => {
    const seen: number[] = [];
    for (let at: string | undefined = start; at !== undefined; ) {
      const page = await read(`${path}?${query}${at}`);
      const found = factsIn(page).map(({ revision }) => revision);
      seen.push(...(way === 'older' ? page.entries.flatMap(({ facts }) => facts.map(({ revision }) => revision).reverse()) : page.entries.toReversed().flatMap(({ facts }) => facts.map(({ revision }) => revision))));
      expect(found.length).toBeGreaterThan(0);
      const next = page[way];
      at = next === undefined ? undefined : `&${way === 'older' ? 'before' : 'after'}=${next}`;
    }
    return seen;
  };
  const all = Array.from({ length: convening.flat().length }, (_, revision) => revision);

  it.each([3, 50])('of %i facts and what belongs to them show every fact once, from the latest to the first', async (limit) => expect(await walk(`limit=${limit}`, 'older', '')).toEqual(all.toReversed()));
  it.each([7])('of %i facts show the same from the first to the latest', async (limit) => expect(await walk(`limit=${limit}`, 'newer', '&after=0')).toEqual(all.slice(1)));
  it('of what was looked for lead on, and end', async () => {
    const first = await read(`${path}?limit=2&type=SessionPlanned`);
    const second = await read(`${path}?limit=2&type=SessionPlanned&before=${first.older}`);
    expect([first, second].map(({ entries, older, newer }) => [entries.length, older !== undefined, newer !== undefined])).toEqual([[2, true, false], [1, false, true]]);
    expect(factsIn(await read(`${path}?limit=2&type=SessionPlanned&after=${second.newer}`))).toEqual(factsIn(first));
  });
  it('do not lead on to what stands on them already, as it came of the same command', async () => {
    const found = (place: string) => read(`${ofRegistrations}?type=CategoryAdded&limit=1${place}`);
    expect((await Promise.all(['', '&before=9', '&after=0', '&after=2'].map(found))).map(({ entries: [entry], ...ways }) => [entry!.facts.map(({ revision }) => revision), ways])).toEqual(Array.from({ length: 4 }, () => [[3, 4], {}]));
  });
  it('beyond the end are empty, and lead back', async () => {
    expect(await read(`${path}?before=0`)).toEqual({ entries: [], newer: -1 });
    expect(await read(`${path}?after=9999`)).toEqual({ entries: [], older: 10_000 });
  });
});

describe('the history is the organisers’', () => {
  it.each(['history', 'history.json', 'history.html', 'history.csv', 'registrations/history', 'registrations/history.html'])('%s is closed to others', async (form) => {
    const at = `/convenings/arusha-2013/${form}`;
    expect([(await app.asked('GET', at)).status, (await app.ask('GET', at)).status]).toEqual([401, 200]);
  });
  it('and of what is not planned there is none', async () => expect((await app.ask('GET', '/convenings/nowhere/history')).body.code).toBe('unknown-convening'));
  it('and of what nobody registers for it is empty', async () => expect(await read('/convenings/other/registrations/history')).toEqual({ entries: [] }));
  it('and a language in which nothing can be told is refused: sentences are told in ours, titles in the convening’s too', async () => {
    for (const at of [path, `${path}.html`, `${path}.csv`, ofRegistrations, '/convenings/arusha-2013/timeline.html']) {
      const { status, body } = await app.ask('GET', `${at}?lang=xx`);
      expect([at, status, body.errors]).toEqual([at, 400, [{ pointer: '#/lang', code: 'language', detail: 'There is nothing in xx here: lang must be one of en, fr.' }]]);
      expect((await app.ask('GET', at, undefined, { 'accept-language': 'xx' })).status).toBe(200);
    }
  });

  it.each([['type=Nothing', '#/type'], ['person=me', '#/person'], ['from=yesterday', '#/from'], ['before=-1', '#/before'], ['limit=0', '#/limit'], ['nothing=1', '#/nothing']])('and a query that it does not take is refused: %s', async (query, pointer) => {
    const { status, body } = await app.ask('GET', `${path}?${query}`);
    expect([status, body.errors?.map((each) => each.pointer)]).toEqual([400, [pointer]]);
  });
});

describe('forms', () => {
  it('are chosen by Accept', async () => {
    const form = async (accept: string) => (await app.ask('GET', path, undefined, { accept })).headers.get('content-type');
    expect(await Promise.all(['*/*', 'text/html', 'text/csv', 'application/json'].map(form))).toEqual(['application/json; charset=utf-8', 'text/html; charset=utf-8', 'text/csv; charset=utf-8', 'application/json; charset=utf-8']);
    expect((await app.ask('GET', path, undefined, { accept: 'image/png' })).status).toBe(406);
  });

  it('a table holds all that was looked for, and no formula', async () => {
    const { headers, ...answer } = await fetch(`${app.url}${path}.csv?room=simba&lang=en`, { headers: { authorization: `Bearer ${token}` } }).then(async (response) => ({ headers: response.headers, text: Buffer.from(await response.arrayBuffer()).toString() }));
    const lines = answer.text.split('\r\n');
    expect(lines[0]).toBe('\ufeffrevision,at,type,sentence,actor,reason,command,sessions,rooms,people,registrations,before,after,touched');
    expect(lines.slice(1).map((line) => line.split(',')[2] ?? '')).toEqual([...['ReconfirmationAsked', 'SessionMoved', 'AppearanceConfirmed', 'AppearanceTentativelyConfirmed', 'SessionUnscheduled', 'SessionScheduled', 'SessionScheduled', 'RoomAdded'], '']);
    expect(headers.get('content-disposition')).toBe('attachment; filename="arusha-2013-history.csv"');
    await app.ask('POST', '/convenings', { id: 'formula', title: '=1+1', start: '2014-01-01', end: '2014-01-01', zone: 'UTC' }, { reason: '%3Dcmd' });
    expect((await app.ask('GET', '/convenings/formula/history.csv')).text.split('\r\n')[1]).toMatch(/^0,.*,'=cmd,/);
  });

  it('a table of a long history is whole', async () => expect((await app.ask('GET', `${path}.csv`)).text.trimEnd().split('\r\n')).toHaveLength(1 + convening.flat().length));
});

describe('what is forgotten, and what is restarted', () => {
  it('names and reasons of a person who was forgotten are withheld, in what was before and after too, and found no more', async () => {
    await app.stop();
    await forgotten(app.folder, wangari);
    await app.start();
    const facts = factsIn(await read(`${path}?person=${wangari}&lang=en`));
    expect(facts.map(({ type }) => type)).toEqual(['AppearanceWithdrawn', 'AppearanceConfirmed', 'AppearanceProposed', 'AppearanceReplaced']);
    expect(facts[0]!.sentence).toContain('(name withheld) withdrew by message as chair in Panel 2');
    expect(facts[2]!.after['credit']).toEqual({ withheld: true });
    expect(JSON.stringify(await read(`${path}?limit=500`))).not.toContain('Wangari');
    expect(await types('text=mutua')).toEqual([]);
    const [registered] = (await read(`${ofRegistrations}?type=PersonRegistered&person=${wangari}&lang=en`)).entries;
    expect(registered!.facts.map(({ people, besides = false }) => [besides, people])).toEqual([[true, [{ id: desmond, name: 'Desmond Okello' }]], [false, [{ id: wangari, name: '(name withheld)' }]]]);
    expect(JSON.stringify(await read(`${ofRegistrations}?limit=500`))).not.toContain('Wangari');
    expect((await read(`${path}?type=CreditChanged&lang=en`)).entries[0]!.facts[0]!.sentence).toContain('Dr. Amina Juma');
  });

  it('after a restart facts are told with what was known before it', async () => {
    await app.restart();
    const slot = { room: 'tembo', start: '2013-05-28T15:00', end: '2013-05-28T16:00' };
    await app.ask('PATCH', '/convenings/other/rooms/tembo', { name: 'Tembo' });
    await app.ask('POST', '/convenings/other/sessions', { id: 'late', kind: 'talk', title: 'Late' });
    await app.ask('PUT', '/convenings/other/sessions/late/slot', slot, { reason: 'there%20was%20room' });
    const { entries } = await read('/convenings/other/history?lang=en&limit=3');
    expect(entries.map(({ facts }) => facts[0]!.sentence)).toEqual([
      'Late was scheduled: Tembo, 28 May 15:00, by the operator, because “there was room”.', 'Late was planned (talk), by the operator.', 'Tembo Hall changed: name from “Tembo Hall” to “Tembo”, by the operator.',
    ]);
  });
});
