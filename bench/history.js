/** What the history costs the rest: the rebuild of the convenings' read model, appends, and how fast the chains of a log are verified. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { verify } from '../dist/cli/verify.cli.js';
import { conveningCatalogue } from '../dist/convening/convening.events.js';
import { ConveningReadModel } from '../dist/convening/convening.projection.js';
import { Codec } from '../dist/event-store/codec.js';
import { newId } from '../dist/event-store/new-id.js';
import { Sealing } from '../dist/event-store/sealing.js';
import { SqliteEventStore } from '../dist/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../dist/event-store/sqlite/sqlite-keys.js';
import { HistoryReadModel } from '../dist/history/history.projection.js';
import { clients, fact } from './appends.js';
import { inFolder, median, perSecond, progress, sideBySide, table, watchingTheLoop, whole } from './measure.js';
import { built, fill, rate } from './rebuild.js';

const events = 40_000;
const rounds = 2;
const atOnce = 128;

/** Processor time of the whole process, in milliseconds. */
const processor = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** Until the convenings serve, by themselves and with the history, which is built by then or goes on. */
const rebuild = async (store, codec, folder) => {
  const read = join(folder, 'read');
  const [late, alone, both] = [[], [], []];
  const models = (withHistory) => {
    rmSync(read, { recursive: true, force: true });
    return [new ConveningReadModel({ store, folder: read, codec }), ...(withHistory ? [new HistoryReadModel({ store, folder: read })] : [])];
  };
  const round = async (withHistory, spent) => {
    const [convenings, history] = models(withHistory);
    const before = processor();
    const watched = await watchingTheLoop(() => rate(() => Promise.all([built(convenings), history?.start()]), events));
    if (withHistory) late.push(watched.lateMost);
    while (history && !history.serving) await new Promise((resolve) => setTimeout(resolve, 5));
    spent.push(processor() - before);
    await Promise.all([convenings.stop(), history?.stop()]);
    return watched.result;
  };
  const result = await sideBySide({ rounds, baseline: () => round(false, alone), ours: () => round(true, both) });
  return {
    'until the convenings serve': 'with the history', 'alone, facts/s': result.baseline, 'facts/s': result.ours, ratio: result.ratio, aim: 1 / 1.3,
    'loop most ms': median(late), 'processor, times alone': median(both) / median(alone),
  };
};

/** Appends of one fact each, to a log that a history follows and to one that it does not. */
const appends = async (folder) => {
  const followed = await SqliteEventStore.open(join(folder, 'followed.db'));
  const alone = await SqliteEventStore.open(join(folder, 'alone.db'));
  const history = new HistoryReadModel({ store: followed, folder: join(folder, 'following') });
  await history.start();
  const rateOf = (store) => () => perSecond(atOnce, 1, clients((stream, revision) => store.append(stream, revision === 0 ? 'none' : revision - 1, [fact()])));
  const result = await sideBySide({ rounds, baseline: rateOf(alone), ours: rateOf(followed) });
  await history.stop();
  await Promise.all([followed.close(), alone.close()]);
  return { 'appends, 128 at once': 'with the history', 'alone/s': result.baseline, 'appends/s': result.ours, ratio: result.ratio, aim: 0.9 };
};

/** As an operator runs it. */
const verified = async (folder) => {
  const nowhere = { write: () => true };
  const rates = [];
  for (let round = 0; round <= rounds; round += 1) {
    const before = processor();
    const perSecondWall = await rate(() => verify.run([], { out: nowhere, err: nowhere, environment: { BARAZA_DATA: folder } }), events);
    rates.push({ wall: perSecondWall, spent: (events / (processor() - before)) * 1_000 });
  }
  return { 'baraza verify': 'a whole log', 'facts/s': median(rates.map(({ wall }) => wall)), 'a second of processor': median(rates.map(({ spent }) => spent)), 'aim/s': 100_000 };
};

export const measureHistory = () =>
  inFolder(async (folder) => {
    progress(`writing ${whole(events)} facts`);
    const store = await SqliteEventStore.open(join(folder, 'events.db'));
    const keys = SqliteKeys.open(join(folder, 'keys.db'), 'a secret for the bench');
    const sealing = new Sealing(keys);
    const codec = new Codec(conveningCatalogue, sealing, newId);
    await fill(store, codec, sealing, events);
    const rebuilt = await rebuild(store, codec, folder);
    await store.close();
    await keys.close();
    progress('appends');
    const appended = await appends(folder);
    progress('verifying');
    const rows = [rebuilt, appended, await verified(folder)];
    for (const [index, title] of ['rebuilding', 'appending', 'verifying'].entries()) table(`What the history costs: ${title}, ${whole(events)} facts`, [rows[index]]);
    return rows;
  });
