import { Problem } from './problems.js';

// What a header such as Accept prefers, dearest first: `text/html, */*;q=0.1`. What is refused (q=0) is left out.
const wishesIn = (header: string): readonly { readonly name: string; readonly weight: number }[] =>
  header
    .slice(0, 2_000)
    .split(',')
    .map((wish) => {
      const [name = '', ...parameters] = wish.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.flatMap((parameter) => /^q=([01](?:\.\d{0,3})?)$/.exec(parameter)?.[1] ?? [])[0];
      return { name, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ name, weight }) => name !== '' && weight > 0)
    .sort((one, other) => other.weight - one.weight);

/** How closely a media range names a type: 3 by name, 2 by kind, 1 any, 0 not. */
const closeness = (range: string, type: string): number => (range === type ? 3 : range === `${type.split('/')[0]}/*` ? 2 : range === '*/*' ? 1 : 0);

/**
 * The media type that Accept prefers (RFC 9110, 12.5.1), of equals the first; undefined: none will do. The closest range decides
 * for each type; parameters of types are not looked at.
 */
export const preferredType = <T extends string>(accept: string | undefined, types: readonly T[]): T | undefined => {
  if (accept === undefined || accept.trim() === '') return types[0];
  const wishes = wishesIn(accept);
  const weightOf = (type: T): number => {
    const closest = wishes.map(({ name, weight }) => ({ weight, close: closeness(name, type) })).filter(({ close }) => close > 0);
    return closest.sort((one, other) => other.close - one.close)[0]?.weight ?? 0;
  };
  return types.map((type) => ({ type, weight: weightOf(type) })).filter(({ weight }) => weight > 0).sort((one, other) => other.weight - one.weight)[0]?.type;
};

/** The first of these languages that Accept-Language prefers, by its primary tag: `fr-CH` is served with `fr`. Undefined: it names none of them. */
export const preferredLanguage = (accept: string | undefined, languages: readonly string[]): string | undefined => {
  const primary = (tag: string) => tag.split('-')[0]!.toLowerCase();
  for (const { name } of wishesIn(accept ?? '')) {
    const found = languages.find((language) => language.toLowerCase() === name) ?? languages.find((language) => primary(language) === primary(name));
    if (found) return found;
  }
  return undefined;
};

/**
 * The one of these languages that `lang` in a query names. Who asks by the address is told what there is, where a browser's wish that
 * nobody chose is passed over. @throws Problem invalid-query
 */
export const languageAsked = (lang: string | undefined, languages: readonly string[]): string | undefined => {
  const found = preferredLanguage(lang, languages);
  if (lang !== undefined && found === undefined)
    throw new Problem('invalid-query', {}, [{ pointer: '#/lang', code: 'language', detail: `There is nothing in ${lang} here: lang must be one of ${[...new Set(languages)].join(', ')}.` }]);
  return found;
};
