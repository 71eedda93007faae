import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { changedScriptHash } from '../agenda/renderers/changed-note.js';
import { conveningCatalogue } from '../convening/convening.events.js';
import { headerOf, type Exchange } from '../http/exchange.js';
import { preferredLanguage } from '../http/negotiation.js';
import { Problem } from '../http/problems.js';
import { Showing } from '../http/showing.js';
import { registrationCatalogue } from '../registration/registration.events.js';
import { Door } from './door.http.js';
import { csvOf } from './csv.queries.js';
import { HistoryQueries, type HistoryOf, type Reader } from './history.queries.js';
import type { Looked } from './look.queries.js';
import { entryOf, type HistoryRead } from './renderers/entries.js';
import { historyPage } from './renderers/history-page.js';
import { addressesOf, pagePolicy } from './renderers/page.js';
import { toldIn } from './renderers/vocabularies.js';

/** What is asked of a history. */
export type HistoryAsked = Looked & { readonly lang?: string };

const kinds: Readonly<Record<HistoryOf, readonly string[]>> = { convening: Object.keys(conveningCatalogue).sort(), registrations: Object.keys(registrationCatalogue).sort() };

/** From what is asked of a history to what is sent. It is the operator's. */
@Injectable()
export class HistoryAnswers {
  constructor(private readonly histories: HistoryQueries, private readonly showing: Showing, private readonly door: Door) {}

  /** A part as data. @throws Problem unauthenticated; Refusal unknown-convening; ReadFailure */
  async json(of: HistoryOf, id: string, given: HistoryAsked, exchange: Exchange): Promise<HistoryRead> {
    const asked = filled(given);
    const { groups, older, newer, revision, telling } = await this.histories.page(of, id, asked, this.reader(asked, exchange), this.showing.after(exchange));
    this.#say(exchange, revision);
    return { entries: groups.map((group) => entryOf(group, telling)), ...(older !== undefined && { older }), ...(newer !== undefined && { newer }) };
  }

  /** A part as a page; to who may not read it, the door. @throws Refusal unknown-convening; ReadFailure */
  async html(of: HistoryOf, id: string, given: HistoryAsked, exchange: Exchange): Promise<Buffer> {
    if (this.door.reader(exchange) === undefined) return this.door.shut(exchange, exchange.request.url);
    const asked = filled(given);
    const found = await this.histories.page(of, id, asked, this.reader(asked, exchange), this.showing.after(exchange));
    this.#say(exchange, found.revision);
    void exchange.reply.type('text/html; charset=utf-8').header('Content-Security-Policy', pagePolicy(changedScriptHash));
    const { rooms, ...offered } = found.around;
    const addresses = of === 'convening' ? addressesOf(`/convenings/${id}`, true) : addressesOf(`/convenings/${id}/registrations`, false);
    return Buffer.from(historyPage(found, { ...offered, ...(of === 'convening' && { rooms }), types: kinds[of], revision: found.revision }, { ...asked }, addresses, this.door.leaving(exchange, found.telling.sentences)));
  }

  /** All that is looked for, as a table. @throws as `json` */
  async csv(of: HistoryOf, id: string, given: HistoryAsked, exchange: Exchange): Promise<Readable> {
    const asked = filled(given);
    const table = await csvOf(this.histories, of, id, asked, this.reader(asked, exchange), this.showing.after(exchange));
    this.#say(exchange);
    void exchange.reply.type('text/csv; charset=utf-8').header('Content-Disposition', `attachment; filename="${id}-history.csv"`);
    return table;
  }

  /** For whom it is told. @throws Problem unauthenticated */
  reader({ lang }: Pick<HistoryAsked, 'lang'>, exchange: Exchange): Reader {
    const operator = this.door.reader(exchange);
    if (operator === undefined) throw new Problem('unauthenticated');
    const wanted = lang ?? preferredLanguage(headerOf(exchange.request, 'accept-language'), toldIn);
    return { languages: wanted === undefined ? [] : [wanted], operator };
  }

  #say({ reply }: Exchange, revision?: number): void {
    if (revision !== undefined) void reply.header('Baraza-As-Of', `rev:${revision}`);
    if (!reply.hasHeader('Vary')) void reply.header('Vary', 'Authorization, Cookie, Accept-Language');
    void reply.header('Cache-Control', 'private, no-cache').header('Cross-Origin-Resource-Policy', 'same-origin');
  }
}

/** What nobody filled in is not asked for. */
const filled = (asked: HistoryAsked): HistoryAsked => Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));
