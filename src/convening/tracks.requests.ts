import { CanBeLeftOut, CanBeRemoved, IsColour, IsSlug, IsTitle } from '../http/fields.js';
import type { GivenText } from './texts.js';

/** The place of a track in an address. */
export class TrackPath {
  /** The convening’s id. */
  @IsSlug() convening!: string;
  /** The track’s id. */
  @IsSlug() track!: string;
}

/** A track to add. */
export class AddTrackRequest {
  /** Unique in the convening. */
  @IsSlug() id!: string;
  /** Its name, plain (in the convening's first language) or by language. */
  @IsTitle() name!: GivenText;
  /** What its sessions are marked with. */
  @CanBeLeftOut() @IsColour() colour?: string;
}

/** What is left out stays; null removes. */
export class ChangeTrackRequest {
  /** Its name, plain or by language. */
  @CanBeLeftOut() @IsTitle() name?: GivenText;
  /** What its sessions are marked with. */
  @CanBeRemoved() @IsColour() colour?: string | null;
}
