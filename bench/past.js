// A convening of 1,300 sessions with 17,000 facts behind it: its agenda as of any instant, and what is otherwise at one moment than at another.
import { Agent, get } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { serve, token } from './http.js';
import { recordedAt } from './laid-convening.js';
import { facts } from './long-history.js';
import { median, progress, table } from './measure.js';

const id = 'long';
const agent = new Agent({ keepAlive: true });
const headers = { authorization: `Bearer ${token}` };
const rounds = 40;
const warmUp = 8;

/** Revisions all over the history, each asked for once: that an instant is new does not mean that nothing of it was seen at another. */
const revisions = () => Array.from({ length: rounds + warmUp }, (_, n) => facts - 1 - ((n * 7_919) % (facts - 6_600)));

export const past = async () => {
  progress(`A convening with ${facts.toLocaleString('en')} facts behind it`);
  const baraza = await serve('past', token, id);
  while (!(await fetch(`${baraza.url}/health/ready`)).ok) await setTimeout(100);
  const agenda = `${baraza.url}/convenings/${id}/agenda`;
  /** Until the last byte is here; what a client then makes of a megabyte is not the server's. */
  const timed = async (path) => {
    const began = performance.now();
    const answer = await new Promise((resolve, reject) => get(agenda + path, { agent, headers }, resolve).once('error', reject));
    for await (const _ of answer);
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode}`);
    return performance.now() - began;
  };
  const rows = [];
  const measure = async (what, aim, paths) => {
    const times = [];
    await baraza.delay();
    const begin = (await baraza.delay()).cpu;
    for (const path of paths) times.push(await timed(path));
    const { max, cpu } = await baraza.delay();
    const counted = times.slice(warmUp);
    rows.push({ what, 'first ms': times[0], 'p50 ms': median(counted), aim: `${aim} ms`, 'most ms': Math.max(...counted), 'CPU ms each': (cpu - begin) / paths.length, 'loop most ms': max });
  };
  const instant = (revision) => encodeURIComponent(recordedAt(revision));
  const asOf = (form) => revisions().map((revision) => `.${form}?asOf=${instant(revision)}`);
  for (const form of ['json', 'html', 'md']) {
    const paths = asOf(form);
    await measure(`as of an instant, ${form}`, 25, paths);
    await measure('the same again', 3, Array(rounds + warmUp).fill(paths.at(-1)));
  }
  for (const form of ['json', 'html', 'csv']) {
    const ends = revisions();
    await measure(`difference of two moments, ${form}`, 60, ends.map((end, n) => `/difference.${form}?from=rev:${ends[(n + 17) % ends.length] - 3}&to=rev:${end - 1 - n}`));
  }
  await baraza.close();
  table(`The past of a convening of 1,300 sessions with 17,000 facts: of each ${rounds} requests after ${warmUp} to warm up; the very first is the first after the start`, rows);
  return rows;
};
