/** A convening of 1,300 sessions and 17,000 facts, as half a year of work makes them: planned one by one, then asked and changed all over the programme. */
import { join } from 'node:path';
import { Secret } from '../dist/access/secret.js';
import { conveningCatalogue, conveningStream } from '../dist/convening/convening.events.js';
import { defaultPolicy } from '../dist/convening/policy.events.js';
import { Codec } from '../dist/event-store/codec.js';
import { newId } from '../dist/event-store/new-id.js';
import { Sealing } from '../dist/event-store/sealing.js';
import { SqliteEventStore } from '../dist/event-store/sqlite/sqlite-event-store.js';
import { SqliteKeys } from '../dist/event-store/sqlite/sqlite-keys.js';

export const sessions = 1_300;
export const facts = 17_000;
/** The first fact's instant; each that follows is a quarter of an hour later. */
export const begins = Date.parse('2026-01-05T08:00:00Z');
export const step = 15 * 60_000;
const rooms = 30;
const perAppend = 200;

const person = (/** @type {number} */ n) => `4c1f8f3e-20d1-4f1b-8a55-${String(n).padStart(12, '0')}`;

/** The same each time. */
const dice = () => {
  let seed = 42;
  return (/** @type {number} */ below) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
};

/** @param {number} n which session @param {number} [later] hours */
const slotOf = (n, later = 0) => {
  const nth = Math.floor(n / rooms);
  const hour = String(8 + (nth % 9) + later).padStart(2, '0');
  const day = String(8 + Math.floor(nth / 9)).padStart(2, '0');
  return { room: `hall-${n % rooms}`, start: `2027-03-${day}T${hour}:00+03:00`, end: `2027-03-${day}T${hour}:50+03:00` };
};

/** @param {string} id of the convening */
export function* eventsOf(id) {
  const roll = dice();
  yield { type: 'ConveningPlanned', data: { convening: id, title: { en: 'Measured' }, languages: ['en'], organisers: [], links: [], start: '2027-03-08', end: '2027-03-12', zone: 'Africa/Kampala', policy: defaultPolicy } };
  for (let n = 0; n < rooms; n += 1) yield { type: 'RoomAdded', data: { room: `hall-${n}`, name: { en: `Hall ${n}` }, capacity: 100 } };
  let told = 1 + rooms;
  const slots = [];
  for (let n = 0; n < sessions; n += 1) {
    const session = `s${n}`;
    slots.push(slotOf(n));
    yield { type: 'SessionPlanned', data: { session, kind: 'talk', title: { en: `Talk ${n}` }, abstract: { en: 'What a talk of this kind says of itself in two lines. '.repeat(4) }, interpretation: ['fr'], audience: 'public', links: [] } };
    yield { type: 'SessionScheduled', data: { session, slot: slots[n] } };
    for (let a = 0; a < 3; a += 1) {
      const of = person(n * 3 + a);
      const credit = { of, value: { honorific: 'Dr.', name: `Speaker ${a} of ${n}`, position: { en: 'Director of research' }, organisation: { en: 'An institute of some renown' }, country: 'TZ' } };
      yield { type: 'AppearanceProposed', data: { session, appearance: `a${a}`, role: a ? 'panellist' : 'moderator', person: of, credit } };
    }
    told += 5;
  }
  const seats = Array.from({ length: sessions * 3 }, (_, seat) => seat);
  for (let last = seats.length - 1; last > 0; last -= 1) {
    const other = roll(last + 1);
    [seats[last], seats[other]] = [seats[other], seats[last]];
  }
  const titles = new Map();
  for (let seat = 0, published = 0; told < facts; told += 1) {
    const which = seats[seat] ?? 0;
    const said = { session: `s${Math.floor(which / 3)}`, appearance: `a${which % 3}`, by: person(which), way: 'email' };
    const n = roll(sessions);
    const session = `s${n}`;
    if (told % 3_000 === 0) {
      published += 1;
      yield { type: 'AgendaPublished', data: { number: published, label: `version-${published}`, audience: 'public' } };
    } else if (told % 3 < 2 && seat < seats.length) {
      if (told % 3 === 0) yield { type: 'AppearanceInvited', data: said };
      else {
        yield { type: 'AppearanceConfirmed', data: { ...said, slot: slots[Math.floor(which / 3)] } };
        seat += 1;
      }
    } else if (told % 2) {
      const to = slotOf(n, told % 4 === 1 ? 1 : 0);
      yield { type: 'SessionMoved', data: { session, from: slots[n], to } };
      slots[n] = to;
    } else {
      const to = { en: `Talk ${n}, told anew ${told}` };
      yield { type: 'SessionDetailsChanged', data: { session, from: { title: titles.get(n) ?? { en: `Talk ${n}` } }, to: { title: to } } };
      titles.set(n, to);
    }
  }
}

/** Puts it into the data folder of a node that does not run. @param {string} folder @param {string} id */
export const layLongHistory = async (folder, id) => {
  const store = await SqliteEventStore.open(join(folder, 'events.db'));
  const keys = SqliteKeys.open(join(folder, 'keys.db'), Secret.in(folder).text);
  const sealing = new Sealing(keys);
  await sealing.obtain(Array.from({ length: sessions * 3 }, (_, n) => person(n)));
  const codec = new Codec(conveningCatalogue, sealing, newId);
  const stream = conveningStream(id);
  let [hash, told, waiting] = [null, 0, []];
  const append = async () => {
    await store.append(stream, told === waiting.length ? 'none' : told - waiting.length - 1, waiting);
    waiting = [];
  };
  for (const event of eventsOf(id)) {
    const encoded = await codec.encode(stream, [event], { at: new Date(begins + told * step).toISOString(), commandId: newId(), correlationId: newId(), actor: person(999_999) }, hash);
    waiting.push(...encoded.facts);
    hash = encoded.hash;
    told += 1;
    if (waiting.length === perAppend) await append();
  }
  if (waiting.length > 0) await append();
  await store.close();
  await keys.close();
};
