import { CanBeLeftOut, IsConflictKey, IsNote, IsSlug, IsYesOrNo } from '../http/fields.js';

/** The place of a conflict in an address, percent-encoded. */
export class ConflictPath {
  /** The convening’s id. */
  @IsSlug() convening!: string;
  /** As the list of conflicts or a refusal gives it: `room-taken:opening:panel-1`. */
  @IsConflictKey() key!: string;
}

/** The conflict may be. */
export class AcceptConflictRequest {
  /** Why; it may come as the header `Reason` instead. */
  @CanBeLeftOut() @IsNote() reason?: string;
  /** Of a conflict that is there: for the slots and people that it has after the next change of them, not for those that it has. Left out: for those that it has. */
  @CanBeLeftOut() @IsYesOrNo() beforehand?: boolean;
}
