import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { KurrentDbKeys } from '../../../src/event-store/kurrentdb/kurrentdb-keys.js';
import { keysContract } from '../keys.contract.js';
import { Double } from './double.js';

const secret = 'karibu sana';

keysContract('KurrentDB, a double', async () => {
  const double = await Double.start();
  let keys = await KurrentDbKeys.open({ url: double.url }, secret);
  return {
    keys,
    async reopen() {
      await keys.close();
      keys = await KurrentDbKeys.open({ url: double.url }, secret);
      return keys;
    },
    async dispose() {
      await keys.close();
      await double.stop();
    },
  };
});

const real = process.env['KURRENTDB_URL'];
if (real !== undefined) {
  keysContract('KurrentDB, the server that KURRENTDB_URL names', async () => {
    const given = { url: real, prefix: `${randomUUID()}.` };
    let keys = await KurrentDbKeys.open(given, secret);
    return {
      keys,
      async reopen() {
        await keys.close();
        keys = await KurrentDbKeys.open(given, secret);
        return keys;
      },
      dispose: () => keys.close(),
    };
  });
}

describe('Keys in a KurrentDB', () => {
  let double: Double;
  let opened: KurrentDbKeys[];
  const person = randomUUID();
  beforeEach(async () => {
    double = await Double.start();
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((keys) => keys.close()));
    await double.stop();
  });
  const open = async (given = secret) => {
    const keys = await KurrentDbKeys.open({ url: double.url }, given);
    opened.push(keys);
    return keys;
  };
  const hex = (keys: ReadonlyMap<string, Uint8Array>) => Buffer.from(keys.get(person) ?? []).toString('hex');

  test('that two nodes make at the same instant end as one, from their salt on', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    const answers = await Promise.all([one, other, one, other].map((keys) => keys.obtain([person])));
    expect(new Set(answers.map(hex)).size).toBe(1);
    expect(double.log.stream(`key-${person}`)?.length).toBe(1);
    expect(double.log.stream('baraza-keys')?.length).toBe(1);
  });

  test('are refused to another secret, with a sentence that says so, and opened by the right one', async () => {
    const made = await (await open()).obtain([person]);
    await expect(open('another')).rejects.toMatchObject({ name: 'StoreRefused', message: expect.stringContaining('The secret is not the one') });
    await expect(open('')).rejects.toMatchObject({ name: 'StoreRefused' });
    expect(hex(await (await open()).find([person]))).toBe(hex(made));
  });

  test('lie in the log wrapped, and when they are erased and the log is scavenged, not at all', async () => {
    const keys = await open();
    const key = Buffer.from((await keys.obtain([person])).get(person) ?? []);
    const [made] = double.log.all.filter(({ type }) => type === 'KeyMade');
    expect(Buffer.from(made?.data ?? []).includes(key.toString('base64'))).toBe(false);
    await keys.erase(person);
    double.log.scavenge();
    expect(double.log.all.filter(({ type }) => type === 'KeyMade')).toEqual([]);
  });

  test("are not given out when one was put in another person's place", async () => {
    const keys = await open();
    await keys.obtain([person]);
    const [made] = double.log.all.filter(({ type }) => type === 'KeyMade');
    const other = randomUUID();
    double.log.append(`key-${other}`, 'none', [{ ...made!, id: randomUUID() }]);
    await expect(keys.find([other])).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect((await keys.find([person])).size).toBe(1);
  });
});
