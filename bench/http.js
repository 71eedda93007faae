// Through the whole HTTP path, next to the least that the same framework does. Rounds alternate, so that noise meets both alike.
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { median, progress, table } from './measure.js';

export const token = 'a-token-for-the-bench-only';
const seconds = 3;
const rounds = 3;

export const serve = async (...what) => {
  // As `npm start` has it.
  const child = fork(fileURLToPath(new URL('./served.js', import.meta.url)), what, { execArgv: ['--max-semi-space-size=32'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const heard = () => new Promise((resolve, reject) => child.once('message', resolve).once('exit', () => reject(new Error(`The server for ${what[0]} ended.`))));
  const url = await heard();
  return {
    url,
    delay: () => {
      child.send('delay');
      return heard();
    },
    close: () => new Promise((resolve) => child.once('exit', resolve).send('close')),
  };
};

export const write = async (url, method, path, body) => {
  const answer = await fetch(url + path, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
};

/** Many at once, so that making a large convening takes seconds. */
const writeAll = async (url, asks) => {
  for (let from = 0; from < asks.length; from += 200) await Promise.all(asks.slice(from, from + 200).map((ask) => write(url, ...ask)));
};

export const planned = (id) => ['POST', '/convenings', { id, title: 'Measured', start: '2027-03-08', end: '2027-03-12', zone: 'Africa/Kampala' }];
const sessionOf = (convening, n) => ['POST', `/convenings/${convening}/sessions`, { id: `s${n}`, kind: 'talk', title: `Talk ${n}`, abstract: 'What a talk of this kind says of itself in two lines. '.repeat(4) }];

/** Requests a second, and how many were answered with anything but success. */
export const load = async (url, connections, requests) => {
  const result = await autocannon({ url, connections, duration: seconds, requests });
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx} answers were no success, ${result.errors} were none at all.`);
  return { rate: result.requests.total / result.duration, p50: result.latency.p50, p99: result.latency.p99 };
};

let changes = 0;
/** Each request gives one session another title: one fact, decided, sealed, chained and on disk before it is answered. */
const retitle = (conveningOf) => ({
  method: 'PATCH',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  setupRequest: (request) => {
    const n = ++changes;
    return { ...request, path: `/convenings/${conveningOf(n)}/sessions/s${n % 50}`, body: JSON.stringify({ title: `Title ${n}` }) };
  },
});

export const alternate = async (ours, theirs) => {
  const [mine, other] = [[], []];
  for (let round = 0; round < rounds; round++) {
    other.push(await theirs());
    mine.push(await ours());
  }
  const middle = (rates) => median(rates.map(({ rate }) => rate));
  return { ours: middle(mine), theirs: middle(other), p50: median(mine.map(({ p50 }) => p50)), p99: median(mine.map(({ p99 }) => p99)) };
};

/** Commands to one convening and to a hundred, next to an empty Nest + Fastify POST. */
export const commands = async () => {
  progress('Commands over HTTP: making a hundred convenings of 50 sessions');
  const [baraza, empty] = [await serve('baraza', token), await serve('empty')];
  const ids = Array.from({ length: 100 }, (_, n) => `c${n}`);
  await writeAll(baraza.url, ids.map(planned));
  await writeAll(baraza.url, ids.flatMap((id) => Array.from({ length: 50 }, (_, n) => sessionOf(id, n))));
  const post = { method: 'POST', path: '/empty', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ title: 'Title 1' }) };
  const rows = [];
  for (const [name, conveningOf] of [['to one convening', () => 'c0'], ['to a hundred', (n) => `c${n % 100}`]]) {
    progress(`Commands over HTTP: ${name}`);
    await baraza.delay();
    const { ours, theirs, p50, p99 } = await alternate(() => load(baraza.url, 64, [retitle(conveningOf)]), () => load(empty.url, 64, [post]));
    rows.push({ what: `commands ${name}`, 'requests/s': Math.round(ours), 'empty POST/s': Math.round(theirs), ratio: ours / theirs, aim: 0.5, 'p50 ms': p50, 'p99 ms': p99, 'loop p99 ms': (await baraza.delay()).p99 });
  }
  await Promise.all([baraza.close(), empty.close()]);
  table('Commands over HTTP, 64 connections', rows);
  return rows;
};

/** One after the other, on a stream of 20,000 facts and on one of 20. */
export const longStream = async () => {
  progress('A long stream: making one of 20,000 facts');
  const baraza = await serve('baraza', token, 'long');
  await write(baraza.url, ...planned('short'));
  await writeAll(baraza.url, Array.from({ length: 10 }, (_, n) => sessionOf('short', n)));
  const times = { short: [], long: [] };
  for (let n = 0; n < 1_000; n++)
    for (const id of ['short', 'long']) {
      const body = { title: `Again ${n} ${randomUUID()}` };
      const began = performance.now();
      await write(baraza.url, 'PATCH', `/convenings/${id}/sessions/s${n % 10}`, body);
      times[id].push(performance.now() - began);
    }
  await baraza.close();
  const rows = [{ what: 'a command, p50 ms', '20 facts': median(times.short), '20,000 facts': median(times.long), ratio: median(times.long) / median(times.short), aim: 1.2 }];
  table('A command on a long stream', rows);
  return rows;
};

/** The agenda of 1,300 sessions, next to bare Fastify sending the same bytes. */
export const agenda = async () => {
  progress('The agenda of 1,300 sessions: making it');
  const folder = mkdtempSync(join(tmpdir(), 'baraza-bench-'));
  const baraza = await serve('baraza', token);
  await writeAll(baraza.url, [planned('large')]);
  await writeAll(baraza.url, Array.from({ length: 20 }, (_, n) => ['POST', '/convenings/large/rooms', { id: `r${n}`, name: `Room ${n}`, capacity: 100 }]));
  const numbers = Array.from({ length: 1_300 }, (_, n) => n);
  await writeAll(baraza.url, numbers.map((n) => sessionOf('large', n)));
  await writeAll(baraza.url, numbers.map((n) => {
    const nth = Math.floor(n / 20);
    const [day, hour] = [8 + (nth % 5), 8 + Math.floor(nth / 5)];
    const at = (minute) => `2027-03-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:${minute}`;
    return ['PUT', `/convenings/large/sessions/s${n}/slot`, { room: `r${n % 20}`, start: at('00'), end: at('50') }];
  }));
  await writeAll(baraza.url, numbers.map((n) => ['POST', `/convenings/large/sessions/s${n}/appearances`, { id: 'a', person: randomUUID(), role: 'speaker', credit: { name: `Person ${n}`, position: 'Professor', organisation: 'A university' } }]));
  await write(baraza.url, 'POST', '/convenings/large/publications', { label: 'measured' });
  const rows = [];
  for (const form of ['json', 'html']) {
    progress(`The agenda of 1,300 sessions: ${form}`);
    const path = `/convenings/large/agenda.${form}`;
    const began = performance.now();
    const answer = await fetch(baraza.url + path);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const first = performance.now() - began;
    writeFileSync(join(folder, form), bytes);
    const bare = await serve('bytes', join(folder, form), answer.headers.get('content-type'));
    await baraza.delay();
    const { ours, theirs } = await alternate(() => load(baraza.url, 32, [{ method: 'GET', path }]), () => load(bare.url, 32, [{ method: 'GET', path: '/bytes' }]));
    rows.push({ what: `agenda.${form}, ${Math.round(bytes.length / 1024)} KiB`, 'requests/s': Math.round(ours), 'bare Fastify/s': Math.round(theirs), ratio: ours / theirs, aim: 0.9, 'first ms': first, 'loop p99 ms': (await baraza.delay()).p99 });
    await bare.close();
  }
  await baraza.close();
  rmSync(folder, { recursive: true, force: true });
  table('The published agenda of 1,300 sessions, 32 connections', rows);
  return rows;
};
