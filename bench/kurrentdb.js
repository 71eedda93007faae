/**
 * The log in a KurrentDB next to the bare client on the same server: the server that KURRENTDB_URL names, else the tests' double in a process of its own,
 * which says what the protocol costs here and nothing of a disk.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { KurrentDBClient, FORWARDS, jsonEvent, START } from '@kurrent/kurrentdb-client';
import { transformSync } from '@swc/core';
import { KurrentDbEventStore } from '../dist/event-store/kurrentdb/kurrentdb-event-store.js';
import { fact } from './appends.js';
import { inFolder, median, perSecond, progress, sideBySide, table, whole } from './measure.js';

const atOnce = 128;
const seconds = 1;
const rounds = 3;
const perAppend = 500;
/** The double keeps its log in memory, and tells it on one thread. */
const events = { real: 200_000, double: 40_000 };
const coldStreams = 100;
const coldFacts = 20;

/** Runs the tests' double until the work is done. @template R @param {string} folder @param {(url: string) => Promise<R>} work */
const onDouble = async (folder, work) => {
  for (const name of ['double', 'server-log', 'wire']) {
    const source = readFileSync(new URL(`../test/event-store/kurrentdb/${name}.ts`, import.meta.url), 'utf8');
    writeFileSync(join(folder, `${name}.js`), transformSync(source, { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }).code);
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const main = join(folder, 'main.js');
  writeFileSync(main, `import { Double } from './double.js'; process.send((await Double.start()).url); process.on('disconnect', () => process.exit());`);
  const child = spawn(process.execPath, [main], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  try {
    return await work((await once(child, 'message'))[0]);
  } finally {
    child.kill();
  }
};

/** How many a second. @param {number} count @param {() => Promise<number>} read gives how many were read */
const rate = async (count, read) => {
  const begin = performance.now();
  const found = await read();
  if (found !== count) throw new Error(`${found} were read, and there are ${count}.`);
  return (count / (performance.now() - begin)) * 1_000;
};

/** @param {AsyncIterable<readonly unknown[]>} pages */
const counted = async (pages) => {
  let facts = 0;
  for await (const { length } of pages) facts += length;
  return facts;
};

/** @param {string} url @param {number} count */
const measure = async (url, count) => {
  const prefix = `bench-${randomUUID().slice(0, 8)}.`;
  const store = await KurrentDbEventStore.open({ url, prefix, deadline: 60_000 });
  const client = KurrentDBClient.connectionString(url);
  const rows = [];
  try {
    progress(`appends, ${atOnce} at once`);
    const bareAppend = () => {
      const { id, type, data, metadata } = fact();
      return client.appendToStream(`${prefix}bare-${randomUUID()}`, [jsonEvent({ id, type, data: JSON.parse(data), metadata: JSON.parse(metadata) })], { streamState: 'no_stream' });
    };
    const appends = await sideBySide({
      rounds,
      baseline: () => perSecond(atOnce, seconds, bareAppend),
      ours: () => perSecond(atOnce, seconds, () => store.append(`ours-${randomUUID()}`, 'none', [fact()])),
    });
    rows.push({ what: `appends, ${atOnce} at once`, 'bare client': appends.baseline, ours: appends.ours, ratio: appends.ratio, aim: 0.8 });

    progress(`cold loads of ${coldFacts} facts`);
    const names = Array.from({ length: coldStreams }, (_, n) => `load-${n}`);
    for (const name of names) await store.append(name, 'none', Array.from({ length: coldFacts }, fact));
    const times = [];
    for (const name of [...names, ...names]) {
      const begin = performance.now();
      await counted(store.readStream(name));
      times.push(performance.now() - begin);
    }
    rows.push({ what: `cold load of ${coldFacts} facts, p50 in ms (aim 5)`, ours: median(times.slice(coldStreams)) });

    progress(`writing ${whole(count)} facts`);
    for (let n = 0; n < count / perAppend; n += 8) await Promise.all(Array.from({ length: 8 }, (_, k) => store.append(`bulk-${n + k}`, 'none', Array.from({ length: perAppend }, fact))));
    const streams = ['bulk-'];
    const filter = { filterOn: 'streamName', prefixes: [`${prefix}bulk-`], maxSearchWindow: 2_000, checkpointInterval: 1 };
    const head = await store.head();
    const caughtUp = () =>
      new Promise((resolve, reject) => {
        let facts = 0;
        const subscription = store.subscribe({ streams }, { facts: (page) => void (facts += page.length), caughtUp: (at) => void (at >= head && subscription.stop().then(() => resolve(facts))), failed: reject });
      });
    const bareRead = async () => {
      let found = 0;
      for await (const _ of client.readAll({ direction: FORWARDS, fromPosition: START, filter })) found += 1;
      return found;
    };
    for (const [what, ours] of /** @type {const} */ ([['reading the log', () => counted(store.readAll({ streams }))], ['catching up with the log', caughtUp]])) {
      progress(what);
      const result = await sideBySide({ rounds, baseline: () => rate(count, bareRead), ours: () => rate(count, ours) });
      rows.push({ what: `${what}, ${whole(count)} facts, next to readAll`, 'bare client': result.baseline, ours: result.ours, ratio: result.ratio, aim: 0.7 });
    }
  } finally {
    await store.close();
    await client.dispose();
  }
  return rows;
};

export const measureKurrentDb = async () => {
  const real = process.env.KURRENTDB_URL;
  const rows = real === undefined ? await inFolder((folder) => onDouble(folder, (url) => measure(url, events.double))) : await measure(real, events.real);
  table(`The log in a KurrentDB (${real === undefined ? 'the double of the tests' : 'the server that KURRENTDB_URL names'}), a second`, rows);
  return rows;
};
