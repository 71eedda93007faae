// Run by sqlite-event-store.spec.ts: appends while the writer's thread is ended again and again, and repeats what is unknown until it is known.
import { randomUUID } from 'node:crypto';
import { SqliteEventStore } from '../../dist/event-store/sqlite/sqlite-event-store.js';

let writer;
let writers = 0;
process.on('worker', (worker) => {
  writer = worker;
  writers += 1;
});
const store = await SqliteEventStore.open(process.argv[2]);
const told = [];
const allTold = new Promise((resolve) => {
  store.subscribe({}, {
    facts: (facts) => void told.push(...facts.map(({ position }) => Number(position))),
    caughtUp: () => told.length >= 200 && resolve(),
    failed: (error) => console.error(error),
  });
});
const facts = () => Array.from({ length: 5 }, () => ({ id: randomUUID(), type: 'Noted', data: '{}', metadata: '{}' }));
const appendUntilKnown = async (stream, own) => {
  for (;;) {
    try {
      return await store.append(stream, 'none', own);
    } catch (error) {
      if (error.name !== 'OutcomeUnknown') throw error;
    }
  }
};
const asked = [];
for (let round = 0; round < 5; round += 1) {
  const works = Array.from({ length: 8 }, (_, index) => appendUntilKnown(`${round}-${index}`, facts()));
  asked.push(...works);
  await Promise.race(works);
  void writer.terminate();
}
const answers = await Promise.all(asked);
await allTold;
await store.close();
console.log(JSON.stringify({ manyDied: writers > 3, revisions: [...new Set(answers.map(({ revision }) => revision))], told: told.length, inOrder: told.every((position, index) => index === 0 || position > told[index - 1]) }));
