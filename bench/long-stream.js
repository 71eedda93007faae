/** A convening of 2,000 sessions and 20,000 facts, each of its sessions retitled over and over. */
import { defaultPolicy } from '../dist/convening/policy.events.js';

const sessions = 2_000;
const facts = 20_000;

/** @param {number} n which fact @param {string} id of the convening */
const eventOf = (n, id) => {
  if (n === 0) return { type: 'ConveningPlanned', data: { convening: id, title: { en: 'Measured' }, languages: ['en'], organisers: [], links: [], start: '2027-03-08', end: '2027-03-12', zone: 'Africa/Kampala', policy: defaultPolicy } };
  const session = `s${(n - 1) % sessions}`;
  const title = (/** @type {number} */ of) => ({ title: { en: `Title ${of}` } });
  if (n <= sessions) return { type: 'SessionPlanned', data: { session, kind: 'talk', ...title(n), abstract: { en: 'What a talk of this kind says of itself in two lines. '.repeat(4) }, interpretation: [], audience: 'public', links: [] } };
  return { type: 'SessionDetailsChanged', data: { session, from: title(n - sessions), to: title(n) } };
};

/** @param {string} id of the convening */
export function* longStream(id) {
  for (let n = 0; n < facts; n += 1) yield eventOf(n, id);
}
