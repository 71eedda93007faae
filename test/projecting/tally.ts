import { randomUUID } from 'node:crypto';
import type { EventStore, StoredFact } from '../../src/event-store/event-store.js';
import type { Database } from '../../src/event-store/sqlite/database.js';
import type { Projection, Projector } from '../../src/projecting/projection.js';

/** How much each stream adds up to: a read model small enough to see everything of. */
export class Tally implements Projector {
  private readonly touched = new Map<string, number>();
  /** What it held when it was told that it is built, each time. */
  readonly whenBuilt: unknown[] = [];

  /** A fact of a type in `unknown` cannot be applied; each counts `weight` times. */
  constructor(private readonly database: Database, private readonly unknown: ReadonlySet<string>, private readonly weight: number) {}

  apply({ stream, type, data }: StoredFact): void {
    if (this.unknown.has(type)) throw new Error(`nobody knows ${type}`);
    this.touched.set(stream, this.of(stream) + this.weight * (JSON.parse(data) as { adds: number }).adds);
  }

  write(stream: string): void {
    this.database.prepare('INSERT OR REPLACE INTO tallies VALUES (?, ?)').run(stream, this.touched.get(stream) ?? 0);
    this.touched.delete(stream);
  }

  built = (): void => void this.whenBuilt.push(this.all());

  forget = (stream: string): void => void this.touched.delete(stream);

  of(stream: string): number {
    const row = this.database.prepare('SELECT sum FROM tallies WHERE stream = ?').get(stream) as { sum: number } | undefined;
    return this.touched.get(stream) ?? row?.sum ?? 0;
  }

  all = (): unknown[] => this.database.prepare('SELECT stream, sum FROM tallies ORDER BY stream').all().map((row: object) => ({ ...row }));
}

export const tally = ({ version = 1, tables = 1, unknown = [] as string[], weight = 1 } = {}): Projection<Tally> => ({
  name: 'tallies', tables, version, streams: ['tally-'],
  create: (database) => database.exec('CREATE TABLE tallies (stream TEXT PRIMARY KEY, sum INTEGER NOT NULL)'),
  open: (database) => new Tally(database, new Set(unknown), weight),
});

/** Appends facts that add these numbers, or strange ones of a type. Resolves with their position. */
export const add = async (store: EventStore, stream: string, ...adds: (number | string)[]): Promise<bigint> => {
  let last = -1;
  for await (const page of store.readStream(stream, { direction: 'backwards', limit: 1 })) last = page[0]?.revision ?? last;
  const facts = adds.map((each) => ({ id: randomUUID(), type: typeof each === 'string' ? each : 'Added', data: JSON.stringify({ adds: typeof each === 'string' ? 1 : each }), metadata: '{}' }));
  return (await store.append(stream, last < 0 ? 'none' : last, facts)).position;
};
