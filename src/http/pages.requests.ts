import { CanBeLeftOut, IsCursor, IsPageLength } from './fields.js';

/** Which part of a long list. */
export class PageQuery {
  /** How many at most: 1 to 500; left out: 50. */
  @CanBeLeftOut() @IsPageLength() limit?: string;
  /** The `next` of the page before. */
  @CanBeLeftOut() @IsCursor() after?: string;
}
