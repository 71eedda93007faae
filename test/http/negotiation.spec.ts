import { describe, expect, it } from '@jest/globals';
import { preferredLanguage, preferredType } from '../../src/http/negotiation.js';

const types = ['application/json', 'text/html', 'text/markdown'];

describe('Accept', () => {
  it.each([
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['text/*', 'text/html'],
    ['text/html;q=0.1, text/*;q=0.5', 'text/markdown'],
    ['TEXT/HTML', 'text/html'],
    ['text/html;level=1;q=0.3, application/json;q=0.2', 'text/html'],
    ['text/html;q=0, */*;q=0.1', 'application/json'],
    ['application/json;q=0', undefined],
    ['image/png', undefined],
    [';;;,,q=1', undefined],
  ])('%s prefers %s', (accept, type) => expect(preferredType(accept, types)).toBe(type));
});

describe('Accept-Language', () => {
  it.each([
    [undefined, undefined],
    ['fr', 'fr'],
    ['fr-CH, en;q=0.9', 'fr'],
    ['sw, en;q=0.2, ar;q=0.3', 'ar'],
    ['PT', 'pt-BR'],
    ['sw', undefined],
    ['*', undefined],
  ])('%s prefers %s', (accept, language) => expect(preferredLanguage(accept, ['en', 'fr', 'ar', 'pt-BR'])).toBe(language));
});
