import { stringify } from 'csv-stringify';
import { Readable } from 'node:stream';
import { HistoryQueries, type HistoryOf, type Reader } from './history.queries.js';
import type { Looked } from './look.queries.js';
import { entryOf, type HistoryEntryRead, type HistoryFactRead } from './renderers/entries.js';

/** So many facts are read at a time. */
const pageLength = '200';

type Cell = (fact: HistoryFactRead, entry: HistoryEntryRead) => string | number;

const ids = (concerned: readonly { readonly id: string }[]) => concerned.map(({ id }) => id).join(' ');

/** By the name of their column; names are added, never removed or given another meaning. */
const cells: Readonly<Record<string, Cell>> = {
  revision: ({ revision }) => revision,
  at: (_, { at }) => at,
  type: ({ type }) => type,
  sentence: ({ sentence }) => sentence,
  actor: (_, { actor }) => actor.id,
  reason: (_, { reason }) => (reason === undefined ? '' : typeof reason === 'string' ? reason : '(withheld)'),
  command: (_, { command }) => command,
  sessions: ({ sessions }) => ids(sessions),
  rooms: ({ rooms }) => ids(rooms),
  people: ({ people }) => ids(people),
  registrations: ({ registrations }) => registrations.join(' '),
  before: ({ before }) => JSON.stringify(before),
  after: ({ after }) => JSON.stringify(after),
  touched: ({ touched }) => touched.map(({ field, before, after }) => [`${field}:`, before, '→', after].join(' ').replaceAll('\n', '; ')).join('\n'),
};

/** All that is looked for, the latest first, one row a fact: read from the history while it is sent, however long it is. */
export const csvOf = async (histories: HistoryQueries, of: HistoryOf, id: string, looked: Looked, reader: Reader, after: bigint): Promise<Readable> => {
  const page = (before: string | undefined) => histories.page(of, id, { ...looked, after: undefined, before, limit: pageLength }, reader, after);
  // What is refused is refused before anything is sent.
  const first = await page(looked.before);
  const rows = async function* () {
    for (let found = first; ; found = await page(String(found.older))) {
      for (const group of found.groups) {
        const entry = entryOf(group, found.telling);
        for (const fact of entry.facts.toReversed()) if (!fact.besides) yield Object.values(cells).map((cell) => cell(fact, entry));
      }
      if (found.older === undefined) return;
    }
  };
  // Spreadsheets know UTF-8 by its mark, and take what begins with = + - @ for a formula unless it is quoted.
  const csv = stringify({ bom: true, header: true, columns: Object.keys(cells), escape_formulas: true, record_delimiter: 'windows' });
  return Readable.from(rows()).on('error', (error) => csv.destroy(error)).pipe(csv);
};
