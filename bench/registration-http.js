/** Registration over HTTP: how many a second next to an empty POST, two hundred desks at once, and a thousand who press the button at once. */
import autocannon from 'autocannon';
import { performance } from 'node:perf_hooks';
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
const prepared = async (/** @type {number} */ capacity) => {
  const baraza = await serve('baraza', token);
  // Its days are about today, so that people can be checked in.
  const day = (/** @type {number} */ from) => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
  const [method, path, plan] = planned('measured');
  await write(baraza.url, method, path, { ...plan, start: day(-1), end: day(1) });
  await write(baraza.url, 'POST', `${at}/registration`, { opens: '2020-01-01T00:00:00Z' });
  await write(baraza.url, 'POST', `${at}/registration/categories`, { id: 'participant', name: 'Participant', capacity });
  await write(baraza.url, 'PUT', `${at}/registration/form`, { fields: [{ id: 'diet', kind: 'choice', label: 'Diet', choices: [{ id: 'all', label: 'All' }, { id: 'vegan', label: 'Vegan' }] }] });
  return baraza;
};

/** Each is decided, sealed, chained and on the disk before it is answered, and can be read then. */
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
  await Promise.all([baraza.close(), empty.close()]);
  return { what: 'registrations, 64 connections', 'requests/s': Math.round(ours), 'empty POST/s': Math.round(theirs), ratio: ours / theirs, aim: 0.5, 'p50 ms': p50, 'p99 ms': p99, 'loop p99 ms': late };
};

/** Everybody is checked in once. */
const desks = async (people = 6_000, atOnce = 200) => {
  progress(`Registration over HTTP: ${atOnce} desks`);
  const baraza = await prepared(people);
  const codes = [];
  for (let n = 0; n < people; n += 100) {
    const answer = await fetch(`${baraza.url}${at}/registrations`, { method: 'POST', headers: authorised, body: JSON.stringify({ members: Array.from({ length: 100 }, entry) }) });
    codes.push(...(await answer.json()).registrations.map(({ code }) => code));
  }
  let next = 0;
  const checkIn = { method: 'POST', headers: { authorization: `Bearer ${token}` }, setupRequest: (request) => ({ ...request, path: `${at}/registrations/${codes[next++ % people]}/check-ins` }) };
  await baraza.delay();
  const result = await autocannon({ url: baraza.url, connections: atOnce, amount: people, timeout: 60, requests: [checkIn] });
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx} answers were no success, ${result.errors} were none at all.`);
  const late = (await baraza.delay()).p99;
  const { days: [day] } = await read(baraza.url, `${at}/registrations/counts`);
  await baraza.close();
  if (day.statuses.seated !== people) throw new Error(`${day.statuses.seated} of ${people} were checked in.`);
  return { what: `check-ins, ${atOnce} desks at once`, 'requests/s': Math.round(result.requests.total / result.duration), 'p50 ms': result.latency.p50, 'p99 ms': result.latency.p99, 'at most ms': 100, 'loop p99 ms': late };
};

/** As strangers; nobody is told anything that is not so. */
const rush = async (people = 1_000, seats = 50) => {
  progress(`Registration over HTTP: ${whole(people)} at once`);
  const baraza = await prepared(seats);
  await baraza.delay();
  const began = performance.now();
  const answers = await Promise.all(Array.from({ length: people }, async () => (await fetch(`${baraza.url}${at}/registrations`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(entry()) })).json()));
  const ms = performance.now() - began;
  const late = (await baraza.delay()).max;
  const { registrations } = await read(baraza.url, `${at}/registrations/waiting?limit=500`);
  const inLine = new Map(answers.map(({ id, waitingPosition }) => [id, waitingPosition]));
  const wrong = registrations.filter(({ id, waitingPosition }) => inLine.get(id) !== waitingPosition).length;
  await baraza.close();
  const seated = answers.filter(({ status }) => status === 'seated').length;
  const places = new Set(answers.flatMap(({ waitingPosition }) => waitingPosition ?? []));
  if (seated !== seats || places.size !== people - seats || wrong > 0) throw new Error(`${seated} seated, ${places.size} places in the line, ${wrong} of whom stand elsewhere.`);
  return { what: `${whole(people)} at once for ${seats} seats, until all are answered`, ms, 'at most ms': 5_000, 'loop most ms': late };
};

export const registrationOverHttp = async () => {
  const rows = [await rate(), await desks(), await rush()];
  table('Registration over HTTP', rows);
  return rows;
};
