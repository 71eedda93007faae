import { describe, expect, it } from '@jest/globals';
import type { Convening } from '../../src/convening/convening.js';
import { told, withheld } from '../../src/event-store/personal.js';
import { organiser } from '../given.js';
import {
  planned, given, after, folded, seat, judge, bishop, a1, a2, credit, minister, proposed, other, unnamed, invited, confirmed, declined, cancelled,
  attended, inPlace, replaced, propose, proposeOffice, invite, confirm, cancel, attend, remove, replace, name, change, creditChanged,
  roleChanged,
} from './seats.js';

describe('proposing an appearance', () => {
  it('gives a person a seat, with the credit to print', () => given().when(propose).then(proposed));

  it('may be for an office, while nobody is named', () => given().when(proposeOffice).then(unnamed));

  it('takes a plain text to be in the first language of the convening', () =>
    given()
      .when({ type: 'ProposeAppearance', data: { ...a1, role: 'chair', credit: { position: 'Minister' }, represents: 'Malawi' } })
      .then({ type: 'AppearanceProposed', data: { ...a1, role: 'chair', office: { position: { en: 'Minister' } }, represents: { en: 'Malawi' } } }));

  it('keeps a note as the person’s own', () =>
    given()
      .when({ type: 'ProposeAppearance', data: { ...propose.data, note: 'by train' } })
      .then({ type: 'AppearanceProposed', data: { ...proposed.data, note: told(judge, 'by train') } }));

  it('changes nothing when it is proposed already', () => given(proposed).when(propose).nothing());

  it('refuses the id of another appearance', () =>
    given(other).when({ type: 'ProposeAppearance', data: { ...propose.data, ...a2 } }).refused('appearance-exists', { appearance: 'a2' }));

  it('refuses a person without a name', () =>
    given().when({ type: 'ProposeAppearance', data: { ...a1, role: 'speaker', person: judge, credit: minister } }).refused('name-missing'));

  it('refuses a name without a person', () =>
    given().when({ type: 'ProposeAppearance', data: { ...a1, role: 'speaker', credit } }).refused('person-missing'));

  it('refuses a person who has the role in the session already', () =>
    given(proposed).when({ type: 'ProposeAppearance', data: { ...propose.data, ...a2 } }).refused('appears-already', { appearance: 'a1' }));

  it.each([{ honorific: 'Hon.' }, { sortName: 'Juma' }])('refuses %p without a person', (credit) =>
    given().when({ type: 'ProposeAppearance', data: { ...a1, role: 'speaker', credit } }).refused('person-missing'));

  it('refuses a person of whom nothing is told, or only that it is withheld', () => {
    given().when({ type: 'ProposeAppearance', data: { ...a1, role: 'speaker', person: judge } }).refused('name-missing');
    given().when({ type: 'ProposeAppearance', data: { ...a1, role: 'speaker', person: judge, credit: withheld } }).refused('name-missing');
  });

  it('may be for a seat of which nothing is known but the role', () =>
    given().when({ type: 'ProposeAppearance', data: { ...a1, role: 'speaker' } }).then({ type: 'AppearanceProposed', data: { ...a1, role: 'speaker' } }));

  it('is the last fact about the session', () => expect(folded(other, proposed).revision).toEqual(2));

  it.each([['in another role', { ...a2, role: 'chair' as const }], ['in another session', { session: 'dinner', role: 'speaker' as const }]])(
    'accepts the person %s', (_, where) =>
      given(proposed)
        .when({ type: 'ProposeAppearance', data: { ...propose.data, ...where } })
        .then({ type: 'AppearanceProposed', data: { ...proposed.data, ...where } }));

  it('accepts the person anew who had declined', () =>
    given(proposed, declined)
      .when({ type: 'ProposeAppearance', data: { ...propose.data, ...a2 } })
      .then({ type: 'AppearanceProposed', data: { ...proposed.data, ...a2 } }));
});

describe('naming somebody for the seat of an office', () => {
  it('keeps whose seat it was', () =>
    given(unnamed).when(name).then({ type: 'AppearanceNamed', data: { ...a1, by: organiser, person: judge, credit: told(judge, credit), office: minister } }));

  it('refuses it without a name', () => given(unnamed).when({ ...name, data: { ...name.data, credit: minister } }).refused('name-missing'));

  it('refuses it when somebody else is named', () => given(proposed).when({ ...name, data: { ...name.data, person: bishop } }).refused('already-named'));

  it('changes nothing when it was done already', () => given(proposed).when(name).nothing());

  it('refuses a person who has the role in the session already', () =>
    given(unnamed, other).when({ ...name, data: { ...name.data, person: bishop } }).refused('appears-already', { appearance: 'a2' }));

  it('refuses it when the office has declined', () =>
    given(unnamed, declined).when(name).refused('wrong-state', { state: 'declined', allowed: ['proposed', 'invited'] }));

  it('leaves no office behind', () =>
    expect(seat(unnamed, { type: 'AppearanceNamed', data: { ...a1, by: organiser, person: judge, credit: told(judge, credit), office: minister } })).toEqual({
      id: 'a1', role: 'speaker', person: judge, credit: told(judge, credit), state: 'proposed', toBeReconfirmed: false, published: false, revision: 2,
    }));
});

describe('changing what is printed', () => {
  it('tells only what differs', () => given(proposed).when(change({ role: 'chair', credit, represents: null })).then(roleChanged));

  it('keeps the credit it replaced', () => given(proposed).when(change({ credit: { name: 'Amina Juma' } })).then(creditChanged));

  it('changes nothing when the credit is given in another order', () =>
    given(proposed).when(change({ credit: { position: 'Judge', name: 'Amina Juma', honorific: 'Hon.' } })).nothing());

  it('takes a withheld credit to mean: as it is', () => given(proposed).when(change({ credit: withheld })).nothing());

  it('corrects an office', () =>
    given(unnamed).when(change({ credit: { position: 'Minister' } }))
      .then({ type: 'OfficeChanged', data: { ...a1, from: minister, to: { position: { en: 'Minister' } } } }));

  it('refuses a named seat without a name', () => given(proposed).when(change({ credit: minister })).refused('name-missing'));

  it('refuses a name where nobody is named', () => given(unnamed).when(change({ credit })).refused('person-missing'));

  it('says whom the person speaks for, and may take it back', () => {
    const to = { type: 'RepresentationChanged', data: { ...a1, to: { en: 'Malawi' } } } as const;
    given(proposed).when(change({ represents: 'Malawi' })).then(to);
    given(proposed, to).when(change({ represents: null })).then({ type: 'RepresentationChanged', data: { ...a1, from: { en: 'Malawi' } } });
  });

  it('refuses the role that the person has already', () => {
    const chair = { type: 'AppearanceProposed', data: { ...proposed.data, ...a2, role: 'chair' } } as const;
    given(proposed, chair).when(change({ role: 'chair' })).refused('appears-already', { appearance: 'a2' });
    given(proposed, chair).when(change({ role: 'discussant' })).then({ type: 'RoleChanged', data: { ...a1, from: 'speaker', to: 'discussant' } });
  });
});

describe('replacing', () => {
  it('puts another in the same role in its place', () => given(proposed, confirmed).when(replace).then(inPlace, replaced));

  it('changes nothing when it was done already', () => given(proposed, inPlace, replaced).when(replace).nothing());

  it('refuses the id of an appearance that is there', () => given(proposed, other).when(replace).refused('appearance-exists', { appearance: 'a2' }));

  it('refuses a person who has the role already', () =>
    given(proposed, other)
      .when({ ...replace, data: { ...a1, with: { ...replace.data.with, appearance: 'a3' } } })
      .refused('appears-already', { appearance: 'a2' }));

  it('refuses the replacement by one when it was replaced by another', () =>
    given(proposed, inPlace, replaced)
      .when({ ...replace, data: { ...a1, with: { ...replace.data.with, appearance: 'a3' } } })
      .refused('wrong-state', { state: 'replaced', allowed: ['proposed', 'invited', 'tentative', 'confirmed', 'declined', 'withdrawn'] }));

  it('prints the new one where the old one stood', () => {
    const third = { type: 'AppearanceProposed', data: { ...proposed.data, appearance: 'a3', role: 'chair' } } as const;
    const { appearances: seats, revision } = folded(proposed, third, inPlace, replaced);
    expect(revision).toEqual(4);
    expect([...seats].map(([id, { state, replaces, replacedWith }]) => [id, state, replaces, replacedWith])).toEqual([
      ['a1', 'replaced', undefined, 'a2'], ['a2', 'proposed', 'a1', undefined], ['a3', 'proposed', undefined, undefined],
    ]);
  });
});

describe('a step of the running order that is somebody’s', () => {
  const speech = { id: 'speech', title: { en: 'Speech' }, audience: 'public' } as const;
  const discussion = { id: 'discussion', title: { en: 'Discussion' }, audience: 'public', appearance: 'a3' } as const;
  const added = [{ ...speech, appearance: 'a1' }, discussion].map((item) => ({ type: 'ItemAdded', data: { session: 'panel', item } }) as const);
  const goesTo = (to: object) => ({ type: 'ItemChanged', data: { session: 'panel', from: { ...speech, appearance: 'a1' }, to: { ...speech, ...to } } }) as const;

  it('is that of who stands in their place', () => given(proposed, ...added).when(replace).then(inPlace, replaced, goesTo({ appearance: 'a2' })));

  it('is nobody’s when the seat is removed', () =>
    given(proposed, ...added).when(remove)
      .then(goesTo({}), { type: 'AppearanceRemoved', data: { ...a1, role: 'speaker', person: judge, credit: told(judge, credit) } }));

  it('stays theirs while the seat is there', () => given(proposed, ...added).when(cancel).then(cancelled));
});

describe('removing', () => {
  it('takes away what was only proposed', () =>
    given(proposed).when(remove).then({ type: 'AppearanceRemoved', data: { ...a1, role: 'speaker', person: judge, credit: told(judge, credit) } }));

  it('keeps the office of a seat without a name', () =>
    given(unnamed).when(remove).then({ type: 'AppearanceRemoved', data: { ...a1, role: 'speaker', office: minister } }));

  it('refuses an appearance past proposed', () =>
    given(proposed, invited).when(remove).refused('appearance-not-removable', { state: 'invited', published: false }));

  it('refuses what was published', () =>
    after(({ sessions }) => void (sessions.get('panel')!.appearances.get('a1')!.published = true))(proposed)
      .when(remove).refused('appearance-not-removable', { state: 'proposed', published: true }));

  it('leaves no trace in the session but its revision', () =>
    expect(folded(proposed, { type: 'AppearanceRemoved', data: { ...a1, role: 'speaker' } })).toEqual({ ...planned().sessions.get('panel'), revision: 2 }));
});

describe('ordering', () => {
  const reorder = (...order: string[]) => ({ type: 'ReorderAppearances', data: { session: 'panel', order } }) as const;
  const reordered = { type: 'AppearancesReordered', data: { session: 'panel', from: ['a1', 'a2'], to: ['a2', 'a1'] } } as const;

  it('names all in their new order', () => given(proposed, other).when(reorder('a2', 'a1')).then(reordered));
  it('changes nothing when it is so already', () => given(proposed, other).when(reorder('a1', 'a2')).nothing());
  it.each([[['a1']], [['a1', 'a1']], [['a1', 'a2', 'a3']], [['a1', 'a2', 'a2']]])('refuses %p', (order) =>
    given(proposed, other).when(reorder(...order)).refused('order-incomplete', { expected: ['a1', 'a2'] }));
  it('is the order they are printed in', () => {
    const { appearances: seats, revision } = folded(proposed, other, reordered);
    expect([[...seats.keys()], revision]).toEqual([['a2', 'a1'], 3]);
  });
});

describe('where nothing can be planned', () => {
  const concluded = (convening: Convening) => void (convening.phase = 'concluded');
  const withoutSession = (convening: Convening) => void (convening.sessions.get('panel')!.cancelled = true);
  const reason = { reason: 'misspelt' };
  const proposeBishop = { type: 'ProposeAppearance', data: { ...a2, role: 'speaker', person: bishop, credit: { name: 'Paul Moyo' } } } as const;
  const corrected = change({ credit: { name: 'Amina Juma' } });

  it('knows the session and the appearance', () => {
    given().when({ ...propose, data: { ...propose.data, session: 'lunch' } }).refused('unknown-session', { session: 'lunch' });
    given(proposed).when({ type: 'ConfirmAppearance', data: a2 }).refused('unknown-appearance', { ...a2 });
  });

  it.each([['unplanned', 'unknown-convening'], ['cancelled', 'convening-over']] as const)('refuses everything in a convening that is %s', (phase, code) => {
    const of = after((convening) => void (convening.phase = phase), reason)(proposed);
    for (const command of [proposeBishop, confirm, corrected, attend('appeared')]) of.when(command).refused(code);
  });

  it('is what is so already no change, and so not refused', () => after(concluded)(proposed).when(propose).nothing());

  it('refuses planning in a concluded convening, and accepts who appeared', () => {
    for (const command of [proposeBishop, confirm, cancel, remove, replace, change({ role: 'chair' })]) after(concluded, reason)(proposed).when(command).refused('convening-over');
    after(concluded)(proposed).when(attend('appeared')).then(attended('proposed', 'appeared'));
  });

  it('corrects a credit of a concluded convening with a reason only', () => {
    after(concluded)(proposed).when(corrected).refused('reason-required');
    after(concluded, reason)(proposed).when(corrected).then(creditChanged);
    after(concluded)(proposed).when(change({ credit })).nothing();
  });

  it('refuses planning in a cancelled session, and accepts attendance and corrections', () => {
    for (const command of [propose, invite, confirm, remove, change({ role: 'chair' })])
      after(withoutSession)(proposed).when(command).refused('session-cancelled', { session: 'panel' });
    after(withoutSession)(proposed).when(attend('absent')).then(attended('proposed', 'absent'));
    after(withoutSession)(proposed).when(corrected).then(creditChanged);
  });
});
