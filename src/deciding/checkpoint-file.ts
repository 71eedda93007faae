import { createHash } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { turn } from '../event-store/breather.js';

/** How a state was kept, line by line: a text that stands for its beginning and what it was made by, then its pieces. */
export interface CheckpointLines {
  readonly header: string;
  readonly pieces: Iterable<string>;
}

/**
 * Writes a file whose last line is the SHA-256 of those before: it is whole, or it is not read. It need not outlive a power failure.
 * `between`: awaited between two pieces. @throws an error of the disk; what `between` throws
 */
export const writeCheckpoint = async (path: string, { header, pieces }: CheckpointLines, between: () => Promise<void>): Promise<void> => {
  const unfinished = `${path}.new`;
  const file = await open(unfinished, 'w', 0o600);
  const hash = createHash('sha256');
  try {
    const write = async (line: string) => {
      hash.update(line);
      await file.write(line);
    };
    await write(`${header}\n`);
    for (const piece of pieces) {
      await write(`${piece}\n`);
      await between();
    }
    await file.write(`${hash.digest('hex')}\n`);
    await file.close();
    await rename(unfinished, path);
  } catch (error) {
    await file.close();
    await rm(unfinished, { force: true });
    throw error;
  }
};

/** The lines of a whole file, after `wanted` has said of the first that it wants the others; undefined: there is none, or none that is whole and wanted. */
export async function* readCheckpoint(path: string, wanted: (header: string) => boolean): AsyncGenerator<string, boolean> {
  const bytes = await readFile(path).catch(() => undefined);
  if (!bytes) return false;
  const hash = createHash('sha256');
  let from = 0;
  for (let end = bytes.indexOf(10); end >= 0; from = end + 1, end = bytes.indexOf(10, from)) {
    const isLast = end === bytes.length - 1;
    const line = bytes.toString('utf8', from, end);
    if (isLast) return line === hash.digest('hex');
    if (from === 0 && !wanted(line)) return false;
    hash.update(bytes.subarray(from, end + 1));
    if (from > 0) yield line;
    await turn();
  }
  return false;
}
