import { describe, it } from '@jest/globals';
import type { RegistrationCommand } from '../../src/registration/registration.decider.js';
import type { GivenField } from '../../src/registration/terms.decider.js';
import { asks, category, changeCategory, changeTerms, facts, meeting, opened, participants, prepared, when } from './desk.js';
import { now } from '../given.js';

const prepare = (terms: object = {}): RegistrationCommand => ({ type: 'PrepareRegistration', data: { convening: 'arusha-2013', meeting, terms } });
const open: RegistrationCommand = { type: 'OpenRegistration', data: { meeting } };
const close: RegistrationCommand = { type: 'CloseRegistration', data: { meeting } };
const changed = (from: object, to: object) => ({ type: 'RegistrationTermsChanged', data: { from, to } }) as const;

describe('the terms', () => {
  it('are set when registration is prepared, once', () => {
    facts().when(prepare({ capacity: 120 })).then(prepared({ capacity: 120 }));
    facts(prepared({ capacity: 120 })).when(prepare({ capacity: 120 })).nothing();
    facts(prepared({ capacity: 120 })).when(prepare({ capacity: 80 })).refused('registration-prepared', { convening: 'arusha-2013' });
    facts().when(when('cancelled', prepare())).refused('convening-over');
  });

  it('are changed in what is named', () => {
    facts(prepared({ capacity: 120 })).when(changeTerms({ placesTold: 'number', hoursToAccept: 48 })).then(changed({ placesTold: 'whether', hoursToAccept: null }, { placesTold: 'number', hoursToAccept: 48 }));
    facts(prepared({ capacity: 120 })).when(changeTerms({ capacity: 120 })).nothing();
  });

  it('open before they close', () => {
    const [opens, closes] = ['2013-03-01T00:00:00.000Z', '2013-04-01T00:00:00.000Z'];
    facts(prepared()).when(changeTerms({ opens, closes })).then(changed({ opens: null, closes: null }, { opens, closes }));
    facts(prepared()).when(changeTerms({ opens: closes, closes })).refused('ends-before-it-starts', { start: closes, end: closes });
    facts(prepared({ opens })).when(changeTerms({ closes: opens })).refused('ends-before-it-starts', { start: opens, end: opens });
  });

  it('are opened and closed from now on', () => {
    facts(prepared()).when(open).then(changed({ opens: null }, { opens: now }));
    facts(opened()).when(open).nothing();
    facts(opened({ closes: '2013-02-01T00:00:00.000Z' })).when(open).then(changed({ closes: '2013-02-01T00:00:00.000Z' }, { closes: null }));
    facts(opened()).when(close).then(changed({ closes: null }, { closes: now }));
    facts(opened({ closes: '2013-02-01T00:00:00.000Z' })).when(close).nothing();
    facts(prepared({ opens: '2013-04-01T00:00:00.000Z' })).when(close).then(changed({ opens: '2013-04-01T00:00:00.000Z' }, { opens: null }));
    facts(prepared()).when(close).nothing();
  });
});

describe('categories', () => {
  const add = (id: string, more: object = {}): RegistrationCommand => ({ type: 'AddCategory', data: { category: id, meeting, name: id, ...more } });

  it('are added, each once', () => {
    facts(prepared()).when(add('press', { capacity: 20, approval: 'by-hand' })).then(category('press', { capacity: 20, approval: 'by-hand' }));
    facts(prepared(), category('press')).when(add('press')).nothing();
    facts(prepared(), category('press')).when(add('press', { capacity: 5 })).refused('category-exists', { category: 'press' });
  });

  it('are changed', () => {
    facts(prepared(), participants()).when(changeCategory('participant', { name: { en: 'Delegates' } })).then({ type: 'CategoryChanged', data: { category: 'participant', from: { name: { en: 'participant' } }, to: { name: { en: 'Delegates' } } } });
    facts(prepared(), participants()).when(changeCategory('press', { capacity: 1 })).refused('unknown-category', { category: 'press', categories: ['participant'] });
  });
});

describe('the form', () => {
  const set = (...fields: GivenField[]): RegistrationCommand => ({ type: 'SetForm', data: { meeting, fields } });
  const diet: GivenField = { id: 'diet', kind: 'choice', label: 'Diet', choices: [{ id: 'all', label: 'All' }] };
  const held = { id: 'diet', kind: 'choice', label: { en: 'Diet' }, required: false, choices: [{ id: 'all', label: { en: 'All' } }] } as const;

  it('is set whole', () => {
    facts(prepared()).when(set(diet)).then(asks(held));
    facts(prepared(), asks(held)).when(set(diet)).nothing();
    facts(prepared(), asks(held)).when(set()).then({ type: 'FormChanged', data: { from: [held], to: [] } });
  });

  it('has no field and no choice twice, and choices where one chooses', () => {
    facts(prepared()).when(set(diet, diet)).refused('fields-repeated', { field: 'diet' });
    facts(prepared()).when(set({ ...diet, choices: [{ id: 'all', label: 'All' }, { id: 'all', label: 'Every' }] })).refused('fields-repeated', { field: 'diet', choice: 'all' });
    facts(prepared()).when(set({ id: 'diet', kind: 'choice', label: 'Diet' })).refused('choices-missing', { field: 'diet' });
    facts(prepared()).when(set({ ...diet, kind: 'text' })).refused('choices-missing', { field: 'diet' });
  });
});
