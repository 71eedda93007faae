/** A convening of 1,300 sessions and 17,000 facts, as half a year of work makes them: planned one by one, then asked and changed all over the programme. */
import { defaultPolicy } from '../dist/convening/policy.events.js';

const sessions = 1_300;
export const facts = 17_000;
const rooms = 30;
/** 1,700 in all: every session has a seat, and the first four of thirteen a second. @param {number} n which session */
const seatsOf = (n) => (n % 13 < 4 ? 2 : 1);

/** Everybody who appears. */
export const people = () => Array.from({ length: sessions * 2 }, (_, n) => person(n));

/** Who has a seat: seat `a` of session `s` is that of `s * 2 + a`. */
export const person = (/** @type {number} */ n) => `4c1f8f3e-20d1-4f1b-8a55-${String(n).padStart(12, '0')}`;

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

/** @param {string} id of the convening @param {number} [all] so many facts */
export function* longHistory(id, all = facts) {
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
    for (let a = 0; a < seatsOf(n); a += 1) {
      const of = person(n * 2 + a);
      const credit = { of, value: { honorific: 'Dr.', name: `Speaker ${a} of ${n}`, position: { en: 'Director of research' }, organisation: { en: 'An institute of some renown' }, country: 'TZ' } };
      yield { type: 'AppearanceProposed', data: { session, appearance: `a${a}`, role: a ? 'panellist' : 'moderator', person: of, credit } };
    }
    told += 2 + seatsOf(n);
  }
  const seats = Array.from({ length: sessions }, (_, n) => n).flatMap((n) => Array.from({ length: seatsOf(n) }, (_, a) => [n, a]));
  for (let last = seats.length - 1; last > 0; last -= 1) {
    const other = roll(last + 1);
    [seats[last], seats[other]] = [seats[other], seats[last]];
  }
  const titles = new Map();
  for (let seat = 0, published = 0; told < all; told += 1) {
    const [of, a] = seats[Math.min(seat, seats.length - 1)];
    const said = { session: `s${of}`, appearance: `a${a}`, by: person(of * 2 + a), way: 'email' };
    const n = roll(sessions);
    const session = `s${n}`;
    if (told % 3_000 === 0) {
      published += 1;
      yield { type: 'AgendaPublished', data: { number: published, label: `version-${published}`, audience: 'public' } };
    } else if (told % 3 < 2 && seat < seats.length) {
      if (told % 3 === 0) yield { type: 'AppearanceInvited', data: said };
      else {
        yield { type: 'AppearanceConfirmed', data: { ...said, slot: slots[of] } };
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
