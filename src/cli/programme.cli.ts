import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { ProgrammeChanged, ProgrammeRead } from '../convening/programme-document.queries.js';
import { refusals } from '../deciding/refusal.js';
import { messageOf } from '../event-store/sqlite/database.js';
import { jsonLines } from './json-lines.js';
import { faultAt, placeAt, placesOf } from './json-places.js';
import { inColours, linesOf, plainly } from './programme-lines.js';
import { addressFrom, askService, NoAnswer, type Address, type ProblemTold } from './service.js';
import { WrongUse, type Terminal, type Tool } from './tool.js';

const usage = `baraza programme get <convening> [--as-of <when>] [--no-states]
baraza programme put <convening> <file> [--dry-run] [--if-match <revision>] [--reason <why>]

get writes the whole programme as one document (JSON): rooms, tracks, and sessions with all they have.
put makes the programme what the document says, all of it or nothing, and tells what changed. <file> may be - for standard input.

  --as-of <when>           as it was: version:final, rev:211, or an instant such as 2013-05-24T17:00+03:00
  --no-states              leave out how appearances stand: then the file can be put again whatever people answer meanwhile
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
      return await (file === undefined ? get(address, path, given, terminal) : put(address, path, { given, file, terminal }));
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      terminal.err.write(`${error.message}\n`);
      return 1;
    }
  },
};

const get = async (address: Address, path: string, { 'as-of': asOf, 'no-states': isStateless }: Flags, { out, err }: Terminal): Promise<number> => {
  const answer = await askService(address, 'GET', asOf === undefined ? path : `${path}?asOf=${encodeURIComponent(asOf)}`);
  if ('problem' in answer) {
    err.write(`${sentenceOf(answer.problem)}\n`);
    return 1;
  }
  // Cast: what Baraza answers with.
  const read = answer.body as ProgrammeRead;
  out.write(`${jsonLines(isStateless ? withoutStates(read) : read)}\n`);
  const revision = answer.tag?.replaceAll('"', '');
  if (asOf === undefined && revision !== undefined) err.write(`It is at ${revision}: put it with --if-match ${revision}, and nothing that others change meanwhile is overwritten.\n`);
  return 0;
};

/** How people answered is theirs to say: left out, it stays as it is. */
const withoutStates = ({ sessions, ...rest }: ProgrammeRead) => ({
  ...rest, sessions: sessions.map(({ appearances, ...session }) => ({ ...session, appearances: appearances.map(({ state: _, ...seat }) => seat) })),
});

interface Put {
  readonly given: Flags;
  readonly file: string;
  readonly terminal: Terminal;
}

const put = async (address: Address, path: string, { given, file, terminal }: Put): Promise<number> => {
  const { out, err, environment } = terminal;
  const name = file === '-' ? 'standard input' : file;
  const text = await textOf(file, terminal);
  const fault = faultOf(text);
  if (fault) {
    err.write(`${name}:${fault}\n`);
    return 1;
  }
  const { reason, 'if-match': ifMatch, 'dry-run': isDry } = given;
  const headers = { ...(reason !== undefined && { reason: encodeURIComponent(reason) }), ...(ifMatch !== undefined && { 'if-match': tagOf(ifMatch) }) };
  const answer = await askService(address, 'PUT', isDry ? `${path}?dryRun=true` : path, { body: text, headers });
  if ('problem' in answer) {
    for (const line of faultsIn(text, name, answer.problem)) err.write(`${line}\n`);
    return 1;
  }
  const isColoured = out.isTTY === true && !environment['NO_COLOR'];
  // Cast: what Baraza answers a programme with.
  for (const line of linesOf(answer.body as ProgrammeChanged, isColoured ? inColours : plainly)) out.write(`${line}\n`);
  return 0;
};

/** `r211`, `"r211"` or `211`, as an ETag. @throws WrongUse */
const tagOf = (revision: string): string => {
  const [, digits] = /^"?r?(\d{1,15})"?$/.exec(revision) ?? [];
  if (digits === undefined) throw new WrongUse(`${revision} is no revision: it is such as r211.`);
  return `"r${digits}"`;
};

/** @throws NoAnswer */
const textOf = async (file: string, { in: input }: Terminal): Promise<string> => {
  const bytes = await bytesOf(file, input);
  try {
    return utf8.decode(bytes);
  } catch {
    throw new NoAnswer(`${file} is not UTF-8: what it says cannot be read.`);
  }
};

/** @throws NoAnswer */
const bytesOf = async (file: string, input: Terminal['in']): Promise<Buffer> => {
  try {
    if (file !== '-') return await readFile(file);
    const parts: Buffer[] = [];
    for await (const part of input) parts.push(Buffer.from(part));
    return Buffer.concat(parts);
  } catch (error) {
    throw new NoAnswer(`${file} cannot be read: ${messageOf(error).replace(/^.*[A-Z]{2,}: |, open .*$/g, '')}.`);
  }
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What makes a text no JSON, with its place. */
const faultOf = (text: string): string | undefined => {
  if (text.startsWith('\uFEFF')) return '1:1: the file begins with a byte order mark; save it as UTF-8 without one.';
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const { line, column } = placeAt(text, faultAt(text));
    return `${line}:${column}: this is not JSON: ${messageOf(error).replace(/^\w+: |, \.{3}.*$| in JSON at position.*$/g, '')}.`;
  }
};

/** One line for each thing that is wrong, as compilers write it, and for each sort of them what to do. */
const faultsIn = (text: string, name: string, { errors = [], ...problem }: ProblemTold): string[] => {
  if (errors.length === 0) return [sentenceOf(problem)];
  const places = placesOf(text, errors.map(({ pointer }) => pointer));
  const lines = errors.map(({ pointer, code, detail, about }) => {
    const { line, column } = places.get(pointer) ?? { line: 1, column: 1 };
    return pointer.startsWith('#') ? `${name}:${line}:${column}: ${detail} (${code} at ${pointer}${factsOf(about)})` : `${pointer}: ${detail}`;
  });
  const solutions: ReadonlyMap<string, { readonly solve: string }> = new Map(Object.entries(refusals));
  const hints = [...new Set(errors.map(({ code }) => code))].flatMap((code) => solutions.get(code)?.solve ?? []);
  return [...lines, ...hints.map((hint) => `  ${hint}`), `Nothing was written: ${errors.length === 1 ? 'one thing is' : `${errors.length} things are`} wrong.`];
};

/** What is wrong as a whole, and what to do here. */
const sentenceOf = ({ title, solve, code, status, about }: ProblemTold): string => {
  if (code === 'unauthenticated') return 'This token is not the operator’s: see BARAZA_TOKEN, or --token.';
  if (code === 'precondition-failed') return `Somebody changed it meanwhile: it is at r${String(about?.['revision'])} now. Get it again, and change that.`;
  if (code === 'reason-required') return `${title} Say it with --reason.`;
  return `${title} ${solve} (${status} ${code}${factsOf(about)})`;
};

/** The facts that are needed to act. Of conflicts their keys: what else they are is listed by the service. */
const factsOf = (about: Readonly<Record<string, unknown>> = {}): string =>
  Object.entries(about).map(([name, value]) => `; ${name}: ${Array.isArray(value) ? value.map(keyOf).join(', ') : keyOf(value)}`).join('');

const keyOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'key' in value) return String(value.key);
  return JSON.stringify(value);
};
