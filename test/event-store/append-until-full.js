// Run by sqlite-event-store.spec.ts where files cannot grow beyond a size: appends until nothing can be written, and tells what was.
import { randomUUID } from 'node:crypto';
import { SqliteEventStore } from '../../dist/event-store/sqlite/sqlite-event-store.js';

const store = await SqliteEventStore.open(process.argv[2]);
const facts = () => Array.from({ length: 5 }, () => ({ id: randomUUID(), type: 'Noted', data: `{"filling":"${'x'.repeat(400)}"}`, metadata: '{}' }));
const acknowledged = [];
const errors = new Set();
while (errors.size === 0) {
  await Promise.all(Array.from({ length: 8 }, async () => {
    const stream = randomUUID();
    await store.append(stream, 'none', facts()).then(() => acknowledged.push(stream), (error) => errors.add(error.name));
  }));
}
const readable = [];
for await (const page of store.readAll()) readable.push(...page.map(({ stream }) => stream));
await store.close();
console.log(JSON.stringify({ acknowledged, errors: [...errors], readable: readable.length }));
