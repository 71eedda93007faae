import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A line kept in a file that only its owner may read: read if it is there, else made, and on the disk before this returns
 * (what is sealed with a secret that a power cut forgot is lost). `made` is true when it was made now.
 */
export const keptLine = (path: string, make: () => string): { line: string; made: boolean } => {
  if (existsSync(path)) return { line: readFileSync(path, 'utf8').trim(), made: false };
  const line = make();
  const unfinished = `${path}.new`;
  const file = openSync(unfinished, 'w', 0o600);
  try {
    writeSync(file, `${line}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
  return { line, made: true };
};
