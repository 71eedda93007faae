import type { PersonId } from '../event-store/personal.js';
import type { Convening, Session } from './convening.js';
import { asItIs, type GivenCredit } from './credits.rules.js';
import type { Slot } from './slots.events.js';
import { folded, type GivenText } from './texts.js';
import { wallClock } from './times.js';

interface GivenSeat {
  readonly id?: string;
  readonly person?: PersonId;
  readonly role: string;
  readonly state?: string;
  readonly credit?: GivenCredit;
}

interface GivenSession {
  readonly id: string;
  readonly title: GivenText;
  readonly subtitle?: GivenText;
  readonly abstract?: GivenText;
  readonly language?: string;
  readonly interpretation?: readonly string[];
  readonly slot?: Slot;
  readonly appearances?: readonly GivenSeat[];
}

/** What is looked at of a document. */
export interface Noted {
  readonly sessions: readonly GivenSession[];
}

/** What a document may not mean as it is written; it is taken all the same. */
export interface Note {
  /** JSON Pointer (RFC 6901) as a fragment: `#/sessions/0/slot/start`. */
  readonly pointer: string;
  readonly code: 'offset-of-another-zone' | 'unknown-language' | 'unknown-country' | 'person-under-two-names' | 'still-to-be-reconfirmed';
  readonly detail: string;
}

/** So many are told. */
const mostNotes = 100;

/** What is to be noted of a document, by the convening before it and after; in steps. */
export function* notesOn({ sessions }: Noted, { before, after }: { readonly before: Readonly<Convening>; readonly after: Readonly<Convening> }): Generator<undefined, readonly Note[]> {
  const notes: Note[] = [];
  const named = new Map<PersonId, { readonly name: string; readonly at: string }>();
  for (const [index, session] of sessions.entries()) {
    const at = `#/sessions/${index}`;
    const held = before.sessions.get(session.id);
    const open = new Set([...(after.sessions.get(session.id)?.appearances.values() ?? [])].flatMap(({ id, toBeReconfirmed }) => (toBeReconfirmed && held?.appearances.get(id)?.toBeReconfirmed ? [id] : [])));
    notes.push(...ofTimes(session, at, { held, zone: before.zone }), ...ofLanguages(session, at));
    for (const [place, seat] of (session.appearances ?? []).entries()) notes.push(...ofSeat(seat, `${at}/appearances/${place}`, { held, open, named }));
    if (notes.length >= mostNotes) break;
    yield;
  }
  return notes.slice(0, mostNotes);
}

/** A time with another offset than the zone's is taken for the instant that it is; who copied it from elsewhere meant the hour on the door. */
const ofTimes = ({ slot }: GivenSession, at: string, { held, zone }: { readonly held: Session | undefined; readonly zone: string }): Note[] =>
  !slot ? [] : (['start', 'end'] as const).flatMap((name): Note[] => {
    const given = slot[name];
    // Most are as they were read: then no calendar is asked.
    if (given === held?.slot?.[name] || !/[+-]\d\d:\d\d$/.test(given)) return [];
    const there = wallClock(given, zone);
    return given.slice(-6) === there.slice(-6) ? [] : [{ pointer: `${at}/slot/${name}`, code: 'offset-of-another-zone', detail: `${given.slice(-6)} is not the offset of ${zone} then: it is taken for ${there}.` }];
  });

// What is known differs by the data of the platform; nothing is decided by it.
const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** A document names thousands of times the same few: each is looked up once. */
const known = new Map<string, boolean>();
/** Of those of three letters there are thousands, of which few are known. */
const isLanguage = (tag: string): boolean => {
  if (!/^[a-z]{2}(-|$)/.test(tag)) return true;
  const two = tag.slice(0, 2);
  const is = known.get(two) ?? languages.of(two) !== undefined;
  known.set(two, is);
  return is;
};

/** As they are spoken and written in. */
const ofLanguages = ({ language, interpretation = [], title, subtitle, abstract }: GivenSession, at: string): Note[] => [
  ...(language === undefined ? [] : [[`${at}/language`, language] as const]),
  ...interpretation.map((tag, index) => [`${at}/interpretation/${index}`, tag] as const),
  ...Object.entries({ title, subtitle, abstract }).flatMap(([name, text]) => (typeof text === 'object' ? Object.keys(text).map((tag) => [`${at}/${name}/${tag}`, tag] as const) : [])),
].flatMap(([pointer, tag]): Note[] => (isLanguage(tag) ? [] : [{ pointer, code: 'unknown-language', detail: `No language is known by ${tag}.` }]));

interface Beside {
  readonly held: Session | undefined;
  /** The seats whose confirmation was to be given anew, and still is. */
  readonly open: ReadonlySet<string>;
  /** By whom a name was first given in the document, and where. */
  readonly named: Map<PersonId, { readonly name: string; readonly at: string }>;
}

const ofSeat = ({ id, person, role, state, credit }: GivenSeat, at: string, { held, open, named }: Beside): Note[] => {
  const notes: Note[] = [];
  if (credit && !asItIs(credit)) {
    if (credit.country !== undefined && countries.of(credit.country) === undefined) notes.push({ pointer: `${at}/credit/country`, code: 'unknown-country', detail: `No country is known by ${credit.country}.` });
    const first = person !== undefined && credit.name !== undefined ? named.get(person) : undefined;
    if (person !== undefined && credit.name !== undefined && !first) named.set(person, { name: credit.name, at });
    else if (first && credit.name !== undefined && folded(first.name) !== folded(credit.name))
      notes.push({ pointer: `${at}/credit/name`, code: 'person-under-two-names', detail: `The same person is “${first.name}” at ${first.at}: one of the two may be somebody else, with an id of their own.` });
  }
  const there = id ?? [...(held?.appearances.values() ?? [])].find((each) => each.person === person && each.role === role)?.id;
  if (state === 'confirmed' && there !== undefined && open.has(there))
    notes.push({ pointer: `${at}/state`, code: 'still-to-be-reconfirmed', detail: 'It was confirmed for another slot, and is still to be given anew: a document does not do that, POST …/confirmation does.' });
  return notes;
};
