import { Injectable } from '@nestjs/common';
import { AsOfQueries } from '../convening/as-of.queries.js';
import type { Convening, Publication } from '../convening/convening.js';
import { ConveningQueries } from '../convening/convening.queries.js';
import { mayBeSeenBy, type Audience } from '../convening/texts.js';
import { Refusal } from '../deciding/refusal.js';
import type { Open } from '../event-store/personal.js';
import { Sealing } from '../event-store/sealing.js';
import type { Wanted } from '../http/as-of.js';
import { languageAsked, preferredLanguage } from '../http/negotiation.js';
import { Problem } from '../http/problems.js';
import { joinedInTurns } from '../event-store/breather.js';
import { MadeOnce, type Made } from './made.queries.js';
import { forms, type FormName } from './renderers/forms.js';
import { toldOnce } from './renderers/told.js';
import { spoken } from './renderers/vocabularies.js';
import { AgendaViews } from './views.queries.js';

/** Bytes of agendas that are kept, together; the least recently used goes first. */
const bytesKept = 64 * 1024 * 1024;

/** Which agenda somebody asks for. */
export interface AgendaAsked {
  readonly form: FormName;
  /** Whether the operator asks: organisers read everything, others what is published for the public. */
  readonly operator: boolean;
  readonly version?: string;
  readonly audience?: Audience;
  readonly language?: string;
  /** The header Accept-Language, which decides where no language is asked for. */
  readonly acceptLanguage?: string;
  readonly zone?: string;
}

/** A version, and who reads it. */
interface Choice {
  readonly version: Publication | null;
  readonly audience: Audience;
}

/** Agendas as bytes: each is made once, and kept while it is read. */
@Injectable()
export class AgendaQueries {
  readonly #told = toldOnce();
  readonly #kept = new MadeOnce(bytesKept);

  constructor(private readonly convenings: ConveningQueries, private readonly asOf: AsOfQueries, private readonly views: AgendaViews, private readonly sealing: Sealing) {}

  /**
   * `wanted`: as it is, or as of when.
   * @throws Refusal unknown-convening (to the operator), unknown-publication; Problem nothing-published, unauthenticated, as-of-…; ReadFailure
   */
  async read(id: string, asked: AgendaAsked, wanted: Wanted): Promise<Made> {
    if (!asked.operator && (asked.version === 'draft' || (asked.audience !== undefined && asked.audience !== 'public'))) throw new Problem('unauthenticated');
    try {
      return await (asked.operator ? this.#toOperator(id, asked, wanted) : this.#toPublic(id, asked, wanted));
    } catch (error) {
      // The public is not told which convenings are planned and not published.
      if (!asked.operator && error instanceof Refusal && error.code === 'unknown-convening') throw new Problem('nothing-published');
      throw error;
    }
  }

  async #toOperator(id: string, asked: AgendaAsked, wanted: Wanted): Promise<Made> {
    const found = await this.asOf.show(id, wanted, (convening, open) => {
      const { version, audience } = chosen(convening, asked);
      // As of the moment of a publication it is that version, with all that organisers see; as it is now it is what they go on working on.
      const shown = version ?? (wanted.asOf && asked.version === undefined ? (convening.publications.find((each) => each.revision === convening.revision) ?? null) : null);
      const isThere = version === null || version.revision === convening.revision;
      return isThere ? { made: this.#made(convening, open, { version: shown, audience }, asked) } : { version, audience };
    });
    return 'made' in found ? found.made : this.#version(id, found, asked);
  }

  async #toPublic(id: string, asked: AgendaAsked, wanted: Wanted): Promise<Made> {
    const { version = 'latest' } = asked;
    const latest = await this.asOf.published(id, wanted);
    if (!latest) throw new Problem('nothing-published');
    const named = version === 'latest' ? latest : await this.asOf.published(id, { after: wanted.after, asOf: { kind: 'version', label: version } });
    if (!named || named.number > latest.number) throw new Refusal('unknown-publication', { version });
    return this.#version(id, { version: named, audience: 'public' }, asked);
  }

  async #version(id: string, { version, audience }: Choice & { readonly version: Publication }, asked: AgendaAsked): Promise<Made> {
    const { made } = await this.convenings.at(id, version.revision, (convening, open) => ({ made: this.#made(convening, open, { version, audience }, asked) }));
    return made;
  }

  /** The state does not change while it is looked at in turns. */
  #made(convening: Readonly<Convening>, open: Open, { version, audience }: Choice, asked: AgendaAsked): Promise<Made> | Made {
    const { id, revision, zone: own, details } = convening;
    const { form, zone = own } = asked;
    const language = languageAsked(asked.language, [...details.languages, ...spoken]) ?? (forms[form].inOneLanguage ? preferredLanguage(asked.acceptLanguage, details.languages) : undefined) ?? details.languages[0] ?? 'en';
    const name = [id, revision, version?.number ?? 'draft', audience, form, language, zone, this.sealing.forgotten].join(' ');
    const shown = { audience, version: version && this.convenings.provable(id, version), zone, language };
    return this.#kept.of(name, async () => {
      const agenda = await this.views.of(convening, open, shown);
      return { bytes: await joinedInTurns(forms[form].parts(agenda, this.#told)), revision: agenda.revision, at: agenda.at };
    });
  }
}

/** What an organiser reads of it. @throws Problem nothing-published; Refusal unknown-publication */
const chosen = ({ publications }: Readonly<Convening>, { version, audience }: AgendaAsked): Choice => {
  if (version === undefined || version === 'draft') return { version: null, audience: audience ?? 'internal' };
  const latest = publications.findLast((publication) => !publication.withdrawn && mayBeSeenBy(publication.audience, audience ?? 'internal'));
  // One that was withdrawn is still read by who withdrew it.
  const named = version === 'latest' ? latest : publications.find(({ label, number }) => version === label || version === String(number));
  if (named) return { version: named, audience: audience ?? named.audience };
  if (version === 'latest') throw new Problem('nothing-published');
  throw new Refusal('unknown-publication', { version });
};
