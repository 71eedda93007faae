import { AsOfQuery } from '../http/as-of.requests.js';
import { CanBeEmpty, CanBeLeftOut, IsLanguage, IsRevision } from '../http/fields.js';

/** Which moment of a convening. */
export class TimelineQuery extends AsOfQuery {
  /** What the slider gives: the end of the day so many days after the first; the answer leads to the moment itself. */
  @CanBeEmpty() @IsRevision() day?: string;
  /** The same where the slider goes by quarters of an hour. */
  @CanBeEmpty() @IsRevision() quarter?: string;
  /** The language of page and sentences, `en` or `fr`; in another of the convening’s, the agenda and titles are told. Left out: as `Accept-Language` prefers. */
  @CanBeLeftOut() @IsLanguage() lang?: string;
}
