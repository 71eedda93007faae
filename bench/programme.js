// The whole programme as one document: read, set, set with a few changes, set again; and what others wait for meanwhile.
import { Agent, request } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alternate, load, planned, serve, token, write } from './http.js';
import { median, progress, table } from './measure.js';

const person = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const paragraph = 'What a talk of this kind says of itself in two lines, for those who choose between rooms. ';

/** So many sessions in 20 rooms over five days, with 17 appearances to 13 sessions. `abstract`: how often each says what it is about. */
export const documentOf = (sessions, abstract = 4) => ({
  rooms: Array.from({ length: 20 }, (_, n) => ({ id: `r${n}`, name: { en: `Room ${n}` }, capacity: 100 })),
  tracks: Array.from({ length: 8 }, (_, n) => ({ id: `t${n}`, name: { en: `Track ${n}` } })),
  sessions: Array.from({ length: sessions }, (_, n) => {
    const nth = Math.floor(n / 20);
    const [day, from] = [8 + (nth % 5), 6 * 60 + Math.floor(nth / 5) * 15];
    const at = (minutes) => `2027-03-${String(day).padStart(2, '0')}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}+03:00`;
    const seat = (id, who) => ({ id, person: person(who), role: 'speaker', state: 'proposed', credit: { name: `Person ${who}`, position: { en: 'Professor' }, organisation: { en: 'A university' } } });
    return {
      id: `s${n}`, kind: 'talk', title: { en: `Talk ${n}` }, abstract: { en: paragraph.repeat(abstract) }, track: `t${n % 8}`, interpretation: [], audience: 'public', slot: { room: `r${n % 20}`, start: at(from), end: at(from + 15) },
      items: [{ id: 'i', title: { en: 'Questions' }, minutes: 5, audience: 'public' }],
      appearances: [seat('a', n), ...(n % 13 < 4 ? [seat('b', sessions + n)] : [])], links: [], cancelled: false,
    };
  }),
});

const timed = async (work) => {
  const began = performance.now();
  const result = await work();
  return [performance.now() - began, result];
};

const agent = new Agent({ keepAlive: true });

/** Until the last byte of the answer is here: what it takes to write the question, and to make a text of the answer, is not the server's. */
const answered = async (url, options, body) => {
  const answer = await new Promise((resolve, reject) => request(url, { ...options, agent }, resolve).once('error', reject).end(body));
  const chunks = [];
  for await (const chunk of answer) chunks.push(chunk);
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${Buffer.concat(chunks)}`);
  return chunks;
};

const aims = { 'five changes': 150, 'the same again': 100, 'GET, first': 60 };

export const programme = async () => {
  progress('The programme as one document: 1,300 sessions, 1,700 appearances');
  const folder = mkdtempSync(join(tmpdir(), 'baraza-bench-'));
  const baraza = await serve('baraza', token);
  await write(baraza.url, ...planned('large'));
  const path = '/convenings/large/programme';
  const document = documentOf(1_300);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const put = (programme) => {
    const body = Buffer.from(JSON.stringify(programme));
    return timed(() => answered(baraza.url + path, { method: 'PUT', headers }, body));
  };
  const get = () => timed(() => answered(baraza.url + path, { headers }));
  const rows = [];
  const row = async (what, times) => rows.push({ what, 'p50 ms': median(times), aim: aims[what] === undefined ? '' : `${aims[what]} ms`, 'most ms': Math.max(...times), 'loop most ms': (await baraza.delay()).max });
  await baraza.delay();
  const [first] = await put(document);
  await row('all of it is new', [first]);
  const times = { 'five changes': [], 'the same again': [], 'GET, first': [], 'GET, again': [] };
  const delays = {};
  for (let round = 0; round < 12; round++) {
    for (let n = 0; n < 5; n++) document.sessions[round * 50 + n].title = { en: `Talk ${n}, for the ${round}th time` };
    for (const [what, work] of [['five changes', () => put(document)], ['GET, first', get], ['GET, again', get], ['the same again', () => put(document)]]) {
      const [time] = await work();
      const { max } = await baraza.delay();
      if (round < 2) continue;
      times[what].push(time);
      delays[what] = Math.max(delays[what] ?? 0, max);
    }
  }
  for (const [what, measured] of Object.entries(times)) rows.push({ what, 'p50 ms': median(measured), aim: aims[what] === undefined ? '' : `${aims[what]} ms`, 'most ms': Math.max(...measured), 'loop most ms': delays[what] });
  table('The programme of 1,300 sessions as one document, one request after the other', rows);
  const [, chunks] = await get();
  const text = Buffer.concat(chunks);
  writeFileSync(join(folder, 'programme'), text);
  const bare = await serve('bytes', join(folder, 'programme'), 'application/json; charset=utf-8');
  const { ours, theirs } = await alternate(() => load(baraza.url, 32, [{ method: 'GET', path, headers }]), () => load(bare.url, 32, [{ method: 'GET', path: '/bytes' }]));
  const read = [{ what: `GET, ${Math.round(text.length / 1024)} KiB`, 'requests/s': Math.round(ours), 'bare Fastify/s': Math.round(theirs), ratio: ours / theirs, aim: 0.9, 'loop p99 ms': (await baraza.delay()).p99 }];
  await Promise.all([bare.close(), baraza.close()]);
  rmSync(folder, { recursive: true, force: true });
  table('The programme read again and again, 32 connections', read);
  return [...rows, ...read];
};
