import { describe, expect, it } from '@jest/globals';
import type { AppearanceCommand } from '../../src/convening/appearances.decider.js';
import { appearanceStates, type AppearanceEvent, type AppearanceState } from '../../src/convening/appearances.events.js';
import type { Step } from '../../src/convening/appearances.rules.js';
import { told } from '../../src/event-store/personal.js';
import { now, organiser } from '../given.js';
import {
  slot, given, after, decided, folded, seat, judge, bishop, a1, a2, credit, proposed, unnamed, invited, confirmed, declined, tentative, withdrawn,
  cancelled, attended, inPlace, replaced, invite, confirm, decline, withdraw, cancel, attend, replace,
} from './seats.js';

describe('inviting', () => {
  it('is said by the organiser', () => given(proposed).when(invite).then(invited));

  it('may be told with who, when, until when, and a note that is the person’s own', () =>
    given(proposed)
      .when({ type: 'InviteAppearance', data: { ...invite.data, by: bishop, given: '2013-02-01T11:00+03:00', answerBy: '2013-04-01T00:00:00Z', note: 'twice' } })
      .then({
        type: 'AppearanceInvited',
        data: { ...a1, by: bishop, way: 'email', given: '2013-02-01T08:00:00.000Z', answerBy: '2013-04-01T00:00:00.000Z', note: told(judge, 'twice') },
      }));

  it('changes nothing when it was done already', () => given(proposed, invited).when(invite).nothing());

  it('is told anew with another date to answer by', () =>
    given(proposed, invited)
      .when({ ...invite, data: { ...invite.data, answerBy: '2013-04-01T00:00:00Z' } })
      .then({ type: 'AppearanceInvited', data: { ...invited.data, answerBy: '2013-04-01T00:00:00.000Z' } }));

  it('reaches an office for which nobody is named', () => given(unnamed).when(invite).then(invited));

  it('refuses a date to answer by that has passed', () =>
    given(proposed).when({ ...invite, data: { ...invite.data, answerBy: now } }).refused('answer-by-past', { answerBy: now }));

  it('refuses what was said in the future, and accepts what was said now', () => {
    const later = '2013-03-01T08:00:00.001Z';
    given(proposed).when({ ...invite, data: { ...invite.data, given: later } }).refused('given-in-future', { given: later });
    given(proposed).when({ ...invite, data: { ...invite.data, given: now } }).then({ type: 'AppearanceInvited', data: { ...invited.data, given: now } });
  });

  it('may ask once more who declined, unless a second seat was made for the person', () => {
    given(proposed, declined).when(invite).then(invited);
    given(proposed, declined, { type: 'AppearanceProposed', data: { ...proposed.data, ...a2 } }).when(invite).refused('appears-already', { appearance: 'a2' });
  });
});

describe('confirming', () => {
  it('holds for the slot that the session has', () => given(proposed, invited).when(confirm).then(confirmed));

  it('holds for no slot where the session has none', () =>
    given({ type: 'AppearanceProposed', data: { ...proposed.data, session: 'dinner' } })
      .when({ type: 'ConfirmAppearance', data: { session: 'dinner', appearance: 'a1' } })
      .then({ type: 'AppearanceConfirmed', data: { session: 'dinner', appearance: 'a1', by: judge } }));

  it('changes nothing when it was done already', () => given(proposed, confirmed).when(confirm).nothing());

  it('is told again when it was to be given anew', () =>
    after(({ sessions }) => void (sessions.get('panel')!.appearances.get('a1')!.toBeReconfirmed = true))(proposed, confirmed).when(confirm).then(confirmed));

  it('is told again for another slot', () => {
    const moved = { ...slot, start: '2013-05-27T09:30+03:00' };
    after(({ sessions }) => void (sessions.get('panel')!.slot = { ...moved, starts: 0, ends: 1 }))(proposed, confirmed)
      .when(confirm).then({ type: 'AppearanceConfirmed', data: { ...a1, by: judge, slot: moved } });
  });

  it('is told again when the person says themself what another had said', () =>
    given(proposed, { type: 'AppearanceConfirmed', data: { ...confirmed.data, by: organiser } }).when(confirm).then(confirmed));

  it('refuses a seat for which nobody is named', () => given(unnamed).when(confirm).refused('nobody-named'));

  it('may follow a decline, unless a second seat was made for the person', () => {
    given(proposed, declined).when(confirm).then(confirmed);
    given(proposed, declined, { type: 'AppearanceProposed', data: { ...proposed.data, ...a2 } }).when(confirm).refused('appears-already', { appearance: 'a2' });
  });

  it('is the last fact about the session', () => expect(folded(proposed, confirmed).revision).toEqual(2));

  it('may be tentative, and firm afterwards', () => {
    given(proposed).when({ type: 'MakeAppearanceTentative', data: a1 }).then(tentative);
    given(proposed, tentative).when({ type: 'MakeAppearanceTentative', data: a1 }).nothing();
    given(proposed, tentative).when(confirm).then(confirmed);
  });

  it('is remembered with its slot and who gave it', () =>
    expect(seat(proposed, { ...invited, data: { ...invited.data, answerBy: '2013-04-01T00:00:00Z' } }, confirmed)).toEqual({
      id: 'a1', role: 'speaker', person: judge, credit: told(judge, credit), state: 'confirmed', confirmedFor: slot, answered: { by: judge, revision: 3 },
      toBeReconfirmed: false, published: false, revision: 3,
    }));
});

describe('not coming', () => {
  it('is declined before a confirmation', () => given(proposed, invited).when(decline).then(declined));

  it('changes nothing when it was declined already', () => given(proposed, declined).when(decline).nothing());

  it('is withdrawn after a confirmation, which then holds for nothing', () => {
    given(proposed, confirmed).when(withdraw).then(withdrawn);
    given(proposed, confirmed, withdrawn).when(withdraw).nothing();
    expect(seat(proposed, confirmed, withdrawn)).toEqual({
      id: 'a1', role: 'speaker', person: judge, credit: told(judge, credit), state: 'withdrawn', answered: { by: judge, revision: 3 },
      toBeReconfirmed: false, published: false, revision: 3,
    });
  });

  it('may be said for an office for which nobody is named', () =>
    given(unnamed, invited).when(decline).then({ type: 'AppearanceDeclined', data: { ...a1, by: organiser } }));

  it('is cancelled when the organisers do without', () => {
    given(proposed, confirmed).when(cancel).then(cancelled);
    given(proposed, cancelled).when(cancel).nothing();
  });
});

describe('each step', () => {
  const histories: Record<AppearanceState, AppearanceEvent[]> = {
    proposed: [], invited: [invited], confirmed: [confirmed], tentative: [tentative], declined: [declined], withdrawn: [confirmed, withdrawn],
    cancelled: [cancelled], replaced: [inPlace, replaced], appeared: [attended('proposed', 'appeared')], absent: [attended('proposed', 'absent')],
  };
  const commands: Omit<Record<Step, AppearanceCommand>, 'name'> = {
    invite, confirm, makeTentative: { type: 'MakeAppearanceTentative', data: a1 }, decline, withdraw, cancel,
    replace: { ...replace, data: { ...a1, with: { ...replace.data.with, appearance: 'a3', person: '0196f3c2-0000-4000-8000-000000000003' } } },
    appeared: attend('appeared'), absent: attend('absent'),
  };
  const allowed: Record<keyof typeof commands, AppearanceState[]> = {
    invite: ['proposed', 'invited', 'declined', 'withdrawn'],
    confirm: ['proposed', 'invited', 'tentative', 'confirmed', 'declined', 'withdrawn'],
    makeTentative: ['proposed', 'invited', 'tentative', 'confirmed', 'declined', 'withdrawn'],
    decline: ['proposed', 'invited', 'tentative', 'declined'],
    withdraw: ['tentative', 'confirmed', 'withdrawn'],
    cancel: ['proposed', 'invited', 'tentative', 'confirmed', 'declined', 'withdrawn', 'cancelled'],
    replace: ['proposed', 'invited', 'tentative', 'confirmed', 'declined', 'withdrawn'],
    appeared: ['proposed', 'invited', 'tentative', 'confirmed', 'declined', 'withdrawn', 'cancelled', 'appeared', 'absent'],
    absent: ['proposed', 'invited', 'tentative', 'confirmed', 'appeared', 'absent'],
  };
  // The names of the fields of `commands` are steps: it is built as such above.
  const cases = (Object.keys(commands) as (keyof typeof commands)[]).flatMap((step) => appearanceStates.map((state) => [step, state] as const));

  it.each(cases)('%s, when %s, is possible or is refused with the states in which it is', (step, state) => {
    const history = [proposed, ...histories[state]];
    if (allowed[step].includes(state)) expect(() => decided(commands[step], ...history)).not.toThrow();
    else given(...history).when(commands[step]).refused('wrong-state', { state, allowed: allowed[step] });
  });
});

describe('on the day', () => {
  it('says who appeared, and from what', () => given(proposed, confirmed).when(attend('appeared')).then(attended('confirmed', 'appeared')));

  it('may be somebody who had declined, unless in another seat', () => {
    given(proposed, declined).when(attend('appeared')).then(attended('declined', 'appeared'));
    given(proposed, declined, { type: 'AppearanceProposed', data: { ...proposed.data, ...a2 } })
      .when(attend('appeared')).refused('appears-already', { appearance: 'a2' });
  });

  it('is corrected', () => given(proposed, attended('proposed', 'appeared')).when(attend('absent')).then(attended('appeared', 'absent')));

  it('changes nothing when it was recorded already', () => given(proposed, attended('proposed', 'appeared')).when(attend('appeared')).nothing());
});
