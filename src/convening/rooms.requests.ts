import { AreSlugs, CanBeLeftOut, CanBeRemoved, IsCount, IsSlug, IsText, IsTitle } from '../http/fields.js';
import type { GivenText } from './texts.js';

/** The place of a room in an address. */
export class RoomPath {
  /** The convening’s id. */
  @IsSlug() convening!: string;
  /** The room’s id. */
  @IsSlug() room!: string;
}

/** A room to add. */
export class AddRoomRequest {
  /** Unique in the convening. */
  @IsSlug() id!: string;
  /** Its name, plain (in the convening's first language) or by language. */
  @IsTitle() name!: GivenText;
  /** Seats. */
  @CanBeLeftOut() @IsCount(0, 1_000_000) capacity?: number;
  /** Where it is and what it has, for people: "second floor, step-free". */
  @CanBeLeftOut() @IsText() description?: GivenText;
}

/** What is left out stays; null removes. */
export class ChangeRoomRequest {
  /** Its name, plain or by language. */
  @CanBeLeftOut() @IsTitle() name?: GivenText;
  /** Seats. */
  @CanBeRemoved() @IsCount(0, 1_000_000) capacity?: number | null;
  /** Where it is and what it has, for people. */
  @CanBeRemoved() @IsText() description?: GivenText | null;
}

/** An order: all ids, each once. */
export class OrderRequest {
  /** All ids, each once, in their order. */
  @AreSlugs(10_000) order!: string[];
}
