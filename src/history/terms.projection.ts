import { wordsOf, type Text } from '../convening/texts.js';
import type { Event } from '../event-store/event.js';
import type { About } from './history.js';

/** What a history can be searched by beside its words. */
export type TermKind = 'session' | 'person' | 'room' | 'registration' | 'actor' | 'type';

/** Stands in no word: words are letters and digits, and this is neither, so no text is taken for a filter. */
const mark = '§';
/** What search takes for a word's end inside a term. */
const ends = /[^a-z0-9]/g;

/** One of the words or terms of a stream, by its number: the index holds all streams, and a word of one is none of another's. */
export const wordTerm = (word: string, stream: number): string => `${word}${mark}${stream}`;
export const filterTerm = (kind: TermKind, id: string, stream: number): string => `${mark}${kind}${mark}${id.toLowerCase().replace(ends, mark)}${mark}${stream}`;

/** Times, days and ids of people are found by filters, not by their digits. */
const noText = /^(?:\d{4}-\d\d-\d\d|[0-9a-f]{8}-[0-9a-f]{4}-)/;

/** The texts that a fact holds, sealed ones left out: they are their people's. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    if (!noText.test(value)) yield value;
  } else if (typeof value === 'object' && value !== null && !('sealed' in value)) {
    for (const each of Object.values(value)) yield* textsIn(each);
  }
}

const titlesOf = ({ session = {}, room = {}, track = {}, category = {} }: About): readonly Text[] => [
  ...Object.values(session).map(({ title }) => title), ...[room, track, category].flatMap((named) => Object.values(named).map(({ name }) => name)),
];

/**
 * What the search index holds of a fact: its own texts and the names of what it concerns, as words; and its filters. No personal value is
 * in it: people are found by their ids, and names are matched where they can be forgotten.
 */
export const termsOf = (event: Event, about: About, actor: string, stream: number): string => {
  const words = new Set<string>();
  for (const text of textsIn(event.data)) for (const word of wordsOf(text)) words.add(word);
  for (const title of titlesOf(about)) for (const text of Object.values(title)) for (const word of wordsOf(text)) words.add(word);
  // Registrations name sessions, and know nothing of them.
  const { session } = event.data as { readonly session?: string };
  const ids = { ...about, session: { ...(session !== undefined && { [session]: undefined }), ...about.session } };
  const filters = (['session', 'person', 'room', 'registration'] as const).flatMap((kind) => Object.keys(ids[kind] ?? {}).map((id) => filterTerm(kind, id, stream)));
  return [...words].map((word) => wordTerm(word, stream)).concat(filters, filterTerm('actor', actor, stream), filterTerm('type', event.type, stream)).join(' ');
};
