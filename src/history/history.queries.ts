import { Injectable } from '@nestjs/common';
import { readingIn } from '../agenda/renderers/printed.js';
import { wordsIn } from '../agenda/renderers/vocabularies.js';
import type { Convening } from '../convening/convening.js';
import { conveningStream } from '../convening/convening.events.js';
import { ConveningQueries } from '../convening/convening.queries.js';
import { wordsOf, type Text } from '../convening/texts.js';
import { daysOf } from '../convening/times.js';
import type { Open, PersonId } from '../event-store/personal.js';
import { Sealing } from '../event-store/sealing.js';
import { withPlus } from '../http/fields.js';
import { ReadFailure } from '../projecting/read-failure.js';
import { RegistrationListsQueries } from '../registration/lists.queries.js';
import { registrationStream } from '../registration/registration.events.js';
import type { FactRow } from './history.js';
import { HistoryReadModel } from './history.projection.js';
import type { FoundChanges } from './renderers/history-page.js';
import { groupsOf } from './groups.queries.js';
import type { HistoryRows, StreamRow } from './rows.projection.js';
import { leansOn, tellsAgain, type Telling } from './renderers/telling.js';
import { sentencesIn } from './renderers/vocabularies.js';
import { filterTerm, wordTerm, type TermKind } from './terms.projection.js';

/** So long, in milliseconds, a read waits for this node to have read what it must include. */
const patience = 5_000;
/** So many words are looked for, and so many people that a word may name. */
const mostWords = 10;
const mostNamed = 300;
const usualLength = 50;

/** Whose history: the convening's own, or its registrations'. */
export type HistoryOf = 'convening' | 'registrations';

/** What is looked for, and which part of it; see the requests. */
export interface Looked {
  readonly session?: string | undefined;
  readonly person?: string | undefined;
  readonly room?: string | undefined;
  readonly registration?: string | undefined;
  readonly actor?: string | undefined;
  readonly type?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly text?: string | undefined;
  readonly limit?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** For whom it is told. */
export interface Reader {
  /** In the first of these in which there are sentences. */
  readonly languages: readonly string[];
  /** Whose token counts today: older ones are told apart. */
  readonly operator: PersonId;
}

/** A part of a history, ready to be told. */
export interface Found extends FoundChanges {
  /** The last revision of the history. */
  readonly revision: number;
  readonly around: Surroundings;
}

/** What of the convening, as it is, the telling of its history needs, and what the page offers to look for. */
export interface Surroundings {
  readonly zone: string;
  readonly languages: readonly string[];
  readonly title: Text;
  readonly sessions: ReadonlyMap<string, Text>;
  readonly rooms: ReadonlyMap<string, Text>;
  /** Whom each word that is looked for names. */
  readonly named: ReadonlyMap<string, readonly PersonId[]>;
}

/** What happened to convenings and their registrations. `after`: the position that the answer must include. */
@Injectable()
export class HistoryQueries {
  constructor(private readonly readModel: HistoryReadModel, private readonly convenings: ConveningQueries, private readonly registered: RegistrationListsQueries, private readonly sealing: Sealing) {}

  /** @throws Refusal unknown-convening; ReadFailure; StoreUnavailable */
  async page(of: HistoryOf, id: string, looked: Looked, reader: Reader, after: bigint): Promise<Found> {
    const words = wordsOf(looked.text ?? '').slice(0, mostWords);
    const planned = await this.convenings.head(id, after, (convening, open) => surroundings(convening, open, words));
    const around = of === 'convening' ? planned : { ...planned, named: await this.#alsoRegistered(planned.named, id, after) };
    await this.readModel.reached(after, patience);
    const stream = streamOf(of, id);
    const stopped = this.readModel.stopped(stream);
    if (stopped) throw new ReadFailure('read-model-stopped', { revision: stopped.revision, position: String(stopped.position), type: stopped.type, why: stopped.why });
    const found = this.readModel.read((rows) => {
      const row = rows.stream(stream);
      return row ? { ...look(rows, row, looked, words, around), revision: row.revision } : { groups: [], facts: new Map<number, FactRow>(), revision: -1 };
    });
    const { facts, ...rest } = found;
    await this.sealing.find(peopleIn([...facts.values()]));
    return { ...rest, around, telling: this.#telling(stream, around, reader, facts) };
  }

  /** Whom each word names in the programme, and who is registered by such a name: those are the registrations' to know. */
  async #alsoRegistered(named: Surroundings['named'], id: string, after: bigint): Promise<Surroundings['named']> {
    const all = new Map<string, readonly PersonId[]>();
    for (const [word, people] of named) all.set(word, [...new Set([...people, ...(await this.registered.named(id, word, mostNamed, after))])]);
    return all;
  }

  #telling(stream: string, { zone, languages, sessions }: Surroundings, { languages: wanted, operator }: Reader, facts: ReadonlyMap<number, FactRow>): Telling {
    const sentences = sentencesIn(...wanted, ...languages);
    const words = wordsIn(sentences.language);
    const read = readingIn(words.language, [...wanted, words.language, ...languages]);
    return {
      sentences, words, zone, read: (text) => read(text).text, open: this.sealing.opener(stream), operator,
      factOf: (revision) => facts.get(revision), title: (session) => sessions.get(session),
    };
  }
}

const streamOf = (of: HistoryOf, id: string): string => (of === 'convening' ? conveningStream(id) : registrationStream(id));

const surroundings = ({ zone, details: { title, languages }, sessions, rooms }: Readonly<Convening>, open: Open, words: readonly string[]): Surroundings => ({
  zone, languages, title,
  sessions: new Map([...sessions].map(([id, { details }]) => [id, details.title])),
  rooms: new Map([...rooms].map(([id, { name }]) => [id, name])),
  named: new Map(words.map((word) => [word, namedBy(word, sessions, open)])),
});

/** Whose names, as they are printed now, hold the word. */
const namedBy = (word: string, sessions: Readonly<Convening>['sessions'], open: Open): PersonId[] => {
  const found = new Set<PersonId>();
  for (const { appearances } of sessions.values())
    for (const { person, credit } of appearances.values()) {
      if (person === undefined || !credit || found.has(person)) continue;
      const opened = open(credit);
      if (!('withheld' in opened) && wordsOf(opened.name).includes(word)) found.add(person);
      if (found.size >= mostNamed) return [...found];
    }
  return [...found];
};

/** What the index is asked for; undefined: nothing in particular. */
const termsFor = (looked: Looked, words: readonly string[], named: Surroundings['named'], stream: number): string | undefined => {
  const kinds = ['session', 'person', 'room', 'registration', 'actor', 'type'] as const satisfies readonly TermKind[];
  const filters = kinds.flatMap((kind) => (looked[kind] === undefined ? [] : [filterTerm(kind, looked[kind], stream)]));
  const texts = words.map((word) => [wordTerm(word, stream), ...(named.get(word) ?? []).map((person) => filterTerm('person', person, stream))]);
  const all = [...filters.map((term) => [term]), ...texts];
  return all.length === 0 ? undefined : all.map((one) => `(${one.map((term) => `"${term}"`).join(' OR ')})`).join(' AND ');
};

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
const isDay = (time: string): boolean => time.length === 10;

/** The revisions between which facts are looked for, both included. */
const bounds = (rows: HistoryRows, { number, revision }: StreamRow, { from, to }: Looked, zone: string): { least: number; most: number } => {
  const day = (date: string) => daysOf({ start: date, end: date }, zone);
  const begin = from === undefined ? undefined : instant(isDay(from) ? day(from).from : Date.parse(withPlus(from)));
  const end = to === undefined ? undefined : instant(isDay(to) ? day(to).until - 1 : Date.parse(withPlus(to)));
  return {
    least: begin === undefined ? 0 : rows.lastUpTo(number, begin, revision, false) + 1,
    most: end === undefined ? revision : rows.lastUpTo(number, end, revision, true),
  };
};

/** The part that is looked for, with every fact that telling it leans on. */
const look = (rows: HistoryRows, stream: StreamRow, looked: Looked, words: readonly string[], { zone, named }: Surroundings) => {
  const terms = termsFor(looked, words, named, stream.number);
  const { least, most } = bounds(rows, stream, looked, zone);
  // Words without a letter or digit are in no text.
  const isVain = looked.text !== undefined && words.length === 0;
  const wanted = { stream: stream.number, ...(terms !== undefined && { terms }), least, most: isVain ? -1 : most };
  const { before, after, limit = usualLength } = looked;
  const newestFirst = after === undefined;
  const matches = rows.facts({
    ...wanted, newestFirst, limit: Number(limit),
    most: before === undefined ? wanted.most : Math.min(wanted.most, Number(before) - 1), least: after === undefined ? least : Math.max(least, Number(after) + 1),
  });
  const groups = groupsOf(rows, stream.number, newestFirst ? matches : matches.reverse(), terms !== undefined || looked.from !== undefined || looked.to !== undefined);
  const shown = groups.flatMap((group) => group.facts);
  const revisions = shown.map(({ revision }) => revision);
  // Where nothing is shown, the way back is from where it was looked.
  const newest = revisions.length > 0 ? Math.max(...revisions) : Number(before ?? NaN) - 1;
  const oldest = revisions.length > 0 ? Math.min(...revisions) : Number(after ?? NaN) + 1;
  const isThere = (range: { least: number; most: number }) => rows.facts({ ...wanted, ...range, newestFirst: true, limit: 1 }).length > 0;
  const isOlder = !Number.isNaN(oldest) && isThere({ least, most: Math.min(wanted.most, oldest - 1) });
  const isNewer = !Number.isNaN(newest) && isThere({ least: Math.max(least, newest + 1), most: wanted.most });
  const facts = new Map(shown.map((fact) => [fact.revision, fact]));
  const alsoRead = (revisions: Iterable<number>) => {
    for (const revision of new Set(revisions)) {
      const fact = facts.get(revision) ?? rows.fact(stream.number, revision);
      if (fact) facts.set(revision, fact);
    }
  };
  alsoRead(shown.flatMap(tellsAgain));
  alsoRead([...facts.values()].flatMap(leansOn));
  return { groups, facts, ...(isOlder && { older: oldest }), ...(isNewer && { newer: newest }) };
};

/** Whose values the facts hold. */
const peopleIn = (facts: readonly FactRow[]): Set<PersonId> => {
  const people = new Set<PersonId>();
  for (const { data, reason } of facts)
    for (const value of [reason, ...Object.values(data)]) if (typeof value === 'object' && value !== null && 'sealed' in value && 'of' in value) people.add(value.of as PersonId);
  return people;
};
