import { readFileSync, writeFileSync } from 'node:fs';

/**
 * What a renderer is to make, read by eye before it was kept. `GOLDEN=write npm test` writes them anew: look at the difference
 * before it is committed.
 */
export const golden = (name: string, made: string, folder = import.meta.dirname): string => {
  const file = `${folder}/golden/${name}`;
  if (process.env.GOLDEN === 'write') writeFileSync(file, made);
  return readFileSync(file, 'utf8');
};
