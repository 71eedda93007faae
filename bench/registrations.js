/** A convening with a hundred thousand registrations: one more, a page of the list, the whole list, and a node that starts cold. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { Checkpoints } from '../dist/deciding/checkpoints.js';
import { SystemClock } from '../dist/deciding/clock.js';
import { Codec } from '../dist/event-store/codec.js';
import { newId } from '../dist/event-store/new-id.js';
import { Sealing } from '../dist/event-store/sealing.js';
import { SqliteEventStore } from '../dist/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../dist/event-store/sqlite/sqlite-keys.js';
import { newCode } from '../dist/registration/codes.http.js';
import { keptByThreads } from '../dist/registration/kept.projection.js';
import { RegistrationListsQueries } from '../dist/registration/lists.queries.js';
import { PastRegistrations } from '../dist/registration/past.queries.js';
import { registrationDecider } from '../dist/registration/registration.decider.js';
import { registrationCatalogue, registrationStream } from '../dist/registration/registration.events.js';
import { RegistrationHandling } from '../dist/registration/registration.handler.js';
import { RegistrationReadModel } from '../dist/registration/registration.projection.js';
import { RegistrationQueries } from '../dist/registration/registration.queries.js';
import { entryOf, layRegistrations } from './laid-registrations.js';
import { inFolder, median, progress, table, watchingTheLoop, whole } from './measure.js';

const meeting = { phase: 'planned', start: '2027-03-08', end: '2027-03-12', zone: 'Africa/Kampala', language: 'en' };
const convening = 'measured';

/** How long it takes, and how much of the processor, in milliseconds: a busy machine changes the second little. @param {() => Promise<unknown>} work */
const measured = async (work) => {
  const used = process.cpuUsage();
  const began = performance.now();
  await work();
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(used);
  return { ms, cpu: (user + system) / 1_000 };
};

/** @param {number} count how many are registered */
export const measureRegistrations = (count = Number(process.env.BARAZA_BENCH_REGISTRATIONS ?? 100_000)) =>
  inFolder(async (folder) => {
    const store = await SqliteEventStore.open(join(folder, 'log.db'));
    const keys = SqliteKeys.open(join(folder, 'keys.db'), 'a secret for the bench');
    /** A node that has nothing in memory. */
    const node = () => {
      const sealing = new Sealing(keys);
      const codec = new Codec(registrationCatalogue, sealing, newId);
      const given = { store, codec, sealing, decider: registrationDecider, clock: new SystemClock(), pause: (ms) => setTimeout(ms) };
      const checkpoints = new Checkpoints({ store, decider: registrationDecider, module: keptByThreads, folder: join(folder, 'checkpoints') });
      return { store, sealing, codec, checkpoints, handling: new RegistrationHandling({ ...given, checkpoints }) };
    };
    let n = count;
    const asks = (id, type, data) => [registrationStream(id), { command: { type, data: { meeting, ...data } }, commandId: newId(), correlationId: newId(), actor: randomUUID(), deadline: Date.now() + 60_000 }];
    const one = (id) => {
      n += 1;
      const members = [{ registration: newId(), person: randomUUID(), code: newCode(), address: `digest ${n}`, category: 'participant', entry: entryOf(n) }];
      return asks(id, 'Register', { by: 'public', members });
    };
    progress(`writing ${whole(count)} registrations`);
    const first = node();
    await layRegistrations(first, convening, count);
    await layRegistrations(first, 'empty', 0);
    const rows = [];

    progress('a cold start without and with a checkpoint');
    let handling = first.handling;
    const without = await watchingTheLoop(() => measured(() => handling.handle(...one(convening))));
    await first.checkpoints.idle();
    const second = node();
    handling = second.handling;
    const cold = await watchingTheLoop(() => measured(() => handling.handle(...one(convening))));
    rows.push({ what: 'the first registration on a cold node', ms: cold.result.ms, 'at most': 2_000, 'CPU ms': cold.result.cpu, 'loop most ms': cold.lateMost });
    rows.push({ what: 'the same without a checkpoint', ms: without.result.ms, 'CPU ms': without.result.cpu, 'loop most ms': without.lateMost });

    progress('one more');
    const costs = { empty: [], [convening]: [] };
    await handling.handle(...one('empty'));
    for (let round = 0; round < 40; round += 1)
      for (const id of Object.keys(costs)) costs[id].push((await measured(() => Promise.all(Array.from({ length: 25 }, () => handling.handle(...one(id)))))).cpu / 25);
    rows.push({ what: 'one more, against one in an empty convening', 'CPU ms': median(costs[convening]), ratio: median(costs[convening]) / median(costs.empty), aim: 1.2 });

    progress('building the read model');
    const { sealing, codec } = second;
    const readModel = new RegistrationReadModel({ store, folder: join(folder, 'read'), sealing });
    const built = await watchingTheLoop(() => measured(async () => {
      await readModel.start();
      while (!readModel.serving) await setTimeout(1);
    }));
    rows.push({ what: 'building the read model', ms: built.result.ms, 'CPU ms': built.result.cpu, 'loop most ms': built.lateMost });
    const queries = new RegistrationQueries(readModel, new PastRegistrations(store, codec, sealing), undefined, { head: async () => 'en' }, sealing);
    const lists = new RegistrationListsQueries(queries);
    const now = { after: 0n };
    const asked = (filter, order = 'registration') => ({ filter, order, language: 'fr' });
    for (const [what, list] of Object.entries({
      'as they came': asked({}), 'in protocol order': asked({}, 'protocol'), 'by part of a name': asked({ words: ['wez'] }, 'protocol'), 'by a name that nobody has': asked({ words: ['xyz'] }),
      'of a country, protocol': asked({ country: 'TZ', standings: ['seated'] }, 'protocol'), 'by a choice, of a kind': asked({ kind: 3, chosen: [['diet', 'vegan']] }), 'by all at once, nobody': asked({ country: 'NO', kind: 5, chosen: [['diet', 'none']], words: ['ka', 'mo'] }, 'protocol'),
    })) {
      const times = [];
      let after;
      for (let round = 0; round < 12; round += 1) {
        times.push(await measured(async () => ({ next: after } = (await lists.page(convening, now, list, { limit: 50, ...(after !== undefined && { after }) })).body)));
      }
      rows.push({ what: `a page ${what}`, ms: median(times.slice(2).map(({ ms }) => ms)), 'at most': 20, 'CPU ms': median(times.slice(2).map(({ cpu }) => cpu)) });
    }

    for (const order of ['registration', 'protocol']) {
      progress(`the whole list as CSV, ${order}`);
      let most = 0;
      globalThis.gc?.();
      const before = process.memoryUsage().heapUsed;
      const sent = await watchingTheLoop(() => measured(async () => {
        const { parts } = await lists.csv(convening, now, asked({}, order));
        for await (const _ of parts) {
          most = Math.max(most, process.memoryUsage().heapUsed - before);
        }
      }));
      rows.push({ what: `the whole list as CSV, ${order}`, ms: sent.result.ms, 'at most': 3_000, 'CPU ms': sent.result.cpu, 'loop most ms': sent.lateMost, 'heap MiB': most / 2 ** 20 });
    }
    progress('closing the category of all into another');
    await handling.handle(...asks(convening, 'AddCategory', { category: 'observer', name: 'Observer' }));
    const closed = await watchingTheLoop(() => measured(async () => {
      const { position } = await handling.handle(...asks(convening, 'CloseCategory', { category: 'participant', into: 'observer' }));
      await readModel.reached(position, 60_000);
    }));
    rows.push({ what: 'closing the category of all, until it can be read', ms: closed.result.ms, 'CPU ms': closed.result.cpu, 'loop most ms': closed.lateMost });
    await readModel.stop();
    await handling.idle();
    await store.close();
    await keys.close();
    table(`A convening with ${whole(count)} registrations`, rows);
    return rows;
  });
