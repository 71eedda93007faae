/**
 * `npm run bench [part …]`: measures what the house promises, each thing next to the least that could do it, in the same
 * minutes on the same disk. Ratios mean something anywhere; the numbers beside them only on this machine.
 */
import { cpus } from 'node:os';
/** Each prints its own table. Loaded when it is asked for. @type {Record<string, () => Promise<unknown>>} */
const parts = {
  appends: async () => (await import('./appends.js')).measureAppends(),
  scan: async () => (await import('./scan.js')).measureScan(),
  kurrentdb: async () => (await import('./kurrentdb.js')).measureKurrentDb(),
  rebuild: async () => (await import('./rebuild.js')).measureRebuild(),
  history: async () => (await import('./history.js')).measureHistory(),
  'history-pages': async () => (await import('./history-pages.js')).measurePages(),
  commands: async () => (await import('./http.js')).commands(),
  'long-stream': async () => (await import('./http.js')).longStream(),
  changes: async () => (await import('./changes.js')).measureChanges(),
  agenda: async () => (await import('./http.js')).agenda(),
  past: async () => (await import('./past.js')).past(),
  programme: async () => (await import('./programme.js')).programme(),
  programmes: async () => (await import('./programmes.js')).programmes(),
  'registration-http': async () => (await import('./registration-http.js')).registrationOverHttp(),
  registrations: async () => (await import('./registrations.js')).measureRegistrations(),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
for (const [name, measure] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) await measure();
