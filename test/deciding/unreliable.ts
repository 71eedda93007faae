import { EventStore, OutcomeUnknown, StoreUnavailable, type Expected, type NewFact } from '../../src/event-store/event-store.js';

/** A store whose appends can be made to end badly, before or after they were written. */
export class Unreliable extends EventStore {
  trouble: ('before' | 'after' | 'unavailable' | 'silent' | 'fine')[] = [];
  appends = 0;
  largest = 0;
  /** Lets an append go on that was silent. */
  speak: () => void = () => undefined;
  /** From where streams were read. */
  readonly readFrom: (number | undefined)[] = [];
  constructor(private readonly store: EventStore) { super(); }
  get logId() { return this.store.logId; }
  async append(stream: string, expected: Expected, facts: readonly NewFact[]) {
    this.appends++;
    this.largest = Math.max(this.largest, facts.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0));
    const trouble = this.trouble.shift();
    if (trouble === 'unavailable') throw new StoreUnavailable('gone');
    if (trouble === 'before') throw new OutcomeUnknown('lost on the way there');
    if (trouble === 'silent') await new Promise<void>((resolve) => (this.speak = resolve));
    const appended = await this.store.append(stream, expected, facts);
    if (trouble === 'after') throw new OutcomeUnknown('lost on the way back');
    return appended;
  }
  readStream: EventStore['readStream'] = (stream, range) => {
    this.readFrom.push(range?.from);
    return this.store.readStream(stream, range);
  };
  readAll: EventStore['readAll'] = (...given) => this.store.readAll(...given);
  subscribe: EventStore['subscribe'] = (...given) => this.store.subscribe(...given);
  head = () => this.store.head();
  address = () => this.store.address();
  deleteStream = (stream: string) => this.store.deleteStream(stream);
  close = () => this.store.close();
}
