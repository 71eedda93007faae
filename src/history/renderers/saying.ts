import type { Credit, Office, Role } from '../../convening/appearances.events.js';
import type { Item } from '../../convening/running-order.events.js';
import type { Slot } from '../../convening/slots.events.js';
import type { Text } from '../../convening/texts.js';
import type { Words } from '../../agenda/renderers/words.js';
import type { DataOf } from '../../event-store/event.js';
import type { Personal, PersonId } from '../../event-store/personal.js';
import type { ToldEvent } from '../history.js';

/** A field that changed, as it reads. Values that no line can hold are left out. */
export interface FieldChange {
  readonly field: string;
  readonly from?: string;
  readonly to?: string;
}

/** What a sentence can say of its fact: names as they were then, in the reader's language as far as there are texts in it. */
export interface Saying {
  /** What the agenda says in this language. */
  readonly words: Words;
  /** The title of the session that the fact is about. */
  readonly session: string;
  /** Who has the seat that the fact is about: a name, an office, or that nobody is named or the name is withheld. */
  readonly who: string;
  readonly role: Role;
  /** The titles of all sessions that the fact concerns. */
  readonly sessions: readonly string[];
  /** Who has another seat of the session. */
  readonly seat: (appearance: string) => string;
  readonly name: (credit: Personal<Credit>) => string;
  readonly office: (office: Office) => string;
  readonly person: (person: PersonId) => string;
  readonly sessionOf: (session: string) => string;
  readonly room: (room: string) => string;
  readonly track: (track: string) => string;
  readonly category: (category: string) => string;
  readonly registration: (registration: string) => string;
  readonly text: (text: Text) => string;
  readonly item: (item: Item) => string;
  /** `Simba Hall, 27 May 09:00`. */
  readonly slot: (slot: Slot) => string;
  /** `27 May 09:00`, of a wall clock with offset as it stands. */
  readonly clock: (time: string) => string;
  /** The same of an instant, in the convening's zone. */
  readonly moment: (instant: string) => string;
  /** What happened in an earlier revision, as a sentence; undefined: it is not told here again. */
  readonly earlier: (revision: number) => string | undefined;
  readonly changes: (from: object | undefined, to: object | undefined) => readonly FieldChange[];
  readonly changesOfCredit: (from: Personal<Credit>, to: Personal<Credit>) => readonly FieldChange[];
}

/** How the history speaks in one language: a sentence a fact, without its full stop. A fact without a row does not compile. */
export interface Sentences {
  /** BCP 47. */
  readonly language: string;
  readonly tell: { readonly [T in ToldEvent['type']]: (data: DataOf<ToldEvent, T>, say: Saying) => string };
  /** The sentence with who did it and why. */
  readonly by: (sentence: string, actor: string, reason?: string) => string;
  /** `27 May 09:00`. */
  readonly moment: (date: string, time: string) => string;
  /** What fields are called; one without a row is told by its name. */
  readonly fields: Readonly<Record<string, string>>;
  /** What stands in a field where that is one of a few words, by the field's name; others print as they are. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly operator: string;
  /** An earlier token, by the first digits of its id. */
  readonly formerOperator: (id: string) => string;
  /** What nobody asked for: its time had come. */
  readonly itself: string;
  /** Who asked is whom the sentence is about. */
  readonly themself: string;
  readonly nobodyNamed: string;
  readonly withheld: string;
  readonly none: string;
  readonly yes: string;
  readonly no: string;
  readonly page: PageWords;
}

/** What the history page says beside its sentences. */
export interface PageWords {
  readonly title: string;
  readonly skip: string;
  readonly moment: string;
  readonly show: string;
  readonly timeline: string;
  /** By how the slider goes: day by day, or by quarters of an hour. */
  readonly timelineHelp: Readonly<Record<'day' | 'quarter', string>>;
  readonly marks: Readonly<Record<'day' | 'quarter', string>>;
  readonly latest: string;
  readonly published: (label: string, moment: string) => string;
  /** A day, or the end of a quarter of an hour, with so many changes. */
  readonly busy: (time: string, changes: number) => string;
  readonly changed: string;
  readonly sincePublished: (label: string, moment: string) => string;
  readonly sinceTime: (time: string) => string;
  readonly sinceBeginning: string;
  readonly nothingChanged: string;
  readonly moreHappened: string;
  readonly showNow: string;
  readonly agendaThen: string;
  readonly asItStood: (date: string, time: string, revision: number) => string;
  readonly link: string;
  readonly linkHelp: string;
  readonly history: string;
  readonly filters: string;
  readonly search: string;
  readonly session: string;
  readonly person: string;
  readonly room: string;
  readonly actor: string;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly any: string;
  readonly apply: string;
  readonly clear: string;
  readonly noFacts: string;
  readonly older: string;
  readonly newer: string;
  readonly pages: string;
  readonly before: string;
  readonly after: string;
  readonly details: string;
  readonly because: string;
  readonly partOf: string;
  readonly more: string;
  readonly revision: string;
  readonly thenLink: string;
  readonly token: string;
  readonly signIn: string;
  readonly signInTitle: string;
  readonly signInHelp: string;
  readonly wrongToken: string;
  readonly signOut: string;
  readonly file: string;
}

/** What was taken back: its first facts as sentences, as far as they are told again, and the revisions of the others. */
export const takenBack = (revisions: readonly number[], { earlier }: Saying): { readonly told: readonly (readonly [sentence: string, revision: number])[]; readonly others: readonly number[] } => {
  const told = revisions.flatMap((revision) => {
    const sentence = earlier(revision);
    return sentence === undefined ? [] : [[sentence, revision] as const];
  });
  return { told, others: revisions.filter((revision) => !told.some(([, one]) => one === revision)) };
};

/** The full stop of a sentence that ends with a quotation, unless that has its own. */
export const stopAfter = (quotation: string): string => (/[.!?…]$/.test(quotation) ? '' : '.');
