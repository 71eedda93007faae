import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sealing } from '../../src/event-store/sealing.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';
import { openDatabase } from '../../src/event-store/sqlite/database.js';
import { MadePeople } from '../../src/http/made-people.js';

let folder: string;
let keys: SqliteKeys;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-people-'));
  keys = SqliteKeys.open(join(folder, 'keys.db'), 'a secret');
});
afterAll(async () => {
  await keys.close();
  rmSync(folder, { recursive: true });
});

const kept = (): number => {
  const database = openDatabase(join(folder, 'keys.db'), { readOnly: true });
  const { count } = database.prepare('SELECT count(*) AS count FROM keys').get() as { count: number };
  database.close();
  return count;
};

describe('people who come', () => {
  it('have their keys on the disk, one each where they come alone', async () => {
    const people = new MadePeople(new Sealing(keys));
    const before = kept();
    const [person] = await people.take(1);
    expect([kept() - before, [...(await keys.find([person!])).keys()]]).toEqual([1, [person]]);
  });

  it('are all different, and in a rush those who come next have theirs already, of a second at most', async () => {
    const people = new MadePeople(new Sealing(keys));
    const before = kept();
    const rush = async () => (await Promise.all(Array.from({ length: 60 }, (_, n) => people.take(n === 0 ? 5 : 1)))).flat();
    const [first, second] = [await rush(), await rush()];
    expect(new Set([...first, ...second]).size).toBe(128);
    expect((await keys.find([...first, ...second])).size).toBe(128);
    const ahead = kept() - before - 128;
    expect([ahead > 0, ahead <= 200]).toEqual([true, true]);
  });

  it('have ids alone where keys cannot be had: who seals with them is told why', async () => {
    const closed = SqliteKeys.open(join(folder, 'keys.db'), 'a secret');
    await closed.close();
    const people = new MadePeople(new Sealing(closed));
    const taken = await people.take(2);
    expect([new Set(taken).size, (await keys.find(taken)).size]).toEqual([2, 0]);
  });
});
