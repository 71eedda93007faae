import { beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { application, token } from '../http/application.js';
import { given, planned, session } from './arusha.js';
import { setProgramme } from './programmes.js';

const app = application();
const at = '/convenings/large';
const person = (n: number) => `4c1f8f3e-20d1-4f1b-8a55-${String(n).padStart(12, '0')}`;
/** About 2.4 MiB of facts: four parts. */
const sessions = Array.from({ length: 150 }, (_, n) => ({
  id: `s${n}`, kind: 'talk', title: { en: `Talk ${n}` }, abstract: { en: 'words '.repeat(2_500) }, interpretation: [], audience: 'public', slot: { start: '2013-05-27T09:00+03:00', end: '2013-05-27T10:00+03:00' }, items: [],
  appearances: [{ id: 'a', person: person(n), role: 'speaker', state: 'confirmed', credit: { name: `Person ${n}` } }], links: [], cancelled: false,
}));
const programme = { rooms: [], tracks: [], sessions };
const text = JSON.stringify(programme);
interface Changes { readonly changes: readonly { readonly session?: string; readonly changes: readonly { readonly what: string }[] }[] }
// Cast: what a change is answered with.
const parts = (body: object) => (body as Changes).changes.find((group) => group.session === undefined)?.changes.map(({ what }) => what) ?? [];
const publish = async () => {
  const { status, body: { code, about } } = await app.ask('POST', `${at}/publications`, { label: 'final' });
  return { status, ...(code !== undefined && { code, about }) };
};
const get = async () => (await app.ask('GET', `${at}/programme`)).body;

beforeAll(async () => {
  for (const id of ['large', 'other']) await app.ask('POST', '/convenings', { id, title: 'Large', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam', policy: { conflicts: { 'person-in-two-places': 'warn' } } });
});

describe('a programme that is too large for one append', () => {
  const key = { 'idempotency-key': 'the-programme' };

  it('is unfinished where its node was killed between two parts, and nothing is published until it is put again', async () => {
    await app.stop();
    const node = spawn(process.execPath, [fileURLToPath(new URL('./killed.node.js', import.meta.url)), app.folder, token, '2'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [url] = (await once(node.stdout, 'data')) as [Buffer];
    const killed = once(node, 'exit');
    await expect(fetch(`${url.toString()}${at}/programme`, { method: 'PUT', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...key }, body: text })).rejects.toThrow('fetch failed');
    expect(await killed).toEqual([null, 'SIGKILL']);

    await app.start();
    const there = (await get()) as { sessions: unknown[] } & object;
    expect(there.sessions.length).toBeGreaterThan(10);
    expect(there.sessions.length).toBeLessThan(120);
    expect(await publish()).toEqual({ status: 409, code: 'programme-unfinished', about: { part: 2, of: 4 } });
    const again = await app.ask('PUT', `${at}/programme`, text, key);
    expect(again.status).toBe(200);
    expect((await app.ask('PUT', `${at}/programme`, text, key)).body).toEqual(again.body);
    expect(await get()).toEqual(programme);
    expect(await publish()).toEqual({ status: 201 });
  });

  it('is set in parts that are told, and the same again writes nothing', async () => {
    const document = JSON.stringify({ ...programme, sessions: sessions.map((each) => ({ ...each, appearances: [] })) });
    const answer = await app.ask('PUT', '/convenings/other/programme', document);
    expect([answer.status, parts(answer.body)]).toEqual([200, ['part 1 of 4', 'part 2 of 4', 'part 3 of 4', 'part 4 of 4']]);
    const head = await app.head();
    expect((await app.ask('PUT', '/convenings/other/programme', document)).body).toEqual({ revision: answer.body.revision, conflicts: { new: [], ended: [] }, notes: [], changes: [] });
    expect(await app.head()).toBe(head);
  });

  it('may be of 16 MiB, and no larger', async () => {
    const long = `{"sessions":[],${' '.repeat(16 * 1024 * 1024)}"rooms":[]}`;
    const answer = await app.ask('PUT', '/convenings/other/programme', long);
    expect([answer.status, answer.body.code]).toEqual([413, 'body-too-large']);
    expect((await app.ask('PUT', '/convenings/other/programme?dryRun=true', long.replace(' '.repeat(100), ''))).status).toBe(200);
  });
});

describe('an unfinished programme', () => {
  const begun = given(planned, session('talk'), { type: 'ProgrammePartSet', data: { part: 1, of: 3 } });
  const theTalk = { sessions: [{ id: 'talk', kind: 'talk' as const, title: 'talk' }] };

  it('is not published', () => {
    begun.when({ type: 'PublishAgenda', data: { label: 'final' } }).refused('programme-unfinished', { part: 1, of: 3 });
    given(planned, session('talk'), { type: 'ProgrammePartSet', data: { part: 1, of: 2 } }, { type: 'ProgrammePartSet', data: { part: 2, of: 2 } })
      .when({ type: 'PublishAgenda', data: { label: 'final' } }).then({ type: 'AgendaPublished', data: { number: 1, label: 'final', audience: 'public' } });
  });

  it('is finished by a document that finds everything there', () => begun.when(setProgramme(theTalk)).then({ type: 'ProgrammePartSet', data: { part: 3, of: 3 } }));

  it('is changed by what is asked for otherwise, and stays unfinished', () => begun.when({ type: 'CancelSession', data: { session: 'talk' } }).then({ type: 'SessionCancelled', data: { session: 'talk' } }));
});
