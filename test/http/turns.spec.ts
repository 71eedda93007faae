import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { Turns } from '../../src/http/turns.js';

const busy = (milliseconds: number) => {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
};

/** So many come together, each with a connection of its own, and ask again whenever they are answered. Gives who was served, in that order, up to the first time of the last. */
const served = async (people: number, begins: (server: Server) => (request: () => void) => void): Promise<number[]> => {
  const order: number[] = [];
  const all = new Set<number>();
  const server = createServer((request, answer) =>
    begin(() => {
      const who = Number(request.headers['x-who']);
      if (all.size < people) order.push(who);
      if (all.add(who).size === people) server.emit('everybody');
      busy(1);
      answer.end('served');
    }),
  );
  const begin = begins(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const sockets = Array.from({ length: people }, (_, who) => {
    const ask = () => socket.write(`GET / HTTP/1.1\r\nHost: here\r\nX-Who: ${who}\r\n\r\n`);
    const socket = connect(port, '127.0.0.1', ask);
    return socket.on('data', ask).on('error', () => undefined);
  });
  await once(server, 'everybody');
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, 'close');
  return order;
};

/** How often the one who was served most was served until everybody had been. */
const most = (order: readonly number[]): number => Math.max(...order.map((who) => order.filter((each) => each === who).length));

describe('many who come together', () => {
  it('are let in before those who are in are served over and over', async () => {
    const order = await served(40, (server) => {
      const turns = new Turns(server);
      return (request) => turns.begin(request);
    });
    expect(most(order)).toBeLessThan(10);
  });

  it('would be let in one a turn of the event loop otherwise, each turn serving all who are in', async () => {
    expect(most(await served(40, () => (request) => request()))).toBeGreaterThan(15);
  });
});

describe('requests', () => {
  it('are begun in the order in which they came, and all of them', async () => {
    const turns = new Turns(createServer());
    const begun: number[] = [];
    turns.begin(() => begun.push(0));
    busy(5);
    for (let n = 1; n < 20; n++) turns.begin(() => begun.push(n));
    expect(begun).toEqual([0]);
    const turn = () => new Promise(setImmediate);
    await turn();
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    turns.begin(() => begun.push(20));
    await turn();
    await turn();
    expect(begun).toEqual(Array.from({ length: 21 }, (_, n) => n));
  });
});
