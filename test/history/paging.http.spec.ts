import { describe, expect, it } from '@jest/globals';
import type { HistoryFactRead, HistoryRead } from '../../src/history/renderers/entries.js';
import { application } from '../http/application.js';

const app = application();
const read = async (at: string): Promise<HistoryRead> => (await app.ask('GET', at)).body as unknown as HistoryRead; // What the types say, the reference's test holds answers against.
const factsIn = ({ entries }: HistoryRead): readonly HistoryFactRead[] => entries.flatMap(({ facts }) => facts);

describe('a fact that was looked for', () => {
  it('is so on whatever page its command stands, also where the page ends in the midst of it', async () => {
    await app.ask('POST', '/convenings', { id: 'paged', title: 'Page by page', start: '2027-10-30', end: '2027-10-31', zone: 'Europe/Berlin' });
    for (let round = 0; round < 8; round++)
      await app.ask('PUT', '/convenings/paged/programme', { rooms: [{ id: 'hall', name: `Hall ${round}` }], sessions: ['one', 'two', 'three'].map((id) => ({ id, kind: 'talk', title: `${id} ${round}` })) });
    const found = async (query: string): Promise<number[]> => factsIn(await read(`/convenings/paged/history?type=SessionDetailsChanged&${query}`)).filter(({ besides }) => !besides).map(({ revision }) => revision);
    const all = (await found('limit=500')).sort((one, other) => other - one);
    expect(all).toHaveLength(21);
    for (const limit of [1, 2, 4, 5, 7]) {
      const walked = async (way: 'older' | 'newer'): Promise<number[]> => {
        const seen: number[] = [];
        for (let from = way === 'older' ? '' : '&after=0'; ; ) {
          const page = await read(`/convenings/paged/history?type=SessionDetailsChanged&limit=${limit}${from}`);
          seen.push(...factsIn(page).filter(({ besides }) => !besides).map(({ revision }) => revision));
          const next = page[way];
          if (next === undefined) return seen.sort((one, other) => other - one);
          from = way === 'older' ? `&before=${next}` : `&after=${next}`;
        }
      };
      expect([limit, await walked('older'), await walked('newer')]).toEqual([limit, all, all]);
    }
  });
});
