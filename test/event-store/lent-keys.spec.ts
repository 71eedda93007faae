import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { StoreUnavailable } from '../../src/event-store/event-store.js';
import { LentKeys, lendKeys } from '../../src/event-store/lent-keys.js';
import { Opening } from '../../src/event-store/opening.js';
import { withheld, type PersonId } from '../../src/event-store/personal.js';
import { Sealing } from '../../src/event-store/sealing.js';
import { SqliteKeys } from '../../src/event-store/sqlite/sqlite-keys.js';

const [amina, baraka] = [randomUUID() as PersonId, randomUUID() as PersonId];
const stream = 'registrations-arusha-2013';
let folder: string;
let keys: SqliteKeys;
const { port1, port2 } = new MessageChannel();
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baraza-'));
  keys = SqliteKeys.open(join(folder, 'keys.db'), 'a secret for tests');
});
afterAll(() => {
  port1.close();
  rmSync(folder, { recursive: true });
});

describe('Keys that are lent to another thread', () => {
  it('open what was sealed with them, of who has one; none is made, and why there are none now is told', async () => {
    const sealing = new Sealing(keys);
    await sealing.obtain([amina]);
    const sealed = sealing.seal(stream, { of: amina, value: 'Amina Juma' });
    lendKeys(port1, sealing);
    const lent = new LentKeys(port2);
    const [one, both] = await Promise.all([lent.find([baraka]), lent.find([amina, baraka])]);
    expect([[...one.keys()], [...both.keys()], [...(await keys.find([amina, baraka])).keys()]]).toEqual([[], [amina], [amina]]);
    const opening = new Opening(lent);
    expect(opening.openerOnce(stream)(sealed)).toBe(withheld);
    await opening.find([amina]);
    expect(opening.openerOnce(stream)(sealed)).toBe('Amina Juma');
    await keys.close();
    await expect(new Opening(lent).find([randomUUID() as PersonId])).rejects.toThrow(StoreUnavailable);
  });
});
