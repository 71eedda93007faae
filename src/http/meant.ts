import leven from 'leven';

/** So many letters too many, too few or others, of those that a name has: a slip, and not another word. Two that are swapped count as two. */
const slips = 0.4;
const mostSlips = 3;

/** Of the names that there are the one that this was to be, most likely; undefined: it is near none. However they are capitalised. */
export const meantBy = (name: string, names: readonly string[]): string | undefined => {
  const letters = name.toLowerCase();
  const near = names.map((each) => ({ each, away: leven(letters, each.toLowerCase()) })).filter(({ each, away }) => away <= Math.min(mostSlips, slips * each.length));
  return near.sort((one, other) => one.away - other.away)[0]?.each;
};
