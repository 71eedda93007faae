import { EventStore } from '../event-store/event-store.js';
import { Problem, wrongHeader } from './problems.js';

/** Reads what they wrote: positions as they are told to clients (`<log id>.<position>`, opaque) and what a read must include. */
export class Positions {
  private acknowledged = 0n;

  constructor(private readonly store: Pick<EventStore, 'logId'>) {}

  /** A command was answered with this position: reads on this node include it from now on. */
  acknowledge(position: bigint): string {
    if (position > this.acknowledged) this.acknowledged = position;
    return `${this.store.logId}.${position}`;
  }

  /** The position that an answer to this request must include. @throws Problem */
  wantedBy(header: string | readonly string[] | undefined): bigint {
    if (header === undefined) return this.acknowledged;
    const [, log, digits] = (typeof header === 'string' && /^([0-9a-f-]{36})\.(\d{1,19})$/.exec(header)) || [];
    if (log === undefined || digits === undefined) throw wrongHeader('Baraza-Position', 'Send it as an answer gave it, or leave it out.');
    if (log !== this.store.logId) throw new Problem('foreign-position');
    const position = BigInt(digits);
    return position > this.acknowledged ? position : this.acknowledged;
  }
}
