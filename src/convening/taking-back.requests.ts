import { CanBeLeftOut, IsOneOf, IsRevision, IsSlug } from '../http/fields.js';

/** The place of a fact in an address. */
export class FactPath {
  /** The convening’s id. */
  @IsSlug() convening!: string;
  /** The fact’s revision, from 0. */
  @IsRevision() revision!: string;
}

/** How much is to be taken back. */
export class TakeBackRequest {
  /** `change`: this fact alone; `command`: all that was recorded with it. Left out: this fact alone. */
  @CanBeLeftOut() @IsOneOf(['change', 'command']) of?: 'change' | 'command';
}
