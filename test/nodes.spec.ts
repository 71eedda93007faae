import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '../src/deciding/clock.js';
import { Double } from './event-store/kurrentdb/double.js';
import { Application, token, type Answer, type Body } from './http/application.js';

const secret = 'a secret that all nodes of the tests share';
const rooms = ['simba', 'tembo', 'twiga'];
const hours = ['08', '09', '10', '11'];
const organisers = 24;

describe('Three nodes over one store', () => {
  let double: Double;
  let nodes: Application[];
  const on = (n: number): Application => nodes[n % nodes.length]!;
  const planned = async (id: string): Promise<string> => {
    await on(0).ask('POST', '/convenings', { id, title: 'A meeting', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' });
    return `/convenings/${id}`;
  };
  const positionOf = ({ headers }: Answer): Record<string, string> => ({ 'baraza-position': headers.get('baraza-position') ?? '' });
  /** The one whose facts stand last in the log: it need not have been asked for last. */
  const latest = (answers: readonly Answer[]): Answer => answers.reduce((one, other) => (BigInt(positionOf(one)['baraza-position']!.slice(37)) > BigInt(positionOf(other)['baraza-position']!.slice(37)) ? one : other));
  /** What all nodes tell of it once they include this answer: one text, if they agree. */
  const toldBy = async (path: string, after: Answer): Promise<string[]> => [...new Set(await Promise.all(nodes.map(async (node) => (await node.ask('GET', path, undefined, positionOf(after))).text)))];

  /** A read that waits for what will not come: it is answered while the others are asked. */
  let beyond: ReturnType<typeof askedBeyondTheEnd>;
  const askedBeyondTheEnd = async () => {
    // Cast: the details of this part.
    const { log } = (await on(0).ask('GET', '/health/ready')).body.parts![0]!.details as { log: string };
    const began = performance.now();
    const answer = await on(1).ask('GET', '/convenings', undefined, { 'baraza-position': `${log}.${2n ** 60n}` });
    return { answer, took: performance.now() - began };
  };

  beforeAll(async () => {
    double = await Double.start();
    nodes = Array.from({ length: 3 }, () => new Application({ secret, kurrentdb: { url: double.url } }));
    await Promise.all(nodes.map((node) => node.start()));
    beyond = askedBeyondTheEnd();
  }, 60_000);
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.end()));
    await double.stop();
  });

  it('take what organisers write to all of them at one convening: no room is given twice, nothing is lost, and all tell the same', async () => {
    const at = await planned('contended');
    for (const id of rooms) await on(0).ask('POST', `${at}/rooms`, { id, name: id });
    // Two ask for each room and hour, each through a node of their own.
    const asked = await Promise.all(
      Array.from({ length: organisers }, async (_, n) => {
        const session = `s${n}`;
        const added = await on(n).ask('POST', `${at}/sessions`, { id: session, kind: 'talk', title: session });
        const [room, hour] = [rooms[n % rooms.length], hours[Math.floor((n % 12) / rooms.length)]];
        const slot = await on(n + Math.floor(n / 12)).ask('PUT', `${at}/sessions/${session}/slot`, { room, start: `2013-05-27T${hour}:00`, end: `2013-05-27T${hour}:50` });
        return { session, added, slot };
      }),
    );
    expect(asked.map(({ added }) => added.status)).toEqual(Array(organisers).fill(201));
    expect(asked.map(({ slot: { status, body } }) => body.code ?? status).sort()).toEqual([...Array<number>(12).fill(200), ...Array<string>(12).fill('room-taken')]);

    const answers = asked.flatMap(({ added, slot }) => (slot.status === 200 ? [added, slot] : [added]));
    // Of a new session and of a slot the last fact is the session's: each has a revision of its own.
    const revisions = answers.map(({ headers }) => headers.get('etag'));
    expect(new Set(revisions).size).toBe(answers.length);
    const stored = double.log.stream('convening-contended');
    expect(stored?.length).toBe(1 + rooms.length + answers.length);

    const last = latest(answers);
    const told = await toldBy(`${at}/programme`, last);
    expect(told.length).toBe(1);
    // Cast: a programme as the interface describes it.
    const { sessions } = JSON.parse(told[0]!) as { sessions: { id: string; slot?: { room: string; start: string } }[] };
    expect(sessions.map(({ id }) => id).sort()).toEqual(asked.map(({ session }) => session).sort());
    expect(new Set(sessions.flatMap(({ slot }) => (slot ? [`${slot.room} ${slot.start}`] : []))).size).toBe(12);
  }, 60_000);

  it('wait for a position that another node gave, and say 503 when they cannot include it in time', async () => {
    const at = await planned('awaited');
    for (let n = 0; n < 6; n++) {
      const added = await on(n).ask('POST', `${at}/rooms`, { id: `room-${n}`, name: 'A room' });
      const read = await on(n + 1).ask('GET', `${at}/rooms/room-${n}`, undefined, positionOf(added));
      expect([added.status, read.status]).toEqual([201, 200]);
    }
    const { answer: { status, body, headers }, took } = await beyond;
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'read-behind', '1']);
    expect(took).toBeLessThan(15_000);
  }, 60_000);

  it('end with one key of a person when two make it at the same instant, and all open what is sealed with it', async () => {
    const at = await planned('sealed');
    const people = Array.from({ length: 4 }, () => randomUUID());
    for (const n of [0, 1]) await on(0).ask('POST', `${at}/sessions`, { id: `s${n}`, kind: 'talk', title: 'A talk' });
    const propose = (n: number, person: string) => on(n).ask('POST', `${at}/sessions/s${n}/appearances`, { role: 'speaker', person, credit: { name: `Speaker in ${n}` } });
    const answers = await Promise.all(people.flatMap((person) => [propose(0, person), propose(1, person)]));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(people.map((person) => double.log.stream(`key-${person}`)?.length)).toEqual([1, 1, 1, 1]);
    for (const n of [0, 1]) {
      const read = await on(2).ask('GET', `${at}/sessions/s${n}/appearances`, undefined, positionOf(latest(answers)));
      // Cast: the appearances of a session as the interface describes them.
      const { appearances } = read.body as { appearances: { person: string; credit: object }[] };
      expect(appearances.map(({ person, credit }) => [person, credit]).sort()).toEqual(people.map((person) => [person, { name: `Speaker in ${n}` }]).sort());
    }
  }, 60_000);

  it('go on while one is killed, and that one, begun afresh with an empty folder, rebuilds and tells the same', async () => {
    const at = await planned('rebuilt');
    const data = mkdtempSync(join(tmpdir(), 'baraza-node-'));
    let node = await NodeProcess.start(data, double.url);
    await node.asked('POST', `${at}/rooms`, { id: 'before', name: 'Before' });
    await node.kill();
    rmSync(data, { recursive: true });
    const working = Promise.all(['one', 'two', 'three', 'four'].map((id, n) => on(n).ask('POST', `${at}/rooms`, { id, name: id })));
    node = await NodeProcess.start(data, double.url);
    const answers = await working;
    expect(answers.map(({ status }) => status)).toEqual(Array(4).fill(201));
    const last = await on(0).ask('POST', `${at}/rooms`, { id: 'last', name: 'Last' });
    const afresh = await node.until(`${at}/rooms`, positionOf(last));
    expect([afresh]).toEqual(await toldBy(`${at}/rooms`, last));
    await node.kill();
    rmSync(data, { recursive: true });
  }, 60_000);

  it('all see an offer lapse, and it lapses once; so does the one that follows', async () => {
    const at = await planned('offered');
    await on(0).ask('POST', `${at}/registration`, { hoursToAccept: 24 });
    await on(0).ask('POST', `${at}/registration/categories`, { id: 'participant', name: 'Participant', capacity: 1 });
    const codes: string[] = [];
    for (const family of ['Juma', 'Moyo', 'Ngugi']) codes.push(String((await on(0).ask('POST', `${at}/registrations`, { category: 'participant', name: { family } })).body.code));
    await on(0).ask('POST', `${at}/registrations/${codes[0]}/withdrawal`);
    /** It happens by itself, within a second or so. */
    const becomes = async (code: string | undefined, instant: string) => {
      for (const { clock } of nodes) clock.set(instant);
      for (const until = Date.now() + 20_000; ; ) {
        const { status } = (await on(2).ask('GET', `${at}/registrations/${code}`)).body;
        if (status === 'lapsed' || Date.now() > until) return status;
      }
    };
    expect(await becomes(codes[1], '2013-03-02T08:00:00Z')).toBe('lapsed');
    expect(await becomes(codes[2], '2013-03-03T08:00:00Z')).toBe('lapsed');
    const kept = double.log.stream('registrations-offered');
    expect(kept === 'deleted' ? kept : kept?.map(({ type }) => type)).toEqual([
      'RegistrationPrepared', 'CategoryAdded', 'PersonRegistered', 'PersonRegistered', 'PersonRegistered', 'RegistrationWithdrawn', 'SeatsOffered', 'OffersLapsed', 'SeatsOffered', 'OffersLapsed',
    ]);
  }, 60_000);
});

/** A node in a process of its own, so that it can be killed. */
class NodeProcess {
  private constructor(private readonly child: ChildProcess, readonly url: string) {}

  static async start(data: string, kurrentdb: string): Promise<NodeProcess> {
    const environment = { PATH: process.env['PATH'], BARAZA_PORT: '0', BARAZA_DATA: data, BARAZA_TOKEN: token, BARAZA_SECRET: secret, KURRENTDB_URL: kurrentdb };
    const child = spawn(process.execPath, [fileURLToPath(new URL('../dist/main.js', import.meta.url))], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout.on('data', (bytes: Buffer) => {
        said += bytes.toString();
        const found = /"url":"([^"]+)","msg":"Baraza serves"/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', (code) => reject(new Error(`The node ended with ${code}: ${said}`)));
    });
    return new NodeProcess(child, url);
  }

  async asked(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  }

  /** What it tells as soon as it can: it says that it rebuilds until then. */
  async until(path: string, headers: Record<string, string>): Promise<string> {
    for (;;) {
      const { status, text } = await this.asked('GET', path, undefined, headers);
      if (status === 200) return text;
      expect([status, (JSON.parse(text) as Body).code]).toEqual([503, 'read-model-rebuilding']);
    }
  }

  async kill(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }
}

/** The machine's clock, put forward or back. */
class ShiftedClock extends Clock {
  shift = 0;
  now = () => Date.now() + this.shift;
}

describe('A node whose clock is more than five seconds off the store’s', () => {
  it('says so in its health and changes nothing, while it goes on being read from; until it is set right', async () => {
    const double = await Double.start();
    const clock = new ShiftedClock();
    const node = new Application({ secret, kurrentdb: { url: double.url } });
    const plan = (id: string) => node.ask('POST', '/convenings', { id, title: 'A meeting', start: '2026-05-27', end: '2026-05-28', zone: 'Africa/Dar_es_Salaam' });
    const health = async () => {
      const { status, body } = await node.ask('GET', '/health/ready');
      // Cast: the details of this part.
      const { secondsAhead, refusesChanges } = body.parts?.find(({ name }) => name === 'clock')?.details as { secondsAhead: number; refusesChanges: boolean };
      return [status, secondsAhead > 5 && secondsAhead <= 8, refusesChanges];
    };
    try {
      await node.start(clock);
      // What follows the log in a thread of its own may begin to serve a moment later.
      while ((await node.ask('GET', '/health/ready')).status !== 200);
      expect((await plan('in-time')).status).toBe(201);
      clock.shift = 8_000;
      const { status, body, headers } = await plan('too-early');
      expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'clock-off', '1']);
      expect([(await node.ask('GET', '/convenings/in-time')).status, (await node.ask('GET', '/convenings/too-early')).status]).toEqual([200, 404]);
      expect(await health()).toEqual([200, true, true]);
      clock.shift = -8_000;
      expect((await plan('too-late')).body.code).toBe('clock-off');
      clock.shift = 0;
      expect(await health()).toEqual([200, false, false]);
      expect((await plan('too-early')).status).toBe(201);
    } finally {
      await node.end();
      await double.stop();
    }
  }, 60_000);
});
