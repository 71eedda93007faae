import { closeSync, openSync, readSync } from 'node:fs';

const headerBytes = 32;
const frameHeaderBytes = 24;
/** With the lowest bit set, checksums are over big-endian words. */
const magic = 0x377f0682;

/** What a write-ahead log changes in its database: what SQLite will take from it when it opens the file. */
export interface Changes {
  readonly pageSize: number;
  /** The pages it holds, by number from 1. */
  readonly changed: ReadonlySet<number>;
  /** How many pages the database has with them. */
  readonly pages: number;
}

/**
 * Reads a write-ahead log up to its last whole transaction; undefined when there is none in it.
 * The format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */
export const readChanges = (path: string): Changes | undefined => {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(headerBytes);
    if (readSync(file, header, 0, headerBytes, 0) < headerBytes) return undefined;
    const kind = header.readUInt32BE(0);
    if ((kind & ~1) >>> 0 !== magic) return undefined;
    const sum = new Checksum((kind & 1) === 1);
    if (!sum.add(header, 0, 24).equals(header, 24)) return undefined;
    const pageSize = header.readUInt32BE(8);
    if (pageSize < 512 || pageSize > 65_536) return undefined;
    const frame = Buffer.alloc(frameHeaderBytes + pageSize);
    const changed = new Set<number>();
    let uncommitted: number[] = [];
    let pages: number | undefined;
    for (let at = headerBytes; readSync(file, frame, 0, frame.length, at) === frame.length; at += frame.length) {
      const ofThisLog = frame.compare(header, 16, 24, 8, 16) === 0; // The salts: an older frame has others.
      if (!ofThisLog || !sum.add(frame, 0, 8).add(frame, frameHeaderBytes, frame.length).equals(frame, 16)) break;
      uncommitted.push(frame.readUInt32BE(0));
      const size = frame.readUInt32BE(4);
      if (size === 0) continue;
      for (const page of uncommitted) changed.add(page);
      uncommitted = [];
      pages = size;
    }
    return pages === undefined ? undefined : { pageSize, changed, pages };
  } finally {
    closeSync(file);
  }
};

/** The running checksum of a write-ahead log: two sums of 32-bit words, each taking in the other. */
class Checksum {
  #one = 0;
  #two = 0;
  constructor(private readonly bigEndian: boolean) {}

  add(bytes: Buffer, from: number, to: number): this {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = from; at < to; at += 8) {
      this.#one = (this.#one + view.getUint32(at, !this.bigEndian) + this.#two) >>> 0;
      this.#two = (this.#two + view.getUint32(at + 4, !this.bigEndian) + this.#one) >>> 0;
    }
    return this;
  }

  equals(bytes: Buffer, at: number): boolean {
    return bytes.readUInt32BE(at) === this.#one && bytes.readUInt32BE(at + 4) === this.#two;
  }
}
