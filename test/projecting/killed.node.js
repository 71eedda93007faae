import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { SqliteEventStore } from '../../dist/event-store/sqlite/sqlite-event-store.js';
import { ProjectionRunner } from '../../dist/projecting/runner.js';

// A node that writes and reads until it is killed: says each position that its read model has reached.
const folder = process.argv[2];
const store = await SqliteEventStore.open(join(folder, 'log.db'));
const projection = {
  name: 'tallies', tables: 1, version: 1, streams: ['tally-'],
  create: (database) => database.exec('CREATE TABLE tallies (stream TEXT PRIMARY KEY, sum INTEGER NOT NULL)'),
  open: (database) => {
    const add = database.prepare('INSERT INTO tallies VALUES (?, ?) ON CONFLICT DO UPDATE SET sum = sum + excluded.sum');
    const applied = new Map();
    return {
      apply: ({ stream }) => void applied.set(stream, (applied.get(stream) ?? 0) + 1),
      write: (stream) => {
        add.run(stream, applied.get(stream));
        applied.delete(stream);
      },
      forget: (stream) => void applied.delete(stream),
    };
  },
};
const runner = new ProjectionRunner({ store, folder: join(folder, 'read'), projection });
await runner.start();
const writer = async (stream) => {
  for (let expected = 'none'; ; ) {
    const facts = Array.from({ length: 3 }, () => ({ id: randomUUID(), type: 'Added', data: '{"adds":1}', metadata: '{}' }));
    const { revision, position } = await store.append(stream, expected, facts);
    expected = revision;
    if (runner.serving) await runner.reached(position, 10_000).then(() => process.stdout.write(`${position}\n`));
  }
};
for (let n = 0; n < 8; n++) void writer(`tally-${n}-${randomUUID()}`);
