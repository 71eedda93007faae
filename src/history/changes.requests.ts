import { audiences, type Audience } from '../convening/texts.js';
import { CanBeLeftOut, IsOneOf, IsRevision } from '../http/fields.js';

/** To what somebody listens, and what they have seen of it. */
export class ChangesQuery {
  /** The last id that was heard, or the revision that is shown: what came after it is told first. `Last-Event-ID` comes before it. Left out: what comes from now on. */
  @CanBeLeftOut() @IsRevision() after?: string;
  /** `internal`: every fact; others: what is published for them. Left out: `internal` to the operator, `public` to others. */
  @CanBeLeftOut() @IsOneOf(audiences) audience?: Audience;
}
