import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { conveningStream } from '../convening/convening.events.js';
import { ConveningQueries } from '../convening/convening.queries.js';
import type { Publication } from '../convening/convening.js';
import { mayBeSeenBy, type Audience } from '../convening/texts.js';
import { breather } from '../event-store/breather.js';
import { EventStore, type StoredFact, type Subscription } from '../event-store/event-store.js';
import { Problem } from '../http/problems.js';
import { changeOf, eventOf, noEvent, publicationOf } from './change-events.queries.js';
import { HistoryReadModel } from './history.projection.js';
import { Listener } from './listener.queries.js';

/** So many listen at once, those who hear every fact and those who hear of publications: the public leaves room for the organisers. */
const most = { everything: 500, publications: 2_500 };
/** So many of the public listen from one address at once: an office, and no more than a small part of all. */
const mostFromOne = 100;
/** What is written within so many milliseconds is told together: it shares a commit of the read model. */
const together = 20;
/** So often, in milliseconds, those who listen are told that somebody is still there: proxies cut what is silent. */
const heartbeat = 20_000;
/** So long to wait, in milliseconds, before it is asked again whether the read models include what is to be told. */
const again = 500;

/** One who listens, and what they have been told. */
interface Listening {
  readonly listener: Listener;
  readonly audience: Audience;
  /** The last id that they were told. */
  told: number;
  /** What was announced while they were still catching up. */
  announced: number;
  isLive: boolean;
}

/** From where the log is followed. */
interface Following {
  readonly after: bigint;
  readonly subscription: Subscription;
}

/** What an audience is shown of a convening. */
type Shown = Publication | undefined;

/**
 * What happens to convenings, told to those who listen when who reads then sees it. It follows the log while anybody listens; for a node
 * that nobody listens to it costs nothing.
 */
@Injectable()
export class Changes implements OnModuleDestroy {
  readonly #listening = new Map<string, Set<Listening>>();
  readonly #counted = { everything: 0, publications: 0 };
  /** Of the public, by where they come from. */
  readonly #fromOne = new Map<string, number>();
  #following: Promise<Following> | undefined;
  #heart: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(private readonly store: EventStore, private readonly convenings: ConveningQueries, private readonly history: HistoryReadModel) {}

  /**
   * Listens to a convening: as `internal` to every fact, as another audience to what is published for it. `seen`: the id that was heard last, or the revision
   * that is shown; what came after it is told first, and after one that is not there (the log was put back from a backup) what comes from now on. Left out: what
   * comes from now on. `after`: the position that is known to be there. `from`: where one of the public comes from, where that is known.
   * @throws Problem too-busy, too-many-requests, shutting-down, nothing-published; Refusal unknown-convening; ReadFailure; StoreUnavailable
   */
  async listen(id: string, audience: Audience, seen: number | undefined, after: bigint, from?: string): Promise<Readable> {
    if (this.#stopped) throw new Problem('shutting-down');
    const stream = conveningStream(id);
    const kind = audience === 'internal' ? 'everything' : 'publications';
    if (this.#counted[kind] >= most[kind]) throw new Problem('too-busy');
    if (from !== undefined && (this.#fromOne.get(from) ?? 0) >= mostFromOne) throw new Problem('too-many-requests', { seconds: heartbeat / 1_000 });
    const listening: Listening = { listener: new Listener(), audience, told: seen ?? -1, announced: -1, isLive: false };
    const { listener } = listening;
    const leave = this.#enter(stream, kind, listening, from);
    listener.once('close', leave);
    try {
      const begun = (await this.#follow()).after;
      const { revision, shown } = await this.convenings.head(id, after > begun ? after : begun, (convening) => ({ revision: convening.revision, shown: shownTo(audience, convening.publications) }));
      if (kind === 'publications' && !shown) throw new Problem('nothing-published');
      if (kind === 'publications') this.#begin(listening, shown, seen);
      else {
        listening.told = Math.min(seen ?? revision, revision);
        listener.tell(noEvent(listening.told));
        void this.#catchUp(stream, listening, revision).catch(() => listener.destroy());
      }
      // Stopped meanwhile: what was not there then is ended now.
      if (this.#stopped) listener.end();
      return listener;
    } catch (error) {
      listener.destroy();
      leave();
      throw error;
    }
  }

  /** How many listen. */
  get listeners(): number {
    return this.#counted.everything + this.#counted.publications;
  }

  /** Everybody is told goodbye. */
  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    for (const { listener } of this.#all()) listener.end();
    await this.#rest();
  }

  *#all(): Generator<Listening> {
    for (const listening of this.#listening.values()) yield* listening;
  }

  /** Gives how they leave, which they do once. */
  #enter(stream: string, kind: keyof typeof most, listening: Listening, from?: string): () => void {
    const others = this.#listening.get(stream) ?? new Set();
    this.#listening.set(stream, others.add(listening));
    this.#counted[kind] += 1;
    this.#count(from, 1);
    this.#heart ??= setInterval(() => { for (const { listener } of this.#all()) listener.tell(':\n\n'); }, heartbeat).unref();
    return () => {
      if (!others.delete(listening)) return;
      this.#counted[kind] -= 1;
      this.#count(from, -1);
      if (others.size === 0 && this.#listening.get(stream) === others) this.#listening.delete(stream);
      if (this.#listening.size === 0) void this.#rest();
    };
  }

  #count(from: string | undefined, more: 1 | -1): void {
    if (from === undefined) return;
    const count = (this.#fromOne.get(from) ?? 0) + more;
    if (count === 0) this.#fromOne.delete(from);
    else this.#fromOne.set(from, count);
  }

  /** Follows the log from where it ends now, unless it is followed already. */
  #follow(): Promise<Following> {
    return (this.#following ??= this.#begun().catch((error: unknown) => {
      this.#following = undefined;
      throw error;
    }));
  }

  async #begun(): Promise<Following> {
    const after = await this.store.head();
    const subscription = this.store.subscribe({ after, streams: [conveningStream('')] }, {
      facts: (facts) => this.#announce(facts),
      caughtUp: () => undefined,
      failed: () => { for (const { listener } of this.#all()) listener.end(); },
    });
    return { after, subscription };
  }

  /** Nobody listens any more. */
  async #rest(): Promise<void> {
    clearInterval(this.#heart);
    const following = this.#following;
    this.#heart = this.#following = undefined;
    await (await following?.catch(() => undefined))?.subscription.stop();
  }

  /** What they are shown now, if that is not what they have seen. */
  #begin(listening: Listening, shown: Shown, seen: number | undefined): void {
    // Something was published meanwhile, and they were told.
    if (listening.isLive) return;
    listening.isLive = true;
    if (seen === undefined || seen === idOf(shown)) listening.listener.tell(noEvent((listening.told = idOf(shown))));
    else this.#show(listening, shown);
  }

  #show(listening: Listening, shown: Shown): void {
    listening.isLive = true;
    if (listening.told === idOf(shown)) return;
    listening.told = idOf(shown);
    listening.listener.tell(eventOf(listening.told, publicationOf(shown)));
  }

  /** Tells the facts after those that were told, as fast as they are read; then it goes on with what is announced. */
  async #catchUp(stream: string, listening: Listening, upTo: number): Promise<void> {
    const { listener } = listening;
    for (let to = Math.max(upTo, listening.announced); listening.told < to && !listener.destroyed; to = listening.announced) {
      for await (const page of this.store.readStream(stream, { from: listening.told + 1, to })) {
        for (const fact of page) {
          await listener.ready();
          if (listener.destroyed) return;
          listener.tell(eventOf(fact.revision, changeOf(fact)));
          listening.told = fact.revision;
        }
      }
      // Facts that are not there any more are not waited for.
      listening.told = Math.max(listening.told, to);
    }
    listening.isLive = true;
  }

  async #announce(facts: readonly StoredFact[]): Promise<void> {
    const byStream = new Map<string, StoredFact[]>();
    for (const fact of facts) {
      const others = byStream.get(fact.stream);
      if (others) others.push(fact);
      else if (this.#listening.has(fact.stream)) byStream.set(fact.stream, [fact]);
    }
    if (byStream.size === 0) return;
    await pause(together);
    await this.#applied(facts.at(-1)!.position);
    for (const [stream, told] of byStream) {
      const listening = [...(this.#listening.get(stream) ?? [])];
      if (listening.length === 0) continue;
      await this.#tellFacts(listening.filter(({ audience }) => audience === 'internal'), told);
      if (told.some(({ type }) => type === 'AgendaPublished' || type === 'PublicationWithdrawn')) await this.#tellPublications(stream, listening.filter(({ audience }) => audience !== 'internal'));
    }
  }

  /** Resolves when who reads on this node sees everything up to this position. A history that is being built is not waited for. */
  async #applied(position: bigint): Promise<void> {
    while (!this.#stopped) {
      const isThere = await this.convenings.reached(position).then(() => true, () => false);
      if (isThere) break;
      await pause(again);
    }
    if (this.history.serving) await this.history.reached(position, again).catch(() => undefined);
  }

  async #tellFacts(listening: readonly Listening[], facts: readonly StoredFact[]): Promise<void> {
    if (listening.length === 0) return;
    const breathe = breather();
    const events = facts.map((fact) => ({ revision: fact.revision, text: eventOf(fact.revision, changeOf(fact)) }));
    const [first, last] = [events[0]!.revision, events.at(-1)!.revision];
    const all = Buffer.from(events.map(({ text }) => text).join(''));
    for (const each of listening) {
      await breathe();
      if (!each.isLive) each.announced = last;
      else if (each.told < last) {
        each.listener.tell(each.told < first ? all : events.filter(({ revision }) => revision > each.told).map(({ text }) => text).join(''));
        each.told = last;
      }
    }
  }

  async #tellPublications(stream: string, listening: readonly Listening[]): Promise<void> {
    if (listening.length === 0) return;
    // One whose stream is stopped on this node is told nothing: who reads sees nothing of it either.
    const publications = await this.convenings.head(stream.slice(conveningStream('').length), 0n, (convening) => convening.publications).catch(() => undefined);
    if (!publications) return;
    const breathe = breather();
    const shown = new Map<Audience, Shown>();
    for (const each of listening) {
      await breathe();
      if (!shown.has(each.audience)) shown.set(each.audience, shownTo(each.audience, publications));
      this.#show(each, shown.get(each.audience));
    }
  }
}

const shownTo = (audience: Audience, publications: readonly Publication[]): Shown => publications.findLast(({ withdrawn, audience: of }) => !withdrawn && mayBeSeenBy(of, audience));

/** What is shown is named by its revision; nothing by 0, where every convening was planned and none published. */
const idOf = (shown: Shown): number => shown?.revision ?? 0;
