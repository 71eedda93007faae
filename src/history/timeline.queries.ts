import { Injectable } from '@nestjs/common';
import { agendaInSteps } from '../agenda/agenda.js';
import { AsOfQueries } from '../convening/as-of.queries.js';
import type { Convening, Publication } from '../convening/convening.js';
import { conveningStream } from '../convening/convening.events.js';
import { ConveningQueries } from '../convening/convening.queries.js';
import { daysOf, localDate } from '../convening/times.js';
import { inTurns, joinedInTurns } from '../event-store/breather.js';
import type { Wanted } from '../http/as-of.js';
import { HistoryQueries, type Reader } from './history.queries.js';
import { HistoryReadModel } from './history.projection.js';
import type { Busy, Mark, Moment, Scale } from './renderers/timeline-page.js';
import type { QuarterRow } from './rows.projection.js';

/** So many of the busiest times are marked, and one with fewer facts than this is not busy. */
const mostBusy = 12;
const leastBusy = 3;
/** In milliseconds. */
const dayLength = 86_400_000;
const quarterLength = 900_000;
/** So many facts since the mark before are told on the page; the rest is in the history. */
const mostTold = '300';

/** The past of a convening, moment by moment. */
@Injectable()
export class TimelineQueries {
  constructor(private readonly readModel: HistoryReadModel, private readonly convenings: ConveningQueries, private readonly asOf: AsOfQueries, private readonly histories: HistoryQueries) {}

  /** A moment, and what changed since the mark before it. @throws Refusal unknown-convening, unknown-publication; Problem as-of-…, invalid-query; ReadFailure */
  async at(id: string, wanted: Wanted, reader: Reader): Promise<Moment> {
    const [language] = reader.languages;
    const agenda = await this.asOf.show(id, wanted, (convening, open) => inTurns(agendaInSteps(convening, { audience: 'internal', open, version: this.convenings.publishedIn(convening), ...(language !== undefined && { language }) })));
    const { zone, publications, revision: end } = await this.convenings.head(id, wanted.after, marksFor);
    await this.readModel.reached(wanted.after, 5_000);
    const { scale, busy } = scaled(this.#quarters(id), zone);
    const marks = marksOf(busy, publications);
    const previous = marks.findLast(({ revision }) => revision < agenda.revision);
    const changes = await this.histories.page('convening', id, { after: `${previous?.revision ?? -1}`, before: `${agenda.revision + 1}`, limit: mostTold }, reader, wanted.after);
    return { agenda, scale, busy, marks, ...(previous && { previous }), changes, end };
  }

  /** The revision of the last fact until the end of the day, or quarter of an hour, that is so many after the first with facts; below 0: none. @throws Refusal unknown-convening; ReadFailure */
  async until(id: string, unit: Scale['unit'], place: number, after: bigint): Promise<number> {
    const { zone } = await this.convenings.head(id, after, marksFor);
    await this.readModel.reached(after, 5_000);
    const [first, ...others] = this.#quarters(id);
    if (!first) return -1;
    const end = unit === 'quarter' ? first.quarter + (place + 1) * quarterLength : dayOf(new Date(Date.parse(dateOf(first.quarter, zone)) + place * dayLength).toISOString().slice(0, 10), zone).until;
    return [first, ...others].findLast(({ quarter }) => quarter < end)?.last ?? first.last;
  }

  #quarters = (id: string): readonly QuarterRow[] =>
    this.readModel.read((rows) => {
      const stream = rows.stream(conveningStream(id));
      return stream ? rows.quarters(stream.number) : [];
    });
}

const marksFor = ({ zone, publications, revision }: Readonly<Convening>) => ({ zone, publications: [...publications], revision });

const dateOf = (instant: number, zone: string): string => localDate(new Date(instant).toISOString(), zone);
const dayOf = (date: string, zone: string) => daysOf({ start: date, end: date }, zone);

/** Facts by the days of the place; where all lie within two days, by quarters of an hour. */
const scaled = (quarters: readonly QuarterRow[], zone: string): Pick<Moment, 'scale' | 'busy'> => {
  const start = quarters[0]?.quarter ?? 0;
  const first = dateOf(start, zone);
  const daysTo = (quarter: number) => (Date.parse(dateOf(quarter, zone)) - Date.parse(first)) / dayLength;
  const unit = daysTo(quarters.at(-1)?.quarter ?? start) < 2 ? 'quarter' : 'day';
  const busy: Busy[] = [];
  let until = -Infinity;
  for (const { quarter, facts, last } of quarters) {
    const before = busy.at(-1);
    if (before && quarter < until) busy[busy.length - 1] = { ...before, facts: before.facts + facts, last };
    else {
      busy.push({ place: unit === 'quarter' ? (quarter - start) / quarterLength : daysTo(quarter), facts, last });
      if (unit === 'day') ({ until } = dayOf(dateOf(quarter, zone), zone));
    }
  }
  return { scale: { unit, first: unit === 'quarter' ? new Date(start).toISOString() : first, length: Math.max(1, busy.at(-1)?.place ?? 0) }, busy };
};

/** Publications, and the busiest times that end with none. */
const marksOf = (times: readonly Busy[], publications: readonly Publication[]): Mark[] => {
  const published = publications.map(({ label, revision, at }): Mark => ({ revision, published: { label, at } }));
  const taken = new Set(published.map(({ revision }) => revision));
  const busy = times.filter(({ facts, last }) => facts >= leastBusy && !taken.has(last)).sort((one, other) => other.facts - one.facts).slice(0, mostBusy);
  return [...published, ...busy.map((each): Mark => ({ revision: each.last, busy: each }))].sort((one, other) => one.revision - other.revision);
};

/** A long page is put together while others have their turn. */
export const together = (parts: Iterable<string>): Promise<Buffer> => joinedInTurns(parts);
