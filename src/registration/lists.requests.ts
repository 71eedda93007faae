import { organisationKinds, type OrganisationKind } from '../convening/texts.js';
import { AsOfQuery } from '../http/as-of.requests.js';
import { CanBeLeftOut, IsChosen, IsCountry, IsCursor, IsDay, IsLanguage, IsLine, IsOneOf, IsPageLength, IsSlug } from '../http/fields.js';
import { standings, type Standing } from './registrations.events.js';

/** The place of the lists in an address. */
export class ListsPath {
  /** The convening’s id. */
  @IsSlug() convening!: string;
}

/** Of which category, and in which language. */
export class CategoryQuery extends AsOfQuery {
  /** Registered as this. */
  @CanBeLeftOut() @IsSlug() category?: string;
  /** In which countries are named and ordered. Left out: the one that the convening names first. */
  @CanBeLeftOut() @IsLanguage() lang?: string;
}

/** The same, page by page. */
export class CategoryPageQuery extends CategoryQuery {
  /** How many at most: 1 to 500; left out: 50. */
  @CanBeLeftOut() @IsPageLength() limit?: string;
  /** The `next` of the page before. */
  @CanBeLeftOut() @IsCursor() after?: string;
}

/** On which day. */
export class PresentQuery extends CategoryQuery {
  /** A local date. */
  @IsDay() day!: string;
}

/** The same, page by page. */
export class PresentPageQuery extends CategoryPageQuery {
  /** A local date. */
  @IsDay() day!: string;
}

const orders = ['registration', 'protocol'] as const;

/** Which of them. */
export class ListQuery extends CategoryQuery {
  /** That stand so. */
  @CanBeLeftOut() @IsOneOf(standings) status?: Standing;
  /** Representing this country. */
  @CanBeLeftOut() @IsCountry() country?: string;
  /** Of this kind of organisation. */
  @CanBeLeftOut() @IsOneOf(organisationKinds) kind?: OrganisationKind;
  /** Checked in on this day, a local date. */
  @CanBeLeftOut() @IsDay() day?: string;
  /** Parts of the name, in any order: accents and capitals do not matter. */
  @CanBeLeftOut() @IsLine() q?: string;
  /** A field of the form and the choice made in it: `diet:vegan`. */
  @CanBeLeftOut() @IsChosen() answer?: string;
  /** `registration`: as they came; `protocol`: states by country, then the United Nations and so on, in each by organisation, then by name. Left out: as they came. */
  @CanBeLeftOut() @IsOneOf(orders) order?: (typeof orders)[number];
}

/** Which of them, page by page. */
export class ListPageQuery extends ListQuery {
  /** How many at most: 1 to 500; left out: 50. */
  @CanBeLeftOut() @IsPageLength() limit?: string;
  /** The `next` of the page before. */
  @CanBeLeftOut() @IsCursor() after?: string;
}
