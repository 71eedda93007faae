import { Injectable } from '@nestjs/common';
import { Clock } from '../deciding/clock.js';
import { Refusal } from '../deciding/refusal.js';
import { Moments, type AsOf, type Reader, type Wanted } from '../http/as-of.js';
import { Problem } from '../http/problems.js';
import type { Moment } from '../projecting/kept-states.js';
import type { Publication } from './convening.js';
import { ConveningQueries, type View } from './convening.queries.js';
import { mayBeSeenBy } from './texts.js';
import { readingsOf } from './times.js';

/** Convenings as they are, or as they were at a moment that somebody asks for. */
@Injectable()
export class AsOfQueries extends Moments {
  constructor(private readonly convenings: ConveningQueries, private readonly clock: Clock) {
    super();
  }

  /**
   * For the operator: the past is read by the rights of today.
   * @throws Refusal unknown-convening, unknown-publication; Problem as-of-in-future, as-of-before-beginning, as-of-without-offset; ReadFailure
   */
  async show<T>(id: string, { after, asOf }: Wanted, view: View<T>): Promise<T> {
    if (!asOf) return this.convenings.head(id, after, view);
    await this.convenings.reached(after);
    const moment = asOf.kind === 'version' ? await this.#published(id, asOf, 'operator', after) : await this.momentOf(id, asOf, 'operator', after);
    const then = await this.convenings.asOf(id, moment, (convening, open) => {
      if ('revision' in moment && moment.revision > convening.revision) throw new Problem('as-of-in-future', { revision: convening.revision });
      return view(convening, open);
    });
    if (then) return then.seen;
    throw new Problem('as-of-before-beginning', { begins: await this.convenings.at(id, 0, ({ at }) => at) });
  }

  /**
   * The publication that the public may read: the latest for it until then that was not taken back, also not since. What was taken
   * back never was, and what is not published is not to be guessed: for the public a convening is what was published of it.
   * Undefined: there is none at all. @throws as `show`, but Problem as-of-before-publication instead of as-of-before-beginning
   */
  async published(id: string, { after, asOf }: Wanted): Promise<Publication | undefined> {
    const { standing, zone } = await this.convenings.head(id, after, (convening) => ({ standing: convening.publications.filter(isPublic), zone: convening.zone }));
    const [first, latest] = [standing[0], standing.at(-1)];
    if (!asOf || !first || !latest) return latest;
    if (asOf.kind === 'version') return versionIn(standing, asOf.label);
    if (asOf.kind === 'revision' && asOf.revision > latest.revision) throw new Problem('as-of-in-future', { revision: latest.revision });
    if (asOf.kind === 'local') throw withoutOffset(asOf.time, zone);
    if (asOf.kind === 'instant') this.#hasCome(asOf.instant);
    const then = standing.findLast(({ revision, at }) => (asOf.kind === 'instant' ? at <= asOf.instant : revision <= asOf.revision));
    if (!then) throw new Problem('as-of-before-publication', { begins: first.at });
    return then;
  }

  override async momentOf(id: string, asOf: AsOf, reader: Reader, after: bigint): Promise<Moment> {
    if (asOf.kind === 'revision') return { revision: asOf.revision };
    if (asOf.kind === 'version') return { instant: (await this.#published(id, asOf, reader, after)).at };
    if (asOf.kind === 'local') throw withoutOffset(asOf.time, await this.convenings.head(id, after, ({ zone }) => zone));
    this.#hasCome(asOf.instant);
    return { instant: asOf.instant };
  }

  /** One that was taken back is still there for who took it back. @throws Refusal unknown-convening, unknown-publication */
  #published(id: string, { label }: Extract<AsOf, { kind: 'version' }>, reader: Reader, after: bigint): Promise<Publication> {
    return this.convenings.head(id, after, ({ publications }) => versionIn(publications.filter((each) => reader === 'operator' || isPublic(each)), label));
  }

  /** @throws Problem as-of-in-future */
  #hasCome(instant: string): void {
    const now = new Date(this.clock.now()).toISOString();
    if (instant > now) throw new Problem('as-of-in-future', { now });
  }
}

const isPublic = ({ audience, withdrawn }: Publication): boolean => !withdrawn && mayBeSeenBy(audience, 'public');

/** By its label or number; `latest`: the last that was not taken back. @throws Refusal unknown-publication */
const versionIn = (publications: readonly Publication[], version: string): Publication => {
  const found = version === 'latest' ? publications.findLast(({ withdrawn }) => !withdrawn) : publications.find(({ label, number }) => version === label || version === String(number));
  if (!found) throw new Refusal('unknown-publication', { version });
  return found;
};

/** With the hours that it could be in the zone of the convening. */
const withoutOffset = (time: string, zone: string): Problem => new Problem('as-of-without-offset', { readings: readingsOf(time, zone) });
