import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { StoredFact } from '../../../src/event-store/event-store.js';
import { KurrentDbEventStore } from '../../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { fact, gather } from '../event-store.contract.js';
import { follow, type Follower } from '../follower.js';
import { Double, type Fate } from './double.js';
import { Load } from './load.js';
import { ServerLog } from './server-log.js';
import { Wire } from './wire.js';

/** In milliseconds: short, so that what runs into it shows soon. */
const deadline = 1_000;
const heartbeat = 200;
/** What a call may take over its deadline on a busy machine. */
const grace = 3_000;
/** For what is looked at when all is over. */
const patient = 30_000;

/** One append in so many meets this fate. */
const oneIn = (count: number, fate: Fate): (() => Fate) => {
  let number = 0;
  return () => ((number += 1) % count === 0 ? fate : 'answered');
};

let nodes: Double[];
let store: KurrentDbEventStore;
/** Reads what came of it. */
let reader: KurrentDbEventStore;
let follower: Follower;
const open = async (url: string, prefix = ''): Promise<void> => {
  reader = await KurrentDbEventStore.open({ url, prefix, deadline: patient });
  store = await KurrentDbEventStore.open({ url, prefix, deadline, heartbeat });
  follower = follow(store, {});
};
const close = async (): Promise<void> => {
  await Promise.all([store.close(), reader.close()]);
};
const first = (): Double => nodes[0]!;
const second = (): Double => nodes[1]!;
const changeLeader = (): void => {
  second().leader = undefined;
  first().leader = second();
};

/** Faults of the wire to a server, and how they pass: each while appends and a subscription run. */
const ofTheWire: readonly [string, (load: Load, wire: Wire) => Promise<void>][] = [
  ['breaks every connection, again and again', async (load, wire) => {
    for (let count = 0; count < 10; count += 1) {
      wire.cut();
      await load.acknowledges(15);
    }
  }],
  ['refuses connections for longer than a deadline', async (load, wire) => {
    await wire.refuse();
    await load.isTroubled(24);
    await wire.open();
  }],
  ['freezes with its connections open, and wakes', async (load, wire) => {
    wire.hold();
    await load.isTroubled(24);
    wire.release();
  }],
];

/** Faults of the server itself. */
const ofTheServer: readonly [string, (load: Load) => Promise<void>][] = [
  ['writes and loses its answers', async (load) => {
    first().fate = oneIn(9, 'lost');
    await load.acknowledges(300);
  }],
  ['writes and never answers', async (load) => {
    first().fate = oneIn(40, 'never');
    await load.acknowledges(200);
  }],
  ['answers later than one waits', async (load) => {
    first().fate = oneIn(40, { late: deadline * 0.7 });
    await load.acknowledges(200);
  }],
  ['answers late, and in another order', async (load) => {
    first().fate = oneIn(2, { late: 30 });
    await load.acknowledges(300);
  }],
  ['answers twice', async (load) => {
    first().fate = () => 'twice';
    await load.acknowledges(300);
  }],
  ['is not ready', async (load) => {
    first().fate = () => 'not ready';
    await load.isTroubled(12);
  }],
  ['hands over to another leader, and goes on', async (load) => {
    changeLeader();
    await load.acknowledges(200);
  }],
  ['dies, and another leads', async (load) => {
    await first().wire.refuse();
    changeLeader();
    await load.acknowledges(200);
  }],
  ['freezes, and another leads', async (load) => {
    first().wire.hold();
    changeLeader();
    await load.acknowledges(200);
  }],
  ['cuts what is read and followed in the middle', async (load) => {
    for (let count = 0; count < 20; count += 1) {
      first().cutReadAfter = count % 4;
      first().dropSubscriptions();
      await load.acknowledges(10);
    }
  }],
  ['falls silent in its subscriptions, which stay open', async (load) => {
    for (let count = 0; count < 3; count += 1) {
      first().muteSubscriptions();
      const { position } = await reader.append(`while-silent-${count}`, 'none', [fact('while silent')]);
      await follower.reached(position);
      await load.acknowledges(10);
    }
  }],
  ['tells its subscriptions everything twice', async (load) => {
    first().repeats = true;
    first().dropSubscriptions();
    await load.acknowledges(200);
    first().repeats = false;
  }],
];

/** What holds whatever happened: gives what the log holds. */
const proof = async (load: Load): Promise<readonly StoredFact[]> => {
  await load.acknowledges(30);
  await load.stop();
  expect(load.longest).toBeLessThan(deadline + grace);

  const stored = await gather(reader.readAll());
  const places = new Map(stored.map(({ stream, revision, id }) => [`${stream}@${revision}`, id]));
  const missing = load.acknowledged.filter(({ stream, revision, ids }) => ids.some((id, index) => places.get(`${stream}@${revision - ids.length + 1 + index}`) !== id));
  expect(missing).toEqual([]);
  expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length);

  await follower.reached(await reader.head());
  expect(follower.facts).toEqual(stored);
  return stored;
};

const goesOn = 'what is acknowledged is in the log once, what is followed has no gap and no repeat, and all goes on by itself';

describe('While the server', () => {
  /** Two nodes over one log; the first leads. */
  beforeEach(async () => {
    const log = new ServerLog();
    nodes = [];
    for (let count = 0; count < 2; count += 1) nodes.push(await Double.start(log, () => nodes));
    second().leader = first();
    await open(`kurrentdb://${nodes.map(({ wire }) => `127.0.0.1:${wire.port}`).join(',')}?tls=false`);
  });
  afterEach(async () => {
    await close();
    await Promise.all(nodes.map((node) => node.stop()));
  });

  test.each([...ofTheWire, ...ofTheServer])(`%s: ${goesOn}`, async (_, inflict) => {
    const load = new Load(store);
    await load.acknowledges(30);
    await inflict(load, first().wire);
    for (const node of nodes) node.fate = () => 'answered';
    const stored = await proof(load);
    expect(stored.map(({ stream, revision }) => `${stream}@${revision}`)).toEqual(
      first().log.all.filter(({ stream }) => !/^(\$|baraza-)/.test(stream)).map(({ stream, revision }) => `${stream}@${revision}`),
    );
  }, 60_000);
});

/** A real server of one node, where one is named: what the wire to it can do. */
const real = process.env['KURRENTDB_URL'];
if (real !== undefined && !real.includes(',')) {
  describe('While the wire to the server that KURRENTDB_URL names', () => {
    let wire: Wire;
    beforeEach(async () => {
      const before = await Wire.before(real);
      wire = before.wire;
      await open(before.url, `${randomUUID()}.`);
    });
    afterEach(async () => {
      await close();
      await wire.refuse();
    });

    test.each(ofTheWire)(`%s: ${goesOn}`, async (_, inflict) => {
      const load = new Load(store);
      await load.acknowledges(30);
      await inflict(load, wire);
      await proof(load);
    }, 60_000);
  });
}
