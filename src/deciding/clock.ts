/** The one place where time comes from. Also the injection token. */
export abstract class Clock {
  /** Milliseconds since 1970, UTC. */
  abstract now(): number;
}

/** The machine’s clock. */
export class SystemClock extends Clock {
  now = () => Date.now();
}
