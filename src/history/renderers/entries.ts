import type { Withheld } from '../../event-store/personal.js';
import type { FactRow } from '../history.js';
import { beforeAndAfter, type Fields } from './changes.js';
import { actorIn, actorOf, sayingOf, sentenceOf, type Telling } from './telling.js';
import { touchedBy, type TouchedField } from './values.js';

/** Something that a fact is about, as it was called then. */
export interface Concerned {
  readonly id: string;
  readonly name: string;
}

/** A fact, told. */
export interface HistoryFactRead {
  /** Its place in the stream. */
  readonly revision: number;
  /** What kind of fact it is, by its name in the reference of events. */
  readonly type: string;
  /** What happened, by whom and why, in the reader's language. */
  readonly sentence: string;
  /** It is told because it belongs to the same change: it was not looked for. */
  readonly besides?: true;
  readonly sessions: readonly Concerned[];
  readonly rooms: readonly Concerned[];
  readonly people: readonly Concerned[];
  /** Ids of registrations. */
  readonly registrations: readonly string[];
  /** The fields it touched as they were: null where there was nothing. */
  readonly before: Fields;
  /** The same fields as they are from then on, and what was said with it. */
  readonly after: Fields;
  /** The same in the reader’s language and the convening’s time, for people. */
  readonly touched: readonly TouchedField[];
}

/** A change: what one command made, cause and effect together. */
export interface HistoryEntryRead {
  /** The command’s id. */
  readonly command: string;
  /** When it was recorded (UTC). */
  readonly at: string;
  /** Who asked for it. */
  readonly actor: Concerned;
  /** Why, in their words, or that it is withheld; missing: they did not say. */
  readonly reason?: string | Withheld;
  /** In the order in which they came about. */
  readonly facts: readonly HistoryFactRead[];
  /** There are more facts of this change than are told here: read on from this revision. */
  readonly partFrom?: number;
}

/** A part of a history, the latest first. */
export interface HistoryRead {
  readonly entries: readonly HistoryEntryRead[];
  /** What comes before is read with this as `before`; missing: nothing does. */
  readonly older?: number;
  /** What comes after is read with this as `after`; missing: nothing does. */
  readonly newer?: number;
}

/** One command with its facts, as they were found. */
export interface Told {
  readonly command: string;
  readonly facts: readonly FactRow[];
  /** Revisions of facts that are told because they belong to it, not because they were looked for. */
  readonly besides: ReadonlySet<number>;
  /** Whether it made more facts than are told here. */
  readonly isPart: boolean;
  /** The revision of the first of them. */
  readonly first: number;
}

/** Why it was done, as the command or the fact itself says. */
const reasonOf = ({ reason, data }: FactRow, { open }: Telling): string | Withheld | undefined => {
  const said = reason ?? (data as { reason?: FactRow['reason'] }).reason; // Only an acceptance has a field of that name.
  return said && open(said);
};

/** The whole sentence: what happened, by whom, and why. */
export const wholeSentence = (fact: FactRow, telling: Telling): string => {
  const reason = reasonOf(fact, telling);
  const why = reason === undefined ? undefined : typeof reason === 'string' ? reason : telling.words.notesWithheld;
  return telling.sentences.by(sentenceOf(fact, telling), actorIn(fact, telling), why);
};

const factOf = (fact: FactRow, isBesides: boolean, telling: Telling): HistoryFactRead => {
  const { revision, type, about } = fact;
  const saying = sayingOf(fact, telling);
  const changed = beforeAndAfter(fact, telling.open);
  const named = (ids: object | undefined, name: (id: string) => string) => Object.keys(ids ?? {}).map((id) => ({ id, name: name(id) }));
  return {
    revision, type, sentence: wholeSentence(fact, telling), ...(isBesides && { besides: true as const }),
    sessions: named(about.session, saying.sessionOf), rooms: named(about.room, saying.room), people: named(about.person, saying.person), registrations: Object.keys(about.registration ?? {}),
    ...changed, touched: touchedBy(fact, changed, telling),
  };
};

/** A change, told. */
export const entryOf = ({ command, facts, besides, isPart, first }: Told, telling: Telling): HistoryEntryRead => {
  const [cause] = facts;
  // A group is made of at least one fact.
  const { at, actor } = cause!;
  const reason = reasonOf(cause!, telling);
  return {
    command, at, actor: { id: actor, name: actorOf(cause!, telling) }, ...(reason !== undefined && { reason }),
    facts: facts.map((fact) => factOf(fact, besides.has(fact.revision), telling)),
    ...(isPart && { partFrom: first }),
  };
};
