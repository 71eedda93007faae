/**
 * Writes docs/reference/ from the code: `node docs/generate.js` after a build. With `--check` it writes nothing, names what is
 * stale, and ends with 1. Everything that is said here is said in src/: in docstrings, types and tables.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { answersSource } from './generators/answers.js';

const checks = process.argv.includes('--check');
const stale = [];

/** Whether it was not what it should be. */
const keep = (name, text) => {
  const path = fileURLToPath(new URL(`../${name}`, import.meta.url));
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return false;
  if (checks) stale.push(name);
  else writeFileSync(path, text);
  return true;
};

// What the service itself says of its answers comes first, and is built, since the rest is read from the build.
if (keep('src/http/answers.ts', answersSource()) && !checks) execFileSync(process.execPath, ['node_modules/@nestjs/cli/bin/nest.js', 'build'], { stdio: 'inherit' });

const { agendaReference } = await import('./generators/agenda.js');
const { eventsReference } = await import('./generators/events.js');
const { openApiReference } = await import('./generators/openapi.js');
const { programmeSchema } = await import('./generators/programme-schema.js');
const { refusalsReference } = await import('./generators/refusals.js');
const openApi = await openApiReference();
const references = { 'agenda.md': agendaReference, 'events.md': eventsReference, 'refusals.md': refusalsReference, 'openapi.json': () => openApi, 'programme.schema.json': () => programmeSchema(JSON.parse(openApi)) };
for (const [name, make] of Object.entries(references)) keep(`docs/reference/${name}`, await make());

if (stale.length > 0) {
  process.stderr.write(`${stale.join(', ')}: not what the code says. Run \`node docs/generate.js\` after a build.\n`);
  process.exitCode = 1;
}
