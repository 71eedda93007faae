import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { programme } from '../../src/cli/programme.cli.js';
import { linesOf, plainly } from '../../src/cli/programme-lines.js';
import { WrongUse } from '../../src/cli/tool.js';
import type { ProgrammeChanged } from '../../src/convening/programme-document.queries.js';
import { application, token } from '../http/application.js';

const app = application();
const folder = mkdtempSync(join(tmpdir(), 'baraza-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'p.json');

const collecting = (isTTY = false) => {
  let written = '';
  const stream = Object.assign(new Writable({ write: (part: Buffer, _, done) => { written += String(part); done(); } }), { isTTY });
  return { stream, lines: () => written.split('\n').slice(0, -1), text: () => written };
};
interface Surroundings { readonly input?: string; readonly isTTY?: boolean; readonly environment?: Record<string, string> }
/** Runs the tool as a person would, in the environment of the test's application. */
const run = async (args: readonly string[], { input = '', isTTY = false, environment = {} }: Surroundings = {}) => {
  const [out, err] = [collecting(isTTY), collecting()];
  const ends = await programme.run(args, {
    in: (async function* () { yield Buffer.from(input); })(), out: out.stream, err: err.stream, environment: { BARAZA_URL: app.url, BARAZA_TOKEN: token, ...environment },
  });
  return { ends, out: out.lines(), err: err.lines(), text: out.text() };
};
const put = (document: unknown, args: readonly string[] = [], surroundings?: Surroundings) => {
  writeFileSync(file, typeof document === 'string' ? document : JSON.stringify(document, undefined, 2));
  return run(['put', 'arusha-2013', file, ...args], surroundings);
};
/** What was written to `err`, with the file's name for its path. */
const complaints = ({ err }: { err: readonly string[] }) => err.map((line) => line.replaceAll(file, 'p.json'));

const judge = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01';
const slot = (room: string, from: string, to: string) => ({ room, start: `2013-05-27T${from}`, end: `2013-05-27T${to}` });
const document = {
  rooms: [{ id: 'simba', name: 'Simba Hall', capacity: 200 }, { id: 'tembo', name: 'Tembo Hall' }],
  tracks: [{ id: 'justice', name: { en: 'Justice' }, colour: '#204a87' }],
  sessions: [
    {
      id: 'opening', kind: 'opening', title: 'Opening', slot: slot('simba', '09:00', '10:00'), items: [{ id: 'welcome', title: 'Welcome', minutes: 10, appearance: 'a1' }],
      appearances: [{ id: 'a1', person: judge, role: 'speaker', credit: { honorific: 'Judge', name: 'Amina Juma', position: 'President' } }],
    },
    { id: 'panel', kind: 'panel', title: 'Of law and memory', track: 'justice', slot: slot('tembo', '09:00', '10:00'), appearances: [{ id: 'chair', role: 'chair', credit: { position: 'Minister of Justice' } }] },
  ],
};
const [opening, panel] = document.sessions as [object, object];
const changed = { ...document, sessions: [{ ...panel, slot: slot('simba', '11:00', '12:30') }, { ...opening, title: 'Opening of the meeting', notes: 'flowers', items: [] }] };

beforeAll(async () => {
  await app.ask('POST', '/convenings', { id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' });
});

describe('baraza programme', () => {
  it('tells what a document would change, and changes nothing', async () => {
    const { ends, out, err } = await put(document, ['--dry-run']);
    expect({ ends, err }).toEqual({ ends: 0, err: [] });
    expect(out).toEqual([
      'programme', '  + room simba: “Simba Hall”', '  + room tembo: “Tembo Hall”', '  + track justice: “Justice”',
      'session opening', '  + session: opening, “Opening”', '  + slot: 2013-05-27 09:00–10:00, simba', '  + appearance a1: speaker, “Amina Juma”', '  + item welcome: “Welcome”, 10 min',
      'session panel', '  + session: panel, “Of law and memory”', '  + slot: 2013-05-27 09:00–10:00, tembo', '  + appearance chair: chair, “Minister of Justice”',
      'conflicts that would come about', '  ! not-confirmed: opening.a1', '  ! not-confirmed: panel.chair',
      '10 changes would be made; nothing was written. It is at r0.',
    ]);
    expect((await run(['get', 'arusha-2013'])).out).toEqual(['{ "convening": "arusha-2013", "rooms": [], "tracks": [], "sessions": [] }']);
  });

  it('calls a seat whose id nobody chose by what is printed of it', async () => {
    const unnamed = { ...document, sessions: document.sessions.map(({ items: _, ...each }) => ({ ...each, appearances: each.appearances.map(({ id: __, ...seat }) => seat) })) };
    const twice = { ...unnamed, sessions: [...unnamed.sessions, { id: 'talk', kind: 'talk', title: 'A talk', slot: { start: '2013-05-27T09:30', end: '2013-05-27T10:30' }, appearances: [{ id: 'she', person: judge, role: 'speaker', credit: { name: 'Amina Juma' } }, { role: 'chair' }] }] };
    const { out, err } = await put(twice, ['--dry-run']);
    expect(err).toEqual([]);
    expect(out.slice(out.indexOf('conflicts that would come about') + 1, -1)).toEqual([
      '  ! person-in-two-places: opening (speaker, “Amina Juma”), talk.she (holds publication)', '  ! not-confirmed: opening (speaker, “Amina Juma”)', '  ! not-confirmed: panel (chair, “Minister of Justice”)', '  ! not-confirmed: talk.she', '  ! not-confirmed: talk (chair)',
      '  ! no-room: talk',
    ]);
  });

  it('notes with its line what may not be meant as it is written', async () => {
    const doubtful = { ...document, sessions: document.sessions.map((each) => ({ ...each, language: 'ge' })) };
    const { out } = await put(doubtful, ['--dry-run']);
    expect(out.filter((line) => line.startsWith('!'))).toEqual(doubtful.sessions.map(() => expect.stringMatching(/^! .+:\d+:\d+: No language is known by ge\. \(unknown-language\)$/)));
  });

  it('makes it what the document says, and nothing of it twice', async () => {
    expect((await put(document)).out.at(-1)).toBe('10 changes: it is at r10 now.');
    expect(await put(document)).toMatchObject({ ends: 0, out: ['Nothing to change: it is so already, at r10.'] });
    expect((await put(document, ['--dry-run'])).out).toEqual(['Nothing would change; nothing was written. It is at r10.']);
  });

  it('writes what can be put again, for people: fields in an order, an entry in a line', async () => {
    const { ends, out, err, text } = await run(['get', 'arusha-2013']);
    expect({ ends, err }).toEqual({ ends: 0, err: ['It is at r10: put it with --if-match r10, and nothing that others change meanwhile is overwritten.'] });
    expect(out.slice(0, 10)).toEqual([
      '{', '  "convening": "arusha-2013",', '  "rooms": [', '    { "id": "simba", "name": { "en": "Simba Hall" }, "capacity": 200 },', '    { "id": "tembo", "name": { "en": "Tembo Hall" } }', '  ],',
      '  "tracks": [', '    { "id": "justice", "name": { "en": "Justice" }, "colour": "#204a87" }', '  ],', '  "sessions": [',
    ]);
    expect(JSON.parse(text)).toEqual({ convening: 'arusha-2013', ...JSON.parse((await app.ask('GET', '/convenings/arusha-2013/programme')).text) });
    expect((await run(['put', 'arusha-2014', '-'], { input: text })).ends).toBe(1);
    expect((await run(['put', 'arusha-2013', '-'], { input: text })).out).toEqual(['Nothing to change: it is so already, at r10.']);
  });

  it('leaves out how appearances stand, if asked to: such a file can be put whatever people answer', async () => {
    const [{ text }, { text: stateless }] = [await run(['get', 'arusha-2013']), await run(['get', 'arusha-2013', '--no-states'])];
    expect(stateless).toEqual(text.replaceAll(/\s*"state": "proposed",/g, ''));
    expect(stateless).not.toEqual(text);
  });

  it('tells a change as people would, in colours on a terminal', async () => {
    const { out } = await put(changed, ['--dry-run']);
    expect(out).toEqual([
      'session opening', '  ~ title.en: “Opening” → “Opening of the meeting”', '  ~ notes: “flowers”', '  - item welcome: “Welcome”, 10 min',
      'session panel', '  ~ slot: 2013-05-27 09:00–10:00, tembo → 2013-05-27 11:00–12:30, simba',
      'programme', '  ~ sessions in another order: opening after panel',
      '5 changes would be made; nothing was written. It is at r10.',
    ].sort(inOrderOf(out)));
    expect((await put(changed, ['--dry-run'], { isTTY: true })).text).toContain('\u001b[33m  ~ notes: “flowers”\u001b[0m\n');
    expect((await put(changed, ['--dry-run'], { isTTY: true, environment: { NO_COLOR: '1' } })).out).toEqual(out);
  });

  it('keeps the reason, and asks for one where it is needed', async () => {
    expect((await put({ ...changed, sessions: changed.sessions.slice(0, 1) }, ['--reason', 'the café is closed – 100 %'])).ends).toBe(0);
    expect((await put(changed)).ends).toBe(0);
    await app.ask('PATCH', '/convenings/arusha-2013', { policy: { reasonRequired: true } });
    await app.ask('POST', '/convenings/arusha-2013/publications', { label: 'first' });
    expect(await put(document)).toMatchObject({ ends: 1, out: [], err: ['This change must say why. Say it with --reason.'] });
    await app.ask('PATCH', '/convenings/arusha-2013', { policy: { reasonRequired: false } }, { reason: 'enough' });
  });

  it('overwrites nothing that others changed, if told which revision was read', async () => {
    const { headers } = await app.ask('GET', '/convenings/arusha-2013/programme');
    const revision = headers.get('etag')!.slice(1, -1);
    expect(complaints(await put(document, ['--if-match', 'r3']))).toEqual([`Somebody changed it meanwhile: it is at ${revision} now. Get it again, and change that.`]);
    expect((await put(document, ['--if-match', revision])).ends).toBe(0);
  });

  it('names for each thing that is wrong the line of the file, and what to do', async () => {
    const wrong = { ...document, sessions: [{ ...opening, track: 'sea' }, { ...panel, slot: slot('simba', '09:30', '10:30') }] };
    const lines = JSON.stringify(wrong, undefined, 2).split('\n');
    expect(complaints(await put(wrong))).toEqual([
      `p.json:${lines.findIndex((line) => line.includes('"sea"')) + 1}:7: The session is to belong to a track that the convening does not have. (session-in-unknown-track at #/sessions/0/track; session: opening; track: sea)`,
      '  Add the track first, or name one of the convening’s tracks.', 'Nothing was written: one thing is wrong.',
    ]);
    const taken = JSON.stringify({ ...document, sessions: [opening, { ...panel, slot: slot('simba', '09:30', '10:30') }] }).replace(',"slot":{"room":"simba","start":"2013-05-27T09:30"', ',\n"slot":\n {"room":"simba","start":"2013-05-27T09:30"');
    expect(complaints(await put(taken))[0]).toBe('p.json:2:1: Another session occupies the room at that time. (room-taken at #/sessions/1/slot; room: simba; by: opening; key: room-taken:opening:panel)');
    expect(complaints(await put('{ "sessions": [\n  { "id": "talk",\n    "kind": "talk" }\n] }'))).toEqual(['p.json:2:3: title is missing. (missing at #/sessions/0/title)', 'Nothing was written: one thing is wrong.']);
    expect(complaints(await put('{\n "sessions": [], \n "sessions": [] }'))[0]).toBe('p.json:3:2: The field stands twice in its object. (repeated-field at #/sessions)');
  });

  it('calls in a refusal by what is printed of them sessions and seats whose ids nobody chose', async () => {
    const [hearing, other] = ['4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0b01', '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a02'];
    await app.ask('POST', '/convenings', { id: 'gulu', title: 'Gulu', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Kampala', policy: { conflicts: { 'person-in-two-places': 'block', 'not-confirmed': 'off' } } });
    const seat = (person = judge, name = 'Amina Juma') => ({ person, role: 'speaker', credit: { name } });
    const planned = (id: string, title: string, room: string, from: string, to: string, ...appearances: object[]) => ({ id, kind: 'talk', title, slot: slot(room, from, to), appearances });
    const rooms = document.rooms;
    const refused = async (...sessions: object[]) => (await run(['put', 'gulu', '-'], { input: JSON.stringify({ rooms, sessions }) })).err.map((line) => line.replace(/^standard input:\d+:\d+: /, ''));
    const [first, second] = [planned(hearing, 'Hearing', 'simba', '09:00', '10:00', seat()), planned('talk', 'A talk', 'tembo', '10:30', '11:30', seat(other, 'Paul Moyo'))];
    const blocks = 'The change makes a conflict that the convening’s policy does not allow. (conflict-blocks at #/sessions/1; conflicts: person-in-two-places: “Hearing” (speaker, “Amina Juma”), talk';
    const passing = '  A conflict of a new appearance has a key that can be accepted when the document gives the appearance an id.';
    expect(await refused(first, planned('talk', 'A talk', 'tembo', '09:30', '10:30', seat(other, 'Paul Moyo'), seat()))).toEqual([`${blocks.replace('/1;', '/0;')} (speaker, “Amina Juma”))`, expect.stringContaining('Change the plan.'), passing, expect.any(String)]);
    expect(await refused(first, second)).toEqual([]);
    const { sessions: [was] } = (await app.ask('GET', '/convenings/gulu/programme')).body as unknown as { sessions: { appearances: { id: string }[] }[] };
    const [{ id }] = was!.appearances as [{ id: string }];
    const key = `person-in-two-places:${hearing}.${id}:talk.she`;
    expect(await refused(first, planned('talk', 'A talk', 'tembo', '09:30', '10:30', { ...seat(), id: 'she' }))).toEqual([`${blocks}.she [${key}])`, expect.stringContaining('Change the plan.'), expect.any(String)]);
    expect((await refused(first, planned('talk', 'A talk', 'simba', '09:30', '10:30')))[0]).toMatch(/; room: simba; by: “Hearing”; key: /);
    expect((await refused({ ...first, appearances: [seat(), { ...seat(judge, 'A. J.'), id: 'she' }] }, second))[0]).toBe('This person has this role in this session already. (appears-already at #/sessions/0/appearances/1; appearance: “Hearing” (speaker, “Amina Juma”))');
    await app.ask('POST', `/convenings/gulu/sessions/${hearing}/appearances/${id}/invitation`, { way: 'email' });
    expect(await refused({ ...first, appearances: [{ ...seat(other, 'Paul Moyo'), id }] }, second)).toEqual([
      'Somebody has this seat already. (already-named at #/sessions/0/appearances/0/person; appearance: “Hearing” (speaker, “Amina Juma”); state: invited)',
      '  Replace the appearance, or change what is printed of it. In a document, give who comes in their place an appearance with an `id` of its own, and leave this one out: then it is cancelled.',
      expect.any(String),
    ]);
  });

  it('says where a file is no JSON, without asking anybody', async () => {
    const nowhere = { environment: { BARAZA_URL: 'http://127.0.0.1:9' } };
    expect(complaints(await put('{\n  "sessions": [,]\n}', [], nowhere))).toEqual(['p.json:2:16: a value is missing before this.']);
    expect(complaints(await put('\uFEFF{}', [], nowhere))).toEqual(['p.json:1:1: the file begins with a byte order mark: save it as UTF-8 without one.']);
    writeFileSync(file, Buffer.from([0x7b, 0x0a, 0xe9, 0x7d]));
    expect(complaints(await run(['put', 'arusha-2013', file], nowhere))).toEqual(['p.json:2:1: this is not UTF-8, perhaps Latin-1 or Windows-1252: save it as UTF-8, in your editor or with iconv -f WINDOWS-1252 -t UTF-8.']);
    writeFileSync(file, Buffer.from('\uFEFF{}', 'utf16le'));
    expect(complaints(await run(['put', 'arusha-2013', file], nowhere))).toEqual(['p.json:1:1: this is UTF-16, or no text: save it as UTF-8, in your editor or with iconv -f UTF-16 -t UTF-8.']);
  });

  it('finds a file from where it was called, also by npm, which stands elsewhere', async () => {
    const by = (more: Record<string, string>) => run(['put', 'arusha-2013', 'nothing.json'], { environment: { BARAZA_URL: 'http://127.0.0.1:9', INIT_CWD: folder, ...more } });
    expect((await by({ npm_lifecycle_event: 'baraza' })).err).toEqual([`${join(folder, 'nothing.json')} cannot be read: no such file or directory.`]);
    expect((await by({})).err).toEqual([`${join(process.cwd(), 'nothing.json')} cannot be read: no such file or directory.`]);
  });

  it('says of seats that ended that they do, and that they stay so', async () => {
    await app.ask('POST', '/convenings', { id: 'nairobi', title: 'Nairobi', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Nairobi' });
    const seats = (...states: (string | undefined)[]) => JSON.stringify({ sessions: [{ id: 'talk', kind: 'talk', title: 'Talk', appearances: [['a1', judge], ['a2', '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a02']].map(([id, person], index) => ({ id, person, role: 'speaker', credit: { name: 'A' }, state: states[index] })) }] });
    const toNairobi = async (input: string) => (await run(['put', 'nairobi', '-'], { input })).out;
    await toNairobi(seats('cancelled', 'confirmed'));
    expect((await toNairobi(seats())).slice(0, -1)).toEqual(['! session talk: appearance a1 is cancelled and stays so: to have the person again, add an appearance with another id']);
    const { text } = await run(['get', 'nairobi', '--no-states']);
    expect(text.match(/"state": "\w+"/g)).toEqual(['"state": "cancelled"']);
    expect((await toNairobi(text)).length).toBe(1);
    const nameless = seats().replaceAll(/"id":"a\d",/g, '');
    expect((await toNairobi(nameless)).length).toBe(2);
    await toNairobi(seats('cancelled').replace('"appearances":[', `"appearances":[{"id":"a3","person":"${judge}","role":"speaker","credit":{"name":"A"}},`));
    expect((await toNairobi(nameless)).filter((line) => line.startsWith('!'))).toEqual([]);
    const made = (state?: string) => JSON.stringify({ sessions: [{ id: 'hearing', kind: 'talk', title: 'Hearing', appearances: [{ person: judge, role: 'speaker', credit: { name: 'Amina Juma' }, ...(state !== undefined && { state }) }] }] });
    await toNairobi(made('cancelled'));
    expect((await toNairobi(made())).filter((line) => line.startsWith('!'))).toEqual(['! session hearing: speaker, “Amina Juma” is cancelled and stays so: to have the person again, add an appearance with another id']);
  });

  it('says that what was asked may be done, where the connection was lost after it', async () => {
    const other = createServer((request) => void request.socket.destroy());
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const said = async (...args: string[]) => (await run([...args, '--url', url], { input: '{}' })).err.join().replace(/^The connection to Baraza at \S+ was lost: [^.]+\./, 'Lost.');
    expect(await said('put', 'arusha-2013', '-')).toBe('Lost. It may have been done: put the file again, for the same document twice changes nothing.');
    expect(await said('put', 'arusha-2013', '-', '--if-match', 'r1')).toBe('Lost. It may have been done: put it with --dry-run and without --if-match, which tells what is still to change.');
    expect([await said('put', 'arusha-2013', '-', '--dry-run'), await said('get', 'arusha-2013')]).toEqual(['Lost.', 'Lost.']);
    await new Promise((resolve) => other.close(resolve));
  });

  it('says what is wrong with the moment that was asked for', async () => {
    expect((await run(['get', 'arusha-2013', '--as-of', 'first'])).err).toEqual(['The query is not what this resource takes.', expect.stringMatching(/^ {2}--as-of: .*version:provisional/), '  A version is named version:first.']);
    expect((await run(['get', 'arusha-2013', '--as-of', '2013-13-45'])).err).toHaveLength(2);
  });

  it('says in a sentence why there is no answer', async () => {
    expect(await run(['get', 'arusha-2014'])).toMatchObject({ ends: 1, out: [], err: ['There is no such convening. Check the id, or plan it first. (404 unknown-convening; convening: arusha-2014)'] });
    expect((await run(['get', 'arusha-2013'], { environment: { BARAZA_TOKEN: 'another-token-altogether' } })).err).toEqual(['This token is not the operator’s: see BARAZA_TOKEN, or --token.']);
    expect(await run(['get', 'arusha-2013', '--url', 'http://127.0.0.1:9'])).toMatchObject({ ends: 1, err: [expect.stringMatching(/^Baraza did not answer at http:\/\/127\.0\.0\.1:9: .+\. Is it running\? BARAZA_URL or --url says where\.$/)] });
    const other: Server = createServer((_, reply) => void reply.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    expect((await run(['get', 'arusha-2013', '--url', url])).err).toEqual([`What answers at ${url} is not Baraza: it said 502 with text/html. BARAZA_URL or --url says where Baraza serves.`]);
    await new Promise((resolve) => other.close(resolve));
  });

  it.each([
    [[], 'Say get or put.'], [['give', 'arusha-2013'], 'Say get or put.'], [['get'], 'get takes the id of a convening.'], [['get', 'arusha-2013', 'p.json'], 'get takes the id of a convening.'],
    [['put', 'arusha-2013'], 'put takes the id of a convening and a file, or - for standard input.'], [['put', 'arusha-2013', '-', '--as-of', 'rev:1'], 'put takes no --as-of.'],
    [['get', 'arusha-2013', '--dry-run'], 'get takes no --dry-run.'], [['get', 'arusha-2013', '--fast'], 'Unknown option \'--fast\'.'], [['put', 'arusha-2013', '-', '--if-match', 'latest'], 'latest is no revision: it is such as r211.'],
    [['get', 'arusha-2013', '--url', 'arusha.example'], 'arusha.example is no address: BARAZA_URL and --url are such as http://127.0.0.1:3000.'],
    [['get', 'arusha-2013', '--token', ''], 'Who asks? Set BARAZA_TOKEN to the operator’s token, or give it with --token.'],
  ])('called wrongly, says how it is called: %j', async (args, sentence) => {
    await expect(run(args, { input: '{}' })).rejects.toEqual(new WrongUse(sentence));
  });

  it('ends as its usage says, as a command', () => {
    const ends = (args: readonly string[]) => spawnSync(process.execPath, ['dist/cli/cli.js', 'programme', ...args], { encoding: 'utf8', env: { BARAZA_URL: 'http://127.0.0.1:9', BARAZA_TOKEN: token } }).status;
    expect([ends(['--help']), ends(['get', 'arusha-2013']), ends(['get'])]).toEqual([0, 1, 2]);
  });
});

describe('changes in lines', () => {
  const lines = (changes: ProgrammeChanged['changes']) => linesOf({ revision: 7, conflicts: { new: [], ended: [] }, notes: [], changes }, [], plainly);
  const order = (from: string, to: string) => ({ kind: 'reordered' as const, what: 'sessions', event: 'SessionsReordered' as const, from: Array.from(from), to: Array.from(to) });
  const planned = (session: string) => ({ session, changes: [{ kind: 'added' as const, what: 'session', event: 'SessionPlanned' as const, to: { title: 'New' } }] });

  it.each([
    ['abcdef', 'acdebf', 'b after e'], ['abcdef', 'fabcde', 'f first'], ['abcdef', 'bacdfe', 'a after b, e after f'],
    ['abcdefghijklmnop', 'ponmlkjihgfedcba', 'o after p, n after o, m after n, l after m, k after l, j after k, i after j, h after i, g after h, f after g, e after f, d after e and 3 more'],
  ])('tell of an order only what moved: %s, %s', (from, to, moved) => {
    expect(lines([{ changes: [order(from, to)] }])).toEqual(['programme', `  ~ sessions in another order: ${moved}`, '1 change: it is at r7 now.']);
  });

  it('tell no order that comes of what was added, and count themselves', () => {
    expect(lines([planned('x'), { changes: [order('abcx', 'axbc')] }])).toEqual(['session x', '  + session: “New”', '1 change: it is at r7 now.']);
    expect(lines([{ session: 'a', changes: [{ kind: 'changed', what: 'title, kind', event: 'SessionDetailsChanged', from: { title: 'A', kind: 'talk' }, to: { title: 'B', kind: 'panel' } }] }])).toEqual(['session a', '  ~ title: “A” → “B”', '  ~ kind: “talk” → “panel”', '2 changes: it is at r7 now.']);
  });

  it('tell of each rule some of the conflicts that come about and end, and how many more', () => {
    const conflict = (key: string, more = {}) => ({ key, rule: key.split(':')[0] as 'no-room', severity: 'warn' as const, sessions: [], people: [], seats: [], holds: false, accepted: false, ...more });
    const conflicts = {
      new: [...Array.from({ length: 7 }, (_, n) => conflict(`not-confirmed:s${n}.a1`)), conflict('room-taken:a:b', { accepted: true }), conflict('person-in-two-places:a.a1:b.b1', { holds: true })],
      ended: [conflict('no-room:a')],
    };
    const told = [
      '  ! not-confirmed: s0.a1', '  ! not-confirmed: s1.a1', '  ! not-confirmed: s2.a1', '  ! not-confirmed: s3.a1', '  ! not-confirmed: s4.a1', '  ! not-confirmed: 2 more',
      '  ! room-taken: a, b (accepted)', '  ! person-in-two-places: a.a1, b.b1 (holds publication)',
    ];
    expect(linesOf({ revision: 7, conflicts, notes: [], changes: [] }, [], plainly)).toEqual(['conflicts that came about', ...told, 'conflicts that ended', '  - no-room: a', 'Nothing to change: it is so already, at r7.']);
    expect(linesOf({ revision: 7, dryRun: true, conflicts, notes: [], changes: [] }, [], plainly)).toEqual(['conflicts that would come about', ...told, 'conflicts that would end', '  - no-room: a', 'Nothing would change; nothing was written. It is at r7.']);
  });

  it('tell the two hours of one night apart', () => {
    const at = (start: string, end: string) => ({ start: `2013-10-27T${start}`, end: `2013-10-27T${end}` });
    const moved = (from: object, to: object) => lines([{ session: 'a', changes: [{ kind: 'moved', what: 'slot', event: 'SessionMoved', from, to }] }])[1];
    expect(moved(at('02:00+02:00', '02:30+02:00'), at('02:00+01:00', '02:30+01:00'))).toBe('  ~ slot: 2013-10-27 02:00+02:00–02:30+02:00 → 2013-10-27 02:00+01:00–02:30+01:00');
    expect(moved(at('01:00+02:00', '01:30+02:00'), at('02:30+02:00', '02:30+01:00'))).toBe('  ~ slot: 2013-10-27 01:00–01:30 → 2013-10-27 02:30+02:00–02:30+01:00');
  });
});

/** The order in which sessions change is the service's to choose. */
const inOrderOf = (lines: readonly string[]) => (one: string, other: string) => lines.indexOf(one) - lines.indexOf(other);
