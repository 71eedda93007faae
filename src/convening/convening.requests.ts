import { IsSlug } from '../http/fields.js';

/** The place of a convening in an address. */
export class ConveningPath {
  @IsSlug() convening!: string;
}
