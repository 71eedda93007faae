import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Keys } from '../../src/event-store/keys.js';

/** Keys under test, and how to come back to the same ones. */
export interface OpenKeys {
  readonly keys: Keys;
  /** Closes the keys and opens the same ones again. */
  reopen(): Promise<Keys>;
  dispose(): Promise<void>;
}

const shown = (keys: ReadonlyMap<string, Uint8Array>) => [...keys].map(([person, key]) => [person, Buffer.from(key).toString('hex')]);

/** What every adapter of the keys does. */
export const keysContract = (name: string, open: () => Promise<OpenKeys>): void => {
  describe(`The keys (${name})`, () => {
    let opened: OpenKeys;
    let keys: Keys;
    const [ada, ben] = [randomUUID(), randomUUID()];
    beforeEach(async () => {
      opened = await open();
      keys = opened.keys;
    });
    afterEach(() => opened.dispose());

    test('make 32 bytes for each person, another for each, and the same ever after', async () => {
      const made = await keys.obtain([ada, ben]);
      expect([...made.values()].map((key) => key.length)).toEqual([32, 32]);
      expect(new Set(shown(made).map(([, key]) => key)).size).toBe(2);
      expect(shown(await keys.obtain([ada, ben]))).toEqual(shown(made));
      expect(shown(await keys.find([ada, ben]))).toEqual(shown(made));
      keys = await opened.reopen();
      expect(shown(await keys.obtain([ada, ben]))).toEqual(shown(made));
    });

    test('make none for somebody who is only looked for', async () => {
      await keys.obtain([ada]);
      expect([...(await keys.find([ada, ben])).keys()]).toEqual([ada]);
      expect([...(await keys.find([ben])).keys()]).toEqual([]);
    });

    test('give the same key to all who ask for it at the same time', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => keys.obtain([ada, ada])));
      expect(new Set(answers.map((answer) => JSON.stringify(shown(answer)))).size).toBe(1);
    });

    test('erase one for good: it is not found, and never made again', async () => {
      const made = await keys.obtain([ada, ben]);
      await keys.erase(ada);
      await keys.erase(ada);
      const left = shown(made).filter(([person]) => person === ben);
      expect(shown(await keys.obtain([ada, ben]))).toEqual(left);
      keys = await opened.reopen();
      expect(shown(await keys.find([ada, ben]))).toEqual(left);
      expect(shown(await keys.obtain([ada, ben]))).toEqual(left);
    });

    test('make none for somebody who was erased before there was one', async () => {
      await keys.erase(ada);
      expect(shown(await keys.obtain([ada]))).toEqual([]);
    });

    test('answer nothing once they are closed', async () => {
      await keys.close();
      await keys.close();
      await expect(keys.obtain([ada])).rejects.toMatchObject({ name: 'StoreUnavailable' });
    });
  });
};
