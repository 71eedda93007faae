/**
 * Writes docs/reference/ from the code: `node docs/generate.js` after a build. With `--check` it writes nothing, names what is
 * stale, and ends with 1. Everything that is said here is said in src/: in docstrings, types and tables.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { eventsReference } from './generators/events.js';
import { openApiReference } from './generators/openapi.js';
import { refusalsReference } from './generators/refusals.js';

const references = { 'events.md': eventsReference, 'refusals.md': refusalsReference, 'openapi.json': openApiReference };

const stale = [];
for (const [name, make] of Object.entries(references)) {
  const path = fileURLToPath(new URL(`./reference/${name}`, import.meta.url));
  const text = await make();
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  if (process.argv.includes('--check')) stale.push(`docs/reference/${name}`);
  else writeFileSync(path, text);
}
if (stale.length > 0) {
  process.stderr.write(`${stale.join(', ')}: not what the code says. Run \`node docs/generate.js\` after a build.\n`);
  process.exitCode = 1;
}
