import { audiences, type Audience } from '../convening/texts.js';
import { CanBeLeftOut, IsAsOf, IsLanguage, IsLine, IsOneOf, IsPerson } from '../http/fields.js';

/** Between which moments, and how it is to be read. */
export class DifferenceQuery {
  /** The moment before: an instant with its offset, `rev:` and a revision, `version:` and a publication's label, or `version:latest`. */
  @IsAsOf() from!: string;
  /** The moment after, said in the same way. Left out: as it is now; to the public, as last published. */
  @CanBeLeftOut() @IsAsOf() to?: string;
  /** Only when and where sessions take place (`moves`), or only who appears in them (`people`). */
  @CanBeLeftOut() @IsOneOf(['moves', 'people']) only?: 'moves' | 'people';
  /** Only sessions in which this person has or had a seat, and of the seats only theirs. For organisers. */
  @CanBeLeftOut() @IsPerson() person?: string;
  /** For whom. The public reads what is public. Left out: `internal` to the operator. */
  @CanBeLeftOut() @IsOneOf(audiences) audience?: Audience;
  /** The language of texts and words where there are such: one of the convening’s, `en` or `fr`. Left out: as `Accept-Language` prefers among the convening’s. */
  @CanBeLeftOut() @IsLanguage() lang?: string;
  /** The time zone of times and days, by its IANA name. Left out: that of the convening after. */
  @CanBeLeftOut() @IsLine() tz?: string;
}
