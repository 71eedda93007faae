import { describe, expect, it } from '@jest/globals';
import type { SessionChange } from '../../src/convening/sessions.events.js';
import { told, withheld } from '../../src/event-store/personal.js';
import { organiser, specification } from '../given.js';
import { conveningDecider } from '../../src/convening/convening.decider.js';
import { folded, given, judge, lecture, planned, proposed, published, session, talk } from './arusha.js';

const plan = { type: 'PlanSession', data: { session: 'talk', kind: 'talk', title: 'talk' } } as const;
const justice = { type: 'TrackAdded', data: { track: 'justice', name: { en: 'Justice' } } } as const;
const change = (to: object, notes?: string | null) => ({ type: 'ChangeSession', data: { session: 'talk', to, ...(notes !== undefined && { notes }) } }) as const;
const changed = (from: SessionChange, to: SessionChange) => ({ type: 'SessionDetailsChanged', data: { session: 'talk', from, to } }) as const;
const cancelled = { type: 'SessionCancelled', data: { session: 'talk' } } as const;
const reinstated = { type: 'SessionReinstated', data: { session: 'talk' } } as const;

describe('planning a session', () => {
  it('gives it what it says of itself, for the public unless it says otherwise', () => given(planned).when(plan).then(talk));
  it('may say much', () =>
    given(planned, justice)
      .when({
        type: 'PlanSession',
        data: {
          ...plan.data, title: { en: 'Talk', fr: 'Exposé' }, subtitle: 'On law', abstract: {}, track: 'justice', language: 'en', interpretation: ['fr', 'sw'],
          audience: 'participants', links: [{ kind: 'slides', title: 'Slides', url: 'https://example.org/', audience: 'internal' }], notes: 'two microphones',
        },
      })
      .then({
        type: 'SessionPlanned',
        data: {
          session: 'talk', kind: 'talk', title: { en: 'Talk', fr: 'Exposé' }, subtitle: { en: 'On law' }, track: 'justice', language: 'en', interpretation: ['fr', 'sw'],
          audience: 'participants', links: [{ kind: 'slides', title: { en: 'Slides' }, url: 'https://example.org/', audience: 'internal' }],
          notes: told(organiser, 'two microphones'),
        },
      }));
  it('changes nothing when it was planned so already', () => given(planned, talk).when(plan).nothing());
  it('refuses the id of another session, and a track that is not there', () => {
    given(planned, talk).when({ ...plan, data: { ...plan.data, kind: 'panel' } }).refused('session-exists', { session: 'talk' });
    given(planned, talk).when({ type: 'PlanSession', data: { ...plan.data, notes: 'two microphones' } }).refused('session-exists', { session: 'talk' });
    given(planned).when({ type: 'PlanSession', data: { ...plan.data, track: 'justice' } }).refused('session-in-unknown-track', { session: 'talk', track: 'justice' });
  });
  it.each(['constructor', 'tostring', 'hasownproperty', '0'])('may give it the id %s', (id) =>
    given(planned, talk).when({ ...plan, data: { ...plan.data, session: id } }).then({ ...talk, data: { ...talk.data, session: id } }));
});

describe('changing a session', () => {
  it('tells what differs', () => {
    given(planned, talk).when(change({ title: 'On law', kind: 'talk', language: 'en' })).then(changed({ title: { en: 'talk' }, language: null }, { title: { en: 'On law' }, language: 'en' }));
    given(planned, talk).when(change({ title: 'talk', subtitle: null, abstract: {} })).nothing();
  });
  it('removes what is null', () => {
    given(planned, talk, changed({ language: null }, { language: 'en' })).when(change({ language: null })).then(changed({ language: 'en' }, { language: null }));
    expect(folded(planned, talk, changed({ language: null }, { language: 'en' }), changed({ language: 'en' }, { language: null })).sessions.get('talk')?.details).toEqual(folded(planned, talk).sessions.get('talk')?.details);
  });
  it('puts it in a track that is there only', () => {
    given(planned, talk, justice).when(change({ track: 'justice' })).then(changed({ track: null }, { track: 'justice' }));
    given(planned, talk).when(change({ track: 'justice' })).refused('session-in-unknown-track', { session: 'talk', track: 'justice' });
  });
  it('keeps notes as their writer’s own, in a fact of their own', () => {
    const noted = { type: 'SessionNotesChanged', data: { session: 'talk', to: told(organiser, 'two microphones') } } as const;
    given(planned, talk).when(change({ language: 'en' }, 'two microphones')).then(changed({ language: null }, { language: 'en' }), noted);
    given(planned, talk, noted).when(change({}, 'two microphones')).nothing();
    given(planned, talk, noted).when(change({}, null)).then({ type: 'SessionNotesChanged', data: { session: 'talk', from: told(organiser, 'two microphones') } });
    given(planned, talk).when(change({}, null)).nothing();
  });
  it('writes notes anew where the old ones are withheld', () => {
    const old = told(judge, 'two microphones');
    specification({ ...conveningDecider, decide: (state, command, circumstances) => conveningDecider.decide(state, command, { ...circumstances, open: () => withheld }) })(
      planned, talk, { type: 'SessionNotesChanged', data: { session: 'talk', to: old } })
      .when(change({}, 'two microphones')).then({ type: 'SessionNotesChanged', data: { session: 'talk', from: old, to: told(organiser, 'two microphones') } });
  });
  it('refuses a session that is not there', () => given(planned, lecture).when(change({})).refused('unknown-session', { session: 'talk' }));
});

describe('cancelling a session', () => {
  it('keeps it, and it can take place after all', () => {
    given(planned, talk).when({ type: 'CancelSession', data: { session: 'talk' } }).then(cancelled);
    given(planned, talk, cancelled).when({ type: 'CancelSession', data: { session: 'talk' } }).nothing();
    given(planned, talk, cancelled).when({ type: 'ReinstateSession', data: { session: 'talk' } }).then(reinstated);
    given(planned, talk).when({ type: 'ReinstateSession', data: { session: 'talk' } }).nothing();
    expect([folded(planned, talk, cancelled), folded(planned, talk, cancelled, reinstated)].map(({ sessions }) => sessions.get('talk')?.cancelled)).toEqual([true, false]);
  });
});

describe('removing a session', () => {
  const remove = { type: 'RemoveSession', data: { session: 'talk' } } as const;
  const removed = { type: 'SessionRemoved', data: { session: 'talk', title: { en: 'talk' } } } as const;

  it('leaves nothing of it', () => {
    given(planned, talk, proposed('talk', 'a1', judge)).when(remove).then(removed);
    expect([...folded(planned, talk, lecture, removed).sessions.keys()]).toEqual(['lecture']);
  });
  it('refuses one to which somebody was invited', () =>
    given(planned, talk, proposed('talk', 'a1', judge), { type: 'AppearanceInvited', data: { session: 'talk', appearance: 'a1', by: organiser, way: 'email' } })
      .when(remove).refused('session-not-removable', { session: 'talk' }));
  it('refuses one that was published, and accepts one that was cancelled before, or is internal', () => {
    given(planned, talk, published('first')).when(remove).refused('session-not-removable', { session: 'talk' });
    given(planned, talk, cancelled, published('first')).when(remove).then(removed);
    given(planned, { ...talk, data: { ...talk.data, audience: 'internal' } }, published('first')).when(remove).then(removed);
  });
});

describe('the order of sessions', () => {
  const three = [planned, session('a'), session('b'), session('constructor')] as const;
  const reorder = (...order: string[]) => ({ type: 'ReorderSessions', data: { order } }) as const;
  const reordered = { type: 'SessionsReordered', data: { from: ['a', 'b', 'constructor'], to: ['constructor', 'a', 'b'] } } as const;
  it('names all', () => given(...three).when(reorder('constructor', 'a', 'b')).then(reordered));
  it('that it has changes nothing', () => given(...three).when(reorder('a', 'b', 'constructor')).nothing());
  it('is not in part', () => given(...three).when(reorder('b', 'a')).refused('order-incomplete', { expected: ['a', 'b', 'constructor'] }));
  it('is that of the programme', () => expect([...folded(...three, reordered).sessions.keys()]).toEqual(['constructor', 'a', 'b']));
});

describe('a running order', () => {
  const item = (id: string, more: object = {}) => ({ id, title: { en: id }, audience: 'public', ...more }) as const;
  const added = (id: string, more: object = {}) => ({ type: 'ItemAdded', data: { session: 'talk', item: item(id, more) } }) as const;
  const set = (...items: { id: string; minutes?: number; appearance?: string; audience?: 'internal' }[]) =>
    ({ type: 'SetRunningOrder', data: { session: 'talk', items: items.map((each) => ({ title: each.id, ...each })) } }) as const;
  const order = ({ sessions }: ReturnType<typeof folded>) => sessions.get('talk')?.items.map(({ id }) => id);

  it('is written step by step', () =>
    given(planned, talk, proposed('talk', 'a1', judge))
      .when(set({ id: 'welcome', minutes: 10, appearance: 'a1' }, { id: 'technique', audience: 'internal' }))
      .then(added('welcome', { minutes: 10, appearance: 'a1' }), added('technique', { audience: 'internal' })));
  it('changes nothing when it is so already', () => given(planned, talk, added('welcome')).when(set({ id: 'welcome' })).nothing());
  it('tells what went, what changed, what came, and the order', () =>
    given(planned, talk, added('a'), added('b'), added('c'))
      .when(set({ id: 'd' }, { id: 'c', minutes: 5 }, { id: 'a' }))
      .then(
        { type: 'ItemRemoved', data: { session: 'talk', from: item('b') } },
        { type: 'ItemChanged', data: { session: 'talk', from: item('c'), to: item('c', { minutes: 5 }) } },
        added('d'),
        { type: 'ItemsReordered', data: { session: 'talk', from: ['a', 'c', 'd'], to: ['d', 'c', 'a'] } },
      ));
  it('has the order it was given', () =>
    expect(order(folded(planned, talk, added('a'), added('b'), { type: 'ItemsReordered', data: { session: 'talk', from: ['a', 'b'], to: ['b', 'a'] } }))).toEqual(['b', 'a']));
  it('may be empty', () => {
    const gone = { type: 'ItemRemoved', data: { session: 'talk', from: item('a') } } as const;
    given(planned, talk, added('a')).when(set()).then(gone);
    expect(order(folded(planned, talk, added('a'), gone))).toEqual([]);
  });
  it('refuses an id twice, and accepts constructor', () => {
    given(planned, talk).when(set({ id: 'a' }, { id: 'b' }, { id: 'a' })).refused('items-repeated', { items: ['a'] });
    given(planned, talk).when(set({ id: 'constructor' })).then(added('constructor'));
  });
  it('refuses the step of an appearance that is not there', () =>
    given(planned, talk).when(set({ id: 'a', appearance: 'a1' })).refused('item-of-unknown-appearance', { session: 'talk', appearance: 'a1' }));
});
