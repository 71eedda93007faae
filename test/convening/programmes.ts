import fc from 'fast-check';
import type { ConveningCommand } from '../../src/convening/convening.decider.js';
import { conveningDecider } from '../../src/convening/convening.decider.js';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import type { Convening } from '../../src/convening/convening.js';
import type { GivenProgramme, GivenSeat, GivenSession } from '../../src/convening/programme-document.decider.js';
import { programmeOf } from '../../src/convening/programme-document.rules.js';
import { Refusal } from '../../src/deciding/refusal.js';
import { now, openTold, organiser } from '../given.js';
import { bishop, judge } from './arusha.js';

// Programmes as documents: of one's own making, and generated.

/** What is read of a convening can be asked of it, as it is sent: as JSON. */
// Cast: that a document that is read can be sent is what the specifications show.
export const documentOf = (convening: Readonly<Convening>): GivenProgramme => JSON.parse(JSON.stringify(programmeOf(convening, openTold))) as GivenProgramme;

/** As many ids as a document may need, the same each time. */
const ids = Array.from({ length: 50 }, (_, index) => `made-${index}`);
export const setProgramme = (programme: GivenProgramme) => ({ type: 'SetProgramme', data: { programme, ids } }) as const;

export interface Answered {
  readonly events: readonly ConveningEvent[];
  readonly refused?: { readonly code: string; readonly errors: readonly string[] };
}

/** Asks, and lets what was decided come true (unless it is not to); tells what was decided or refused, with the places. */
export const ask = (convening: Convening, command: ConveningCommand, { evolves = true, ...circumstances }: { asOf?: number; reason?: string; evolves?: boolean } = {}): Answered => {
  try {
    const events = conveningDecider.decide(convening, command, { now, actor: organiser, open: openTold, ...circumstances });
    for (const event of evolves ? events : []) conveningDecider.evolve(convening, event, { revision: convening.revision + 1, at: now });
    return { events };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { events: [], refused: { code: error.code, errors: error.errors.map(({ pointer, code }) => `${pointer} ${code}`) } };
  }
};

const aText = fc.constantFrom('Welcome', 'Of law and memory', 'Questions');
const hours = ['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'];
const aSlot = (rooms: readonly string[]) =>
  fc.tuple(fc.constantFrom(...rooms, undefined), fc.constantFrom('2013-05-27', '2013-05-28'), fc.nat(4), fc.integer({ min: 1, max: 2 })).map(([room, day, from, length]) => ({
    ...(room !== undefined && { room }), start: `${day}T${hours[from]!}+03:00`, end: `${day}T${hours[Math.min(from + length, 5)]!}+03:00`,
  }));
const people = [judge, bishop, undefined];
const aSeat = (id: string): fc.Arbitrary<GivenSeat> =>
  fc.record({
    person: fc.constantFrom(...people), role: fc.constantFrom('speaker', 'chair', 'interpreter' as const), name: fc.constantFrom('Amina Juma', 'Paul Moyo'), title: fc.option(aText, { nil: undefined }),
    represents: fc.option(aText, { nil: undefined }), state: fc.constantFrom(undefined, undefined, 'proposed', 'invited', 'confirmed', 'tentative', 'withdrawn', 'cancelled' as const),
  }).map(({ person, role, name, title, represents, state }) => ({
    id, role, ...(person !== undefined && { person }), ...(represents !== undefined && { represents: { en: represents } }),
    credit: { ...(person !== undefined && { name }), ...(title !== undefined && { position: { en: title } }) },
    ...(state !== undefined && (person !== undefined || state === 'proposed' || state === 'invited' || state === 'cancelled') && { state }),
  }));
const someOf = <T>(all: readonly string[], each: (id: string) => fc.Arbitrary<T>) => fc.shuffledSubarray([...all]).chain((chosen) => fc.tuple(...chosen.map(each)));
const named = (id: string) => aText.map((name) => ({ id, name: { en: name } }));
const aSession = (id: string, rooms: readonly string[], tracks: readonly string[]): fc.Arbitrary<GivenSession> =>
  someOf(['a1', 'a2', 'constructor'], aSeat).chain((appearances) =>
    fc.record({
      kind: fc.constantFrom('talk', 'panel' as const), title: aText, subtitle: fc.option(aText, { nil: undefined }), track: fc.constantFrom(undefined, ...tracks), slot: fc.option(aSlot(rooms), { nil: undefined }),
      items: someOf(['i1', 'i2', 'i3'], (item) => fc.tuple(aText, fc.constantFrom(undefined, ...appearances.map(({ id: seat }) => seat))).map(([text, appearance]) => ({ id: item, title: { en: text }, ...(appearance !== undefined && { appearance }) }))),
      cancelled: fc.constantFrom(false, false, false, true), notes: fc.option(aText, { nil: undefined }), audience: fc.constantFrom('public', 'internal' as const),
    }).map(({ title, subtitle, track, slot, notes, ...rest }) => ({
      id, title: { en: title }, appearances, ...rest, ...(subtitle !== undefined && { subtitle: { en: subtitle } }), ...(track !== undefined && { track }), ...(slot && { slot }), ...(notes !== undefined && { notes }),
    })));

/** Sessions, people, rooms and tracks in all states that a document can name, in any order. */
export const aProgramme: fc.Arbitrary<GivenProgramme> = fc.tuple(someOf(['simba', 'tembo', 'constructor'], named), someOf(['justice', 'media'], named)).chain(([rooms, tracks]) =>
  someOf(['one', 'two', 'three', 'constructor'], (id) => aSession(id, rooms.map((room) => room.id), tracks.map((track) => track.id))).map((sessions) => ({ rooms, tracks, sessions })));
