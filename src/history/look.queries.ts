import { daysOf } from '../convening/times.js';
import { withPlus } from '../http/fields.js';
import { groupsOf } from './groups.queries.js';
import type { Named } from './named.queries.js';
import { leansOn, tellsAgain } from './renderers/telling.js';
import type { FactRow } from './history.js';
import type { HistoryRows, StreamRow } from './rows.projection.js';
import { filterTerm, wordTerm, type TermKind } from './terms.projection.js';

const usualLength = 50;

/** What is looked for, and which part of it; see the requests. */
export interface Looked {
  readonly session?: string | undefined;
  readonly person?: string | undefined;
  readonly room?: string | undefined;
  readonly registration?: string | undefined;
  readonly actor?: string | undefined;
  readonly type?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly text?: string | undefined;
  readonly limit?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** What the index is asked for; undefined: nothing in particular. */
const termsFor = (looked: Looked, words: readonly string[], named: Named, stream: number): string | undefined => {
  const kinds = ['session', 'person', 'room', 'registration', 'actor', 'type'] as const satisfies readonly TermKind[];
  const filters = kinds.flatMap((kind) => (looked[kind] === undefined ? [] : [filterTerm(kind, looked[kind], stream)]));
  const texts = words.map((word) => [wordTerm(word, stream), ...(named.get(word) ?? []).map((person) => filterTerm('person', person, stream))]);
  const all = [...filters.map((term) => [term]), ...texts];
  return all.length === 0 ? undefined : all.map((one) => `(${one.map((term) => `"${term}"`).join(' OR ')})`).join(' AND ');
};

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
const isDay = (time: string): boolean => time.length === 10;

/** Revisions from one to another, both included. */
interface Range {
  readonly least: number;
  readonly most: number;
}

/** Between which revisions facts are looked for. */
const bounds = (rows: HistoryRows, { number, revision }: StreamRow, { from, to }: Looked, zone: string): Range => {
  const day = (date: string) => daysOf({ start: date, end: date }, zone);
  const begin = from === undefined ? undefined : instant(isDay(from) ? day(from).from : Date.parse(withPlus(from)));
  const end = to === undefined ? undefined : instant(isDay(to) ? day(to).until - 1 : Date.parse(withPlus(to)));
  return {
    least: begin === undefined ? 0 : rows.lastUpTo(number, begin, revision, false) + 1,
    most: end === undefined ? revision : rows.lastUpTo(number, end, revision, true),
  };
};

/** What was shown last on a page, by the two ways that lead on from it; NaN: none does. */
interface Ends {
  readonly oldest: number;
  readonly newest: number;
}

/** Whether there is more before and behind what is shown. What one page looks through anyway is not asked for again. */
const turnings = (whole: Range, page: Range, { oldest, newest }: Ends, beyond: { readonly older?: number; readonly newer?: number }, isThere: (range: Range) => boolean) => {
  const older = { least: whole.least, most: Math.min(whole.most, oldest - 1) };
  const newer = { least: Math.max(whole.least, newest + 1), most: whole.most };
  const isOlder = beyond.older === undefined ? page.least > whole.least && isThere(older) : beyond.older < oldest || isThere(older);
  const isNewer = beyond.newer === undefined ? page.most < whole.most && isThere(newer) : beyond.newer > newest || isThere(newer);
  return { ...(isOlder && { older: oldest }), ...(isNewer && { newer: newest }) };
};

/** The part that is looked for, with every fact that telling it leans on. `words`: of its text. */
export const look = (rows: HistoryRows, { number: stream, ...last }: StreamRow, looked: Looked, words: readonly string[], { zone, named }: { readonly zone: string; readonly named: Named }) => {
  const terms = termsFor(looked, words, named, stream);
  const inTime = bounds(rows, { number: stream, ...last }, looked, zone);
  // Words without a letter or digit are in no text.
  const whole = looked.text !== undefined && words.length === 0 ? { ...inTime, most: -1 } : inTime;
  const { before, after, limit = usualLength } = looked;
  const page = { least: Math.max(whole.least, Number(after ?? -1) + 1), most: Math.min(whole.most, Number(before ?? Infinity) - 1) };
  const newestFirst = after === undefined;
  const facts = (range: Range, most: number) => rows.facts({ stream, ...(terms !== undefined && { terms }), ...range, newestFirst, limit: most });
  // One more than is shown says by itself that there are more.
  const found = facts(page, Number(limit) + 1);
  const beyond = found.splice(Number(limit))[0]?.revision;
  const isFiltered = terms !== undefined || looked.from !== undefined || looked.to !== undefined;
  const sought = (least: number, most: number) => facts({ least: Math.max(whole.least, least), most: Math.min(whole.most, most) }, most - least + 1);
  const groups = groupsOf(rows, stream, newestFirst ? found : found.reverse(), isFiltered ? sought : undefined);
  const shown = new Map(groups.flatMap((group) => group.facts).map((fact) => [fact.revision, fact]));
  const revisions = [...shown.keys()];
  // Where nothing is shown, the way back is from where it was looked.
  const ends = revisions.length > 0 ? { oldest: Math.min(...revisions), newest: Math.max(...revisions) } : { oldest: Number(after ?? NaN) + 1, newest: Number(before ?? NaN) - 1 };
  const turned = turnings(whole, page, ends, beyond === undefined ? {} : { [newestFirst ? 'older' : 'newer']: beyond }, (range) => facts(range, 1).length > 0);
  return { groups, facts: withLeanedOn(rows, stream, shown), ...turned };
};

/** The facts, and those that telling them leans on. */
const withLeanedOn = (rows: HistoryRows, stream: number, facts: ReadonlyMap<number, FactRow>): ReadonlyMap<number, FactRow> => {
  const all = new Map(facts);
  const alsoRead = (revisions: Iterable<number>) => {
    for (const revision of new Set(revisions)) {
      const fact = all.get(revision) ?? rows.fact(stream, revision);
      if (fact) all.set(revision, fact);
    }
  };
  alsoRead([...facts.values()].flatMap(tellsAgain));
  alsoRead([...all.values()].flatMap(leansOn));
  return all;
};
