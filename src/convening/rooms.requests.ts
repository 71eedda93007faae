import { ArrayMaxSize, ArrayUnique, IsArray, IsInt, IsOptional, Max, Min, ValidateIf } from 'class-validator';
import { IsSlug, IsText, IsTitle } from '../http/fields.js';
import type { GivenText } from './texts.js';

/** The place of a room in an address. */
export class RoomPath {
  @IsSlug() convening!: string;
  @IsSlug() room!: string;
}

/** A room to add. */
export class AddRoomRequest {
  /** Unique in the convening. */
  @IsSlug() id!: string;
  /** Its name, plain (in the convening's first language) or by language. */
  @IsTitle() name!: GivenText;
  /** Seats. */
  @IsOptional() @IsInt() @Min(0) @Max(1_000_000) capacity?: number;
  /** Where it is and what it has, for people. */
  @IsOptional() @IsText() description?: GivenText;
}

/** What is left out stays; null removes. */
export class ChangeRoomRequest {
  @ValidateIf((_, value) => value !== undefined) @IsTitle() name?: GivenText;
  @IsOptional() @IsInt() @Min(0) @Max(1_000_000) capacity?: number | null;
  @IsOptional() @IsText() description?: GivenText | null;
}

/** An order: all ids, each once. */
export class OrderRequest {
  @IsArray() @ArrayMaxSize(10_000) @ArrayUnique() @IsSlug({ each: true }) order!: string[];
}
