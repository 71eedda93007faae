// @ts-check
// Plays the Arusha convening over HTTP on a service of its own, writes its agenda, and goes on serving (with --exit: ends).
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { startBaraza } from '../dist/baraza.js';
import { verify } from '../dist/cli/verify.cli.js';
import { Clock } from '../dist/deciding/clock.js';
import { draft, followUp } from './follow-up.js';
import { lookingBack } from './looking-back.js';
import { OffScript, Organiser } from './organiser.js';
import { lists, registration } from './registration.js';
import { story } from './story.js';

/** The story's time: stands at each step, so that whoever plays it, and wherever, gets the same; goes on when it is told. The one place where time is provided. */
class StoryClock extends Clock {
  isOfAStory = true;
  at = 0;
  /** @type {number | undefined} */
  since;
  now = () => this.at + (this.since === undefined ? 0 : Math.floor(performance.now() - this.since));
  /** @param {string} instant */
  set(instant) {
    this.at = Math.max(Date.parse(instant), this.at);
  }
  goOn() {
    this.since = performance.now();
  }
}

/** @param {number} port @returns {Promise<boolean>} */
const isFree = (port) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

const data = JSON.parse(readFileSync(new URL('./arusha-2013.json', import.meta.url), 'utf8'));
const out = process.env.BARAZA_DEMO_OUT ?? fileURLToPath(new URL('./out', import.meta.url));
const exits = process.argv.includes('--exit');
const folder = mkdtempSync(join(tmpdir(), 'baraza-demo-'));
const token = randomBytes(24).toString('base64url');
const clock = new StoryClock();
/** @param {string} line */
const say = (line = '') => process.stdout.write(`${line}\n`);
const bold = process.stdout.isTTY ? (/** @type {string} */ text) => `\u001b[1m${text}\u001b[0m` : (/** @type {string} */ text) => text;
const dim = process.stdout.isTTY ? (/** @type {string} */ text) => `\u001b[2m${text}\u001b[0m` : (/** @type {string} */ text) => text;
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: data.convening.zone });

const port = !exits && (await isFree(3000)) ? 3000 : 0;
/** On a KurrentDB, where one is named: each run with names of its own. */
const url = process.env.KURRENTDB_URL;
const prefix = `demo-${randomBytes(4).toString('hex')}`;
const secret = randomBytes(32).toString('base64url');
const elsewhere = url === undefined ? {} : { kurrentdb: { url, prefix }, secret };
const baraza = await startBaraza({ host: '127.0.0.1', port, data: folder, token, ...elsewhere }, { clock, log: pino({ level: 'error' }) });
const end = async () => {
  await baraza.close();
  rmSync(folder, { recursive: true, force: true });
};

/** As `baraza verify --against` a file with this line. @param {string} line */
const isWhole = async (line) => {
  const against = join(folder, 'ends.txt');
  writeFileSync(against, `${line}\n`);
  /** @type {string[]} */
  const said = [];
  const out = new Writable({ decodeStrings: false, write: (text, _, done) => done(void said.push(text)) });
  const environment = url === undefined ? { BARAZA_DATA: folder } : { KURRENTDB_URL: url, KURRENTDB_PREFIX: prefix, BARAZA_SECRET: secret, BARAZA_TOKEN: token };
  if ((await verify.run(['--against', against], { in: process.stdin, out, err: new Writable({ write: (_, __, done) => done() }), environment })) !== 0) throw new OffScript(said.join(''));
  const [stream, revision] = line.split(' ');
  return `fact ${revision} of ${stream}, which the page names, stands as it was published\n${said.at(-1)?.trim()}`;
};

try {
  await baraza.serving;
  const organiser = new Organiser(baraza.url, token);
  say();
  say(bold('The Arusha convening on genocide prevention, 27–28 May 2013, played over HTTP'));
  say(dim(`Source: ${data.source.title}, ${data.source.publisher}, ${data.source.place}, ${data.source.date}.`));
  if (!exits && port === 0) say(dim('Port 3000 is taken, so another one is used.'));
  say(dim('What the source does not give (hours, rooms, how it was planned) is illustrative; demo/arusha-2013.json says where.'));
  say();
  const steps = [...story(data), ...registration(data), ...followUp(data), ...lookingBack(data, isWhole)].sort((one, other) => Date.parse(one.on) - Date.parse(other.on));
  for (const [index, { on, tell, play }] of steps.entries()) {
    clock.set(on);
    const how = await play(organiser);
    say(`${dim(`${String(index + 1).padStart(2)}/${steps.length}  ${day.format(new Date(on)).padStart(11)}`)}  ${tell}`);
    for (const line of how ? how.split('\n') : []) say(`${' '.repeat(20)}→ ${line}`);
  }
  clock.goOn();
  mkdirSync(out, { recursive: true });
  const agenda = `/convenings/${data.convening.id}/agenda`;
  say();
  for (const form of ['json', 'html', 'md']) {
    const path = join(out, `agenda.${form}`);
    writeFileSync(path, await organiser.readAsAnybody(`${agenda}.${form}`, '*/*'));
    say(`Written: ${relative(process.cwd(), path)}`);
  }
  for (const [name, from] of Object.entries(lists(data))) {
    const path = join(out, name);
    writeFileSync(path, await organiser.readText(from));
    say(`Written: ${relative(process.cwd(), path)}, of who is registered`);
  }
  for (const form of ['html', 'md']) {
    const path = join(out, `follow-up.${form}`);
    writeFileSync(path, await organiser.readText(`${draft}.${form}`));
    say(`Written: ${relative(process.cwd(), path)}, the draft for the next meeting`);
  }
  say(`${organiser.changes} changes were recorded${url !== undefined ? ` in the KurrentDB, in streams named ${prefix}.…` : exits ? '' : ` in ${folder}`}.`);
  if (exits) await end();
  else {
    say();
    say(bold('Baraza goes on serving. Open:'));
    say(`  ${baraza.url}${agenda}.html   the agenda, as published`);
    say(`  ${baraza.url}${agenda}/difference.html?from=version:provisional   what changed since the first version`);
    say(`  ${baraza.url}/convenings/${data.convening.id}/timeline.html   the agenda at any moment, who changed what, and why (asks for the token)`);
    say(`  ${baraza.url}/convenings/${data.convening.id}/history.html   everything that happened (asks for the token)`);
    say(`  ${baraza.url}/docs   the API`);
    say();
    say('As the organiser (this token is for this run only):');
    say(`  curl -H 'Authorization: Bearer ${token}' ${baraza.url}${agenda}.md`);
    say();
    say(dim(`Stop with Ctrl+C${url === undefined ? '; the run’s data goes with it' : ''}.`));
    let stopping = false;
    const stop = () => {
      if (stopping) return;
      stopping = true;
      end().then(() => process.exit(0), () => process.exit(1));
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
  }
} catch (error) {
  await end();
  process.stderr.write(`\nThe demo stopped: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
