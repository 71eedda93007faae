import { EventStore } from '../event-store/event-store.js';
import { Problem, wrongHeader } from './problems.js';

/** What kind of stream a command wrote to: a read of one kind need not wait for what was written to another. */
const kinds = ['convening', 'registrations'] as const;
export type Kind = (typeof kinds)[number];

/** Reads what they wrote: positions as they are told to clients (`<log id>.<position>`, opaque) and what a read must include. */
export class Positions {
  private readonly acknowledged = new Map<Kind, bigint>();

  constructor(private readonly store: Pick<EventStore, 'logId'>) {}

  /** A command was answered with this position: reads on this node include it from now on. */
  acknowledge(position: bigint, kind: Kind = 'convening'): string {
    this.acknowledged.set(kind, later(position, this.acknowledged.get(kind)));
    return `${this.store.logId}.${position}`;
  }

  /** What stands in the log when this node begins was acknowledged too, by it before or by another: reads include it. */
  beginAt(head: bigint): void {
    for (const kind of kinds) this.acknowledge(head, kind);
  }

  /** The position that an answer to this request must include. `kind`: it is about nothing else. @throws Problem */
  wantedBy(header: string | readonly string[] | undefined, kind?: Kind): bigint {
    const here = kind === undefined ? [...this.acknowledged.values()].reduce(later, 0n) : (this.acknowledged.get(kind) ?? 0n);
    if (header === undefined) return here;
    const [, log, digits] = (typeof header === 'string' && /^([0-9a-f-]{36})\.(\d{1,19})$/.exec(header)) || [];
    if (log === undefined || digits === undefined) throw wrongHeader('Baraza-Position', 'Send it as an answer gave it, or leave it out.');
    if (log !== this.store.logId) throw new Problem('foreign-position');
    return later(BigInt(digits), here);
  }
}

const later = (one: bigint, other = 0n): bigint => (one > other ? one : other);
