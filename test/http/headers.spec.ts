import { describe, expect, it } from '@jest/globals';
import { Positions } from '../../src/http/positions.js';
import { Problem } from '../../src/http/problems.js';
import { revisionsIn } from '../../src/http/revisions.js';

const codeOf = (ask: () => unknown): string | undefined => {
  try {
    ask();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return undefined;
};

describe('If-Match', () => {
  it.each([
    ['"r17"', [17]],
    ['"r17", "r18"', [17, 18]],
    ['W/"r17"', []],
    ['"another-thing"', []],
    ['*', undefined],
    [undefined, undefined],
  ])('%s names the revisions %j', (header, revisions) => expect(revisionsIn(header)).toEqual(revisions));

  it.each(['r17', '"r17', '17', '"r17" "r18"', ''])('%j is refused', (header) => expect(codeOf(() => revisionsIn(header))).toBe('invalid-header'));
});

describe('Baraza-Position', () => {
  const log = '3a5d1258-557c-4568-8d8f-86c58638512d';
  const positions = () => new Positions({ logId: log });

  it('is what a later read must include, on the node that gave it and on others', () => {
    const [here, elsewhere] = [positions(), positions()];
    const token = here.acknowledge(12n);
    expect([token, here.wantedBy(undefined), elsewhere.wantedBy(undefined), elsewhere.wantedBy(token)]).toEqual([`${log}.12`, 12n, 0n, 12n]);
  });

  it('never asks for less than what this node acknowledged', () => {
    const here = positions();
    here.acknowledge(12n);
    here.acknowledge(7n);
    expect(here.wantedBy(`${log}.9`)).toBe(12n);
  });

  it('is 64 bits wide', () => expect(positions().wantedBy(`${log}.9007199254740993`)).toBe(9007199254740993n));

  it('of another log is refused, and so is what is none', () => {
    expect(codeOf(() => positions().wantedBy('3a5d1258-557c-4568-8d8f-86c58638512e.12'))).toBe('foreign-position');
    expect(codeOf(() => positions().wantedBy('12'))).toBe('invalid-header');
    expect(codeOf(() => positions().wantedBy([`${log}.12`, `${log}.13`]))).toBe('invalid-header');
  });
});
