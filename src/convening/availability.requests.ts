import { AreParts, IsInstant, IsPerson, IsSlug } from '../http/fields.js';

/** The place of what a person said of when they can take part. */
export class AvailabilityPath {
  @IsSlug() convening!: string;
  @IsPerson() person!: string;
}

/** A time when a person cannot take part. */
export class IntervalRequest {
  /** With an offset. */
  @IsInstant() start!: string;
  /** With an offset, later than `start`; not included. */
  @IsInstant() end!: string;
}

/** The whole list; an empty one: always there. */
export class StateAvailabilityRequest {
  @AreParts(() => IntervalRequest, 200) unavailable!: IntervalRequest[];
}
