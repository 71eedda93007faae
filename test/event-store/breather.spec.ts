import { describe, expect, it } from '@jest/globals';
import { inTurns, joinedInTurns, turn } from '../../src/event-store/breather.js';

/** Holds the event loop for longer than anybody may. */
const hold = () => {
  for (const until = performance.now() + 9; performance.now() < until; );
};

describe('work in turns', () => {
  it('has each turn of the event loop for one piece of all that waits, in the order in which it came', async () => {
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const seen: [turn: number, work: string][] = [];
    const work = (name: string) =>
      inTurns((function* () {
        for (let step = 0; step < 4; step++) {
          hold();
          yield;
          seen.push([turns, name]);
        }
      })());
    await Promise.all(['one', 'two', 'three'].map(work));
    isOver = true;
    expect([seen.map(([, name]) => name), new Set(seen.map(([at]) => at)).size]).toEqual([Array.from({ length: 4 }, () => ['one', 'two', 'three']).flat(), 12]);
  });

  it('is gone on with when others waited and do no more', async () => {
    const order: string[] = [];
    const some = async (name: string, times: number) => {
      for (let n = 0; n < times; n++) {
        await turn();
        order.push(name);
      }
    };
    await Promise.all([some('long', 3), some('short', 1)]);
    await some('later', 1);
    expect(order).toEqual(['long', 'short', 'long', 'long', 'later']);
  });
});

describe('a text that is put together in turns', () => {
  it.each([
    ['of nothing', []],
    ['of empty parts', ['', '']],
    ['of many short parts', Array.from({ length: 200_000 }, (_, n) => `${n},`)],
    ['of letters of one to four bytes', Array.from({ length: 90_000 }, (_, n) => ['a', 'é', '€', '𝄞'][n % 4]!)],
    ['of parts that are longer than a sheet', ['é'.repeat(400_000), 'x', '𝄞'.repeat(200_000), '']],
  ])('is what its parts are: %s', async (_, parts) => expect((await joinedInTurns(parts)).equals(Buffer.from(parts.join('')))).toBe(true));
});
