import { describe, it } from '@jest/globals';
import {
  address, again, asks, at, byOrganisers, cancelled, category, code, facts, given, group, member, opened, participants, pending, person, prepared, register, repeated, seated, substitute, substituted, waiting, when, withdrawn,
} from './desk.js';

const open = [opened(), participants(2)] as const;

describe('registering', () => {
  it('gives a seat while there is one', () => facts(...open, seated('amina')).when(register('paul')).then(seated('paul')));

  it('puts who comes later on the waiting list', () => facts(...open, seated('amina'), seated('paul')).when(register('zawadi')).then(waiting('zawadi')));

  it('looks at the seats in all, too', () => {
    facts(opened({ capacity: 1 }), participants(2), seated('amina')).when(register('paul')).then(waiting('paul'));
    facts(opened({ capacity: 2 }), participants(2), seated('amina')).when(register('paul')).then(seated('paul'));
  });

  it('waits for approval where the organisers look at each', () => facts(opened(), participants(2, 'by-hand')).when(register('amina')).then(pending('amina')));

  it('is open from its time on, by the time of the command', () => {
    const terms = { opens: '2013-03-01T08:00:00.000Z', closes: '2013-03-02T08:00:00.000Z' };
    const history = [prepared(terms), participants()] as const;
    at('2013-03-01T08:00:00.000Z')(...history).when(register('amina')).then(seated('amina'));
    at('2013-03-01T07:59:59.999Z')(...history).when(register('amina')).refused('registration-not-open', { opens: terms.opens });
    at('2013-03-02T07:59:59.999Z')(...history).when(register('amina')).then(seated('amina'));
    at('2013-03-02T08:00:00.000Z')(...history).when(register('amina')).refused('registration-closed', { closes: terms.closes });
    at('2013-03-02T08:00:01.000Z')(...history).when(byOrganisers(register('amina'))).then(seated('amina'));
  });

  it('is not open before anybody said when', () => facts(prepared(), participants()).when(register('amina')).refused('no-registration'));

  it('needs to be prepared, and a meeting that is to come', () => {
    facts().when(register('amina')).refused('no-registration');
    for (const phase of ['concluded', cancelled.phase] as const) facts(...open).when(when(phase, register('amina'))).refused('convening-over');
  });

  it('needs a category that is there and takes registrations', () => {
    facts(...open).when(register('amina', 'press')).refused('unknown-category', { category: 'press', categories: ['participant'] });
    facts(...open, category('press')).when(register('amina', 'press')).then(seated('amina', 'press'));
    facts(...open, category('press'), { type: 'CategoryClosed', data: { category: 'press' } }).when(register('amina', 'press')).refused('category-closed', { category: 'press' });
  });

  it('uses ids and codes once', () => {
    facts(...open, seated('amina')).when(register('amina')).nothing();
    const one = member('paul');
    facts(...open, seated('amina')).when({ ...register('paul'), data: { ...register('paul').data, members: [{ ...one, registration: 'amina' }] } }).refused('registration-exists', { registration: 'amina' });
    facts(...open, seated('amina')).when({ ...register('paul'), data: { ...register('paul').data, members: [{ ...one, code: code('amina') }] } }).refused('code-taken');
  });
});

describe('a form with the address of somebody who is registered', () => {
  it('is answered to the public like any other, and takes no seat', () => {
    facts(...open, seated('amina')).when(again('amina', 'paul')).then(repeated('paul', 'amina', 'seated'));
    facts(...open, seated('amina'), repeated('paul', 'amina', 'seated')).when(register('zawadi')).then(seated('zawadi'));
    facts(opened(), participants(1), seated('amina')).when(again('amina', 'paul')).then(repeated('paul', 'amina', 'waiting'));
    facts(opened(), participants(1, 'by-hand'), pending('amina')).when(again('amina', 'paul')).then(repeated('paul', 'amina', 'pending'));
  });

  it('keeps a place in the line that the public is told of, so that the next position says nothing', () => {
    const full = [opened(), participants(1), seated('amina'), waiting('paul')] as const;
    facts(...full).when(register('zawadi')).then(waiting('zawadi', 'participant', { place: 2 }));
    facts(...full).when(again('paul', 'zawadi')).then(repeated('zawadi', 'paul', 'waiting', 2));
    const repeat = repeated('zawadi', 'paul', 'waiting', 2);
    facts(...full, repeat).when(register('juma')).then(waiting('juma', 'participant', { place: 3 }));
    facts(...full, repeat).when(byOrganisers(register('juma'))).then(waiting('juma', 'participant', { place: 2 }));
    const both = group('juma', 'grace');
    facts(...full).when({ ...both, data: { ...both.data, members: [{ ...member('juma'), address: member('amina').address }, member('grace')] } })
      .then(repeated('juma', 'amina', 'waiting', 2), waiting('grace', 'participant', { place: 3, group: 'delegation' }));
    // Until somebody who came later has a seat.
    const moved = [repeat, waiting('juma', 'participant', { place: 3 }), withdrawn('amina', 'seated'), given('paul')] as const;
    facts(...full, ...moved).when(register('grace')).then(waiting('grace', 'participant', { place: 3 }));
    facts(...full, ...moved, withdrawn('paul', 'seated'), given('juma')).when(register('grace')).then(waiting('grace'));
  });

  it('is told to the organisers', () => facts(...open, seated('amina')).when(byOrganisers(again('amina', 'paul'))).refused('registered-already', { registration: 'amina' }));

  it('is a registration again when the first was withdrawn', () =>
    facts(...open, seated('amina'), withdrawn('amina', 'seated')).when(byOrganisers(register('paul'))).then(seated('paul')));

  it('leads to the registration that stands, by its own code', () =>
    facts(...open, seated('amina'), repeated('paul', 'amina', 'seated')).when({ type: 'WithdrawRegistration', data: { registration: code('paul'), meeting: register('amina').data.meeting } }).then(withdrawn('amina', 'seated')));
});

describe('a group', () => {
  const inGroup = { group: 'delegation' };

  it('is registered at once, each in turn', () =>
    facts(...open).when(group('amina', 'paul', 'zawadi')).then(seated('amina', 'participant', inGroup), seated('paul', 'participant', inGroup), waiting('zawadi', 'participant', inGroup)));

  it('is not registered if one of it cannot be', () => {
    const two = group('amina', 'paul');
    const members = [member('amina'), member('paul', 'press')];
    facts(...open).when({ ...two, data: { ...two.data, members } }).refused('unknown-category', { category: 'press', categories: ['participant'], member: 1 });
  });

  it('has nobody twice', () => {
    const two = group('amina', 'paul');
    const members = [member('amina'), { ...member('paul'), address: member('amina').address }];
    facts(...open).when({ ...two, data: { ...two.data, members } }).refused('repeated-in-group', { member: 1, same: 'address' });
  });
});

describe('the form', () => {
  const diet = { id: 'diet', kind: 'choice', label: { en: 'Diet' }, required: true, choices: [{ id: 'all', label: { en: 'All' } }, { id: 'vegan', label: { en: 'Vegan' } }] } as const;
  const consent = { id: 'photos', kind: 'consent', label: { en: 'Photos' }, required: true } as const;
  const arrival = { id: 'arrival', kind: 'date', label: { en: 'Arrival' }, required: false } as const;
  const badge = { id: 'badge', kind: 'text', label: { en: 'On the badge' }, required: false } as const;
  const history = [...open, asks(diet, consent, arrival, badge)] as const;
  const good = { diet: 'vegan', photos: true };

  it('is filled in', () => facts(...history).when(register('amina', 'participant', good)).then(seated('amina', 'participant', { answers: good })));

  it('has required fields; a consent must be given', () => {
    facts(...history).when(register('amina', 'participant', { photos: true })).refused('answer-missing', { fields: ['diet'] });
    facts(...history).when(register('amina', 'participant', { ...good, photos: false })).refused('answer-missing', { fields: ['photos'] });
  });

  it.each([['diet', 'meat', { choices: ['all', 'vegan'] }], ['arrival', '2013-02-30', {}], ['badge', ' ', {}], ['badge', 'x'.repeat(2_001), {}]] as const)('refuses as %s what it does not take: %s', (field, value, more) => {
    const { kind } = [diet, arrival, badge].find(({ id }) => id === field)!;
    facts(...history).when(register('amina', 'participant', { ...good, [field]: value })).refused('answer-invalid', { field, kind, ...more });
  });

  it.each([['diet', 'all'], ['arrival', '2013-02-28'], ['badge', 'x'.repeat(2_000)]] as const)('takes as %s what it takes', (field, value) => {
    const answers = { ...good, [field]: value };
    facts(...history).when(register('amina', 'participant', answers)).then(seated('amina', 'participant', { answers }));
  });

  it('says which fields were removed meanwhile', () =>
    facts(...history).when(register('amina', 'participant', { ...good, hotel: 'Impala', constructor: 'x' })).refused('unknown-answer', { fields: ['hotel', 'constructor'] }));
});

describe('substitution', () => {
  it('gives the seat to another person, and the place in the waiting list', () => {
    facts(...open, seated('amina')).when(substitute('amina', 'paul')).then(substituted('amina', 'paul'));
    facts(opened(), participants(1), seated('amina'), waiting('paul'), waiting('zawadi'), substituted('paul', 'juma')).when({ type: 'WithdrawRegistration', data: { registration: 'amina', meeting: register('amina').data.meeting } })
      .then(withdrawn('amina', 'seated'), { type: 'SeatsGiven', data: { registrations: ['juma'] } });
  });

  it('is for somebody who is not registered', () =>
    facts(...open, seated('amina'), seated('paul')).when({ ...substitute('amina', 'zawadi'), data: { ...substitute('amina', 'zawadi').data, with: { ...substitute('amina', 'zawadi').data.with, person: person('paul') } } })
      .refused('registered-already', { registration: 'paul' }));

  it('is also for somebody who shares an address with who is substituted', () => {
    const { type, data } = substitute('amina', 'paul');
    const fact = substituted('amina', 'paul');
    facts(...open, seated('amina')).when({ type, data: { ...data, with: { ...data.with, address: address('amina') } } }).then({ ...fact, data: { ...fact.data, address: address('amina') } });
  });

  it('frees the one who is substituted to come after all', () =>
    facts(...open, seated('amina'), substituted('amina', 'paul')).when(byOrganisers({ ...register('zawadi'), data: { ...register('zawadi').data, members: [{ ...member('zawadi'), person: person('amina') }] } }))
      .then({ ...seated('zawadi'), data: { ...seated('zawadi').data, person: person('amina'), entry: { ...seated('zawadi').data.entry, of: person('amina') } } }));

  it('cannot happen to who has come to an end', () =>
    facts(...open, seated('amina'), withdrawn('amina', 'seated')).when(substitute('amina', 'paul')).refused('wrong-standing', { standing: 'withdrawn', allowed: ['pending', 'waiting', 'offered', 'seated'] }));
});
