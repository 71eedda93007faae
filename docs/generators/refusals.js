import { failures } from '../../dist/deciding/failure.js';
import { refusals } from '../../dist/deciding/refusal.js';
import { problems } from '../../dist/http/problems.js';
import { readFailures } from '../../dist/projecting/read-failure.js';

const chapters = [
  ['Requests', 'What can be wrong with a request before anything is decided or read.', problems],
  ['Refusals', 'Why a command may not happen. Nothing was changed; deciding again on the same state refuses again.', refusals],
  ['Failures', 'Why a command was not carried out although nothing refuses it.', failures],
  ['Reads', 'Why a read could not be answered.', readFailures],
];

const row = ([code, { status, says, solve }]) => `| <a id="${code}"></a>\`${code}\` | ${status} | ${says} | ${solve} |`;

/** docs/reference/refusals.md: every code that an answer can carry, from the tables in the code. */
export const refusalsReference = () =>
  [
    '# Refusals, failures and problems', '', 'Generated from the code; do not edit. Every answer that is no success is a problem (RFC 9457) with one of these codes in `code`.',
    ...chapters.flatMap(([title, says, table]) => ['', `## ${title}`, '', says, '', '| code | status | says | how to solve it |', '| --- | --- | --- | --- |', ...Object.entries(table).map(row)]),
    '',
  ].join('\n');
