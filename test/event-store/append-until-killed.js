// Run by sqlite-event-store.spec.ts: thirty-two writers that append five facts at a time to streams of their own, for ever.
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { SqliteEventStore } from '../../dist/event-store/sqlite/sqlite-event-store.js';

const store = await SqliteEventStore.open(process.argv[2]);
const facts = () => Array.from({ length: 5 }, () => ({ id: randomUUID(), type: 'Noted', data: `{"filling":"${'x'.repeat(400)}"}`, metadata: '{}' }));
const write = async () => {
  for (;;) {
    const stream = randomUUID();
    await store.append(stream, 'none', facts());
    writeSync(1, `${stream}\n`);
  }
};
await Promise.all(Array.from({ length: 32 }, write));
