import { randomUUID } from 'node:crypto';
import type { EventStore } from '../../src/event-store/event-store.js';
import type { Keys } from '../../src/event-store/keys.js';
import { fact } from './event-store.contract.js';

export const secret = 'a secret of more than thirty-two characters';
export const [ada, ben, cleo] = [randomUUID(), randomUUID(), randomUUID()];

/** Facts of several streams between each other, large ones and names that the server has a use for among them; one stream deleted, one key erased. */
export const fill = async (log: EventStore, keys: Keys): Promise<void> => {
  const at: Record<string, number> = {};
  for (let turn = 0; turn < 24; turn += 1) {
    const stream = ['convening-a', 'convening-b', 'registrations-a', '$odd', 'key-odd', 'convening-a'][turn % 6]!;
    const facts = Array.from({ length: 1 + (turn % 4) }, (_, index) => fact(`${turn} ${index} é`, 10));
    at[stream] = (await log.append(stream, at[stream] ?? 'none', facts)).revision;
  }
  // Together they are more than one append holds.
  for (let turn = 0; turn < 2; turn += 1) at['convening-b'] = (await log.append('convening-b', at['convening-b']!, Array.from({ length: 3 }, (_, index) => fact(`large ${turn} ${index}`, 250_000)))).revision;
  await log.append('gone', 'none', [fact('gone')]);
  await log.append('convening-a', at['convening-a']!, [fact('the last')]);
  await log.deleteStream('gone');
  await keys.obtain([ada, ben, cleo]);
  await keys.erase(ben);
};
