import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../src/event-store/sqlite/database.js';
import { KeptStates } from '../../src/projecting/kept-states.js';
import type { Parts, Standing } from '../../src/projecting/parts.js';

interface Tallies extends Standing {
  revision: number;
  at: string;
  readonly tallies: Map<string, { sum: number }>;
}
interface Added {
  readonly to: string;
  readonly sum: number;
}
const tallies: Parts<Tallies, { sum: number }, Added> = {
  initial: () => ({ revision: -1, at: '', tallies: new Map() }),
  evolve(state, { to, sum }, { revision, at }) {
    Object.assign(state, { revision, at });
    state.tallies.set(to, { sum: (state.tallies.get(to)?.sum ?? 0) + sum });
  },
  of: (state) => (state as Tallies).tallies,
  changedBy: ({ to }) => [to],
  copy: (state) => ({ ...state, tallies: new Map(state.tallies) }),
  copyPart: (part) => ({ ...part }),
  spineText: ({ revision, at }) => JSON.stringify({ revision, at }),
  partText: (part) => JSON.stringify(part),
  fromSpine: (text, parts) => ({ ...(JSON.parse(text) as Standing), tallies: parts }),
  partFrom: (text) => JSON.parse(text) as { sum: number },
};

const stream = 'tallies-many';
const many = 10_000;
let folder: string;
let database: Database;
/** Nothing is in memory. */
const afresh = () => new KeptStates(database, tallies);
const sums = (states: KeptStates<Tallies, { sum: number }, Added>) => [...states.state(stream)!.tallies.values()].map(({ sum }) => sum);
const add = async (states: KeptStates<Tallies, { sum: number }, Added>, revision: number, added: Added) => {
  states.apply(stream, added, { revision, at: '2013-05-27T06:00:00.000Z' });
  await states.write(stream);
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-'));
  database = openDatabase(join(folder, 'states.db'));
  database.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF');
  KeptStates.createTables(database);
  const states = afresh();
  for (let n = 0; n < many; n++) states.apply(stream, { to: `t${n}`, sum: n }, { revision: n, at: '2013-05-27T06:00:00.000Z' });
  await states.write(stream);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const inOrder = Array.from({ length: many }, (_, n) => n);

describe('a state that is read ahead', () => {
  it('is read once, with turns for others, and then is there', async () => {
    const states = afresh();
    let turns = 0;
    const count = (): void => void (turns++, going && setImmediate(count));
    let going = true;
    setImmediate(count);
    const reading = states.ahead(stream);
    expect(states.ahead(stream)).toBe(reading);
    await reading;
    going = false;
    expect([turns > 1, states.ahead(stream), sums(states)]).toEqual([true, undefined, inOrder]);
  });

  it('is not the state that was there before somebody wrote meanwhile', async () => {
    const [states, other] = [afresh(), afresh()];
    const reading = states.ahead(stream);
    await add(other, many, { to: 't0', sum: 7 });
    await reading;
    expect(sums(states)).toEqual([7, ...inOrder.slice(1)]);
  });

  it('is left alone where a fact was applied meanwhile', async () => {
    const states = afresh();
    const reading = states.ahead(stream);
    states.apply(stream, { to: 't1', sum: 5 }, { revision: many, at: '2013-05-27T06:00:00.000Z' });
    await reading;
    const unwritten = sums(states);
    await states.write(stream);
    expect([unwritten, sums(states)]).toEqual([[0, 6, ...inOrder.slice(2)], [0, 6, ...inOrder.slice(2)]]);
  });

  it('says nothing of what is wrong: who reads it is told', async () => {
    database.exec(`DELETE FROM parts WHERE part = 't5'`);
    const states = afresh();
    expect(await states.ahead(stream)).toBeUndefined();
    expect(() => states.state(stream)).toThrow('The row of t5 is missing.');
  });
});
