import { english } from './words.en.js';
import { french } from './words.fr.js';
import type { Words } from './words.js';

const vocabularies: readonly Words[] = [english, french];

/** The languages in which there are words. */
export const spoken: readonly string[] = vocabularies.map(({ language }) => language);

/** `fr` of `fr-CA`. */
export const primary = (language: string): string => language.split('-', 1)[0]!.toLowerCase();

/** In the first of these languages in which there are words; else in English. */
export const wordsIn = (...wanted: readonly string[]): Words => {
  for (const language of wanted) {
    const words = vocabularies.find((each) => each.language === primary(language));
    if (words) return words;
  }
  return english;
};
