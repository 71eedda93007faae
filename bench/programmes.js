// Programmes that are put again and again, by many, and very large ones: how long it takes, and what others wait for meanwhile.
import { planned, serve, token, write } from './http.js';
import { median, progress, table } from './measure.js';
import { documentOf } from './programme.js';

const path = (id) => `/convenings/${id}/programme`;
const ask = async (url, method, to, body) => {
  const answer = await fetch(url + to, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) });
  return { status: answer.status, body: await answer.json() };
};
const timed = async (work) => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
const row = (what, reached, aim, loop) => ({ what, reached, should: aim, ...(loop !== undefined && { 'loop most ms': loop }) });
const documents = 1_000;

/** A conference of 120 sessions whose programme is put a thousand times, each time with a few sessions that are otherwise. */
const successive = async (baraza) => {
  await write(baraza.url, ...planned('conference'));
  const document = documentOf(120);
  await write(baraza.url, 'PUT', path('conference'), document);
  await baraza.delay();
  const times = [];
  for (let n = 0; n < documents; n++) {
    if (n % 200 === 0) progress(`document ${n} of ${documents}`);
    const [one, other, third] = [n, n + 41, n + 83].map((each) => document.sessions[each % 120]);
    one.title = { en: `Talk, for the ${n}th time` };
    other.appearances[0].credit = { ...other.appearances[0].credit, name: `Person of document ${n}` };
    [one.slot, third.slot] = [third.slot, one.slot];
    times.push(await timed(() => write(baraza.url, 'PUT', path('conference'), document)));
  }
  const [first, last] = [times.slice(50, 150), times.slice(-100)].map(median);
  const { max } = await baraza.delay();
  return [row('a thousand documents, s', times.reduce((sum, each) => sum + each) / 1_000, '60', max), row('the last hundred next to the first, p50', last / first, 'as fast: 1.2')];
};

/** Each has a session of their own to change, and sends the document as they read it; who is told that others came before reads it again. */
const organisers = async (baraza) => {
  const others = Array.from({ length: 10 }, async (_, n) => {
    for (let tries = 1; ; tries++) {
      const answer = await fetch(baraza.url + path('conference'), { headers: { authorization: `Bearer ${token}` } });
      const document = await answer.json();
      document.sessions[n].title = { en: `Of organiser ${n}` };
      const put = await fetch(baraza.url + path('conference'), { method: 'PUT', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'if-match': answer.headers.get('etag') }, body: JSON.stringify(document) });
      if (put.ok) return tries;
      if (put.status !== 412) throw new Error(`${put.status} ${await put.text()}`);
    }
  });
  const tries = await Promise.all(others);
  const { body } = await ask(baraza.url, 'GET', path('conference'));
  const kept = body.sessions.filter(({ title }, n) => n < 10 && title.en === `Of organiser ${n}`).length;
  return [row('ten organisers at once, whose change is there', kept, '10'), row('… times asked by who asked most often', Math.max(...tries), '–')];
};

/** 5,000 sessions, 16 MB: put, put again, and a convening begun from them. */
const large = async (baraza) => {
  progress('5,000 sessions of 16 MB');
  await write(baraza.url, ...planned('huge'));
  const document = documentOf(5_000, 27);
  const rows = [];
  const begin = { ...planned('next')[2], start: '2028-03-06', end: '2028-03-10', from: { convening: 'huge' } };
  for (const [what, work] of [
    [`put, ${(JSON.stringify(document).length / 1e6).toFixed(1)} MB, s`, () => write(baraza.url, 'PUT', path('huge'), document)],
    ['put again, s', () => write(baraza.url, 'PUT', path('huge'), document)],
    ['a convening begun from it, s', () => write(baraza.url, 'POST', '/convenings', begin)],
  ]) {
    await baraza.delay();
    const time = await timed(work);
    rows.push(row(what, time / 1_000, 'loop 50 ms', (await baraza.delay()).max));
  }
  return rows;
};

export const programmes = async () => {
  const baraza = await serve('baraza', token);
  const rows = [];
  for (const measure of [successive, organisers, large]) rows.push(...(await measure(baraza)));
  await baraza.close();
  table('Programmes put again and again, and very large ones', rows);
  return rows;
};
