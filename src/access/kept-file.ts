import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A line kept in a file that only its owner may read: read if it is there, else made, and on the disk before this returns
 * (what is sealed with a secret that a power cut forgot is lost).
 */
export const keptLine = (path: string, make: () => string): string => {
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
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
  return line;
};
