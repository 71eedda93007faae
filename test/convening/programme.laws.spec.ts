import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ConveningCommand } from '../../src/convening/convening.decider.js';
import type { Convening } from '../../src/convening/convening.js';
import type { GivenProgramme } from '../../src/convening/programme-document.decider.js';
import { stands } from '../../src/convening/sessions.rules.js';
import { folded, withPolicy } from './arusha.js';
import { askedBySteps } from './programme-steps.js';
import { aProgramme, ask, documentOf, setProgramme } from './programmes.js';

const publish = (label: string): ConveningCommand => ({ type: 'PublishAgenda', data: { label } });
/** With rooms that may be taken twice, so that more programmes are possible. */
const lenient = withPolicy({ conflicts: { 'room-taken': 'warn', 'person-in-two-places': 'warn' }, reconfirm: 'time' });
const begun = () => folded(lenient);

/** A convening to which these documents were put, each if it might be, with versions published between. */
const after = (documents: readonly (GivenProgramme | 'publish')[], convening = begun()): Convening => {
  documents.forEach((document, index) => void ask(convening, document === 'publish' ? publish(`v${index}`) : setProgramme(document)));
  return convening;
};
const aHistory = fc.array(fc.oneof({ weight: 4, arbitrary: aProgramme }, fc.constant('publish' as const)), { maxLength: 4 });

describe('laws of the programme as one document', () => {
  it('PUT of GET changes nothing', () =>
    fc.assert(fc.property(aHistory, (documents) => {
      const convening = after(documents);
      expect(ask(convening, setProgramme(documentOf(convening)))).toEqual({ events: [] });
    })));

  it('the same document twice changes nothing', () =>
    fc.assert(fc.property(aHistory, aProgramme, (documents, last) => {
      const convening = after(documents);
      const { refused } = ask(convening, setProgramme(last));
      if (!refused) expect(ask(convening, setProgramme(last))).toEqual({ events: [] });
    })));

  it('GET of PUT gives the document with defaults filled, and what was cancelled is kept', () =>
    fc.assert(fc.property(aHistory, aProgramme, (documents, last) => {
      const convening = after(documents);
      const before = documentOf(convening);
      if (ask(convening, setProgramme(last)).refused) return;
      const { named, kept } = split(documentOf(convening), last);
      expect(named).toEqual(withDefaults(last));
      const were = new Set(before.sessions.map(({ id }) => id));
      expect(kept.filter(({ id, cancelled }) => !cancelled || !were.has(id))).toEqual([]);
    })));

  it('what is there before makes no difference, but for what was published or answered', () =>
    fc.assert(fc.property(aHistory, aProgramme, (documents, last) => {
      const [long, short] = [after(documents), begun()];
      if (ask(long, setProgramme(last)).refused || ask(short, setProgramme(last)).refused) return;
      expect(split(documentOf(long), last).named).toEqual(split(documentOf(short), last).named);
    })));

  it('a decision leaves the convening as it was, and is the same again: a dry run and a run agree', () =>
    fc.assert(fc.property(aHistory, aProgramme, (documents, last) => {
      const convening = after(documents);
      const dry = decidedDry(convening, last);
      expect([convening, documentOf(convening)]).toEqual([after(documents), documentOf(after(documents))]);
      expect(ask(convening, setProgramme(last))).toEqual(dry);
    })));

  it('what it brings about could have been asked for step by step', () =>
    fc.assert(fc.property(aHistory, aProgramme, (documents, last) => {
      const [convening, stepwise] = [after(documents), after(documents)];
      const shadow = after(documents);
      const { events } = ask(convening, setProgramme(last));
      const refused = askedBySteps(stepwise, shadow, events);
      // Of two who change roles, one would have both meanwhile: only a document can ask for that.
      if (refused === 'appears-already') return;
      expect(refused).toBeUndefined();
      expect(documentOf(stepwise)).toEqual(documentOf(convening));
    })));

  it('says something: most of these documents are accepted, also by a convening that has a programme', () => {
    const tried = fc.sample(fc.tuple(aHistory, aProgramme), { numRuns: 200, seed: 1 }).map(([documents, last]) => ask(after(documents), setProgramme(last)));
    expect(tried.filter(({ refused }) => !refused).length).toBeGreaterThan(80);
    expect(new Set(tried.flatMap(({ events }) => events.map(({ type }) => type))).size).toBeGreaterThan(30);
  });
});

/** Decided, and not made true. */
const decidedDry = (convening: Convening, last: GivenProgramme) => ask(convening, setProgramme(last), { evolves: false });

type Programme = ReturnType<typeof documentOf>;

/** What the document names, without the states that it leaves open; and the sessions that it does not name. */
const split = (read: Programme, document: Programme) => {
  const sessions = new Map(document.sessions.map((session) => [session.id, session]));
  const placed = (entries: Programme['rooms'], asked: Programme['rooms'] = []) => entries?.filter(({ id }) => asked.some((each) => each.id === id));
  const seats = (session: Programme['sessions'][number]) => {
    const asked = new Map(sessions.get(session.id)?.appearances?.map((seat) => [seat.id, seat]));
    const others = session.appearances?.filter(({ id }) => !asked.has(id)) ?? [];
    expect(others.filter(({ state }) => stands({ state: state! }))).toEqual([]);
    return session.appearances?.filter(({ id }) => asked.has(id)).map(({ state, ...seat }) => ({ ...seat, ...(asked.get(seat.id)?.state && { state }) }));
  };
  return {
    named: {
      rooms: placed(read.rooms, document.rooms), tracks: read.tracks?.filter(({ id }) => document.tracks?.some((each) => each.id === id)),
      sessions: read.sessions.filter(({ id }) => sessions.has(id)).map((session) => ({ ...session, appearances: seats(session) })),
    },
    kept: read.sessions.filter(({ id }) => !sessions.has(id)),
  };
};

/** An office of which nothing is said is no office. */
const withDefaults = ({ rooms = [], tracks = [], sessions }: Programme) => ({
  rooms, tracks,
  sessions: sessions.map(({ items = [], appearances = [], ...session }) => ({
    interpretation: [], links: [], cancelled: false, audience: 'public', ...session,
    items: items.map((item) => ({ audience: 'public', ...item })),
    appearances: appearances.map(({ credit, ...seat }) => ({ ...seat, ...(credit && Object.keys(credit).length > 0 && { credit }) })),
  })),
});
