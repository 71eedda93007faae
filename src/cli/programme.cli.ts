import { parseArgs } from 'node:util';
import type { ProgrammeChanged, ProgrammeRead } from '../convening/programme-document.queries.js';
import { messageOf } from '../event-store/sqlite/database.js';
import { jsonLines } from './json-lines.js';
import { placesOf } from './json-places.js';
import { faultsIn, needsNames, sentenceOf } from './programme-faults.js';
import { givenIn, type Given } from './programme-file.js';
import { inColours, linesOf, plainly } from './programme-lines.js';
import { leavesOpen, staysEnded, withoutStates, type SeatsNamed } from './programme-seats.js';
import { addressFrom, askService, NoAnswer, type Address, type ProblemTold } from './service.js';
import { WrongUse, type Terminal, type Tool } from './tool.js';
import { whileTold } from './waiting.js';

const usage = `baraza programme get <convening> [--as-of <when>] [--no-states]
baraza programme put <convening> <file> [--dry-run] [--if-match <revision>] [--reason <why>]

get writes the whole programme as one document (JSON): rooms, tracks, and sessions with all they have.
put makes the programme what the document says, all of it or nothing, and tells what changed. <file> may be - for standard input.

  --as-of <when>           as it was: version:final, rev:211, or an instant such as 2013-05-24T17:00+03:00
  --no-states              leave out how appearances stand that did not end: then the file can be put again whatever people answer meanwhile
  --dry-run                tell what would change, and change nothing
  --if-match <revision>    only if it is still at this revision (r211), as get told it
  --reason <why>           kept in the history
  --url <address>          where Baraza serves; else BARAZA_URL, else http://127.0.0.1:3000
  --token <token>          the operator's; else BARAZA_TOKEN

Ends with 0 when it is done (or would be), 1 when it was refused or Baraza did not answer, 2 when it was called wrongly.
`;

const flags = {
  'as-of': { type: 'string' }, 'no-states': { type: 'boolean' }, 'dry-run': { type: 'boolean' }, 'if-match': { type: 'string' }, reason: { type: 'string' }, url: { type: 'string' }, token: { type: 'string' },
} as const;

type Flags = ReturnType<typeof callOf>['flags'];

/** @throws WrongUse */
const callOf = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: flags, allowPositionals: true });
    return { flags: values, words: positionals };
  } catch (error) {
    throw new WrongUse(`${messageOf(error).replace(/^.*?\]: /, '').split('. ')[0] ?? ''}.`);
  }
};

/** The programme of a convening as a file: read, and set. */
export const programme: Tool = {
  name: 'programme',
  summary: 'writes the programme of a convening as one document, or makes it what a document says',
  usage,
  async run(args, terminal) {
    const { flags: given, words: [verb, convening, file, ...more] } = callOf(args);
    const isRight = more.length === 0 && convening !== undefined && (verb === 'get' ? file === undefined : verb === 'put' && file !== undefined);
    if (!isRight) throw new WrongUse(verb === 'get' || verb === 'put' ? `${verb} takes ${verb === 'get' ? 'the id of a convening' : 'the id of a convening and a file, or - for standard input'}.` : 'Say get or put.');
    const foreign = (verb === 'get' ? (['dry-run', 'if-match', 'reason'] as const) : (['as-of', 'no-states'] as const)).find((flag) => given[flag] !== undefined);
    if (foreign) throw new WrongUse(`${verb} takes no --${foreign}.`);
    const address = addressFrom(given, terminal);
    const path = `/convenings/${encodeURIComponent(convening)}/programme`;
    try {
      return await (file === undefined ? get(address, { convening, path }, given, terminal) : put(address, path, { given, file, terminal }));
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      terminal.err.write(`${error.message}\n`);
      return 1;
    }
  },
};

const get = async (address: Address, { convening, path }: { readonly convening: string; readonly path: string }, { 'as-of': asOf, 'no-states': isStateless }: Flags, { out, err }: Terminal): Promise<number> => {
  const answer = await whileTold(askService(address, 'GET', asOf === undefined ? path : `${path}?asOf=${encodeURIComponent(asOf)}`), 'the programme', err);
  if ('problem' in answer) {
    for (const line of refusedRead(answer.problem, asOf)) err.write(`${line}\n`);
    return 1;
  }
  // Cast: what Baraza answers with.
  const read = answer.body as ProgrammeRead;
  out.write(`${jsonLines({ convening, ...(isStateless ? withoutStates(read) : read) })}\n`);
  const revision = answer.tag?.replaceAll('"', '');
  if (asOf === undefined && revision !== undefined) err.write(`It is at ${revision}: put it with --if-match ${revision}, and nothing that others change meanwhile is overwritten.\n`);
  return 0;
};

interface Put {
  readonly given: Flags;
  readonly file: string;
  readonly terminal: Terminal;
}

const put = async (address: Address, path: string, { given: { reason, 'if-match': ifMatch, 'dry-run': isDry }, file, terminal }: Put): Promise<number> => {
  const { out, err, environment } = terminal;
  const document = await givenIn(file, terminal);
  const headers = { ...(reason !== undefined && { reason: encodeURIComponent(reason) }), ...(ifMatch !== undefined && { 'if-match': tagOf(ifMatch) }) };
  const asked = askService(address, 'PUT', isDry ? `${path}?dryRun=true` : path, { body: document.text, headers });
  const answer = await whileTold(asked, 'what it changes', err).catch((error: unknown) => {
    throw error instanceof NoAnswer && error.mayBeDone && !isDry ? new NoAnswer(`${error.message} ${ifMatch === undefined ? again : lookAgain}`) : error;
  });
  if ('problem' in answer) {
    const there = needsNames(answer.problem) ? await readNow(address, path) : undefined;
    for (const line of faultsIn(document, answer.problem, there ?? nothing)) err.write(`${line}\n`);
    return 1;
  }
  // Casts: what Baraza answers a programme with, and what it took.
  const [changed, taken] = [answer.body as ProgrammeChanged, JSON.parse(document.text) as SeatsNamed];
  const ended = leavesOpen(taken) ? await endedOf(address, path, taken) : [];
  const isColoured = out.isTTY === true && !environment['NO_COLOR'];
  for (const line of linesOf(changed, [...notedIn(document, changed), ...ended], isColoured ? inColours : plainly)) out.write(`${line}\n`);
  return 0;
};

const again = 'It may have been done: put the file again, for the same document twice changes nothing.';
const lookAgain = 'It may have been done: put it with --dry-run and without --if-match, which tells what is still to change.';

/** As it is, to call things by what is printed of them. Undefined: what was refused is told all the same. */
const readNow = async (address: Address, path: string): Promise<ProgrammeRead | undefined> => {
  const answer = await askService(address, 'GET', path).catch((error: unknown) => { if (!(error instanceof NoAnswer)) throw error; });
  // Cast: what Baraza answers with.
  return answer && 'body' in answer ? (answer.body as ProgrammeRead) : undefined;
};
const nothing: Pick<ProgrammeRead, 'sessions'> = { sessions: [] };

/** What is done is done: if nobody answers now, that is told instead. */
const endedOf = async (address: Address, path: string, taken: SeatsNamed): Promise<string[]> => {
  try {
    const answer = await askService(address, 'GET', path);
    // Cast: what Baraza answers with.
    return 'body' in answer ? staysEnded(taken, answer.body as ProgrammeRead) : [];
  } catch (error) {
    if (error instanceof NoAnswer) return [`which appearances ended could not be read: ${error.message}`];
    throw error;
  }
};

/** `r211`, `"r211"` or `211`, as an ETag. @throws WrongUse */
const tagOf = (revision: string): string => {
  const [, digits] = /^"?r?(\d{1,15})"?$/.exec(revision) ?? [];
  if (digits === undefined) throw new WrongUse(`${revision} is no revision: it is such as r211.`);
  return `"r${digits}"`;
};

const mostOfACode = 5;

/** What may not be meant as it is written, by the lines of the file: of each sort some, and how many more. */
const notedIn = ({ text, name }: Given, { notes }: ProgrammeChanged): string[] => {
  const places = placesOf(text, notes.map(({ pointer }) => pointer));
  return [...new Set(notes.map(({ code }) => code))].flatMap((code) => {
    const all = notes.filter((note) => note.code === code);
    const some = all.slice(0, mostOfACode).map(({ pointer, detail }) => {
      const { line, column } = places.get(pointer) ?? { line: 1, column: 1 };
      return `${name}:${line}:${column}: ${detail} (${code})`;
    });
    return all.length > mostOfACode ? [...some, `${code}: ${all.length - mostOfACode} more`] : some;
  });
};

/** Why it cannot be read, and what is wrong with the moment that was asked for. */
const refusedRead = ({ errors = [], ...problem }: ProblemTold, asOf = ''): string[] => [
  errors.length > 0 ? problem.title : sentenceOf(problem), ...errors.map(({ pointer, detail }) => `  ${pointer === '#/asOf' ? '--as-of' : pointer}: ${detail}`),
  ...(errors.length > 0 && /^[\w-]*[a-z][\w-]*$/i.test(asOf) ? [`  A version is named version:${asOf}.`] : []),
];
