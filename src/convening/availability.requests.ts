import { AreParts, IsTime, IsPerson, IsSlug } from '../http/fields.js';

/** The place of what a person said of when they can take part. */
export class AvailabilityPath {
  /** The convening’s id. */
  @IsSlug() convening!: string;
  /** The person’s UUID. */
  @IsPerson() person!: string;
}

/** A time when a person cannot take part. */
export class IntervalRequest {
  /** To the minute: local by the convening's zone, or with an offset. */
  @IsTime() start!: string;
  /** Like `start`, and later; not included. */
  @IsTime() end!: string;
}

/** The whole list; an empty one: always there. */
export class StateAvailabilityRequest {
  /** When the person cannot take part. */
  @AreParts(() => IntervalRequest, 200) unavailable!: IntervalRequest[];
}
