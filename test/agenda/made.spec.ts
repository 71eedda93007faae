import { describe, expect, it } from '@jest/globals';
import { MadeOnce } from '../../src/agenda/made.queries.js';

/** What is made when it is told to be, and how often it was begun. */
const inHand = (text: string) => {
  let begun = 0;
  let done: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (done = resolve));
  return {
    times: () => begun, done,
    make: async () => {
      begun += 1;
      await finished;
      return { bytes: Buffer.from(text), revision: 7, at: '2013-05-27T06:00:00.000Z' };
    },
  };
};
const refused = (ask: () => unknown): unknown => {
  try {
    return ask();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('what is made to be sent', () => {
  it('is made once for all who ask for it meanwhile and later, and has a tag of its bytes', async () => {
    const [made, agenda] = [new MadeOnce(1_000), inHand('the agenda')];
    const [one, other] = [made.of('agenda', agenda.make), made.of('agenda', agenda.make)];
    agenda.done();
    const [first, second] = [await one, await other];
    expect([first, second === first, made.of('agenda', agenda.make) === first, agenda.times()]).toEqual([
      { bytes: Buffer.from('the agenda'), tag: '"KWYHg6BqnqGoJouwl3cju04d3j8vof9Y8sKmOPlvzmY"', revision: 7, at: '2013-05-27T06:00:00.000Z' }, true, true, 1,
    ]);
  });

  it('is three things at once; a fourth is made when one of them is done', async () => {
    const [made, things] = [new MadeOnce(1_000), ['one', 'two', 'three', 'four'].map(inHand)];
    const [one, two, three, four] = things as [ReturnType<typeof inHand>, ReturnType<typeof inHand>, ReturnType<typeof inHand>, ReturnType<typeof inHand>];
    const begun = [made.of('one', one.make), made.of('two', two.make), made.of('three', three.make)];
    expect([refused(() => made.of('four', four.make)), four.times()]).toEqual(['too-busy', 0]);
    one.done();
    await begun[0]!;
    const fourth = made.of('four', four.make);
    for (const each of [two, three, four]) each.done();
    expect(String((await fourth).bytes)).toBe('four');
    expect([String((await begun[1]!).bytes), String((await begun[2]!).bytes)]).toEqual(['two', 'three']);
  });

  it('that could not be made is made anew', async () => {
    const made = new MadeOnce(1_000);
    await expect(made.of('agenda', () => Promise.reject(new Error('no keys')))).rejects.toThrow('no keys');
    const agenda = inHand('the agenda');
    agenda.done();
    expect(String((await made.of('agenda', agenda.make)).bytes)).toBe('the agenda');
  });
});
