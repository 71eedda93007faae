import { configFrom } from '../config.js';
import { movableKurrentDb } from '../event-store/kurrentdb/movable-kurrentdb.js';
import { capital, refuseUnlessOpen } from '../event-store/movable.js';
import { movableFiles } from '../event-store/sqlite/movable-files.js';
import { kurrentDbOf } from '../ground.js';
import { WrongUse, type Tool } from './tool.js';

/** How long the server has to answer, in milliseconds. */
const deadline = 30_000;

const usage = `baraza restored

Says that the log was put back from a backup. It may lack what was written after that, so what was known of it is true no
more: the log is given another id. Nodes then build their read models anew, and a Baraza-Position from before is answered
foreign-position instead of with something else. Facts and their revisions stay as they are.

Run it once, after the files were put back and before a node is started. BARAZA_DATA, or KURRENTDB_URL with BARAZA_SECRET
and BARAZA_TOKEN, are set as for a node. Ends with 0 when it is done, 1 when not, 2 when called wrongly.
`;

/** `baraza restored`: see its usage. */
export const restored: Tool = {
  name: 'restored',
  summary: 'gives a log that was put back from a backup another id',
  usage,
  async run(args, terminal) {
    if (args.length > 0) throw new WrongUse(`restored takes nothing, not ${args.join(' ')}.`);
    const config = configFrom(terminal.environment);
    const log = config.kurrentdb ? await movableKurrentDb({ ...kurrentDbOf(config.kurrentdb), deadline }, 0) : await movableFiles(config.data, { anew: false });
    try {
      refuseUnlessOpen(log.name, await log.standing());
      const before = log.log.logId;
      terminal.out.write(`${capital(log.name)} was log ${before}, and is log ${await log.nameAnew()} now. Start the nodes.\n`);
      return 0;
    } finally {
      await log.close();
    }
  },
};
