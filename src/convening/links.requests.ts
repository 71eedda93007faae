import { CanBeLeftOut, IsAddress, IsOneOf, IsSlug, IsTitle } from '../http/fields.js';
import { audiences, type Audience, type GivenText } from './texts.js';

/** How many links a convening or a session may have. */
export const mostLinks = 50;

/** A reference to something outside: a concept note, a recording, a map. */
export class LinkRequest {
  /** What it leads to, as the organisers call it: `concept-note`, `recording`, `map`. */
  @IsSlug() kind!: string;
  /** What is printed, plain or by language. */
  @IsTitle() title!: GivenText;
  /** Absolute http or https address. */
  @IsAddress() url!: string;
  /** Who may see it; left out: everybody. */
  @CanBeLeftOut() @IsOneOf(audiences) audience?: Audience;
}
