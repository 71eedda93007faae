import { configFrom, WrongSetting, type Config } from '../config.js';
import { StoreRefused } from '../event-store/event-store.js';
import { movableKurrentDb } from '../event-store/kurrentdb/movable-kurrentdb.js';
import type { Movable } from '../event-store/movable.js';
import { move, type Onlooker } from '../event-store/move.js';
import { movableFiles } from '../event-store/sqlite/movable-files.js';
import { checkName, unwrap, wrappingKey } from '../event-store/wrapping.js';
import { kurrentDbOf } from '../ground.js';
import { Progress } from './progress.js';
import { WrongUse, type Terminal, type Tool } from './tool.js';

/** A cluster has elected another leader and answers within this, in milliseconds. */
const deadline = 30_000;
/** A node over a KurrentDB has found out by then that its log is closed, and has no append under way any more, in milliseconds. */
const echo = 20_000;

const usage = `baraza migrate          from the files in BARAZA_DATA to the KurrentDB that KURRENTDB_URL names
baraza migrate --back   from there to files in BARAZA_DATA

Moves the log with its keys: every fact with its id, its place, its time and its chain, the names of deleted streams,
and the keys as they are wrapped, so BARAZA_SECRET stays the same. Before: make a backup and stop the nodes. The log
that is left is closed first, and no node opens it any more. The new one has an id of its own, and nodes open it when
everything in it was read back and compared. Where it is sent must be empty. Ended at any point, run it again.

BARAZA_DATA, BARAZA_SECRET, BARAZA_TOKEN, KURRENTDB_URL and KURRENTDB_PREFIX are set as for a node.
Ends with 0 when all is moved, 1 when not, 2 when called wrongly.
`;

/** `baraza migrate`: see its usage. */
export const migrate: Tool = {
  name: 'migrate',
  summary: 'moves the log and its keys to a KurrentDB, or back',
  usage,
  async run(args, terminal) {
    const back = args[0] === '--back';
    if (args.length > (back ? 1 : 0)) throw new WrongUse(`migrate takes --back or nothing, not ${args.join(' ')}.`);
    const config = configFrom(terminal.environment);
    const opened: Movable[] = [];
    try {
      for (const open of waysOf(config, back)) opened.push(await open());
      // Cast: there are two ways.
      const [source, target] = opened as [Movable, Movable];
      await refuseOtherSecret(source, config);
      const { facts, deletedStreams, keys } = await watched(terminal, (onlooker) => move(source, target, onlooker));
      terminal.out.write(`Moved from ${source.name} to ${target.name}, and compared: ${facts} facts, ${deletedStreams} deleted streams, ${keys} keys. It is log ${target.log.logId} now.\n${back ? nextInFiles : nextInKurrentDb}`);
      return 0;
    } finally {
      for (const end of opened) await end.close();
    }
  },
};

const nextInKurrentDb = 'Start the nodes with KURRENTDB_URL, and with another BARAZA_DATA, or move events.db and keys.db away from this one. Destroy those two when nobody needs them any more: they open what is sealed, also for those who are forgotten later.\n';
const nextInFiles = 'Start one node with this BARAZA_DATA and without KURRENTDB_URL.\n';

/** How the source and the target are opened. @throws WrongSetting */
const waysOf = (config: Config, back: boolean): readonly (() => Promise<Movable>)[] => {
  if (!config.kurrentdb) throw new WrongSetting('KURRENTDB_URL is not set: migrate needs the address of a KurrentDB.');
  const given = { ...kurrentDbOf(config.kurrentdb), deadline };
  const [files, kurrentDb] = [() => movableFiles(config.data, { anew: back }), () => movableKurrentDb(given, echo)];
  return back ? [kurrentDb, files] : [files, kurrentDb];
};

/** @throws StoreRefused no node could open what is moved */
const refuseOtherSecret = async (source: Movable, { secret = '' }: Config): Promise<void> => {
  const keys = await source.keys();
  if (!keys || unwrap(wrappingKey(secret, Buffer.from(keys.salt, 'base64')), checkName, Buffer.from(keys.check, 'base64'))) return;
  throw new StoreRefused(`BARAZA_SECRET is not the secret that the keys of ${source.name} are wrapped with. Nothing was changed.`);
};

/** Shows a line for each step that takes its time. */
const watched = async <R>({ err }: Terminal, work: (onlooker: Onlooker) => Promise<R>): Promise<R> => {
  let progress: Progress | undefined;
  let of = 0;
  try {
    return await work({
      step(what, facts) {
        progress?.end();
        err.write(`${what}${facts > 0 ? ` ${facts.toLocaleString('en')} facts` : ''}.\n`);
        [progress, of] = [new Progress(err, what), facts];
      },
      at: (done) => progress?.at(done, of),
    });
  } finally {
    progress?.end();
  }
};
