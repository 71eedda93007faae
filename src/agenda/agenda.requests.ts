import { AsOfQuery } from '../http/as-of.requests.js';
import { audiences, type Audience } from '../convening/texts.js';
import { CanBeLeftOut, IsLanguage, IsLine, IsOneOf, IsSlug } from '../http/fields.js';

/** The place of a convening in an address. */
export class AgendaPath {
  /** The convening’s id. */
  @IsSlug() convening!: string;
}

/** Which agenda, and how it is to be read. */
export class AgendaQuery extends AsOfQuery {
  /** A publication's label, or `latest`; `draft` is what organisers work on. Left out: `draft` to the operator, `latest` to others. */
  @CanBeLeftOut() @IsSlug() version?: string;
  /** For whom. The public reads what is public. Left out: for the audience of the version, or `internal` of the draft. */
  @CanBeLeftOut() @IsOneOf(audiences) audience?: Audience;
  /** The language of texts and words where there are such: one of the convening’s, `en` or `fr`. Left out: as `Accept-Language` prefers among the convening’s. */
  @CanBeLeftOut() @IsLanguage() lang?: string;
  /** The time zone of times and days, by its IANA name. Left out: the convening’s. */
  @CanBeLeftOut() @IsLine() tz?: string;
}
