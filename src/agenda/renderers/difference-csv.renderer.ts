import { stringify } from 'csv-stringify/sync';
import type { Agenda } from '../agenda.js';
import type { Difference } from '../difference.js';
import { printedDifference, type PrintedChange, type PrintedList } from './difference-printed.js';

const columns = ['of', 'id', 'name', 'is', 'part', 'field', 'from', 'to'] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

/**
 * A difference as a table (RFC 4180), one row a field, for programs that calculate with tables: with a byte order mark, by which they know the
 * encoding, and with what they would take for a formula as text.
 */
export const renderDifferenceCsv = (difference: Difference, from: Agenda, to: Agenda): string => {
  const printed = printedDifference(difference, from, to);
  const { words: { difference: said } } = printed;
  const row = (rest: Partial<Row>): Row => ({ of: '', id: '', name: '', is: '', part: '', field: '', from: '', to: '', ...rest });
  const fields = (changes: readonly PrintedChange[], rest: Partial<Row>): Row[] => changes.map((change) => row({ ...rest, field: change.label, from: change.from.text, to: change.to.text }));
  const list = ({ parts, order }: PrintedList, rest: Partial<Row>): Row[] => [
    ...parts.flatMap(({ name, is, changes }) => fields(changes, { ...rest, part: `${name.text} (${said.parts[is]})` })),
    ...(order ? fields([order], rest) : []),
  ];
  const rows = [
    ...fields(printed.details, { of: said.meeting, id: difference.convening, name: printed.title.text }),
    ...list(printed.rooms, { of: said.rooms }),
    ...list(printed.tracks, { of: printed.words.tracks }),
    ...printed.sessions.flatMap(({ id, name, is, changes, items, people }) => {
      const session = { of: said.sessions, id, name: name.text, is: is.join(', ') };
      return [...fields(changes, session), ...list(items, session), ...list(people, session)];
    }),
  ];
  return stringify(rows, { columns: [...columns], header: true, bom: true, escape_formulas: true, record_delimiter: 'windows' });
};
