import { describe, expect, it } from '@jest/globals';
import { Gathering } from '../../src/deciding/gathering.js';

/** How often it was looked how many wait, where one more comes each time. */
const looks = async (gathering: Gathering, first = 1, more = 1): Promise<number> => {
  let times = 0;
  await gathering.gather(() => first + more * times++);
  return times;
};

describe('commands that gather for an append', () => {
  it('wait for nobody where appends carry one command each', async () => {
    const gathering = new Gathering();
    expect(await looks(gathering)).toBe(1);
    gathering.wrote(1, 1_000);
    expect(await looks(gathering)).toBe(1);
  });

  it('wait until as many are there as one of the last two appends carried', async () => {
    const gathering = new Gathering();
    // Three more are there at the second look, however late a busy machine lets it come.
    gathering.wrote(4, 1_000);
    expect(await looks(gathering, 1, 3)).toBe(2);
    gathering.wrote(1, 1_000);
    expect(await looks(gathering, 1, 3)).toBe(2);
    gathering.wrote(1, 1_000);
    expect(await looks(gathering, 1, 3)).toBe(1);
  });

  it('wait no longer than a quarter of the last append, and never longer than ten milliseconds', async () => {
    const gathering = new Gathering();
    const began = performance.now();
    gathering.wrote(4, 60_000);
    expect(await looks(gathering, 1, 0)).toBeGreaterThan(1);
    expect(performance.now() - began).toBeLessThan(1_000);
    gathering.wrote(4, 0);
    expect(await looks(gathering, 1, 0)).toBe(1);
  });
});
