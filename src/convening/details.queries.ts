import { Injectable } from '@nestjs/common';
import { Refusal } from '../deciding/refusal.js';
import type { Wanted } from '../http/as-of.js';
import { pageOf, type Following } from '../http/pages.js';
import type { PageQuery } from '../http/pages.requests.js';
import type { Seen } from '../http/showing.js';
import { AsOfQueries } from './as-of.queries.js';
import type { Origin } from './carrying-over.events.js';
import type { ReportedAttendance } from './conclusion.events.js';
import type { Convening, Publication } from './convening.js';
import { ConveningQueries } from './convening.queries.js';
import type { Dates, Details } from './details.events.js';
import type { Policy } from './policy.events.js';
import { audiences, mayBeSeenBy, type Audience } from './texts.js';

/** What a convening says of itself, in the shape in which it is planned. */
export interface DetailsRead extends Details, Dates {
  /** The convening’s id. */
  readonly id: string;
  /** IANA name of the time zone. */
  readonly zone: string;
  readonly phase: Exclude<Convening['phase'], 'unplanned'>;
  /** As reported when it was over. */
  readonly attendance?: ReportedAttendance;
  /** For organisers. */
  readonly policy?: Policy;
  /** For organisers: the convening that it was begun from, and as it was when. */
  readonly origin?: Origin;
}

/** A convening in a list: as it is to organisers, as it was published to others. */
export interface Listed extends Pick<DetailsRead, 'id' | 'title' | 'start' | 'end' | 'zone' | 'languages' | 'venue' | 'phase'> {
  /** For organisers: the publication that counts for each audience; missing: nothing was published for it, or all was withdrawn. */
  readonly published?: { readonly [A in Audience]?: Publication };
  /** For organisers: of the last fact, and when that was recorded. */
  readonly revision?: number;
  readonly at?: string;
}
/** Convenings, by id, page by page. */
export interface ConveningsRead extends Following {
  readonly convenings: readonly Listed[];
}

/** What is told of convenings themselves, without their programme. `after`: the position that the answer must include. */
@Injectable()
export class DetailsQueries {
  constructor(private readonly convenings: ConveningQueries, private readonly asOf: AsOfQueries) {}

  /** As it is worked on. @throws Refusal unknown-convening, unknown-publication; Problem; ReadFailure */
  draft(id: string, wanted: Wanted): Promise<Seen<DetailsRead>> {
    return this.asOf.show(id, wanted, (convening) => ({
      revision: convening.revision, upTo: convening.revision, at: convening.at, body: { ...detailsOf(convening, 'internal'), policy: convening.policy, ...(convening.origin && { origin: convening.origin }) },
    }));
  }

  /** As the public knows it. What was never published does not exist. @throws as `draft` */
  async published(id: string, wanted: Wanted): Promise<Seen<DetailsRead>> {
    const publication = await this.asOf.published(id, wanted);
    if (!publication) throw new Refusal('unknown-convening', { convening: id });
    const { revision, at } = publication;
    return { revision, upTo: revision, at, body: await this.convenings.at(id, revision, (convening) => detailsOf(convening, 'public')) };
  }

  /** All of them, by id, as they are worked on. @throws ReadFailure; Problem */
  async drafts(after: bigint, page: PageQuery): Promise<ConveningsRead> {
    const { entries, ...next } = pageOf(await this.convenings.list(after), page);
    return { convenings: entries.map((entry) => ({ ...listed(entry), published: entry.published, revision: entry.revision, at: entry.at })), ...next };
  }

  /** Those that the public knows, as it knows them. @throws ReadFailure; Problem */
  async allPublished(after: bigint, page: PageQuery): Promise<ConveningsRead> {
    const known = (await this.convenings.list(after)).flatMap(({ id, published }) => (published.public ? [{ id, ...published.public }] : []));
    const { entries, ...next } = pageOf(known, page);
    const shown: Listed[] = [];
    for (const { id, revision } of entries) shown.push(await this.convenings.at(id, revision, (convening) => listed(detailsOf(convening, 'public'))));
    return { convenings: shown, ...next };
  }
}

/** The publication that counts for an audience. */
const current = (publications: readonly Publication[], audience: Audience): Publication | undefined =>
  publications.findLast((publication) => !publication.withdrawn && mayBeSeenBy(publication.audience, audience));

/** Which publication counts for whom, by its number. */
export const currentOnes = (publications: readonly Publication[]): Partial<Record<Audience, number>> => {
  const numbers: Partial<Record<Audience, number>> = {};
  for (const audience of audiences) {
    const latest = current(publications, audience);
    if (latest) numbers[audience] = latest.number;
  }
  return numbers;
};

const detailsOf = ({ id, details, dates, zone, phase, attendance }: Readonly<Convening>, audience: Audience): DetailsRead => {
  // Nobody can read a convening before it was planned: its stream has no fact.
  if (phase === 'unplanned') throw new Error('a convening that was not planned says nothing of itself');
  return { id, ...details, links: details.links.filter((link) => mayBeSeenBy(link.audience, audience)), ...dates, zone, phase, ...(attendance && { attendance }) };
};

const listed = ({ id, title, start, end, zone, languages, venue, phase }: Listed): Listed => ({ id, title, start, end, zone, languages, ...(venue && { venue }), phase });
