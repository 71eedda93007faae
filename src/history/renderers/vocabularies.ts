import { primary } from '../../agenda/renderers/vocabularies.js';
import type { Sentences } from './saying.js';
import { english } from './sentences.en.js';
import { french } from './sentences.fr.js';

const vocabularies: readonly Sentences[] = [english, french];

/** The languages in which the history is told. */
export const toldIn: readonly string[] = vocabularies.map(({ language }) => language);

/** In the first of these languages in which it is told; else in English. */
export const sentencesIn = (...wanted: readonly string[]): Sentences => {
  for (const language of wanted) {
    const found = vocabularies.find((each) => each.language === primary(language));
    if (found) return found;
  }
  return english;
};
