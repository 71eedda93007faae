import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let name: string | undefined;

/** Names this build: another in which any file differs has another name. SHA-256, in hex, of all its files. */
export const buildName = (): string => {
  if (name !== undefined) return name;
  const folder = dirname(dirname(fileURLToPath(import.meta.url)));
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js')).sort();
  for (const path of files) hash.update(`${path}\n`).update(readFileSync(join(folder, path)));
  return (name = hash.digest('hex'));
};
