import { isWithheld, type Sealed, type PersonId } from '../event-store/personal.js';
import { wordsOf } from '../convening/texts.js';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isSealed = (value: Readonly<Record<string, unknown>>) => typeof value['of'] === 'string' && typeof value['sealed'] === 'string';

/** What in a fact's data or metadata is sealed for this person. */
export function* sealedFor(person: PersonId, value: unknown): Generator<Sealed<unknown>> {
  if (!isObject(value)) return;
  if (!isSealed(value)) for (const each of Object.values(value)) yield* sealedFor(person, each);
  // Cast: it has what a sealed value has.
  else if (value['of'] === person) yield value as unknown as Sealed<unknown>;
}

/** Words of fewer letters stand in any text. */
const fewest = 3;

/** What a name is told by in credits and registrations: the words of the part that it is sorted by, else all of them. */
const wordsOfName = (value: Readonly<Record<string, unknown>>): string[] => {
  const { name, sortName } = value;
  const family = isObject(name) ? name['family'] : (sortName ?? name);
  return typeof family === 'string' ? wordsOf(family).filter((word) => word.length >= fewest) : [];
};

/** The words that the names in these opened values are looked for by, small and without accents. */
export const wordsOfNames = (values: readonly unknown[]): string[] => [...new Set(values.flatMap((value) => (isObject(value) && !isWithheld(value) ? wordsOfName(value) : [])))];

/** The texts in a fact's data that have one of these words; what is sealed is not looked into. `at`: the names of the fields that lead to it. */
export function* placesOf(words: readonly string[], value: unknown, at = ''): Generator<{ readonly at: string; readonly text: string }> {
  if (typeof value === 'string') {
    const found = wordsOf(value);
    if (words.some((word) => found.includes(word))) yield { at, text: value };
  } else if (isObject(value) && !isSealed(value)) for (const [name, each] of Object.entries(value)) yield* placesOf(words, each, at === '' ? name : `${at}.${name}`);
}
