import { changed, writtenDown, type Writing } from '../deciding/changes.js';
import type { Convening } from './convening.js';
import type { Organiser, Venue } from './details.events.js';
import { inLanguages, type Audience, type GivenText, type Link, type Text } from './texts.js';

/** A link as it may be asked for: for the public unless it says otherwise. */
export type GivenLink = Omit<Link, 'title' | 'audience'> & { readonly title: GivenText; readonly audience?: Audience };
export type GivenVenue = Omit<Venue, 'name' | 'address'> & { readonly name: GivenText; readonly address?: GivenText };
export type GivenOrganiser = Omit<Organiser, 'name'> & { readonly name: GivenText };

/** The language of plain strings. */
export const firstLanguage = (convening: Readonly<Convening>): string => convening.details.languages[0] ?? 'en';

/** A text that may be missing; one in no language is none. */
export const textIn = (given: GivenText | undefined, language: string): Text | undefined => {
  const text = given === undefined ? {} : inLanguages(given, language);
  return Object.keys(text).length > 0 ? text : undefined;
};

const link: Writing<GivenLink, Link> = { title: inLanguages };
const venue: Writing<GivenVenue, Venue> = { name: inLanguages, address: textIn };
const organiser: Writing<GivenOrganiser, Organiser> = { name: inLanguages };

/** Links as facts hold them. */
export const linksIn = (given: readonly GivenLink[], language: string): readonly Link[] =>
  given.map((each) => changed<Link>({ kind: '', title: {}, url: '', audience: 'public' }, writtenDown(each, link, language)));

/** A venue as facts hold it. */
export const venueIn = (given: GivenVenue, language: string): Venue => changed<Venue>({ name: {} }, writtenDown(given, venue, language));

/** Organisers as facts hold them, in the order they were given. */
export const organisersIn = (given: readonly GivenOrganiser[], language: string): readonly Organiser[] =>
  given.map((each) => changed<Organiser>({ name: {} }, writtenDown(each, organiser, language)));
