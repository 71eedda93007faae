import { existsSync, writeFileSync } from 'node:fs';

// The same read model as tally.ts, for a thread of its own: what it is to be like stands in the address, `?version=2&weight=3`.
const given = new URL(import.meta.url).searchParams;
const number = (name) => Number(given.get(name) ?? 1);

export const projection = () => ({
  name: 'tallies', tables: 1, version: number('version'), streams: ['tally-'],
  create: (database) => database.exec('CREATE TABLE tallies (stream TEXT PRIMARY KEY, sum INTEGER NOT NULL)'),
  open: (database) => {
    const add = database.prepare('INSERT INTO tallies VALUES (?, ?) ON CONFLICT DO UPDATE SET sum = sum + excluded.sum');
    const applied = new Map();
    return {
      apply({ stream, type, data }) {
        if (type === given.get('unknown')) throw new Error(`nobody knows ${type}`);
        if (type === 'Deadly' && !existsSync(given.get('once'))) {
          writeFileSync(given.get('once'), '');
          process.exit(1);
        }
        applied.set(stream, (applied.get(stream) ?? 0) + number('weight') * JSON.parse(data).adds);
      },
      write(stream) {
        add.run(stream, applied.get(stream));
        applied.delete(stream);
      },
      forget: (stream) => void applied.delete(stream),
    };
  },
});
