import { randomUUID } from 'node:crypto';
import type { Movable, WrappedKeys } from '../movable.js';
import type { PersonId } from '../personal.js';
import { Appends } from './appends.js';
import { Connection } from './connection.js';
import { Deletions } from './deletions.js';
import { KurrentDbEventStore, type KurrentDb } from './kurrentdb-event-store.js';
import { nameAnew } from './log-name.js';
import { Names } from './names.js';
import type { Recorded } from './protocol.js';
import { Reads } from './reads.js';
import { settingsFrom } from './settings.js';
import { KeptStanding } from './standing.js';

const page = 1_000;
/** So many keys are written at the same time. */
const atOnce = 32;

/** The log and the keys in a KurrentDB, to be moved. @throws StoreRefused the address is wrong; StoreUnavailable */
export const movableKurrentDb = async (given: KurrentDb & { readonly deadline: number }, echo: number): Promise<Movable> => {
  const { url, prefix = '', deadline } = given;
  const log = await KurrentDbEventStore.open({ ...given, toMove: true });
  const connection = new Connection(settingsFrom(url));
  const names = new Names(prefix);
  const [reads, appends] = [new Reads(connection, deadline), new Appends(connection, deadline)];
  const standing = new KeptStanding(names, reads, appends);
  const keys = new KeyStreams(names, reads, appends);
  return {
    name: `the log in the KurrentDB${prefix && ` under ${prefix}`}`,
    log,
    echo,
    standing: () => standing.read(),
    stand: (as) => standing.write(as),
    nameAnew: () => nameAnew(names.own('log'), reads, appends),
    deletedStreams: () => new Deletions(names, reads, appends).all(),
    keys: () => keys.read(),
    keepKeys: (kept) => keys.keep(kept),
    async close() {
      await log.close();
      connection.close();
    },
  };
};

/** The streams of the keys, as they are stored. */
class KeyStreams {
  constructor(private readonly names: Names, private readonly reads: Reads, private readonly appends: Appends) {}

  async read(): Promise<WrappedKeys | undefined> {
    const begun = await this.reads.stream(this.names.own('keys'), 'forwards', 0, 1);
    const [first] = typeof begun === 'string' ? [] : begun;
    if (!first) return undefined;
    const people = new Map<PersonId, string | null>();
    for await (const { stream, type, data } of this.#all()) {
      const person = stream.slice(this.names.key('').length);
      // Cast: KurrentDbKeys wrote it, or `keep`. The server marks the end of a stream with an event of its own.
      people.set(person, type.startsWith('$') ? null : (JSON.parse(data) as { wrapped: string }).wrapped);
    }
    // Cast: as above.
    return { ...(JSON.parse(first.data) as { salt: string; check: string }), people };
  }

  async keep({ salt, check, people }: WrappedKeys): Promise<void> {
    const there = await this.read();
    if (!there) await this.#append(this.names.own('keys'), 'KeysBegun', { salt, check });
    const left = [...people].filter(([person]) => !there?.people.has(person));
    const work = async () => {
      for (let next = left.pop(); next; next = left.pop()) {
        const [person, wrapped] = next;
        if (wrapped === null) await this.reads.tombstone(this.names.key(person));
        else await this.#append(this.names.key(person), 'KeyMade', { wrapped });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }

  async #append(stream: string, type: string, data: object): Promise<void> {
    await this.appends.append(stream, 'none', [{ id: randomUUID(), type, data: JSON.stringify(data), metadata: '{}' }]);
  }

  async *#all(): AsyncGenerator<Recorded> {
    for (let from: bigint | undefined; ; ) {
      const part = await this.reads.log('forwards', from, { prefixes: [this.names.key('')] }, page);
      for (const one of part) if (one.position !== from) yield one;
      const last = part.at(-1);
      if (!last || part.length < page) return;
      from = last.position;
    }
  }
}
