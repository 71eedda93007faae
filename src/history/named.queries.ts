import { wordsOf } from '../convening/texts.js';
import type { Convening, Session } from '../convening/convening.js';
import { isWithheld, type Open, type PersonId } from '../event-store/personal.js';
import type { Opening } from '../event-store/opening.js';

/** By each word that is looked for, whom it names. */
export type Named = ReadonlyMap<string, readonly PersonId[]>;

/** By each person whom any of the words name, which of them. */
export type Holding = ReadonlyMap<PersonId, ReadonlySet<string>>;

/** What somebody is called in a seat. */
interface Called {
  readonly person: PersonId;
  readonly words: readonly string[];
}

/** People whose names, as they are printed now, hold words. What the seats of a session say is opened once for as long as anybody holds the session. */
export class NamedPeople {
  #called = new WeakMap<Session, readonly Called[]>();
  #forgotten = 0;

  constructor(private readonly sealing: Pick<Opening, 'forgotten'>) {}

  in({ sessions }: Readonly<Convening>, open: Open, words: readonly string[]): Holding {
    if (words.length === 0) return new Map();
    if (this.#forgotten !== this.sealing.forgotten) this.#called = new WeakMap();
    this.#forgotten = this.sealing.forgotten;
    const held = new Map<PersonId, Set<string>>();
    for (const session of sessions.values())
      for (const called of this.#callings(session, open))
        for (const word of words) if (called.words.includes(word)) held.set(called.person, (held.get(called.person) ?? new Set()).add(word));
    return held;
  }

  #callings(session: Session, open: Open): readonly Called[] {
    const known = this.#called.get(session);
    if (known) return known;
    const called = [...session.appearances.values()].flatMap(({ person, credit }) => {
      const opened = person !== undefined && credit && open(credit);
      return opened && !isWithheld(opened) ? [{ person, words: wordsOf(opened.name) }] : [];
    });
    this.#called.set(session, called);
    return called;
  }
}

/**
 * Whom each word names; so many in all, counted for each word of theirs. Whom the rarest words name comes first: a full name is that of few, though each part of it
 * may be that of hundreds.
 */
export const namedBy = (words: readonly string[], most: number, ...holdings: readonly Holding[]): Named => {
  const named = new Map<string, PersonId[]>(words.map((word) => [word, []]));
  const held = holdings.flatMap((holding) => [...holding]);
  const people = new Map(words.map((word) => [word, held.filter(([, names]) => names.has(word)).length]));
  const rarity = (names: ReadonlySet<string>) => [...names].reduce((all, word) => all + 1 / people.get(word)!, 0);
  let left = most;
  for (const [person, names] of held.sort(([, one], [, other]) => rarity(other) - rarity(one))) {
    if ((left -= names.size) < 0) break;
    for (const word of names) named.get(word)!.push(person);
  }
  return named;
};
