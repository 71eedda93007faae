import { expect, it } from '@jest/globals';
import { countriesNamedIn } from '../../src/registration/country-languages.rules.js';

it.each([
  ['fr-CA', 'fr-CA'], ['sw', 'sw'], ['zh-yue', 'zh'], ['en-a1', 'en'], ['fr-a1', 'fr'], ['xx', 'en'],
])('countries of a convening in %s are named in %s', (language, named) => expect(countriesNamedIn(language)).toBe(named));
