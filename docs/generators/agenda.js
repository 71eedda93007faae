import { agendaOf } from '../../dist/agenda/agenda.js';
import { conveningDecider } from '../../dist/convening/convening.decider.js';
import { defaultPolicy } from '../../dist/convening/policy.events.js';
import { answerSchemas } from '../../dist/http/answers.js';

const nameOf = ({ $ref }) => $ref.split('/').at(-1);

/** A type in words, each shape of ours a link to where it is told. */
const written = (schema) => {
  const { allOf, anyOf, type, items, additionalProperties } = schema;
  if (schema.$ref) return `[${nameOf(schema)}](#${nameOf(schema).toLowerCase()})`;
  if (allOf) return written(allOf[0]);
  if (anyOf) return anyOf.map(written).join(' or ');
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(' ');
  if (type === 'array') return `list of ${written(items)}`;
  if (additionalProperties) return 'text by language';
  return type;
};

const forOrganisers = /^For organisers(?:: |\.|$)/;
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Fields as rows; those of an object that has no name of its own follow it. */
const rowsOf = ({ properties, required = [] }, at = '', reader = 'everybody') =>
  Object.entries(properties).flatMap(([name, field]) => {
    const inner = field.type === 'array' ? field.items : field;
    const said = field.description ?? '';
    const who = forOrganisers.test(said) ? 'organisers' : reader;
    const type = inner.properties ? (field.type === 'array' ? 'list of objects' : 'object') : written(field);
    const place = `${at}${name}`;
    const row = `| \`${place}\`${required.includes(name) ? '' : '?'} | ${type}${field.nullable ? ' or null' : ''} | ${who} | ${capital(said.replace(forOrganisers, ''))} |`;
    return [row, ...(inner.properties ? rowsOf(inner, `${place}${field.type === 'array' ? '[]' : ''}.`, who) : [])];
  });

/** The shapes that a shape is made of, each once, in the order in which they are met. */
const met = (name, found = new Set()) => {
  if (found.has(name)) return found;
  found.add(name);
  for (const [, other] of JSON.stringify(answerSchemas[name]).matchAll(/schemas\/(\w+)/g)) met(other, found);
  return found;
};

const chapter = (name) => {
  const { description, ...schema } = answerSchemas[name];
  return [`## ${name}`, '', ...(description ? [description, ''] : []), '| field | type | read by | |', '| --- | --- | --- | --- |', ...rowsOf(schema), ''];
};

const [of, judge, mason] = ['7d9f2f0e-5b3c-4d8a-9a53-0d9a0c6c1b11', '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01', '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a02'];
const seat = { session: 'panel', role: 'panellist' };
/** A meeting with one of each: somebody who comes, somebody who is only asked, an office, and what is for organisers. */
const facts = [
  ['ConveningPlanned', { convening: 'lake-forum', title: { en: 'Lake Forum' }, start: '2027-03-08', end: '2027-03-08', zone: 'Africa/Kampala', languages: ['en'], organisers: [], links: [], policy: defaultPolicy }],
  ['RoomAdded', { room: 'hall', name: { en: 'Main hall' }, capacity: 150 }],
  ['SessionPlanned', { session: 'panel', kind: 'panel', title: { en: 'Who owns the water' }, interpretation: ['sw'], audience: 'public', links: [], notes: { of, value: 'Three microphones' } }],
  ['SessionScheduled', { session: 'panel', slot: { room: 'hall', start: '2027-03-08T09:00+03:00', end: '2027-03-08T10:30+03:00' } }],
  ['AppearanceProposed', { ...seat, appearance: 'judge', person: judge, credit: { of: judge, value: { name: 'Amina Juma', position: { en: 'Judge' }, country: 'UG' } } }],
  ['AppearanceConfirmed', { session: 'panel', appearance: 'judge', by: judge }],
  ['AppearanceProposed', { ...seat, appearance: 'mason', person: mason, credit: { of: mason, value: { name: 'Paul Moyo' } } }],
  ['AppearanceProposed', { ...seat, appearance: 'minister', office: { position: { en: 'Minister of Water' } } }],
];

const example = (audience) => {
  const convening = conveningDecider.initial();
  facts.forEach(([type, data], revision) => conveningDecider.evolve(convening, { type, data }, { revision, at: '2026-11-02T08:00:00.000Z' }));
  return JSON.stringify(agendaOf(convening, { audience, open: ({ value }) => value, version: null }), undefined, 2);
};

/** docs/reference/agenda.md: what agenda.json holds, from the types of the agenda and their docstrings. */
export const agendaReference = () =>
  [
    '# The agenda as JSON', '', 'Generated from the code; do not edit. What `GET /convenings/{convening}/agenda.json` answers with; as a schema: `Agenda` in [openapi.json](openapi.json).', '',
    '**It is stable.** Fields are added, never removed, and none is given another meaning or another type. Words are added to lists of words, such as the kinds of sessions. A program passes over what it does not know.', '',
    'A field with `?` may be missing. *Read by*: `organisers` are those who read the agenda made for `internal`; what is not for an audience (a session, an item, a link) is in no agenda made for it. Texts by language are objects such as `{"en": "Welcome", "fr": "Bienvenue"}`.', '',
    '**Names.** Whoever is not an organiser reads the names of those who have confirmed or were there, and of the tentative where the convening’s policy says so. A seat whose person is not read is `to-be-confirmed`: with its office where nobody is named, with nothing but its role where somebody is. `{"withheld": true}` stands where a person was forgotten.', '',
    ...[...met('Agenda')].flatMap(chapter),
    '## Example', '', 'The same meeting, as the public reads it:', '', '```json', example('public'), '```', '', 'and as its organisers do:', '', '```json', example('internal'), '```', '',
  ].join('\n');
