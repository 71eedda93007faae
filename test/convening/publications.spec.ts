import { describe, expect, it } from '@jest/globals';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import type { PublicationWithdrawn } from '../../src/convening/publications.events.js';
import { latestStanding } from '../../src/convening/publications.rules.js';
import { conveningDecider } from '../../src/convening/convening.decider.js';
import { conveningParts } from '../../src/convening/parts.projection.js';
import { drained } from '../../src/event-store/steps.js';
import { Evolving } from '../../src/projecting/parts.js';
import { now, openTold, organiser } from '../given.js';
import {
  afternoon, at, folded, given, givenAtTheEnd, givenWhy, judge, lecture, morning, moved, planned, proposed, published, schedule, scheduled, session, simba, talk, tembo, withPolicy,
} from './arusha.js';
import { textOf } from './story.js';

const publish = (label: string, more: object = {}) => ({ type: 'PublishAgenda', data: { label, ...more } }) as const;
const withdraw = (number: number) => ({ type: 'WithdrawPublication', data: { number } }) as const;
const withdrawn = (number: number, label: string): PublicationWithdrawn => ({ type: 'PublicationWithdrawn', data: { number, label } });
const accepted = (conflict: string, circumstance?: object) =>
  ({ type: 'ConflictAccepted', data: { conflict, rule: 'person-in-two-places', reason: { of: judge, value: 'he asked for it' }, ...circumstance } }) as const;

describe('publishing the agenda', () => {
  it('makes the first version, for the public', () => given(planned).when(publish('provisional')).then(published('provisional')));
  it('is decided in steps, so that others have their turn, and as it is in one', () => {
    const large = folded(planned, ...Array.from({ length: 300 }, (_, n) => session(`s${n}`)));
    const steps = conveningDecider.decideInSteps!(large, publish('provisional'), { now, actor: organiser, open: openTold });
    let count = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) count += 1;
    expect([count >= 300, step.value]).toEqual([true, [published('provisional')]]);
  });
  it('is copied ahead where it is read: what was given away before stays as it was', () => {
    const evolving = new Evolving(conveningParts, conveningParts.initial());
    const told: readonly ConveningEvent[] = [planned, talk, lecture, proposed('talk', 'a1', judge)];
    for (const [revision, event] of told.entries()) evolving.evolve(event, { revision, at: now });
    const [shared, text] = [evolving.share(), textOf(folded(...told))];
    drained(evolving.prepare(published('provisional')));
    const prepared = textOf(evolving.state);
    const ready = [...evolving.state.sessions.values()];
    evolving.evolve(published('provisional'), { revision: told.length, at: now });
    expect([textOf(shared), prepared, textOf(evolving.state)]).toEqual([text, text, textOf(folded(...told, published('provisional')))]);
    expect([...evolving.state.sessions.values()].map((each, n) => each === ready[n])).toEqual([true, true]);
  });
  it('counts', () => given(planned, published('provisional')).when(publish('final')).then(published('final', 2)));
  it('may be for others, with a note that tells what is new', () =>
    given(planned).when(publish('draft', { audience: 'internal', note: 'Two panels' }))
      .then({ type: 'AgendaPublished', data: { number: 1, label: 'draft', audience: 'internal', note: { en: 'Two panels' } } }));

  it('changes nothing when it was published so and nothing has changed since', () => given(planned, published('provisional')).when(publish('provisional')).nothing());
  it.each([
    ['something changed since', [planned, published('provisional'), simba], {}],
    ['it was for others', [planned, published('provisional')], { audience: 'internal' }],
    ['it says something else', [planned, published('provisional')], { note: 'New' }],
    ['it was withdrawn', [planned, published('provisional'), withdrawn(1, 'provisional')], {}],
  ] as const)('refuses a label that was used when %s', (_, history, more) =>
    given(...history).when(publish('provisional', more)).refused('label-used', { label: 'provisional', number: 1 }));
  it('accepts a label that differs in one letter', () => given(planned, published('provisional'), simba).when(publish('provisionals')).then(published('provisionals', 2)));

  it('marks what was shown, and nothing else', () => {
    const internal = { ...lecture, data: { ...lecture.data, audience: 'internal' } } as const;
    const { sessions } = folded(
      planned, talk, internal, proposed('talk', 'a1', judge), proposed('talk', 'a2', judge, 'interpreter'), proposed('talk', 'a3', organiser),
      { type: 'AppearanceDeclined', data: { session: 'talk', appearance: 'a3', by: organiser } }, published('provisional'),
    );
    const shown = [...sessions.values()].flatMap(({ id, published: itself, appearances }) => [[id, itself], ...[...appearances.values()].map((seat) => [seat.id, seat.published])]);
    expect(shown).toEqual([['talk', true], ['a1', true], ['a2', false], ['a3', false], ['lecture', false]]);
  });

  it('goes on after the conclusion and after the cancellation', () => {
    givenAtTheEnd(planned, { type: 'ConveningConcluded', data: { attendance: {} } }).when(publish('as held')).then(published('as held'));
    given(planned, { type: 'ConveningCancelled', data: { convening: 'arusha-2013' } }).when(publish('cancelled')).then(published('cancelled'));
  });
});

describe('a publication that conflicts hold', () => {
  const twice = [planned, simba, tembo, talk, lecture, proposed('talk', 'a1', judge), proposed('lecture', 'a1', judge), scheduled('talk', morning)] as const;
  const slot = at('tembo', '10:00', '11:00');
  const circumstance = { slots: { talk: morning, lecture: slot }, people: [judge] };
  const key = 'person-in-two-places:lecture.a1:talk.a1';
  const clash = {
    key, rule: 'person-in-two-places', severity: 'hold', ids: ['lecture.a1', 'talk.a1'], sessions: ['talk', 'lecture'], people: [judge], circumstance, accepted: false,
  };

  it('names them', () => given(...twice, scheduled('lecture', slot)).when(publish('provisional')).refused('publication-held', { conflicts: [clash] }));
  it('is published when there is none', () => given(...twice, scheduled('lecture', at('tembo', '10:30', '11:00'))).when(publish('provisional')).then(published('provisional')));
  it('is published when they are accepted, and held again when a slot changes', () => {
    given(...twice, scheduled('lecture', slot), accepted(key, { circumstance })).when(publish('provisional')).then(published('provisional'));
    const later = at('tembo', '10:15', '11:15');
    given(...twice, scheduled('lecture', slot), accepted(key, { circumstance }), moved('lecture', slot, later)).when(publish('provisional'))
      .refused('publication-held', { conflicts: [{ ...clash, circumstance: { ...circumstance, slots: { talk: morning, lecture: later } } }] });
  });
  it('is not held by what only warns', () =>
    given(withPolicy({ conflicts: { 'person-in-two-places': 'warn' } }), ...twice.slice(1), scheduled('lecture', slot)).when(publish('provisional')).then(published('provisional')));
  it('is held by what ought to be blocked', () => {
    const taken = [planned, simba, talk, lecture, scheduled('talk', morning), scheduled('lecture', morning)] as const;
    given(...taken).when(publish('provisional')).refused('publication-held', {
      conflicts: [{
        key: 'room-taken:lecture:talk', rule: 'room-taken', severity: 'block', ids: ['lecture', 'talk'], sessions: ['talk', 'lecture'], people: [],
        circumstance: { slots: { talk: morning, lecture: morning }, people: [] }, accepted: false,
      }],
    });
    given(...taken, { type: 'ConveningCancelled', data: { convening: 'arusha-2013' } }).when(publish('cancelled')).then(published('cancelled'));
  });
});

describe('withdrawing a publication', () => {
  const twice = [planned, published('first'), published('second', 2)] as const;
  it('needs a reason', () => {
    given(...twice).when(withdraw(2)).refused('reason-required');
    givenWhy(...twice).when(withdraw(2)).then(withdrawn(2, 'second'));
  });
  it('changes nothing when it was done already', () => given(...twice, withdrawn(2, 'second')).when(withdraw(2)).nothing());
  it('refuses one that is not there', () => givenWhy(...twice).when(withdraw(3)).refused('unknown-publication', { number: 3 }));
  it('lets the one before count again', () => {
    const latest = (...facts: readonly ConveningEvent[]) => latestStanding(folded(...facts))?.label;
    expect([latest(...twice), latest(...twice, withdrawn(2, 'second')), latest(...twice, withdrawn(2, 'second'), withdrawn(1, 'first'))]).toEqual(['second', 'first', undefined]);
  });
  it('does not free its number or label', () => {
    given(...twice, withdrawn(2, 'second')).when(publish('third')).then(published('third', 3));
    given(...twice, withdrawn(2, 'second')).when(publish('second')).refused('label-used', { label: 'second', number: 2 });
  });
});

describe('publishing at once', () => {
  const days = [withPolicy({ publish: 'at-once' }), simba, tembo, talk, lecture] as const;
  it('publishes each change by itself, to whom it was published before', () => {
    given(...days).when(schedule('talk', morning)).then(scheduled('talk', morning), published('update-1'));
    given(...days, { type: 'AgendaPublished', data: { number: 1, label: 'first', audience: 'participants' } }).when(schedule('talk', morning))
      .then(scheduled('talk', morning), { type: 'AgendaPublished', data: { number: 2, label: 'update-2', audience: 'participants' } });
  });
  it('begins with the change of the policy', () =>
    given(planned).when({ type: 'ChangeConvening', data: { policy: { publish: 'at-once' } } })
      .then({ type: 'PolicyChanged', data: { from: planned.data.policy, to: { ...planned.data.policy, publish: 'at-once' } } }, published('update-1')));
  it('finds another label where its own was used', () =>
    given(...days, published('update-2')).when(schedule('talk', morning)).then(scheduled('talk', morning), published('update-2-again', 2)));
  it('waits while conflicts hold, and goes on when they are solved', () => {
    const held = [...days, proposed('talk', 'a1', judge), proposed('lecture', 'a1', judge), scheduled('talk', morning)] as const;
    const clashing = at('tembo', '10:00', '11:00');
    given(...held).when(schedule('lecture', clashing)).then(scheduled('lecture', clashing));
    given(...held, scheduled('lecture', clashing)).when(schedule('lecture', afternoon)).then(moved('lecture', clashing, afternoon), published('update-1'));
  });
  it('leaves alone what no agenda shows, and what is published by itself', () => {
    const unavailable = [at(null, '09:00', '10:00')];
    given(...days).when({ type: 'StateAvailability', data: { person: judge, unavailable } }).then({ type: 'AvailabilityStated', data: { person: judge, from: [], to: unavailable } });
    given(...days).when({ type: 'ChangeSession', data: { session: 'talk', notes: 'two microphones' } })
      .then({ type: 'SessionNotesChanged', data: { session: 'talk', to: { of: organiser, value: 'two microphones' } } });
    given(...days).when(publish('by hand')).then(published('by hand'));
  });
});
