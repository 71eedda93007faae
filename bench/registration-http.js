/** Registration over HTTP: how many a second next to an empty POST, two hundred desks at once, and a thousand who press the button at once, on three nodes too where KURRENTDB_URL names a store. */
import autocannon from 'autocannon';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { alternate, load, planned, serve, token, write } from './http.js';
import { progress, table, whole } from './measure.js';

const at = '/convenings/measured';
const authorised = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
let serial = 0;
/** Validated like any other: a form with all that one may ask for. */
const entry = () => {
  const n = ++serial;
  return {
    category: 'participant', name: { given: `Amina ${n}`, family: 'Juma' }, email: `person-${n}@example.org`, organisation: 'High Court', kind: 'government', country: 'TZ', language: 'en',
    answers: { diet: ['all', 'vegan'][n % 2] },
  };
};
const read = async (url, path) => {
  const answer = await fetch(url + path, { headers: authorised });
  if (!answer.ok) throw new Error(`GET ${path}: ${answer.status}`);
  return answer.json();
};

/** With a category of so many seats; the public may register. */
const prepared = async (/** @type {number} */ capacity, what = ['baraza', token]) => {
  const baraza = await serve(...what);
  // Its days are about today, so that people can be checked in.
  const day = (/** @type {number} */ from) => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
  const [method, path, plan] = planned('measured');
  await write(baraza.url, method, path, { ...plan, start: day(-1), end: day(1) });
  await write(baraza.url, 'POST', `${at}/registration`, { opens: '2020-01-01T00:00:00Z' });
  await write(baraza.url, 'POST', `${at}/registration/categories`, { id: 'participant', name: 'Participant', capacity });
  await write(baraza.url, 'PUT', `${at}/registration/form`, { fields: [{ id: 'diet', kind: 'choice', label: 'Diet', choices: [{ id: 'all', label: 'All' }, { id: 'vegan', label: 'Vegan' }] }] });
  return baraza;
};

/** Each is decided, sealed, chained and on the disk before it is answered, and can be read then. `the least`: what a registration would make of the empty POST's rate if it were nothing but sealed, chained and on the disk. */
const rate = async () => {
  progress('Registration over HTTP: how many a second');
  const [baraza, empty] = [await prepared(1_000_000), await serve('empty')];
  const post = { method: 'POST', path: `${at}/registrations`, headers: authorised, setupRequest: (request) => ({ ...request, body: JSON.stringify(entry()) }) };
  const nothing = { method: 'POST', path: '/empty', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ title: 'Title 1' }) };
  await baraza.delay();
  const { ours, theirs, p50, p99 } = await alternate(() => load(baraza.url, 64, [post]), () => load(empty.url, 64, [nothing]));
  const last = entry();
  const answer = await (await fetch(baraza.url + post.path, { method: 'POST', headers: authorised, body: JSON.stringify(last) })).json();
  const { entry: filledIn } = await read(baraza.url, `${post.path}/${answer.code}`);
  if (filledIn.email !== last.email) throw new Error('What was registered cannot be read at once.');
  const late = (await baraza.delay()).p99;
  const least = await serve('least');
  const floor = await alternate(() => load(least.url, 64, [post]), () => load(empty.url, 64, [nothing]));
  await Promise.all([baraza.close(), empty.close(), least.close()]);
  return { what: 'registrations, 64 connections', 'requests/s': Math.round(ours), 'empty POST/s': Math.round(theirs), ratio: ours / theirs, aim: 0.5, 'the least': floor.ours / floor.theirs, 'p50 ms': p50, 'p99 ms': p99, 'loop p99 ms': late };
};

/** Everybody is checked in once: first some by a server that has just started, then the others. */
const desks = async (first = 2_000, others = 8_000, atOnce = 200) => {
  progress(`Registration over HTTP: ${atOnce} desks`);
  const people = first + others;
  const baraza = await prepared(people);
  const codes = [];
  for (let n = 0; n < people; n += 100) {
    const answer = await fetch(`${baraza.url}${at}/registrations`, { method: 'POST', headers: authorised, body: JSON.stringify({ members: Array.from({ length: 100 }, entry) }) });
    codes.push(...(await answer.json()).registrations.map(({ code }) => code));
  }
  let next = 0;
  const checkIn = { method: 'POST', headers: { authorization: `Bearer ${token}` }, setupRequest: (request) => ({ ...request, path: `${at}/registrations/${codes[next++ % people]}/check-ins` }) };
  const rows = [];
  for (const [when, amount] of [['by a server that has just started', first], ['then', others]]) {
    await baraza.delay();
    const { non2xx, errors, requests, duration, latency } = await autocannon({ url: baraza.url, connections: atOnce, amount, timeout: 60, requests: [checkIn] });
    if (non2xx + errors > 0) throw new Error(`${non2xx} answers were no success, ${errors} were none at all.`);
    rows.push({ what: `${whole(amount)} check-ins, ${atOnce} desks at once, ${when}`, 'requests/s': Math.round(requests.total / duration), 'p50 ms': latency.p50, 'p99 ms': latency.p99, 'at most ms': 100, 'loop p99 ms': (await baraza.delay()).p99 });
  }
  const { days: [day] } = await read(baraza.url, `${at}/registrations/counts`);
  await baraza.close();
  if (day.statuses.seated !== people) throw new Error(`${day.statuses.seated} of ${people} were checked in.`);
  return rows;
};

/** As strangers; nobody is told anything that is not so. `nodes`: what serves, the first of which is prepared. */
const rush = async (nodes = [['baraza', token]], people = 1_000, seats = 50) => {
  progress(`Registration over HTTP: ${whole(people)} at once`);
  const baraza = await prepared(seats, nodes[0]);
  const all = [baraza, ...(await Promise.all(nodes.slice(1).map((node) => serve(...node))))];
  for (const { url } of all) while (!(await fetch(`${url}${at}/registration`)).ok) await setTimeout(20);
  await Promise.all(all.map((each) => each.delay()));
  const began = performance.now();
  const answers = await Promise.all(Array.from({ length: people }, async (_, n) => (await fetch(`${all[n % all.length].url}${at}/registrations`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(entry()) })).json()));
  const ms = performance.now() - began;
  const late = Math.max(...(await Promise.all(all.map((each) => each.delay()))).map(({ max }) => max));
  const { registrations } = await read(baraza.url, `${at}/registrations/waiting?limit=500`);
  const inLine = new Map(answers.map(({ id, waitingPosition }) => [id, waitingPosition]));
  const wrong = registrations.filter(({ id, waitingPosition }) => inLine.get(id) !== waitingPosition).length;
  await Promise.all(all.map((each) => each.close()));
  const seated = answers.filter(({ status }) => status === 'seated').length;
  const places = new Set(answers.flatMap(({ waitingPosition }) => waitingPosition ?? []));
  if (seated !== seats || places.size !== people - seats || wrong > 0) throw new Error(`${seated} seated, ${places.size} places in the line, ${wrong} of whom stand elsewhere.`);
  return { what: `${whole(people)} at once for ${seats} seats, ${all.length === 1 ? 'one node' : `${all.length} nodes over a KurrentDB`}, until all are answered`, ms, 'at most ms': 5_000, 'loop most ms': late };
};

export const registrationOverHttp = async () => {
  const rows = [await rate(), ...(await desks()), await rush()];
  const url = process.env.KURRENTDB_URL;
  const prefix = `bench-${Date.now()}`;
  if (url !== undefined) rows.push(await rush(Array.from({ length: 3 }, () => ['node', token, url, prefix])));
  table('Registration over HTTP', rows);
  return rows;
};
