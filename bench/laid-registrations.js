/** A convening with very many registrations, appended as the commands would have. */
import { randomUUID } from 'node:crypto';
import { newCode } from '../dist/registration/codes.http.js';
import { registrationStream } from '../dist/registration/registration.events.js';
import { newId } from '../dist/event-store/new-id.js';

const perAppend = 500;
const kinds = ['government', 'government', 'un', 'igo', 'nhri', 'ngo', 'ngo', 'academia', 'private', 'media', 'other'];
const countries = ['TZ', 'KE', 'UG', 'RW', 'BI', 'ET', 'ZA', 'NG', 'GH', 'SN', 'FR', 'DE', 'GB', 'US', 'CA', 'BR', 'IN', 'CN', 'JP', 'SE', 'NO', 'CH'];
const syllables = ['ka', 'mo', 'ri', 'sa', 'té', 'nu', 'lo', 'shi', 'pa', 'da', 'wé', 'zi', 'be', 'go'];
const word = (/** @type {number} */ n) => Array.from({ length: 3 }, (_, place) => syllables[Math.floor(n / 14 ** place) % 14]).join('');
const capital = (/** @type {string} */ text) => text[0].toUpperCase() + text.slice(1);

/** What the nth person filled in. @param {number} n */
export const entryOf = (n) => ({
  name: { given: capital(word(n * 7 + 3)), family: capital(word(n * 13 + 5)) }, email: `person-${n}@example.org`, organisation: `Institute of ${word(n % 997)}`,
  kind: kinds[n % kinds.length], country: countries[n % countries.length], language: 'en', answers: { diet: ['any', 'vegan', 'halal'][n % 3], arrival: '2027-03-07' },
});

/** How the registration for a convening begins. @param {string} id @param {number} [capacity] */
export const beginningOf = (id, capacity) => [
  { type: 'RegistrationPrepared', data: { convening: id, placesTold: 'whether', opens: '2026-01-01T00:00:00.000Z', ...(capacity !== undefined && { capacity }) } },
  { type: 'CategoryAdded', data: { category: 'participant', name: { en: 'Participant' }, approval: 'automatic' } },
  { type: 'FormChanged', data: { from: [], to: [
    { id: 'diet', kind: 'choice', label: { en: 'Diet' }, required: false, choices: ['any', 'vegan', 'halal'].map((choice) => ({ id: choice, label: { en: choice } })) },
    { id: 'arrival', kind: 'date', label: { en: 'Arrival' }, required: false },
  ] } },
];

/** @param {{ store: any, codec: any, sealing: any }} on @param {string} id @param {number} count @param {number} [capacity] */
export const layRegistrations = async ({ store, codec, sealing }, id, count, capacity) => {
  const stream = registrationStream(id);
  const metadata = () => ({ at: '2026-01-05T09:00:00.000Z', commandId: newId(), correlationId: newId(), actor: 'f2c5a1de-8f20-4f57-9a3a-0c7f6c1d2b3e' });
  const beginning = await codec.encode(stream, beginningOf(id, capacity), metadata(), null);
  let { hash } = beginning;
  let { revision } = await store.append(stream, 'none', beginning.facts);
  for (let n = 0; n < count; ) {
    const people = Array.from({ length: Math.min(perAppend, count - n) }, () => randomUUID());
    await sealing.obtain(people);
    const appended = [];
    for (const person of people) {
      n += 1;
      const standing = capacity === undefined || n <= capacity ? 'seated' : 'waiting';
      const data = { registration: newId(), person, code: newCode(), address: Buffer.from(`digest of ${n}`.padEnd(16)).toString('base64url'), category: 'participant', standing, entry: { of: person, value: entryOf(n) } };
      const encoded = await codec.encode(stream, [{ type: 'PersonRegistered', data }], metadata(), hash);
      appended.push(...encoded.facts);
      hash = encoded.hash;
    }
    revision = (await store.append(stream, revision, appended)).revision;
  }
};
