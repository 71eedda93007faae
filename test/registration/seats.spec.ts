import { describe, it } from '@jest/globals';
import {
  accept, accepted, approve, approved, asked, askSeat, at, because, category, changeCategory, changeTerms, closeCategory, facts, given, lapse, lapsed, leave, left, limit, limited, movedUp, noShow, offered, opened, participants,
  pending, recategorise, recategorised, refuse, refused, register, seated, waiting, when, withdraw, withdrawn,
} from './desk.js';

const full = [opened(), participants(1), seated('amina'), waiting('paul'), waiting('zawadi')] as const;

describe('a seat that becomes free', () => {
  it('goes to who waited longest, in the same decision', () => facts(...full).when(withdraw('amina')).then(withdrawn('amina', 'seated'), given('paul')));

  it('does so too when its holder is refused', () => because('Not accredited')(...full).when(refuse('amina')).then(refused('amina', 'seated'), given('paul')));

  it('is nobody’s when nobody waits', () => facts(opened(), participants(1), seated('amina')).when(withdraw('amina')).then(withdrawn('amina', 'seated')));

  it('does not come of who had none', () => facts(...full).when(withdraw('paul')).then(withdrawn('paul', 'waiting')));

  it('goes to nobody when the meeting is over', () => facts(...full).when(when('concluded', withdraw('amina'))).then(withdrawn('amina', 'seated')));

  it('goes, where the seats in all are short, to who registered first in any category', () =>
    facts(opened({ capacity: 1 }), participants(), category('press'), seated('amina'), waiting('paul', 'press'), waiting('zawadi')).when(withdraw('amina')).then(withdrawn('amina', 'seated'), given('paul')));

  it('that some had out of turn, as facts may say, leaves the others in the line', () =>
    facts(opened(), participants(1), seated('amina'), waiting('paul'), waiting('zawadi'), waiting('juma'), given('zawadi', 'juma')).when(register('grace')).then(waiting('grace', 'participant', { place: 2 })));

  it('is not for a category that is full', () =>
    facts(opened({ capacity: 2 }), participants(), category('press', { capacity: 0 }), seated('amina'), seated('juma'), waiting('paul', 'press'), waiting('zawadi')).when(withdraw('amina')).then(withdrawn('amina', 'seated'), given('zawadi')));
});

describe('capacity', () => {
  it('raised, gives the seats that come with it', () => {
    facts(...full).when(changeCategory('participant', { capacity: 2 })).then({ type: 'CategoryChanged', data: { category: 'participant', from: { capacity: 1 }, to: { capacity: 2 } } }, given('paul'));
    facts(...full).when(changeCategory('participant', { capacity: null })).then({ type: 'CategoryChanged', data: { category: 'participant', from: { capacity: 1 }, to: { capacity: null } } }, given('paul', 'zawadi'));
    facts(opened({ capacity: 1 }), participants(), seated('amina'), waiting('paul')).when(changeTerms({ capacity: 2 })).then({ type: 'RegistrationTermsChanged', data: { from: { capacity: 1 }, to: { capacity: 2 } } }, given('paul'));
  });

  it('lowered below what is taken, takes no seat away, and gives none until fewer are taken', () => {
    const lowered = { type: 'CategoryChanged', data: { category: 'participant', from: { capacity: 2 }, to: { capacity: 1 } } } as const;
    const two = [opened(), participants(2), seated('amina'), seated('paul'), waiting('zawadi')] as const;
    facts(...two).when(changeCategory('participant', { capacity: 1 })).then(lowered);
    facts(...two, lowered).when(withdraw('amina')).then(withdrawn('amina', 'seated'));
    facts(...two, lowered, withdrawn('amina', 'seated')).when(withdraw('paul')).then(withdrawn('paul', 'seated'), given('zawadi'));
  });

  it('that is so already changes nothing', () => facts(...full).when(changeCategory('participant', { capacity: 1 })).nothing());
});

describe('a category closed into another', () => {
  const closed = { type: 'CategoryClosed', data: { category: 'press', into: 'participant' } } as const;
  const two = [opened(), participants(2), category('press', { capacity: 1 }), seated('amina', 'press'), waiting('paul', 'press'), waiting('zawadi', 'press')] as const;

  it('brings its people with their seats, and those who wait by the order of registration', () => {
    facts(...two).when(closeCategory('press', 'participant')).then(closed, given('paul'));
    facts(...two, closed, given('paul')).when(withdraw('amina')).then(withdrawn('amina', 'seated'), given('zawadi'));
  });

  it('is closed once, and not into itself or a closed one', () => {
    facts(...two).when(closeCategory('press', 'press')).refused('closed-into-itself', { category: 'press' });
    facts(...two, closed).when(closeCategory('press', 'participant')).nothing();
    facts(...two, closed).when(closeCategory('participant', 'press')).refused('category-closed', { category: 'press', into: 'participant' });
    facts(...two).when(closeCategory('press', 'staff')).refused('unknown-category', { category: 'staff', categories: ['participant', 'press'] });
  });

  it('may be closed alone: who waits in it goes on waiting', () => {
    facts(...two).when(closeCategory('press')).then({ type: 'CategoryClosed', data: { category: 'press' } });
    facts(...two, { type: 'CategoryClosed', data: { category: 'press' } }).when(withdraw('amina')).then(withdrawn('amina', 'seated'), given('paul'));
  });
});

describe('another category', () => {
  const two = [opened(), participants(1), category('press', { capacity: 1 }), seated('amina'), waiting('paul'), waiting('zawadi')] as const;

  it('takes the seat along, and what becomes free goes to who waited longest', () => {
    facts(...two).when(recategorise('amina', 'press')).then(recategorised('amina', 'participant', 'press'), given('paul'));
    facts(...two, recategorised('amina', 'participant', 'press'), given('paul')).when(withdraw('amina')).then(withdrawn('amina', 'seated'));
    facts(...two, recategorised('amina', 'participant', 'press'), given('paul')).when(withdraw('paul')).then(withdrawn('paul', 'seated'), given('zawadi'));
  });

  it('with no seat for it is refused, however many there are in all', () =>
    facts(...two, seated('juma', 'press')).when(recategorise('amina', 'press')).refused('no-place-left', { category: 'press', full: { category: { capacity: 1, taken: 1 } } }));

  it('is not told that all seats are taken: raising them would not help', () =>
    facts(opened({ capacity: 2 }), participants(1), category('press', { capacity: 1 }), seated('amina'), seated('juma', 'press'))
      .when(recategorise('amina', 'press')).refused('no-place-left', { category: 'press', full: { category: { capacity: 1, taken: 1 } } }));

  it('needs no seat in all: it has one', () =>
    facts(opened({ capacity: 1 }), participants(1), category('press', { capacity: 1 }), seated('amina'), waiting('paul'))
      .when(recategorise('amina', 'press')).then(recategorised('amina', 'participant', 'press')));

  it('gives who waits a seat where one is free, and else the place that their number has there', () => {
    facts(...two).when(recategorise('zawadi', 'press')).then(recategorised('zawadi', 'participant', 'press'), given('zawadi'));
    const full = [...two, seated('juma', 'press'), waiting('grace', 'press')];
    facts(...full).when(recategorise('paul', 'press')).then(recategorised('paul', 'participant', 'press'));
    facts(...full, recategorised('paul', 'participant', 'press')).when(withdraw('juma')).then(withdrawn('juma', 'seated'), given('paul'));
    facts(...full, recategorised('paul', 'participant', 'press')).when(withdraw('amina')).then(withdrawn('amina', 'seated'), given('zawadi'));
  });

  it('keeps an offer until its time, and the seat with it', () => {
    const until = '2013-05-02T08:00:00.000Z';
    const offers = [opened({ hoursToAccept: 24 }), participants(1), category('press', { capacity: 1 }), seated('amina'), waiting('paul'), withdrawn('amina', 'seated'), offered(until, 'paul')] as const;
    at('2013-05-02T07:59:59.999Z')(...offers).when(recategorise('paul', 'press')).then(recategorised('paul', 'participant', 'press'));
    at('2013-05-02T07:59:59.999Z')(...offers, recategorised('paul', 'participant', 'press')).when(register('zawadi', 'press')).then(waiting('zawadi', 'press'));
    at('2013-05-02T08:00:00.000Z')(...offers).when(recategorise('paul', 'press')).refused('wrong-standing', { standing: 'lapsed', allowed: ['pending', 'waiting', 'offered', 'seated', 'no-show'] });
  });

  it('is for the organisers to approve as before, and for who did not come', () => {
    facts(opened(), participants(1, 'by-hand'), category('press'), pending('amina')).when(recategorise('amina', 'press')).then(recategorised('amina', 'participant', 'press'));
    facts(...two, noShow('amina'), given('paul'), seated('juma', 'press')).when(recategorise('amina', 'press')).then(recategorised('amina', 'participant', 'press'));
  });

  it('is one that is open, and changes nothing where it is so already', () => {
    facts(...two).when(recategorise('amina', 'participant')).nothing();
    facts(...two).when(recategorise('amina', 'staff')).refused('unknown-category', { category: 'staff', categories: ['participant', 'press'] });
    facts(...two, { type: 'CategoryClosed', data: { category: 'press' } }).when(recategorise('amina', 'press')).refused('category-closed', { category: 'press' });
    facts(...two, withdrawn('amina', 'seated'), given('paul')).when(recategorise('amina', 'press')).refused('wrong-standing', { standing: 'withdrawn', allowed: ['pending', 'waiting', 'offered', 'seated', 'no-show'] });
    facts(...two).when(when('concluded', recategorise('amina', 'press'))).refused('convening-over');
  });
});

describe('approval', () => {
  const history = [opened(), participants(1, 'by-hand'), pending('amina'), pending('paul'), pending('zawadi')] as const;

  it('gives a seat, or a place in the waiting list by the order of registration', () => {
    facts(...history).when(approve('amina')).then(approved('amina', 'seated'));
    facts(...history, approved('amina', 'seated')).when(approve('zawadi')).then(approved('zawadi', 'waiting'));
    facts(...history, approved('amina', 'seated'), approved('zawadi', 'waiting'), approved('paul', 'waiting')).when(withdraw('amina')).then(withdrawn('amina', 'seated'), given('paul'));
  });

  it('is given once', () => facts(...history, approved('amina', 'seated')).when(approve('amina')).nothing());

  it('cannot be given to who withdrew', () => facts(...history, withdrawn('amina', 'pending')).when(approve('amina')).refused('wrong-standing', { standing: 'withdrawn', allowed: ['pending'] }));

  it('is refused with a reason', () => {
    because('Not accredited')(...history).when(refuse('amina')).then(refused('amina', 'pending'));
    facts(...history).when(refuse('amina')).refused('reason-required');
    because('Again')(...history, refused('amina', 'pending')).when(refuse('amina')).nothing();
  });

  it('is of who is there', () => facts(...history).when(approve('made-up')).refused('unknown-registration', { registration: 'made-up' }));
});

describe('an offer', () => {
  const until = '2013-03-02T08:00:00.000Z';
  const history = [opened({ hoursToAccept: 24 }), participants(1), seated('amina'), waiting('paul'), waiting('zawadi')] as const;
  const made = [...history, withdrawn('amina', 'seated'), offered(until, 'paul')] as const;

  it('keeps the seat for a time', () => {
    facts(...history).when(withdraw('amina')).then(withdrawn('amina', 'seated'), offered(until, 'paul'));
    facts(...made).when(register('juma')).then(waiting('juma', 'participant', { place: 2 }));
  });

  it('is taken up in time', () => {
    at('2013-03-02T07:59:59.999Z')(...made).when(accept('paul')).then(accepted('paul'));
    facts(...made, accepted('paul')).when(accept('paul')).nothing();
    facts(...made).when(accept('zawadi')).refused('wrong-standing', { standing: 'waiting', allowed: ['offered'] });
  });

  it('lapses at its time, and the seat is kept for the next, before anything else is decided', () => {
    const next = [lapsed('paul'), offered('2013-03-03T08:00:00.000Z', 'zawadi')] as const;
    at(until)(...made).when(lapse).then(...next);
    at(until)(...made).when(register('juma')).then(...next, waiting('juma'));
    at(until)(...made).when(accept('paul')).refused('offer-lapsed', { until });
    at('2013-03-02T07:59:59.999Z')(...made).when(lapse).nothing();
  });

  it('that lapsed frees the person to register again', () => at(until)(...made, lapsed('paul'), offered('2013-03-03T08:00:00.000Z', 'zawadi')).when({ ...register('juma'), data: { ...register('juma').data, members: [{ ...register('juma').data.members[0]!, address: 'digest-of-paul' }] } })
    .then({ ...waiting('juma'), data: { ...waiting('juma').data, address: 'digest-of-paul' } }));
});

describe('seats in a session', () => {
  const history = [opened(), participants(), seated('amina'), seated('paul'), seated('zawadi'), pending('juma'), limited('panel', 1)] as const;

  it('are asked for, and waited for', () => {
    facts(...history).when(askSeat('panel', 'amina')).then(asked('panel', 'amina', 'seated'));
    facts(...history, asked('panel', 'amina', 'seated')).when(askSeat('panel', 'paul')).then(asked('panel', 'paul', 'waiting'));
    facts(...history, asked('panel', 'amina', 'seated')).when(askSeat('panel', 'amina')).nothing();
  });

  it('are for who has a seat at the meeting', () => facts(...history).when(askSeat('panel', 'juma')).refused('not-seated', { registration: 'juma', standing: 'pending' }));

  it('are where one signs up, in a session that takes place', () => {
    facts(...history).when(askSeat('dinner', 'amina')).refused('no-session-seats', { session: 'dinner' });
    const ask = askSeat('panel', 'amina');
    facts(...history).when({ ...ask, data: { ...ask.data, inProgramme: 'cancelled' } }).refused('session-cancelled', { session: 'panel' });
    facts(...history).when({ ...limit('talk', 5), data: { ...limit('talk', 5).data, inProgramme: 'missing' } }).refused('unknown-session', { session: 'talk' });
    facts(...history).when(limit('talk', 5)).then(limited('talk', 5));
  });

  const two = [...history, asked('panel', 'amina', 'seated'), asked('panel', 'paul', 'waiting'), asked('panel', 'zawadi', 'waiting')] as const;
  it('that become free go to who asked first', () => {
    facts(...two).when(leave('panel', 'amina')).then(left('panel', 'amina'), movedUp('panel', 'paul'));
    facts(...two).when(leave('panel', 'paul')).then(left('panel', 'paul'));
    facts(...two).when(withdraw('amina')).then(withdrawn('amina', 'seated'), left('panel', 'amina'), movedUp('panel', 'paul'));
    facts(...two).when(limit('panel', 3)).then(limited('panel', 3, 1), movedUp('panel', 'paul', 'zawadi'));
    facts(...two).when(leave('dinner', 'amina')).nothing();
  });

  it('are not taken away by a lower number', () => {
    facts(...two).when(limit('panel', 0)).then(limited('panel', 0, 1));
    facts(...two, limited('panel', 0, 1)).when(leave('panel', 'amina')).then(left('panel', 'amina'));
  });
});
