import type { StoredFact } from '../event-store.js';

/** What one message of a read call tells. */
export interface ReadAnswer {
  /** An event, under the name that its stream has there. */
  readonly recorded?: StoredFact;
  /** When the server wrote it, in ticks of 100 ns since 1970. */
  readonly created?: bigint;
  /** There is no such stream. */
  readonly missing?: true;
  /** So far the log went when the server sent this. */
  readonly caughtUp?: true;
}

/** How values are written: https://protobuf.dev/programming-guides/encoding/#structure */
const wire = { varint: 0, eight: 1, counted: 2, four: 5 } as const;

/** Reads the fields of one message: a number for each, then its value. What is cut short throws. */
class Fields {
  field = 0;
  #wire = 0;

  constructor(private readonly bytes: Buffer, private at = 0, private readonly end = bytes.length) {}

  next(): boolean {
    if (this.at >= this.end) return false;
    const tag = this.number();
    this.field = Math.floor(tag / 8);
    this.#wire = tag % 8;
    return true;
  }

  /** Exact up to 53 bits. */
  number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  big(): bigint {
    const from = this.at;
    const value = this.number();
    if (value <= Number.MAX_SAFE_INTEGER) return BigInt(value);
    let exact = 0n;
    for (let place = this.at - 1; place >= from; place -= 1) exact = (exact << 7n) | BigInt((this.bytes[place] ?? 0) & 0x7f);
    return exact;
  }

  text(): string {
    const [from, to] = this.#counted();
    return this.bytes.toString('utf8', from, to);
  }

  message(): Fields {
    const [from, to] = this.#counted();
    return new Fields(this.bytes, from, to);
  }

  skip(): void {
    if (this.#wire === wire.varint) this.number();
    else if (this.#wire === wire.counted) this.#counted();
    else if (this.#wire === wire.eight) this.at += 8;
    else if (this.#wire === wire.four) this.at += 4;
    else throw new RangeError(`${this.#wire} is no way to write a value.`);
  }

  #byte(): number {
    const byte = this.at < this.end ? this.bytes[this.at++] : undefined;
    if (byte === undefined) throw new RangeError('The message is cut short.');
    return byte;
  }

  #counted(): [from: number, to: number] {
    const length = this.number();
    const from = this.at;
    this.at += length;
    if (this.at > this.end) throw new RangeError('The message is cut short.');
    return [from, this.at];
  }
}

/** The value of one field of a message that has no other of interest. */
const only = <Value>(field: number, message: Fields, read: (fields: Fields) => Value): Value | undefined => {
  let value: Value | undefined;
  while (message.next()) {
    if (message.field === field) value = read(message);
    else message.skip();
  }
  return value;
};

const textOf = (fields: Fields): string => fields.text();
const messageOf = (fields: Fields): Fields => fields.message();

/** `ReadResp.ReadEvent.RecordedEvent` */
const eventOf = (fields: Fields): ReadAnswer => {
  const recorded = { stream: '', revision: 0, position: 0n, id: '', type: '', data: '', metadata: '' };
  let created: bigint | undefined;
  while (fields.next()) {
    if (fields.field === 1) recorded.id = only(2, fields.message(), textOf) ?? '';
    else if (fields.field === 2) recorded.stream = only(3, fields.message(), textOf) ?? '';
    // That of a tombstone is the largest of 64 bits: it is told by its type, and is no fact.
    else if (fields.field === 3) recorded.revision = fields.number();
    else if (fields.field === 5) recorded.position = fields.big();
    else if (fields.field === 6) {
      const entry = fields.message();
      let name = '';
      while (entry.next()) {
        if (entry.field === 1) name = entry.text();
        else if (entry.field === 2 && name === 'type') recorded.type = entry.text();
        else if (entry.field === 2 && name === 'created') created = BigInt(entry.text());
        else entry.skip();
      }
    } else if (fields.field === 7) recorded.metadata = fields.text();
    else if (fields.field === 8) recorded.data = fields.text();
    else fields.skip();
  }
  return { recorded, ...(created !== undefined && { created }) };
};

/**
 * Reads `ReadResp` from its bytes (streams.proto). The generated class makes a dozen objects of an event: without them reading the log
 * costs half the processor time. @throws RangeError it is cut short
 */
export const readAnswer = (bytes: Buffer): ReadAnswer => {
  const fields = new Fields(bytes);
  let answer: ReadAnswer = {};
  while (fields.next()) {
    if (fields.field === 1) {
      const event = only(1, fields.message(), messageOf);
      if (event) answer = eventOf(event);
      continue;
    }
    if (fields.field === 4) answer = { missing: true };
    else if (fields.field === 8) answer = { caughtUp: true };
    fields.skip();
  }
  return answer;
};
