import { beforeAll, describe, expect, it } from '@jest/globals';
import { application, type Answer } from './application.js';
import { Described, type Schema } from './schema.js';

const app = application();
const at = '/convenings/arusha-2013';
const panel = `${at}/sessions/panel`;
const [judge, bishop] = ['4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01', '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a02'];

interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}
interface Operation {
  readonly responses: Readonly<Record<string, Response>>;
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>>; readonly responses: Readonly<Record<string, Response>> };
}

let description: Description;
let described: Described;
const reads = () => Object.entries(description.paths).flatMap(([path, methods]) => (methods.get ? [path] : []));

/** Held against what is said of this route, status and type. */
const faultsOf = (method: string, path: string, { status, headers, text, body }: Answer): string[] => {
  const said = description.paths[path]?.[method]?.responses[String(status)];
  const response = said?.$ref === undefined ? said : description.components.responses[said.$ref.split('/').at(-1)!];
  if (!response) return [`${status} is not described`];
  if (status === 304) return text === '' ? [] : ['304 has a body'];
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const schema = response.content?.[type]?.schema;
  return schema ? described.faults(schema, type.includes('json') ? body : text) : [`${status} ${type} is not described`];
};

/** Of the registrations: one has a seat, one was withdrawn, one has an offer, one waits. */
const ids: string[] = [];
const filled = (path: string) =>
  path.replace('{convening}', 'arusha-2013').replace('{room}', 'simba').replace('{track}', 'justice').replace('{session}', 'panel').replace('{appearance}', 'judge').replace('{registration}', ids[0] ?? '') + (path.includes('/difference') ? '?from=rev:0' : '');

const link = { kind: 'note', title: { en: 'Note' }, url: 'https://example.org/note' };
const credit = { honorific: 'Hon.', name: 'Amina Juma', sortName: 'Juma', position: 'Judge', organisation: 'High Court', kind: 'government', country: 'TZ', label: 'Guest of honour' };

beforeAll(async () => {
  // Cast: the document is what the test is about; what is not there fails it below.
  description = (await app.asked('GET', '/docs/openapi.json')).body as unknown as Description;
  described = new Described(description.components.schemas);
  const steps: [method: 'POST' | 'PUT' | 'PATCH', path: string, body: object, headers?: Record<string, string>][] = [
    ['POST', '/convenings', {
      id: 'arusha-2013', title: 'Preventing genocide', subtitle: 'Together', description: 'Two days.', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam', capacity: 80, links: [link],
      venue: { name: 'AICC', address: 'Simba Road', city: 'Arusha', country: 'TZ' }, organisers: [{ name: 'AIPR', shortName: 'AIPR', kind: 'ngo', country: 'US', role: 'host' }], policy: { reconfirm: 'time' },
    }],
    ['POST', '/convenings', { id: 'zanzibar', title: 'After', start: '2013-06-01', end: '2013-06-01', zone: 'Africa/Dar_es_Salaam' }],
    ['POST', `${at}/rooms`, { id: 'simba', name: 'Simba Hall', capacity: 200, description: 'Second floor' }],
    ['POST', `${at}/tracks`, { id: 'justice', name: 'Justice', colour: '#204a87' }],
    ['POST', `${at}/sessions`, { id: 'panel', kind: 'panel', title: 'Justice', subtitle: 'And peace', abstract: 'How courts help.', track: 'justice', language: 'en', interpretation: ['fr'], notes: 'Ask the court', links: [link] }],
    ['POST', `${at}/sessions`, { id: 'talk', kind: 'talk', title: 'A talk' }],
    ['PUT', `${panel}/slot`, { room: 'simba', start: '2013-05-27T09:00', end: '2013-05-27T10:00' }],
    ['POST', `${panel}/appearances`, { id: 'judge', role: 'panellist', person: judge, credit, represents: 'The court' }],
    ['POST', `${panel}/appearances`, { id: 'bishop', role: 'chair', credit: { position: 'Bishop', organisation: 'The diocese', kind: 'other', country: 'TZ', label: 'Host' } }],
    ['POST', `${panel}/appearances/judge/invitation`, { way: 'email', answerBy: '2013-04-30T12:00:00Z' }],
    ['POST', `${panel}/appearances/judge/confirmation`, { way: 'email' }],
    ['PUT', `${panel}/items`, { items: [{ id: 'welcome', title: 'Welcome', minutes: 5, appearance: 'judge' }] }],
    ['PUT', `${at}/availability/${judge}`, { unavailable: [{ start: '2013-05-28T09:00', end: '2013-05-28T12:00' }] }],
    ['POST', `${panel}/appearances`, { id: 'mason', role: 'panellist', person: bishop, credit: { name: 'Paul Moyo' } }],
    ['POST', `${panel}/appearances/mason/replacement`, { with: { id: 'sister', person: '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a03', credit: { name: 'Rose Moyo' } } }],
    ['POST', `${panel}/appearances/sister/invitation`, { way: 'email', answerBy: '2013-04-30T12:00:00Z' }],
    ['POST', `${at}/conflicts/no-slot:talk/acceptance`, { reason: 'It is open' }],
    ['POST', `${at}/conflicts/room-taken:panel:talk/acceptance`, { reason: 'The hall is large' }],
    ['POST', `${at}/publications`, { label: 'provisional', note: 'The first.' }],
    ['POST', `${at}/registration`, { capacity: 2, opens: '2013-01-01T00:00:00Z', closes: '2013-05-01T00:00:00Z', hoursToAccept: 24, placesTold: 'number' }],
    ['POST', `${at}/registration/categories`, { id: 'guest', name: 'Guest' }],
    ['POST', `${at}/registration/categories`, { id: 'participant', name: 'Participant', capacity: 2 }],
    ['POST', `${at}/registration/categories/guest/closing`, { into: 'participant' }],
    ['PUT', `${at}/registration/form`, { fields: [{ id: 'diet', kind: 'choice', label: 'Diet', choices: [{ id: 'all', label: 'All' }] }] }],
    ['PUT', `${at}/registration/sessions/panel`, { capacity: 1 }],
    ...['Juma', 'Kimani', 'Moyo'].map((family) => ['POST', `${at}/registrations`, { category: 'participant', name: { family } }] as ['POST', string, object]),
    ['POST', `${at}/registrations`, { members: [{ category: 'participant', name: { given: 'Rose', family: 'Ngugi' }, email: 'rose@example.org', organisation: 'High Court', kind: 'government', country: 'KE', language: 'en', answers: { diet: 'all' } }] }],
    ['PUT', `${panel}/slot`, { room: 'simba', start: '2013-05-27T09:30', end: '2013-05-27T10:30' }],
    ['PUT', `${panel}/appearances/order`, { order: ['bishop', 'judge', 'mason', 'sister'] }],
  ];
  for (const [method, path, body, headers] of steps) {
    const answer = await app.ask(method, path, body, headers);
    expect({ path, status: answer.status < 300 ? 'done' : answer.body.code }).toEqual({ path, status: 'done' });
    if (path === `${at}/registrations`) ids.push(String(answer.body.id ?? (answer.body.registrations as { id: string }[])[0]?.id));
  }
  await app.ask('PUT', `${at}/registrations/${ids[0]}/sessions/panel`);
  await app.ask('POST', `${at}/registrations/${ids[1]}/withdrawal`);
});

/** A day for what took two. */
const begun = { id: 'kigali-2014', title: 'Again', start: '2014-06-10', end: '2014-06-10', zone: 'Africa/Kigali' };

describe('what is said of an answer', () => {
  it('is said of every read', () => {
    const silent = reads().filter((path) => Object.values(description.paths[path]!.get!.responses['200']?.content ?? {}).some(({ schema }) => Object.keys(schema).length === 0));
    const none = reads().filter((path) => Object.keys(description.paths[path]!.get!.responses['200']?.content ?? {}).length === 0);
    expect({ silent, none, reads: reads().length }).toEqual({ silent: [], none: [], reads: 46 });
  });

  it('is so, to organisers and to the public, with what they have and without', async () => {
    for (const path of reads())
      for (const [who, ask] of [['organisers', app.ask.bind(app)], ['public', app.asked.bind(app)]] as const) {
        const first = await ask('GET', filled(path));
        expect({ path, who, faults: faultsOf('get', path, first) }).toEqual({ path, who, faults: [] });
        const etag = first.headers.get('etag');
        if (!etag) continue;
        const again = await ask('GET', filled(path), undefined, { 'if-none-match': etag });
        expect({ path, who, status: again.status, faults: faultsOf('get', path, again) }).toEqual({ path, who, status: 304, faults: [] });
      }
    for (const path of ['/convenings', '/convenings/{convening}/sessions']) expect(faultsOf('get', path, await app.ask('GET', `${filled(path)}?limit=1`))).toEqual([]);
  });

  it('is so in each form of an agenda', async () => {
    const path = '/convenings/{convening}/agenda';
    expect(Object.keys(description.paths[path]!.get!.responses['200']!.content!)).toEqual(['application/json', 'text/html', 'text/markdown']);
    for (const accept of ['application/json', 'text/html', 'text/markdown', 'image/png']) {
      const answer = await app.asked('GET', filled(path), undefined, { accept });
      expect({ accept, status: answer.status, faults: faultsOf('get', path, answer) }).toEqual({ accept, status: accept === 'image/png' ? 406 : 200, faults: [] });
    }
  });

  it('is so of what is done and of what is refused', async () => {
    const [room, slot, rooms, convening] = ['/convenings/{convening}/rooms/{room}', '/convenings/{convening}/sessions/{session}/slot', '/convenings/{convening}/rooms', '/convenings/{convening}'];
    const programme = '/convenings/{convening}/programme';
    const document = (await app.ask('GET', `${at}/programme`)).body;
    for (const [status, method, path, answer] of [
      [201, 'post', '/convenings', await app.ask('POST', '/convenings', { ...begun, from: { convening: 'arusha-2013', asOf: 'version:provisional' } })],
      [200, 'get', convening, await app.ask('GET', '/convenings/kigali-2014')],
      [201, 'post', rooms, await app.ask('POST', `${at}/rooms`, { id: 'tembo', name: 'Tembo' })],
      [200, 'patch', room, await app.ask('PATCH', `${at}/rooms/tembo`, { name: 'Tembo Hall' })],
      [400, 'patch', room, await app.ask('PATCH', `${at}/rooms/tembo`, { name: 7 })],
      [401, 'patch', room, await app.asked('PATCH', `${at}/rooms/tembo`, {})],
      [404, 'patch', room, await app.ask('PATCH', `${at}/rooms/twiga`, {})],
      [409, 'delete', room, await app.ask('DELETE', `${at}/rooms/simba`)],
      [412, 'patch', room, await app.ask('PATCH', `${at}/rooms/tembo`, { name: 'T' }, { 'if-match': '"r1"' })],
      [422, 'put', slot, await app.ask('PUT', `${panel}/slot`, { room: 'twiga', start: '2013-05-27T09:00', end: '2013-05-27T10:00' })],
      [200, 'put', programme, await app.ask('PUT', `${at}/programme?dryRun=true`, { ...document, tracks: [{ id: 'justice', name: 'Law' }] })],
      [409, 'put', programme, await app.ask('PUT', `${at}/programme`, { sessions: [] })],
      [200, 'put', programme, await app.ask('PUT', `${at}/programme`, document)],
      [400, 'get', rooms, await app.ask('GET', `${at}/rooms?when=rev:1`)],
      [401, 'get', rooms, await app.asked('GET', `${at}/rooms`)],
      [404, 'get', convening, await app.asked('GET', '/convenings/zanzibar')],
    ] as const) expect({ path, method, status: answer.status, faults: faultsOf(method, path, answer) }).toEqual({ path, method, status, faults: [] });
  });

  it('would be found wrong if it were', async () => {
    const { body } = await app.ask('GET', `${at}/rooms/simba`);
    const faults = (value: object) => described.faults({ $ref: '#/components/schemas/RoomRead' }, value);
    expect(faults(body)).toEqual([]);
    expect(faults({ ...body, colour: 'red' })).toEqual(['#/colour is not described']);
    expect(faults({ ...body, name: { en: 7 }, capacity: '200', revision: undefined }).sort()).toEqual(['#/capacity is no integer', '#/name/en is no string', '#/revision is no integer']);
    expect(described.faults({ $ref: '#/components/schemas/Interval' }, { start: 'x' })).toEqual(['#/end is missing']);
  });

  it('comes to pass: no field is told that no answer has', async () => {
    for (const id of ['mason', 'sister']) expect(faultsOf('get', '/convenings/{convening}/sessions/{session}/appearances/{appearance}', await app.ask('GET', `${panel}/appearances/${id}`))).toEqual([]);
    const one = '/convenings/{convening}/registrations/{registration}';
    expect((await app.ask('PUT', `${at}/registration/sessions/talk`, { capacity: 0 })).status).toBe(200);
    expect((await app.ask('PUT', `${at}/registrations/${ids[0]}/sessions/talk`)).body['sessionSeats']).toEqual([{ session: 'panel', status: 'seated' }, { session: 'talk', status: 'waiting', waitingPosition: 1 }]);
    for (const id of ids) expect(faultsOf('get', one, await app.ask('GET', `${at}/registrations/${id}`))).toEqual([]);
    const document = (await app.ask('GET', `${at}/programme`)).body as { rooms: readonly object[] };
    const rooms = Array.from({ length: 13 }, (_, place) => ({ id: `room-${place}`, name: `Room ${place}` }));
    expect((await app.ask('PUT', `${at}/programme`, { ...document, rooms: [...document.rooms, ...rooms] })).status).toBe(200);
    for (const query of ['limit=1', 'limit=1&before=20', 'type=AppearanceReplaced'])
      expect(faultsOf('get', '/convenings/{convening}/history.json', await app.ask('GET', `${at}/history.json?${query}`))).toEqual([]);
    app.clock.set('2013-05-28T18:00:00Z');
    expect((await app.ask('POST', `${at}/registrations/${ids[0]}/check-ins`)).status).toBe(200);
    expect(faultsOf('get', one, await app.ask('GET', `${at}/registrations/${ids[0]}`))).toEqual([]);
    expect(faultsOf('get', '/convenings/{convening}/registrations', await app.ask('GET', `${at}/registrations?limit=1`))).toEqual([]);
    expect((await app.ask('POST', `${at}/conclusion`, { attendance: { participants: 80, countries: 22, source: 'The release' } })).status).toBe(200);
    const difference = '/convenings/{convening}/agenda/difference.json';
    expect(faultsOf('get', difference, await app.ask('GET', `${at}/agenda/difference.json?from=version:provisional`))).toEqual([]);
    for (const path of ['/convenings/{convening}', '/convenings/{convening}/agenda.json']) expect(faultsOf('get', path, await app.ask('GET', filled(path)))).toEqual([]);
    const named = reads().flatMap((path) => Object.values(description.paths[path]!.get!.responses['200']?.content ?? {})).flatMap(({ schema }) => schema.$ref?.split('/').at(-1) ?? []);
    // Nobody can be forgotten yet, and few registrations do not stand in every way that they can.
    const untold = ['Withheld.withheld', 'ListedRegistration.withheld', ...['pending', 'no-show', 'refused', 'lapsed', 'substituted'].map((status) => `ByStatus.${status}`)];
    expect([...described.fields(named)].filter((field) => !described.seen.has(field)).sort()).toEqual(untold.sort());
  });
});
