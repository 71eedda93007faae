/** Whether names of countries are known in a language (BCP 47), by the data of the platform: in `sw`, not in `xx`. */
export const namesCountries = (language: string): boolean => {
  try {
    return Intl.DisplayNames.supportedLocalesOf(language).length > 0;
  } catch {
    // What looks like a tag and is none, as `en-a1`, is an error there.
    return false;
  }
};

/** The language in which to name countries for who asked for none: the convening's, as far as names are known in it. */
export const countriesNamedIn = (language: string): string => [language, language.split('-', 1)[0]!].find(namesCountries) ?? 'en';
