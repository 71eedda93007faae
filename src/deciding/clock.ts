/** The one place where time comes from. Also the injection token. */
export abstract class Clock {
  /** Milliseconds since 1970, UTC. */
  abstract now(): number;
  /** Whether it tells the time of a story: such a clock is not compared with the store's. */
  readonly isOfAStory: boolean = false;
}

/** The machine’s clock. */
export class SystemClock extends Clock {
  now = () => Date.now();
}
