import { Injectable } from '@nestjs/common';
import { AsOfQueries } from '../convening/as-of.queries.js';
import type { Convening, ProvablePublication } from '../convening/convening.js';
import { ConveningQueries } from '../convening/convening.queries.js';
import type { Audience } from '../convening/texts.js';
import { Refusal } from '../deciding/refusal.js';
import type { Open } from '../event-store/personal.js';
import { Sealing } from '../event-store/sealing.js';
import type { AsOf, Wanted } from '../http/as-of.js';
import { languageAsked, preferredLanguage } from '../http/negotiation.js';
import { Problem } from '../http/problems.js';
import { inTurns, joinedInTurns } from '../event-store/breather.js';
import { differing, type Only } from './difference.js';
import { MadeOnce, type Made } from './made.queries.js';
import { differenceForms, type DifferenceFormName } from './renderers/difference-forms.js';
import { spoken } from './renderers/vocabularies.js';
import { AgendaViews } from './views.queries.js';

/** Bytes of differences that are kept, together; the least recently used goes first. */
const bytesKept = 16 * 1024 * 1024;

/** Which difference somebody asks for. `to` left out: as it is now. */
export interface DifferenceAsked {
  readonly form: DifferenceFormName;
  readonly operator: boolean;
  readonly from: AsOf;
  readonly to?: AsOf;
  readonly only: Only;
  readonly audience?: Audience;
  readonly language?: string;
  readonly acceptLanguage?: string;
  readonly zone?: string;
}

/** One side: the state, which does not change, and which publication it shows. */
interface Side {
  readonly convening: Readonly<Convening>;
  readonly open: Open;
  readonly version: ProvablePublication | null;
}

/** What is otherwise in an agenda at one moment than at another. */
@Injectable()
export class DifferenceQueries {
  readonly #kept = new MadeOnce(bytesKept);

  constructor(private readonly convenings: ConveningQueries, private readonly asOf: AsOfQueries, private readonly views: AgendaViews, private readonly sealing: Sealing) {}

  /**
   * `after`: the position that it must include.
   * @throws Refusal unknown-convening (to the operator), unknown-publication; Problem nothing-published, unauthenticated, as-of-…, too-busy; ReadFailure
   */
  async read(id: string, asked: DifferenceAsked, after: bigint): Promise<Made> {
    if (!asked.operator && (asked.only.person !== undefined || (asked.audience !== undefined && asked.audience !== 'public'))) throw new Problem('unauthenticated');
    try {
      const from = await this.#side(id, { after, asOf: asked.from }, asked);
      const to = await this.#side(id, { after, ...(asked.to && { asOf: asked.to }) }, asked);
      return await this.#sent(from, to, asked);
    } catch (error) {
      // The public is not told which convenings are planned and not published.
      if (!asked.operator && error instanceof Refusal && error.code === 'unknown-convening') throw new Problem('nothing-published');
      throw error;
    }
  }

  /** To the operator the state itself; the public reads what was published for it until then. */
  async #side(id: string, wanted: Wanted, { operator }: DifferenceAsked): Promise<Side> {
    if (operator)
      return this.asOf.show(id, wanted, (convening, open) => ({ convening, open, version: this.convenings.publishedIn(convening) }));
    const version = await this.asOf.published(id, wanted);
    if (!version) throw new Problem('nothing-published');
    return this.convenings.at(id, version.revision, (convening, open) => ({ convening, open, version: this.convenings.provable(id, version) }));
  }

  async #sent(from: Side, to: Side, { form, only, audience: asked, operator, language: wanted, acceptLanguage, zone: zoneAsked }: DifferenceAsked): Promise<Made> {
    const { id, revision, details: { languages } } = to.convening;
    const audience = asked ?? (operator ? 'internal' : 'public');
    const zone = zoneAsked ?? to.convening.zone;
    const language = languageAsked(wanted, [...languages, ...spoken]) ?? (differenceForms[form].inOneLanguage ? preferredLanguage(acceptLanguage, languages) : undefined) ?? languages[0] ?? 'en';
    const name = [id, from.convening.revision, revision, operator, audience, form, language, zone, only.what, only.person, this.sealing.forgotten].join(' ');
    const seen = ({ convening, open, version }: Side) => this.views.of(convening, open, { audience, version, zone, language });
    return this.#kept.of(name, async () => {
      const [before, after] = [await seen(from), await seen(to)];
      const difference = await inTurns(differing(before, after, only));
      return { bytes: await joinedInTurns(differenceForms[form].parts(difference, before, after)), revision: after.revision, at: after.at };
    });
  }
}
