import { accessSync, constants, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { configFrom } from '../config.js';
import { StoreRefused, type StoredFact } from '../event-store/event-store.js';
import { KurrentDbEventStore, type KurrentDb } from '../event-store/kurrentdb/kurrentdb-event-store.js';
import { prepareFile } from '../event-store/sqlite/database-file.js';
import { messageOf } from '../event-store/sqlite/database.js';
import { LogReader } from '../event-store/sqlite/log-reader.js';
import { eventLog } from '../event-store/sqlite/log-tables.js';
import { ChainVerification, type Flaw, type StreamEnd } from '../event-store/verification.js';
import { kurrentDbOf } from '../ground.js';
import { Progress } from './progress.js';
import { pathGiven, WrongUse, type Terminal, type Tool } from './tool.js';

/** What was read of a log, and what is wrong with it, in sentences. */
interface Verified {
  readonly facts: number;
  readonly ends: readonly StreamEnd[];
  readonly wrong: readonly string[];
}

const usage = `baraza verify [--keep-ends FILE] [--against FILE]

Recomputes the chain of hashes of every stream and names the first fact of each that was altered, removed, inserted or moved.
The log is the one of BARAZA_DATA, or of KURRENTDB_URL where that is set; it is only read, and nodes may go on serving from it.

  --keep-ends FILE   writes where each stream ends: a line "<stream> <revision> <hash>" each
  --against FILE     checks also that the ends kept in this file still stand: nothing before them was touched since;
                     a word and a colon before an end, as agendas print it, may stand in the line

A chain proves every fact but the last of its stream; of that one a log in files keeps the hash beside it, a KurrentDB does not.
Whoever can write the log can forge both: keep the ends where they cannot reach.
Ends with 0 when all is whole, 1 when not or when the log has no fact: nothing is proven then.
`;

const empty = 'The log has no fact, so nothing is proven. If it is a copy of one that has some: what was written last is in the file -wal beside that.\n';

/** Recomputes the chains of the whole log. */
export const verify: Tool = {
  name: 'verify',
  summary: 'is the log whole? names the first fact that was altered, removed, inserted or moved',
  usage,
  async run(args, { out, err, environment }) {
    const options = optionsOf(args, environment);
    const kept = options.against === undefined ? [] : endsIn(options.against);
    if (options['keep-ends'] !== undefined) checkWritable(options['keep-ends']);
    const begun = performance.now();
    const { kurrentdb, data } = configFrom(environment);
    const { facts, ends, wrong } = await (kurrentdb ? verifyKurrentDb(kurrentDbOf(kurrentdb), kept, err) : verifyFile(join(data, 'events.db'), kept, err));
    const seconds = (performance.now() - begun) / 1_000;
    out.write(`${facts.toLocaleString('en')} facts of ${ends.length.toLocaleString('en')} streams read in ${seconds.toFixed(1)} s\n`);
    const isWhole = facts > 0 && wrong.length === 0;
    out.write(isWhole ? 'The log is whole: every fact continues the one before it.\n' : wrong.length > 0 ? `${wrong.join('\n')}\nThe log is NOT whole.\n` : empty);
    if (options['keep-ends'] !== undefined && isWhole) writeFileSync(options['keep-ends'], ends.map(({ stream, revision, hash }) => `${stream} ${revision} ${hash}\n`).join(''));
    return isWhole ? 0 : 1;
  },
};

const optionsOf = (args: readonly string[], environment: Terminal['environment']) => {
  try {
    const { values } = parseArgs({ args: [...args], options: { 'keep-ends': { type: 'string' }, against: { type: 'string' } } });
    const path = (given: string | undefined) => (given === undefined ? undefined : pathGiven(given, environment));
    return { 'keep-ends': path(values['keep-ends']), against: path(values.against) };
  } catch (error) {
    throw new WrongUse((error as Error).message);
  }
};

/** What was read for minutes is not lost for a folder that is not there. Nothing is written yet: an empty list of ends would prove nothing. @throws WrongUse */
const checkWritable = (path: string): void => {
  try {
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Error('it is a folder');
  } catch (error) {
    throw new WrongUse(`The ends cannot be kept in ${path}: ${messageOf(error)}.`);
  }
};

/** @throws WrongUse */
const readIn = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new WrongUse(`The file ${path} cannot be read: ${messageOf(error)}.`);
  }
};

/** @throws WrongUse the file is not there, or is not a list of ends */
const endsIn = (path: string): StreamEnd[] => {
  if (!existsSync(path)) throw new WrongUse(`The file ${path} is not there.`);
  return readIn(path).split('\n').filter(Boolean).map((line, index) => {
    const [, stream, revision, hash] = /^(?:[^:]+:)?\s*(\S+) (\d+) ([0-9a-f]{64})$/.exec(line.trimEnd()) ?? [];
    if (stream === undefined || hash === undefined) throw new WrongUse(`Line ${index + 1} of ${path} is not "<stream> <revision> <hash>", nor that after a word and a colon.`);
    return { stream, revision: Number(revision), hash };
  });
};

/** The ends are read before the facts and after them: a node may be writing. @throws StoreRefused, StoreUnavailable */
const verifyFile = async (path: string, kept: readonly StreamEnd[], err: Terminal['err']): Promise<Verified> => {
  if (!existsSync(path)) throw new StoreRefused(`There is no event log ${path}. Set BARAZA_DATA to the folder that has it.`);
  const log = opened(path);
  try {
    err.write('Checking the file, then its facts.\n');
    const damage = log.damage().map((found) => `The file is damaged: ${found}`);
    const noted = log.ends();
    const verification = new ChainVerification([...kept, ...(noted ?? [])]);
    const facts = await taken(log.all(), verification, err, Number(log.head()));
    verification.astray(log.astray());
    const flaws = verification.flaws(log.ends()).map(inWords);
    const missing = noted ? (log.missing() ?? 0) : 0;
    const gone = missing !== 0 && flaws.length === 0 ? [missing === 1 ? '1 fact that was in the log is not there, nor the stream it was of.' : `${missing} facts that were in the log are not there, nor the streams they were of.`] : [];
    return { facts, ends: verification.ends(), wrong: [...damage, ...flaws, ...gone] };
  } finally {
    log.close();
  }
};

/** @throws StoreRefused it is no event log, or so damaged that it cannot be opened */
const opened = (path: string): LogReader => {
  prepareFile(path, eventLog);
  try {
    return new LogReader(path);
  } catch (error) {
    throw new StoreRefused(`The event log ${path} cannot be opened: ${messageOf(error)}. Put it back from a backup.`);
  }
};

/** The server checks its own files; whether a last fact is as it was, only ends that were kept can tell. @throws StoreRefused, StoreUnavailable */
const verifyKurrentDb = async (given: KurrentDb, kept: readonly StreamEnd[], err: Terminal['err']): Promise<Verified> => {
  const log = await KurrentDbEventStore.open(given);
  try {
    const verification = new ChainVerification(kept);
    const facts = await taken(log.readAll(), verification, err);
    return { facts, ends: verification.ends(), wrong: verification.flaws().map(inWords) };
  } finally {
    await log.close();
  }
};

const inWords = ({ stream, revision, what, seen }: Flaw) => `${stream}, fact ${revision}: ${what}; ${seen}`;

/** `of`: how many there are, where that is known. */
const taken = async (pages: AsyncIterable<readonly StoredFact[]>, verification: ChainVerification, err: Terminal['err'], of?: number): Promise<number> => {
  const progress = new Progress(err, 'Facts verified');
  let facts = 0;
  for await (const page of pages) {
    verification.take(page);
    facts += page.length;
    progress.at(facts, of);
  }
  progress.end();
  return facts;
};
