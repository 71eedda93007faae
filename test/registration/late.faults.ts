import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/deciding/clock.js';
import { Double } from '../event-store/kurrentdb/double.js';
import { Application } from '../http/application.js';

/** Within this anybody is answered, whatever was to be done for them first, in milliseconds; and what may come to it on a busy machine. */
const [inTime, grace] = [10_000, 1_500];
const at = '/convenings/meeting';

let server: Double;
let node: Application;
beforeAll(async () => {
  server = await Double.start();
  node = new Application({ secret: 'a secret', kurrentdb: { url: server.url } });
  await node.start(new SystemClock());
  await node.ask('POST', '/convenings', { id: 'meeting', title: 'A meeting', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' });
  await node.ask('POST', `${at}/registration`, { opens: '2013-01-01T00:00:00Z' });
  await node.ask('POST', `${at}/registration/categories`, { id: 'participant', name: 'Participant', capacity: 200 });
}, 30_000);
afterAll(async () => {
  await node.end();
  await server.stop();
});

const register = async (n: number): Promise<{ status: number; took: number }> => {
  const began = performance.now();
  const { status } = await node.ask('POST', `${at}/registrations`, { category: 'participant', name: { given: 'A', family: `The ${n}.` }, email: `person-${n}@example.org` });
  return { status, took: performance.now() - began };
};

describe('Who registers while nothing can be written', () => {
  it('is answered in time, also who had to wait first for what others had asked', async () => {
    expect((await register(0)).status).toBe(201);
    server.fate = () => 'not ready';
    const answers = await Promise.all([0, 2_500].map(async (later, index) => (await setTimeout(later), register(index + 1))));
    server.fate = () => 'answered';
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    expect(answers.filter(({ took }) => took > inTime + grace)).toEqual([]);
    expect((await register(3)).status).toBe(201);
  }, 60_000);
});
