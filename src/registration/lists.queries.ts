import { Injectable } from '@nestjs/common';
import { folded } from '../convening/texts.js';
import { Refusal } from '../deciding/refusal.js';
import type { Open, PersonId } from '../event-store/personal.js';
import type { Wanted } from '../http/as-of.js';
import type { Following } from '../http/pages.js';
import { Problem } from '../http/problems.js';
import type { Seen } from '../http/showing.js';
import { csvOf, type ListedRegistration } from './csv.renderer.js';
import { countriesNamedIn, namesCountries } from './country-languages.rules.js';
import { listed, type Order } from './order.queries.js';
import { registrationStream } from './registration.events.js';
import { RegistrationQueries, type RegistrationsAt } from './registration.queries.js';
import type { Filter, RegistrationRow } from './rows.projection.js';

/** Milliseconds: a list that is fetched more slowly ends unfinished. */
const longestExport = 120_000;
/** Rows of a list that is sent whole are read so many at a time. */
const together = 250;

/** Part of a list of registrations. */
export interface RegistrationsRead extends Following {
  readonly registrations: readonly ListedRegistration[];
}

/** Which list. */
export interface Asked {
  readonly filter: Filter;
  readonly order: Order;
  /** BCP 47: by which countries are ordered; left out: the language that the convening names first. */
  readonly language?: string;
}

/** So many parts of a name are looked for. */
const mostWords = 8;
/** What is looked for in names. */
export const wordsIn = (text: string): string[] => folded(text).split(' ').filter((word) => word !== '').slice(0, mostWords);

/** A list that is sent whole. */
export interface Exported {
  readonly upTo: number;
  readonly at: string;
  /** Its text in parts; to be gone through to the end, or returned. */
  readonly parts: AsyncGenerator<string>;
}

/** Lists of registrations. */
@Injectable()
export class RegistrationListsQueries {
  constructor(private readonly registrations: RegistrationQueries) {}

  /** @throws as `RegistrationQueries.look`; Problem invalid-query */
  async page(convening: string, wanted: Wanted, asked: Asked, { limit, after }: { readonly limit: number; readonly after?: string }): Promise<Seen<RegistrationsRead>> {
    const language = await this.languageOf(convening, wanted, asked);
    const { found, upTo, at, positions } = await this.registrations.look(convening, wanted, (now) => {
      const found = listed(now, asked, language, after, limit + 1);
      if (!found) throw gone();
      return { found, upTo: now.spine.revision, at: now.at, positions: positionsOf(now, found.rows) };
    });
    const rows = found.rows.slice(0, limit);
    const open = await this.opener(convening, rows);
    const last = rows.at(-1);
    const next = last && found.rows.length > limit ? { next: found.cursor(last) } : {};
    return { revision: upTo, upTo, at, body: { registrations: rows.map((row) => listedRegistration(row, positions, open)), ...next } };
  }

  /** As CSV: rows as they are at one moment, however long they take to send. @throws as `page` */
  async csv(convening: string, wanted: Wanted, asked: Asked): Promise<Exported> {
    const language = await this.languageOf(convening, wanted, asked);
    const held = await this.registrations.hold(convening, wanted);
    return { upTo: held.spine.revision, at: held.at, parts: this.parts(convening, held, asked, language) };
  }

  private async *parts(convening: string, held: Awaited<ReturnType<RegistrationQueries['hold']>>, asked: Asked, language: string): AsyncGenerator<string> {
    const ends = performance.now() + longestExport;
    try {
      const csv = csvOf(held.spine.form, language);
      yield csv.head;
      for (let after: string | undefined, more = true; more; ) {
        if (performance.now() > ends) throw new Error('the list was fetched too slowly');
        const found = listed(held, asked, language, after, together);
        if (!found) break;
        const { rows } = found;
        const positions = positionsOf(held, rows);
        const open = await this.opener(convening, rows);
        if (rows.length > 0) yield csv.rows(rows.map((row) => listedRegistration(row, positions, open)));
        more = rows.length === together;
        if (more) after = found.cursor(rows.at(-1)!);
        await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      held.end();
    }
  }

  /** Who is registered by a name with any of these words, of so many at most, and with which of them; nobody where nobody can register. @throws ReadFailure */
  async named(convening: string, words: readonly string[], most: number, after: bigint): Promise<ReadonlyMap<PersonId, ReadonlySet<string>>> {
    if (words.length === 0) return new Map();
    try {
      return await this.registrations.look(convening, { after }, ({ rows, number }) => rows.calledBy(number, words, most));
    } catch (error) {
      if (error instanceof Refusal && (error.code === 'no-registration' || error.code === 'unknown-convening')) return new Map();
      throw error;
    }
  }

  private async languageOf(convening: string, wanted: Wanted, { language }: Asked): Promise<string> {
    if (language === undefined) return countriesNamedIn(await this.registrations.language(convening, wanted));
    if (namesCountries(language)) return language;
    throw new Problem('invalid-query', {}, [{ pointer: '#/lang', code: 'language', detail: `No names of countries are known in ${language}: lang must be a language such as "en" or "pt-BR".` }]);
  }

  private async opener(convening: string, rows: readonly RegistrationRow[]): Promise<Open> {
    await this.registrations.sealing.find(rows.map(({ entry }) => entry.of));
    return this.registrations.sealing.openerOnce(registrationStream(convening));
  }
}

const gone = () => new Problem('invalid-query', {}, [{ pointer: '#/after', code: 'gone', detail: 'What the page before ended with is no longer there: begin again.' }]);

/** Of those who wait, by id. */
const positionsOf = ({ rows, number: stream }: RegistrationsAt, registrations: readonly RegistrationRow[]): ReadonlyMap<string, number> => {
  const waiting = registrations.filter(({ held }) => held.standing === 'waiting');
  const positions = new Map<string, number>();
  for (const category of new Set(waiting.map(({ held }) => held.category))) {
    const ofCategory = waiting.filter(({ held }) => held.category === category);
    const places = rows.positions(stream, category, ofCategory.map(({ held }) => held.number));
    for (const { id, held } of ofCategory) positions.set(id, places.get(held.number)!);
  }
  return positions;
};

const listedRegistration = ({ id, held, at, group, entry }: RegistrationRow, positions: ReadonlyMap<string, number>, open: Open): ListedRegistration => {
  const { person, code, category, number, standing, sessions, days, repeats, until, revision } = held;
  const position = positions.get(id);
  const filledIn = open(entry);
  return {
    id, code, category, status: standing, ...(position !== undefined && { waitingPosition: position }), person, number, registered: at, ...(group !== undefined && { group }),
    ...filledIn, ...(until !== undefined && { offeredUntil: until }), sessions, checkedIn: days, repeats, revision,
  };
};
