import { Injectable } from '@nestjs/common';
import { readingIn } from '../agenda/renderers/printed.js';
import { wordsIn } from '../agenda/renderers/vocabularies.js';
import type { Convening } from '../convening/convening.js';
import { conveningStream } from '../convening/convening.events.js';
import { ConveningQueries } from '../convening/convening.queries.js';
import { wordsOf, type Text } from '../convening/texts.js';
import type { PersonId } from '../event-store/personal.js';
import { Sealing } from '../event-store/sealing.js';
import { languageAsked } from '../http/negotiation.js';
import { ReadFailure } from '../projecting/read-failure.js';
import { RegistrationListsQueries } from '../registration/lists.queries.js';
import { registrationStream } from '../registration/registration.events.js';
import type { FactRow } from './history.js';
import { HistoryReadModel } from './history.projection.js';
import type { FoundChanges } from './renderers/history-page.js';
import { look, type Looked } from './look.queries.js';
import { NamedPeople, namedBy } from './named.queries.js';
import type { Telling } from './renderers/telling.js';
import { sentencesIn, toldIn } from './renderers/vocabularies.js';

/** So long, in milliseconds, a read waits for this node to have read what it must include. */
const patience = 5_000;
/** So many words are looked for, and so many people that they name. */
const mostWords = 10;
const mostNamed = 300;

/** Whose history: the convening's own, or its registrations'. */
export type HistoryOf = 'convening' | 'registrations';

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
}

/** What happened to convenings and their registrations. `after`: the position that the answer must include. */
@Injectable()
export class HistoryQueries {
  readonly #people: NamedPeople;

  constructor(private readonly readModel: HistoryReadModel, private readonly convenings: ConveningQueries, private readonly registered: RegistrationListsQueries, private readonly sealing: Sealing) {
    this.#people = new NamedPeople(sealing);
  }

  /** @throws Refusal unknown-convening; Problem invalid-query; ReadFailure; StoreUnavailable */
  async page(of: HistoryOf, id: string, looked: Looked, reader: Reader, after: bigint): Promise<Found> {
    const words = wordsOf(looked.text ?? '').slice(0, mostWords);
    const { around, called } = await this.convenings.head(id, after, (convening, open) => ({ around: surroundings(convening), called: this.#people.in(convening, open, words) }));
    for (const language of reader.languages) languageAsked(language, [...around.languages, ...toldIn]);
    // Who is registered is the registrations' to know.
    const named = namedBy(words, mostNamed, called, ...(of === 'registrations' ? [await this.registered.named(id, words, mostNamed, after)] : []));
    await this.readModel.reached(after, patience);
    const stream = streamOf(of, id);
    const stopped = this.readModel.stopped(stream);
    if (stopped) throw new ReadFailure('read-model-stopped', { revision: stopped.revision, position: String(stopped.position), type: stopped.type, why: stopped.why });
    const found = this.readModel.read((rows) => {
      const row = rows.stream(stream);
      return row ? { ...look(rows, row, looked, words, { zone: around.zone, named }), revision: row.revision } : { groups: [], facts: new Map<number, FactRow>(), revision: -1 };
    });
    const { facts, ...rest } = found;
    await this.sealing.find(peopleIn([...facts.values()]));
    return { ...rest, around, telling: this.#telling(stream, around, reader, facts) };
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

const surroundings = ({ zone, details: { title, languages }, sessions, rooms }: Readonly<Convening>): Surroundings => ({
  zone, languages, title,
  sessions: new Map([...sessions].map(([id, { details }]) => [id, details.title])),
  rooms: new Map([...rooms].map(([id, { name }]) => [id, name])),
});

/** Whose values the facts hold. */
const peopleIn = (facts: readonly FactRow[]): Set<PersonId> => {
  const people = new Set<PersonId>();
  for (const { data, reason } of facts)
    for (const value of [reason, ...Object.values(data)]) if (typeof value === 'object' && value !== null && 'sealed' in value && 'of' in value) people.add(value.of as PersonId);
  return people;
};
