import { stringify } from 'csv-stringify/sync';
import type { Agenda } from '../agenda.js';
import type { Difference } from '../difference.js';
import { printedDifference, type PrintedChange, type PrintedList } from './difference-printed.js';

const columns = ['of', 'id', 'name', 'is', 'part', 'field', 'from', 'to'] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

/** So many rows are written together: for each by itself the table would be begun anew. */
const together = 100;

/**
 * A difference as a table (RFC 4180), one row a field, for programs that calculate with tables: with a byte order mark, by which they know the
 * encoding, and with what they would take for a formula as text.
 */
export function* differenceCsvParts(difference: Difference, from: Agenda, to: Agenda): Generator<string> {
  const how = { columns: [...columns], escape_formulas: true, record_delimiter: 'windows' } as const;
  yield stringify([], { ...how, header: true, bom: true });
  let rows: Row[] = [];
  for (const some of rowsOf(difference, from, to)) {
    rows.push(...some);
    if (rows.length < together) continue;
    yield stringify(rows, how);
    rows = [];
  }
  yield stringify(rows, how);
}

const row = (rest: Partial<Row>): Row => ({ of: '', id: '', name: '', is: '', part: '', field: '', from: '', to: '', ...rest });
const fields = (changes: readonly PrintedChange[], rest: Partial<Row>): Row[] => changes.map((change) => row({ ...rest, field: change.label, from: change.from.text, to: change.to.text }));

/** Of the meeting, of its rooms and tracks, and of each session. */
function* rowsOf(difference: Difference, from: Agenda, to: Agenda): Generator<readonly Row[]> {
  const { words, title, details, rooms, tracks, sessions } = printedDifference(difference, from, to);
  const said = words.difference;
  const list = ({ parts, order }: PrintedList, rest: Partial<Row>): Row[] => [
    ...parts.flatMap(({ name, is, changes }) => fields(changes, { ...rest, part: `${name.text} (${said.parts[is]})` })),
    ...(order ? fields([order], rest) : []),
  ];
  yield fields(details, { of: said.meeting, id: difference.convening, name: title.text });
  yield list(rooms, { of: said.rooms });
  yield list(tracks, { of: words.tracks });
  for (const { id, name, is, changes, items, people } of sessions) {
    const session = { of: said.sessions, id, name: name.text, is: is.join(', ') };
    yield [...fields(changes, session), ...list(items, session), ...list(people, session)];
  }
}
