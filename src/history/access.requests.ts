import { IsLine, IsPlace } from '../http/fields.js';

/** What the form of the history's door sends. */
export class AdmissionRequest {
  /** The operator’s token. */
  @IsLine() token!: string;
  /** The page to go to: one of a history. */
  @IsPlace() to!: string;
}

/** Which page to go back to. */
export class LeavingRequest {
  /** The page to go to: one of a history. */
  @IsPlace() to!: string;
}
