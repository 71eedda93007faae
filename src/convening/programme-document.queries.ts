import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../deciding/clock.js';
import { Failure } from '../deciding/failure.js';
import type { Ended } from '../deciding/remembered.js';
import type { Asked } from '../deciding/stream-queue.js';
import { inTurns, joinedInTurns } from '../event-store/breather.js';
import { Codec } from '../event-store/codec.js';
import { factsOfCommand } from '../event-store/command-facts.js';
import { EventStore } from '../event-store/event-store.js';
import type { Open } from '../event-store/personal.js';
import { Sealing } from '../event-store/sealing.js';
import type { Wanted } from '../http/as-of.js';
import type { Seen } from '../http/showing.js';
import { Evolving } from '../projecting/parts.js';
import { AsOfQueries } from './as-of.queries.js';
import { conflictsChanged, type ConflictsChanged } from './conflicts.queries.js';
import type { Convening } from './convening.js';
import { decidedInSteps, type ConveningCommand } from './convening.decider.js';
import { conveningStream, type ConveningEvent } from './convening.events.js';
import { ConveningQueries } from './convening.queries.js';
import { conveningParts } from './parts.projection.js';
import { changesTold, type ChangesTold } from './programme-changes.rules.js';
import { jsonInParts, programmeText, type ProgrammeRead } from './programme-document.rules.js';
import { notesOn, type Note, type Noted } from './programme-notes.rules.js';

export type { ProgrammeRead };

/** Texts of programmes that are kept, together, in bytes; the least recently used goes first. */
const bytesKept = 64 * 1024 * 1024;

/** What changed, or would. The revision is the stream's: `If-Match` compares with it. */
export interface ProgrammeChanged {
  readonly revision: number;
  /** Nothing was written. */
  readonly dryRun?: true;
  readonly conflicts: ConflictsChanged;
  /** What the document may not mean as it is written; it was taken all the same. At most a hundred. */
  readonly notes: readonly Note[];
  readonly changes: readonly ChangesTold[];
}

/** The whole programme as one document, and what became of one that was sent. */
@Injectable()
export class ProgrammeDocumentQueries {
  readonly #texts = new LRUCache<string, { readonly text: Promise<Buffer>; readonly bytes: number }>({ maxSize: bytesKept, sizeCalculation: ({ bytes }) => bytes });

  constructor(
    private readonly convenings: ConveningQueries,
    private readonly asOf: AsOfQueries,
    private readonly store: EventStore,
    private readonly codec: Codec<ConveningEvent>,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /** What can be sent back (`ProgrammeRead` as JSON). `wanted`: as it is or was. @throws Refusal unknown-convening, unknown-publication; Problem; ReadFailure */
  async read(id: string, wanted: Wanted): Promise<Seen<Buffer>> {
    const seen = await this.asOf.show(id, wanted, (convening, open) => ({ revision: convening.revision, upTo: convening.revision, at: convening.at, body: this.#text(convening, open) }));
    return { ...seen, body: await seen.body };
  }

  /** Each revision is written once, and those who ask meanwhile wait for the same. */
  #text(convening: Readonly<Convening>, open: Open): Promise<Buffer> {
    const name = `${convening.id} ${convening.revision}`;
    const known = this.#texts.get(name);
    if (known) return known.text;
    const kept = { text: joinedInTurns(programmeText(convening, open)), bytes: 1 };
    this.#texts.set(name, kept);
    kept.text.then(({ length }) => this.#texts.set(name, { ...kept, bytes: length }), () => this.#texts.delete(name));
    return kept.text;
  }

  /** What would be decided now (`ProgrammeChanged` as JSON). @throws Refusal; Failure precondition-failed; ReadFailure */
  async wouldChange(id: string, programme: Noted, { command, actor, reason, ifMatch }: Asked<ConveningCommand>, after: bigint): Promise<Seen<Buffer>> {
    const now = new Date(this.clock.now()).toISOString();
    // What is seen does not change any more: it may be decided on in turns.
    const { convening, open } = await this.convenings.head(id, after, (seen, opener) => ({ convening: seen, open: opener }));
    const { revision, at } = convening;
    if (ifMatch && !ifMatch.revisions.includes(revision)) throw new Failure('precondition-failed', { revision });
    // Where it must be said why, that is asked of who writes.
    const given = { now: now < at ? at : now, actor, open, reason: reason ?? 'nothing is written', ...(ifMatch && { asOf: revision }) };
    const events = await inTurns(decidedInSteps(convening, command, given));
    return { revision, upTo: revision, at, body: await told({ revision, dryRun: true }, programme, { before: convening, events, open }) };
  }

  /** As it is now, as far as this node knows: most likely what a command will be decided on. Undefined: it cannot be read now. */
  async now(id: string): Promise<Readonly<Convening> | undefined> {
    return this.convenings.head(id, 0n, (convening) => convening).catch(() => undefined);
  }

  /**
   * What a command wrote (`ProgrammeChanged` as JSON), read from the log: a repeated request is told the same. `known`: the convening as it may have been before.
   * @throws StoreUnavailable
   */
  async changed(id: string, programme: Noted, { commandId, revision }: Ended, known?: Readonly<Convening>): Promise<Buffer> {
    const stream = conveningStream(id);
    const written = await factsOfCommand({ store: this.store, codec: this.codec }, stream, commandId, { direction: 'backwards', from: revision });
    await this.sealing.find(this.codec.peopleIn(written));
    const was = (written[0]?.recorded.revision ?? revision + 1) - 1;
    const before = known?.revision === was ? known : await this.convenings.at(id, was, (seen) => seen);
    return told({ revision }, programme, { before, events: written, open: this.sealing.opener(stream) });
  }
}

interface Happened {
  readonly before: Readonly<Convening>;
  readonly events: readonly ConveningEvent[];
  readonly open: Open;
}

const told = async (head: Pick<ProgrammeChanged, 'revision' | 'dryRun'>, programme: Noted, { before, events, open }: Happened): Promise<Buffer> => {
  const after = await inTurns(afterThese(events, before));
  const notes = await inTurns(notesOn(programme, { before, after }));
  const conflicts = await inTurns(conflictsChanged(before, after, open));
  const changes = await inTurns(changesTold(events, open));
  return joinedInTurns(jsonInParts({ ...head, conflicts, notes, changes }));
};

/** A convening as it is after facts; in steps. */
function* afterThese(events: readonly ConveningEvent[], before: Readonly<Convening>): Generator<undefined, Readonly<Convening>> {
  if (events.length === 0) return before;
  const evolving = new Evolving(conveningParts, conveningParts.copy(before));
  for (const event of events) {
    evolving.evolve(event, { revision: evolving.state.revision + 1, at: before.at });
    yield;
  }
  return evolving.state;
}
