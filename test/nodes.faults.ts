import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { SystemClock } from '../src/deciding/clock.js';
import { canonicalJson } from '../src/event-store/canonical.js';
import { KurrentDbEventStore } from '../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { openDatabase } from '../src/event-store/sqlite/database.js';
import { kurrentDbOf } from '../src/ground.js';
import { gather } from './event-store/event-store.contract.js';
import { Double, type Fate } from './event-store/kurrentdb/double.js';
import { ServerLog } from './event-store/kurrentdb/server-log.js';
import { Wire } from './event-store/kurrentdb/wire.js';
import { Application } from './http/application.js';
import { OrganisersAtWork } from './organisers-at-work.js';

/** A change is answered within this, and a read, in milliseconds. */
const deadlines = { change: 10_000, read: 10_000 };
/** What an answer may take over that on a busy machine. */
const grace = 3_000;
/** So long something frozen stays so, in milliseconds: the connections' own keepalive, twice ten seconds, has ended them by then, as it has after two minutes. */
const veryLong = Number(process.env['FROZEN_SECONDS'] ?? 22) * 1_000;

const secret = 'a secret that all nodes of the tests share';

/** A real server of one node, where one is named: then the faults are those of the wire to it. */
const real = process.env['KURRENTDB_URL'];
const prefix = real === undefined ? undefined : randomUUID();

let servers: Double[];
let wire: Wire;
let url: string;
let nodes: Application[];
let organisers: OrganisersAtWork;
/** Two servers over one log, of which the first leads, or the one that is named; two nodes over them, at work. */
beforeAll(async () => {
  servers = [];
  if (real === undefined) {
    const log = new ServerLog();
    for (let count = 0; count < 2; count += 1) servers.push(await Double.start(log, () => servers));
    lead(first(), second());
    wire = first().wire;
    url = `kurrentdb://${servers.map((server) => `127.0.0.1:${server.wire.port}`).join(',')}?tls=false`;
  } else ({ wire, url } = await Wire.before(real));
  nodes = [0, 1].map(() => node());
  await Promise.all(nodes.map((node) => node.start(new SystemClock())));
  organisers = new OrganisersAtWork(nodes);
  await organisers.begin();
}, 60_000);
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.end()));
  await Promise.all(servers.map((server) => server.stop()));
  if (real !== undefined) await wire.refuse();
});
const kurrentdb = () => ({ url, ...(prefix !== undefined && { prefix }) });
const node = (): Application => new Application({ secret, kurrentdb: kurrentdb() });
const first = (): Double => servers[0]!;
const second = (): Double => servers[1]!;
const lead = (leader: Double, other: Double): void => {
  leader.leader = undefined;
  other.leader = leader;
};
const oneIn = (count: number, fate: Fate): (() => Fate) => {
  let number = 0;
  return () => ((number += 1) % count === 0 ? fate : 'answered');
};

/** Faults of the wire to the store, and how they pass, while all are at work. */
const ofTheWire: readonly [string, () => Promise<void>][] = [
  ['breaks every connection, again and again', async () => {
    for (let count = 0; count < 6; count += 1) {
      wire.cut();
      await organisers.acknowledges(3);
    }
  }],
  ['refuses connections for longer than anybody waits', async () => {
    await wire.refuse();
    await organisers.isPutOff(12);
    expect(await Promise.all(nodes.map(async (node) => (await node.ask('GET', '/health/ready')).status))).toEqual([503, 503]);
    await wire.open();
  }],
  ['freezes with its connections open, and wakes', async () => {
    wire.hold();
    await setTimeout(veryLong);
    wire.release();
  }],
];

/** Faults of the servers themselves. */
const ofTheServers: readonly [string, () => Promise<void>][] = [
  ['writes and loses its answers', async () => {
    first().fate = oneIn(9, 'lost');
    await organisers.acknowledges(20);
  }],
  ['writes and never answers', async () => {
    first().fate = oneIn(10, 'never');
    await organisers.acknowledges(20);
  }],
  ['answers later than one waits for an answer', async () => {
    first().fate = oneIn(10, { late: 6_000 });
    await organisers.acknowledges(20);
  }],
  ['answers late, and in another order', async () => {
    first().fate = oneIn(2, { late: 30 });
    await organisers.acknowledges(20);
  }],
  ['answers twice', async () => {
    first().fate = () => 'twice';
    await organisers.acknowledges(20);
  }],
  ['is not ready', async () => {
    first().fate = () => 'not ready';
    await organisers.isPutOff(6);
  }],
  ['hands over to another leader, and back', async () => {
    lead(second(), first());
    await organisers.acknowledges(20);
    lead(first(), second());
  }],
  ['dies, and another leads', async () => {
    await first().wire.refuse();
    lead(second(), first());
    await organisers.acknowledges(20);
    await first().wire.open();
    lead(first(), second());
  }],
  ['freezes, and another leads', async () => {
    first().wire.hold();
    lead(second(), first());
    await organisers.acknowledges(20);
    first().wire.release();
    lead(first(), second());
  }],
  ['cuts what is read and followed in the middle', async () => {
    for (let count = 0; count < 6; count += 1) {
      first().cutReadAfter = count % 4;
      first().dropSubscriptions();
      await organisers.acknowledges(3);
    }
  }],
  ['falls silent in its subscriptions, which stay open', async () => {
    first().muteSubscriptions();
    await organisers.acknowledges(8);
  }],
  ['falls behind in what it tells its subscriptions', async () => {
    first().late = 1_500;
    await organisers.acknowledges(15);
    first().late = 0;
  }],
  ['tells its subscriptions everything twice', async () => {
    first().repeats = true;
    first().dropSubscriptions();
    await organisers.acknowledges(20);
    first().repeats = false;
  }],
];

/** What the log holds of the organisers' work. */
const stored = async () => {
  const reader = await KurrentDbEventStore.open({ ...kurrentDbOf(kurrentdb()), deadline: 30_000 });
  const facts = await gather(reader.readAll());
  await reader.close();
  return facts;
};

/** Nodes that serve, as their health says, within the time of the test. */
const serving = async (): Promise<void> => {
  for (const node of nodes) while ((await node.ask('GET', '/health/ready')).status !== 200) await setTimeout(50);
};

/** A row as text: of JSON the order of fields means nothing, and the place in the history, which numbers the facts of a batch stream by stream, is the node's own. */
const canonical = (row: object): string => {
  const fields = Object.entries(row).filter(([name]) => name !== 'place');
  return canonicalJson(Object.fromEntries(fields.map(([name, value]) => [name, typeof value === 'string' && value.startsWith('{') ? (JSON.parse(value) as object) : typeof value === 'bigint' ? `${value}` : (value as string | null)])));
};

/** The rows of all read models in a folder, by file and table: a node that has stopped left them. */
const rowsIn = (folder: string): Record<string, readonly unknown[]> => {
  const rows: Record<string, readonly unknown[]> = {};
  const read = join(folder, 'read');
  for (const name of readdirSync(read, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.db')).sort()) {
    const database = openDatabase(join(read, name), { readOnly: true });
    // Casts: rows are what the statements select. What belongs to an index of words lies in it as it was written, batch by batch.
    const virtual = database.prepare(`SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'`).all() as { name: string }[];
    const tables = (database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).all() as { name: string }[]).filter((table) => !virtual.some((index) => table.name === index.name || table.name.startsWith(`${index.name}_`)));
    for (const table of tables) {
      const all = database.prepare(`SELECT * FROM "${table.name}"`);
      all.setReadBigInts(true);
      rows[`${name} ${table.name}`] = all.all().map(canonical).sort();
    }
    database.close();
  }
  return rows;
};

describe('Nodes at work, while their store', () => {
  test.each(real === undefined ? [...ofTheWire, ...ofTheServers] : ofTheWire)('%s: every change that was acknowledged is in the log once, all is answered in time, and all goes on by itself', async (_, inflict) => {
    Object.assign(organisers.longest, { change: 0, read: 0 });
    await organisers.acknowledges(5);
    await inflict();
    for (const server of servers) server.fate = () => 'answered';
    await organisers.acknowledges(10);
    await serving();
    const done = [...organisers.acknowledged];
    const facts = await stored();
    expect(organisers.longest.change).toBeLessThan(deadlines.change + grace);
    expect(organisers.longest.read).toBeLessThan(deadlines.read + grace);
    expect(done.filter(({ type, holding }) => facts.filter((fact) => fact.type === type && fact.data.includes(holding)).length !== 1)).toEqual([]);
  }, 98_000 + veryLong);

  it('and in the end nothing stands in the log that nobody was told of, and every read model is, row for row, what a node makes that begins with none', async () => {
    await organisers.stop();
    const facts = await stored();
    const types = new Set(organisers.acknowledged.map(({ type }) => type));
    expect(facts.filter(({ type }) => types.has(type)).length).toBe(organisers.acknowledged.length);
    const afresh = node();
    await afresh.start(new SystemClock());
    nodes.push(afresh);
    for (const each of nodes) await untilBehindNothing(each);
    await Promise.all(nodes.map((each) => each.stop()));
    const [rebuilt, ...others] = nodes.map(({ folder }) => rowsIn(folder)).reverse();
    const unlike = (rows: typeof rebuilt) => Object.keys({ ...rebuilt, ...rows }).filter((table) => JSON.stringify(rows?.[table]) !== JSON.stringify(rebuilt?.[table]));
    expect(others.map(unlike)).toEqual([[], []]);
  }, 120_000);
});

/** All its read models stand where the log ends. */
const untilBehindNothing = async (node: Application): Promise<void> => {
  for (;;) {
    const { body } = await node.ask('GET', '/health/ready');
    // Cast: as health describes them.
    const [log, ...others] = (body.parts ?? []) as unknown as { name: string; details: { head?: string; position?: string; serving?: boolean } }[];
    const models = others.filter(({ name }) => name.startsWith('read model '));
    if (models.length > 0 && models.every(({ details }) => details.serving && details.position === log?.details.head)) return;
    await setTimeout(20);
  }
};
