import { conveningCatalogue } from '../convening/convening.events.js';
import { CanBeEmpty, IsInstantOrDay, IsLanguage, IsLine, IsOneOf, IsPageLength, IsPerson, IsRevision, IsSlug } from '../http/fields.js';
import { registrationCatalogue } from '../registration/registration.events.js';

/** The place of a convening in an address. */
export class HistoryPath {
  /** The convening’s id. */
  @IsSlug() convening!: string;
}

/** What is looked for in a history: all that is named must hold. */
class FilterQuery {
  /** Only facts about this session. */
  @CanBeEmpty() @IsSlug() session?: string;
  /** Only facts that concern this person. */
  @CanBeEmpty() @IsPerson() person?: string;
  /** Only what this token or person asked for. */
  @CanBeEmpty() @IsPerson() actor?: string;
  /** Only facts from this instant on, or from the beginning of this day where the convening is. */
  @CanBeEmpty() @IsInstantOrDay() from?: string;
  /** Only facts up to this instant, or to the end of this day where the convening is. */
  @CanBeEmpty() @IsInstantOrDay() to?: string;
  /** Only facts with all these words: in texts, in titles and names of sessions, rooms and tracks as they were, in names of people as they are. */
  @CanBeEmpty() @IsLine() text?: string;
  /** The language of the sentences, `en` or `fr`; in another of the convening’s, titles are told. Left out: as `Accept-Language` prefers. */
  @CanBeEmpty() @IsLanguage() lang?: string;
}

/** Which part of a long history; without a place, its end. */
class PlaceQuery extends FilterQuery {
  /** How many facts at most: 1 to 500; left out: 50. */
  @CanBeEmpty() @IsPageLength() limit?: string;
  /** Only facts before this revision: the `older` of a page. */
  @CanBeEmpty() @IsRevision() before?: string;
  /** Only facts after this revision, the nearest to it: the `newer` of a page. */
  @CanBeEmpty() @IsRevision() after?: string;
}

/** What is looked for in the history of a convening, and which part of it. */
export class HistoryQuery extends PlaceQuery {
  /** Only facts that concern this room. */
  @CanBeEmpty() @IsSlug() room?: string;
  /** Only facts of this kind, by its name in the reference of events. */
  @CanBeEmpty() @IsOneOf(Object.keys(conveningCatalogue)) type?: string;
}

/** What is looked for in the history of a convening’s registrations, and which part of it. */
export class RegistrationHistoryQuery extends PlaceQuery {
  /** Only facts about this registration. */
  @CanBeEmpty() @IsSlug() registration?: string;
  /** Only facts of this kind, by its name in the reference of events. */
  @CanBeEmpty() @IsOneOf(Object.keys(registrationCatalogue)) type?: string;
}
