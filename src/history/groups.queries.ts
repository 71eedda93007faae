import type { FactRow } from './history.js';
import type { Told } from './renderers/entries.js';
import type { HistoryRows } from './rows.projection.js';

/** So many facts of one command are shown together even where not all of them were looked for. */
const shownTogether = 12;

/**
 * Facts that were found, the latest first, as the commands that they came of: cause and effect stand together. `sought`: of the facts between two revisions those
 * that were looked for, also where a page ends in the midst of a command; undefined: all are.
 */
export const groupsOf = (rows: HistoryRows, stream: number, found: readonly FactRow[], sought?: (least: number, most: number) => readonly FactRow[]): Told[] => {
  const groups = new Map<string, FactRow[]>();
  for (const fact of found) {
    const group = groups.get(fact.command);
    if (group) group.push(fact);
    else groups.set(fact.command, [fact]);
  }
  return [...groups.values()].map((facts, place) => {
    const { command, first } = facts[0]!;
    const all = rows.ofCommand(stream, facts[0]!, shownTogether + 1);
    if (all.length > shownTogether) return { command, facts: facts.reverse(), besides: new Set<number>(), isPart: true, first };
    const isAtBorder = place === 0 || place === groups.size - 1;
    const also = sought && isAtBorder && facts.length < all.length ? sought(all[0]!, all.at(-1)!) : [];
    const wanted = new Map([...facts, ...also].map((fact) => [fact.revision, fact]));
    const told = all.flatMap((revision) => wanted.get(revision) ?? rows.fact(stream, revision) ?? []);
    return { command, facts: told, besides: new Set(sought ? all.filter((revision) => !wanted.has(revision)) : []), isPart: false, first };
  });
};
