import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Application, token } from '../http/application.js';

/** Who asks from 127.0.0.1 is a proxy, and says for whom. */
const app = new Application({ proxies: ['127.0.0.1'] });
const at = '/convenings/arusha-2013';
const operator = { authorization: `Bearer ${token}` };

/** One event as it came: what was said beside data is no event. */
interface Heard {
  readonly id: number;
  readonly data: Record<string, unknown>;
}

/** Listens as a program does: gives events as they come, and comments and ids between them. */
class Ear {
  readonly #controller = new AbortController();
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #text = '';
  response: Response | undefined;

  async open(query = '', headers: Record<string, string> = operator): Promise<this> {
    this.response = await fetch(`${app.url}${at}/changes${query}`, { headers, signal: this.#controller.signal });
    this.#reader = this.response.body!.getReader();
    return this;
  }

  /** The next part between blank lines; undefined: it has ended. */
  async part(): Promise<string | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end >= 0) {
        const part = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        return part;
      }
      const { value, done } = await this.#reader!.read();
      if (done) return undefined;
      this.#text += Buffer.from(value).toString();
    }
  }

  /** The next event. */
  async event(): Promise<Heard> {
    for (;;) {
      const part = await this.part();
      if (part === undefined) throw new Error('it ended');
      const [, id, data] = /^id: (\d+)\ndata: (.*)$/.exec(part) ?? [];
      if (data !== undefined) return { id: Number(id), data: JSON.parse(data) as Record<string, unknown> };
    }
  }

  async events(count: number): Promise<readonly Heard[]> {
    const heard: Heard[] = [];
    while (heard.length < count) heard.push(await this.event());
    return heard;
  }

  close = () => this.#controller.abort();
}

const write = async (method: 'POST' | 'PUT' | 'PATCH', path: string, body: object, headers: Record<string, string> = {}) => {
  const answer = await app.ask(method, path, body, headers);
  expect(answer.body.code).toBeUndefined();
  return answer;
};
let rooms = 0;
const addRoom = async () => (await write('POST', `${at}/rooms`, { id: `room-${(rooms += 1)}`, name: 'Simba Hall' })).body.revision!;
const labels = ['provisional', 'final', 'printed', 'corrected', 'late', 'last', 'after-all', 'again'];
const publish = async () => (await write('POST', `${at}/publications`, { label: labels.shift()! })).body.revision!;
const types = (heard: readonly Heard[]) => heard.map(({ data }) => data['type']);
const versions = (heard: readonly Heard[]) => heard.map(({ data }) => (data['version'] as { label: string } | null)?.label ?? null);
let first: number;

beforeAll(async () => {
  await app.start();
  await write('POST', '/convenings', { id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' });
  await write('POST', `${at}/sessions`, { id: 'opening', kind: 'opening', title: 'Opening' });
  first = await publish();
});
afterAll(() => app.end());

describe('the public of one address', () => {
  const from = (address: string) => ({ 'x-forwarded-for': address });

  it('has a hundred places, and leaves the others to others', async () => {
    const ears = await Promise.all(Array.from({ length: 100 }, (_, host) => new Ear().open('', from(host % 2 ? '2001:db8:1:2::7' : '2001:db8:1:2:3::8'))));
    expect(new Set(ears.map(({ response }) => response!.status))).toEqual(new Set([200]));
    const asked = async (headers: Record<string, string>) => {
      const ear = await new Ear().open('', headers);
      const { status } = ear.response!;
      ear.close();
      return status;
    };
    const refused = await app.asked('GET', `${at}/changes`, undefined, from('2001:db8:1:2::9'));
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([429, 'too-many-requests', '20']);
    expect([await asked(from('2001:db8:1:3::9')), await asked({ ...from('2001:db8:1:2::9'), ...operator }), await asked({})]).toEqual([200, 200, 200]);
    ears[0]!.close();
    // It is free when the node has heard that who listened has gone.
    while ((await asked(from('2001:db8:1:2::9'))) === 429);
    for (const ear of ears) ear.close();
  });
});

describe('the operator who listens', () => {
  it('hears each fact when it has happened: what it is about, of which command, and no more', async () => {
    const ear = await new Ear().open();
    expect([ear.response!.status, ear.response!.headers.get('content-type'), ear.response!.headers.get('cache-control')]).toEqual([200, 'text/event-stream; charset=utf-8', 'no-store']);
    const revision = (await write('PUT', `${at}/sessions/opening/slot`, { start: '2013-05-27T09:00', end: '2013-05-27T10:00' }, { reason: 'a%20secret' })).body.revision!;
    expect(await ear.event()).toEqual({ id: revision, data: { revision, at: '2013-03-01T08:00:00.000Z', type: 'SessionScheduled', command: expect.stringMatching(/^[0-9a-f-]{36}$/), session: 'opening' } });
    ear.close();
  });

  it('sees what they heard of when they read, whoever wrote it', async () => {
    const ear = await new Ear().open();
    for (let turn = 0; turn < 5; turn += 1) {
      const written = addRoom();
      const { id } = await ear.event();
      expect((await app.ask('GET', `${at}/history.json?limit=1`)).headers.get('baraza-as-of')).toBe(`rev:${id}`);
      expect((await app.ask('GET', `${at}/rooms`)).headers.get('baraza-as-of')).toBe(`rev:${id}`);
      await written;
    }
    ear.close();
  });

  it('goes on from the id that they heard last, as a browser says it and in the address, without a gap and without hearing anything twice', async () => {
    const before = await addRoom();
    const missed = [await addRoom(), await addRoom(), await addRoom()];
    const ears = await Promise.all([new Ear().open(`?after=${before}`), new Ear().open('?after=0', { ...operator, 'last-event-id': `${before}` }), new Ear().open(`?after=${missed[0]}`)]);
    const next = await addRoom();
    expect(await Promise.all(ears.map(async (ear, place) => (await ear.events(place === 2 ? 3 : 4)).map(({ id }) => id)))).toEqual([[...missed, next], [...missed, next], [...missed.slice(1), next]]);
    for (const ear of ears) ear.close();
  });

  it.each<[string, (beyond: number) => readonly [string, Record<string, string>]]>([
    ['as a browser says it', (beyond) => ['', { ...operator, 'last-event-id': `${beyond}` }]], ['in the address', (beyond) => [`?after=${beyond}`, operator]],
  ])('goes on from the end when the id that they heard last is not there, as after a restore, and misses nothing from there: %s', async (_, beyond) => {
    const last = await addRoom();
    const ear = await new Ear().open(...beyond(last + 1_000));
    expect(await ear.part()).toBe(`retry: 5000\nid: ${last}`);
    const written = [await addRoom(), await addRoom()];
    expect((await ear.events(2)).map(({ id }) => id)).toEqual(written);
    ear.close();
  });

  it('hears all of a history that goes on while they catch up', async () => {
    const written = Promise.all(Array.from({ length: 40 }, addRoom));
    const ear = await new Ear().open('?after=0');
    const last = Math.max(...(await written));
    expect((await ear.events(last)).map(({ id }) => id)).toEqual(Array.from({ length: last }, (_, place) => place + 1));
    ear.close();
  });

  it('may hear of what the public is shown instead', async () => {
    const ear = await new Ear().open('?audience=public');
    await addRoom();
    await publish();
    expect(versions(await ear.events(1))).toEqual(['final']);
    ear.close();
  });

  it('is told from where to go on before anything happens', async () => {
    const revision = await addRoom();
    const ear = await new Ear().open();
    expect(await ear.part()).toBe(`retry: 5000\nid: ${revision}`);
    ear.close();
  });
});

describe('who has no token', () => {
  it('hears that another version is published, and nothing of drafts', async () => {
    const ear = await new Ear().open('', {});
    await addRoom();
    const revision = await publish();
    expect(await ear.event()).toEqual({ id: revision, data: { version: { number: 3, label: 'printed', at: '2013-03-01T08:00:00.000Z', revision } } });
    ear.close();
  });

  it('hears that a version was taken back: the one before is shown again', async () => {
    const ear = await new Ear().open('', {});
    const revision = await publish();
    expect(versions(await ear.events(1))).toEqual(['corrected']);
    await write('POST', `${at}/publications/4/withdrawal`, {}, { reason: 'a%20mistake' });
    expect(versions(await ear.events(1))).toEqual(['printed']);
    ear.close();
    // Who saw it comes back, and hears the same; who did not is told nothing: the next thing is the next version.
    const [saw, sawNot] = await Promise.all([new Ear().open(`?after=${revision}`, {}), new Ear().open(`?after=${revision - 2}`, { 'last-event-id': `${(await app.asked('GET', `${at}/agenda.json`)).body.revision}` })]);
    await publish();
    expect([versions(await saw.events(2)), versions(await sawNot.events(1))]).toEqual([['printed', 'late'], ['late']]);
    for (const ear of [saw, sawNot]) ear.close();
  });

  it('who shows what is published now is told from where to go on, and nothing else', async () => {
    const { revision } = (await app.asked('GET', `${at}/agenda.json`)).body;
    const ears = await Promise.all([new Ear().open(`?after=${revision}`, {}), new Ear().open('', { 'last-event-id': `${revision}` }), new Ear().open('', {})]);
    expect(await Promise.all(ears.map((ear) => ear.part()))).toEqual(ears.map(() => `retry: 5000\nid: ${revision}`));
    await publish();
    expect(await Promise.all(ears.map(async (ear) => versions(await ear.events(1))))).toEqual(ears.map(() => ['last']));
    for (const ear of ears) ear.close();
  });

  it('who shows an older version hears at once that there is another', async () => {
    const ear = await new Ear().open(`?audience=public&after=${first}`, {});
    expect(versions(await ear.events(1))).toEqual(['last']);
    ear.close();
  });

  it.each([
    ['nothing is told of every fact', '?audience=internal', 401, 'unauthenticated'], ['nor of what is for participants', '?audience=participants', 401, 'unauthenticated'],
    ['what is no revision is refused', '?after=yesterday', 400, 'invalid-query'], ['and what is not known here', '?since=3', 400, 'invalid-query'],
  ])('%s', async (_, query, status, code) => expect([(await app.asked('GET', `${at}/changes${query}`)).status, (await app.asked('GET', `${at}/changes${query}`)).body.code]).toEqual([status, code]));

  it('what is no id is refused, and a convening of which nothing is published is not told from one that there is not', async () => {
    expect((await app.asked('GET', `${at}/changes`, undefined, { 'last-event-id': 'none' })).body).toMatchObject({ code: 'invalid-header' });
    await write('POST', '/convenings', { id: 'planned-only', title: 'Planned', start: '2013-05-27', end: '2013-05-28', zone: 'UTC' });
    const codes = await Promise.all(['planned-only', 'not-there'].map(async (id) => (await app.asked('GET', `/convenings/${id}/changes`)).body.code));
    expect([...codes, (await app.ask('GET', '/convenings/not-there/changes')).body.code]).toEqual(['nothing-published', 'nothing-published', 'unknown-convening']);
  });

  it('may ask what it would be without listening', async () => expect((await app.asked('HEAD', `${at}/changes`)).status).toBe(200));
});

describe('a node that stops', () => {
  it('does not wait for connections that nothing was asked on', async () => {
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    // It was taken when one that came later was answered.
    expect((await app.asked('GET', '/health/live')).status).toBe(200);
    const ended = once(socket.resume(), 'close');
    await app.restart();
    expect(await ended).toEqual([false]);
  });

  it('says goodbye to who listens, and on another they go on', async () => {
    const ear = await new Ear().open();
    const begun = await ear.part();
    await app.restart();
    expect(await ear.part()).toBeUndefined();
    const revision = await addRoom();
    const again = await new Ear().open('', { ...operator, 'last-event-id': /id: (\d+)/.exec(begun!)![1]! });
    expect(types(await again.events(1))).toEqual(['RoomAdded']);
    expect(revision).toBe(Number(/id: (\d+)/.exec(begun!)![1]) + 1);
    again.close();
  });
});
