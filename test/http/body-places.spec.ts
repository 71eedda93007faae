import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { BodyPlaces } from '../../src/http/body-places.js';
import { application, token } from './application.js';

const convening = { id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' };

describe('bodies that are sent at the same time', () => {
  const app = application();
  const programme = '/convenings/arusha-2013/programme?dryRun=true';

  /** Who sends so many bytes of a body of 16 MiB, and then nothing more. The status that is answered, if one is. */
  const unfinished = (bytes: number, pieces: 'large' | 'of a byte' = 'large') => {
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    const answered = once(socket.setEncoding('utf8'), 'data').then(([text]) => {
      const [, status, seconds] = /^HTTP\/1\.1 (\d+).*\r\nretry-after: (\d+)\r\n/is.exec(String(text)) ?? [];
      return { socket, status, seconds };
    });
    const lengths = pieces === 'large' ? `Content-Length: ${16 * 1024 * 1024}` : 'Transfer-Encoding: chunked';
    socket.write(`PUT ${programme} HTTP/1.1\r\nHost: baraza\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n${lengths}\r\n\r\n`);
    socket.on('error', () => undefined).write(pieces === 'large' ? ' '.repeat(bytes) : '1\r\n \r\n'.repeat(bytes));
    return { socket, answered };
  };
  const end = (sockets: readonly Socket[]) => Promise.all(sockets.map((socket) => (socket.destroyed ? Promise.resolve([]) : once(socket.destroy(), 'close'))));

  it('hold no more than 64 MiB together: who comes on top is told so at once, short ones and other kinds are taken, and who hangs up leaves room', async () => {
    expect((await app.ask('POST', '/convenings', convening)).status).toBe(201);
    // Four of them leave less than a part takes.
    const most = 15.8 * 1024 * 1024;
    const five = Array.from({ length: 5 }, () => unfinished(most));
    const { socket: refused, status, seconds } = await Promise.race(five.map(({ answered }) => answered));
    expect([status, seconds]).toEqual(['503', '1']);
    const short = await app.ask('PUT', programme, { sessions: [] });
    const part = await app.ask('POST', '/convenings/arusha-2013/rooms', `{"id":"simba","name":"Simba"${' '.repeat(1_000_000)}}`);
    expect([short.status, part.status]).toEqual([200, 201]);
    await end(five.map(({ socket }) => socket).filter((socket) => socket !== refused));
    const whole = () => app.ask('PUT', programme, `{"sessions":[]${' '.repeat(most)}}`).then(({ status: told }) => told);
    let again = await whole();
    // The node may hear a moment later that they hung up.
    while (again === 503) again = await whole();
    // What is answered is held no more either: five would not have room together.
    expect([again, await whole(), await whole(), await whole(), await whole()]).toEqual([200, 200, 200, 200, 200]);
    await end([refused]);
  });

  it('are counted by what they hold: a million pieces of a byte are more than their bytes', async () => {
    const { socket, answered } = unfinished(1_000_000, 'of a byte');
    expect((await answered).status).toBe('503');
    await end([socket]);
  });
});

describe('the place of a body', () => {
  /** Pieces of so many bytes, with 160 for each. */
  const filled = (places: BodyPlaces, ...bytes: readonly number[]) => {
    const place = places.place();
    return { place, taken: bytes.map((each) => place.takes(each - 160)) };
  };

  it('is there for the first of each body, however much others hold; what is beyond it is counted until it is left', () => {
    const places = new BodyPlaces(1_000, 500);
    const large = filled(places, 1_500);
    expect([large.taken, filled(places, 200, 300, 200).taken]).toEqual([[true], [true, true, false]]);
    large.place.leave();
    large.place.leave();
    expect(filled(places, 1_500, 200).taken).toEqual([true, false]);
  });
});
