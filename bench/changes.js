/** Those who listen at /changes: how soon all of them hear of a publication. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { planned, serve, token, write } from './http.js';
import { median, progress, table, whole } from './measure.js';

const at = '/convenings/measured';
const now = () => performance.timeOrigin + performance.now();

/** So many who listen, in a process of their own; `next` resolves when all have heard the next event. */
const listening = async (url, count) => {
  const child = fork(fileURLToPath(new URL('./listeners.js', import.meta.url)), [url, `${count}`]);
  const next = async () => (await once(child, 'message', { signal: AbortSignal.timeout(20_000) }))[0];
  await next();
  return { next, close: () => Promise.all([once(child, 'exit'), child.send('close')]) };
};

/** Publishes so often, and gives of each time when the middle and the last of those who listen heard it, from when it was answered and from when it was asked. */
const publications = async (url, listeners, label, times) => {
  const told = [];
  for (let n = 0; n < times; n++) {
    const [all, asked] = [listeners.next(), now()];
    await write(url, 'POST', `${at}/publications`, { label: `${label}-${n}` });
    const [answered, heard] = [now(), (await all).times];
    told.push({ middle: median(heard) - answered, last: Math.max(...heard) - answered, asked: Math.max(...heard) - asked });
  }
  return told;
};

const row = (what, told) => ({
  what, publications: told.length, 'half after ms': median(told.map(({ middle }) => middle)), 'all after ms': median(told.map(({ last }) => last)),
  'worst ms': Math.max(...told.map(({ last }) => last)), 'at most ms': 250, 'worst from asking ms': Math.max(...told.map(({ asked }) => asked)),
});

export const measureChanges = async (count = 1_000, times = 20) => {
  progress(`Changes: ${whole(count)} begin to listen`);
  const baraza = await serve('baraza', token);
  await write(baraza.url, ...planned('measured'));
  await write(baraza.url, 'POST', `${at}/sessions`, { id: 'opening', kind: 'opening', title: 'Opening' });
  await write(baraza.url, 'POST', `${at}/publications`, { label: 'first' });
  const listeners = await listening(`${baraza.url}${at}/changes`, count);
  progress(`Changes: ${times} publications`);
  await publications(baraza.url, listeners, 'warming', 3);
  const told = await publications(baraza.url, listeners, 'measured', times);
  await listeners.close();
  await baraza.close();
  const rows = [row(`a publication, ${whole(count)} hear of it`, told)];
  table('Those who listen at /changes, on one node', rows);
  return rows;
};
