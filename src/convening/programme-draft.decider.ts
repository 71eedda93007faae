import type { Circumstances } from '../deciding/decider.js';
import { Refusal, type Facts, type RefusalCode, type RefusedAt } from '../deciding/refusal.js';
import type { Recorded } from '../event-store/event.js';
import type { AppearanceCommand } from './appearances.decider.js';
import type { AvailabilityCommand } from './availability.decider.js';
import type { ConclusionCommand } from './conclusion.decider.js';
import type { ConflictCommand } from './conflicts.decider.js';
import { same } from '../deciding/changes.js';
import type { Convening } from './convening.js';
import type { ConveningEvent } from './convening.events.js';
import type { DetailsCommand } from './details.decider.js';
import { refusedAt } from './programme-document.decider.js';
import type { PublicationCommand } from './publications.decider.js';
import type { RoomCommand } from './rooms.decider.js';
import type { RunningOrderCommand } from './running-order.decider.js';
import type { SessionCommand } from './sessions.decider.js';
import type { SlotCommand } from './slots.decider.js';
import { copied, copyOf, sessionOf } from './supposition.rules.js';
import type { TrackCommand } from './tracks.decider.js';

/** What can be asked for as a step of something larger, in the words in which it is asked for by itself. */
export type StepCommand =
  | DetailsCommand | RoomCommand | TrackCommand | SessionCommand | SlotCommand | RunningOrderCommand | AppearanceCommand | AvailabilityCommand | ConflictCommand
  | PublicationCommand | ConclusionCommand;

/** What the other parts decide, and how facts change the state. */
export interface Machine {
  decide(state: Readonly<Convening>, command: StepCommand, given: Circumstances): readonly ConveningEvent[];
  evolve(state: Convening, event: ConveningEvent, recorded: Recorded): void;
}

/** Where below a step's place a refusal of this code is. */
export type Places = { readonly [C in RefusalCode]?: string };

/**
 * A copy of a convening that becomes what is asked for, step by step. Each step is decided as if it had been asked for by itself,
 * but nothing is judged: two sessions may stand in one room meanwhile. A refused step does not hold up the others.
 */
export class Draft {
  readonly state: Convening;
  readonly faults: RefusedAt[] = [];
  private readonly all: ConveningEvent[] = [];
  /** Sessions that are copies already. */
  private readonly own = new Set<string>();

  constructor(of: Readonly<Convening>, private readonly machine: Machine, readonly given: Circumstances) {
    this.state = { ...of, rooms: copied(of.rooms), tracks: copied(of.tracks), sessions: new Map(of.sessions), unavailable: new Map(of.unavailable), acceptances: new Map(of.acceptances) };
  }

  /** The facts that make it so. */
  get events(): readonly ConveningEvent[] {
    return this.all;
  }

  /** Takes a step; whether it may be. `as`: what it is decided on instead, when the rest must not be looked at yet. */
  ask(command: StepCommand, at: string, places: Places = {}, as: Readonly<Convening> = this.state): boolean {
    try {
      for (const event of this.machine.decide(as, command, this.given)) this.tell(event);
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.refuse(`${at}${places[error.code] ?? ''}`, error.code, error.about);
    }
  }

  /** Always false: it may not be. */
  refuse(pointer: string, code: RefusalCode, about: Facts = {}): false {
    this.faults.push(refusedAt(pointer, code, about));
    return false;
  }

  /** Of facts since `from` about one item only what comes of them: from what it was to what it is. */
  settleItems(from: number): void {
    const since = this.all.splice(from);
    const first = new Map<string, ConveningEvent & { type: 'ItemChanged' }>();
    const last = new Map(since.flatMap((event) => (event.type === 'ItemChanged' || event.type === 'ItemRemoved' ? [[event.data.from.id, event] as const] : [])));
    for (const event of since) {
      if (event.type !== 'ItemChanged' && event.type !== 'ItemRemoved') this.all.push(event);
      else {
        const { id } = event.data.from;
        if (event.type === 'ItemChanged' && !first.has(id)) first.set(id, event);
        if (last.get(id) !== event) continue;
        const was = first.get(id)?.data.from ?? event.data.from;
        if (event.type === 'ItemRemoved') this.all.push({ ...event, data: { ...event.data, from: was } });
        else if (!same(was, event.data.to)) this.all.push({ ...event, data: { ...event.data, from: was } });
      }
    }
  }

  /** Makes a fact true. */
  tell(event: ConveningEvent): void {
    const id = sessionOf(event);
    const session = id === undefined || this.own.has(id) ? undefined : this.state.sessions.get(id);
    if (id !== undefined) this.own.add(id);
    if (session) this.state.sessions.set(session.id, copyOf(session));
    this.machine.evolve(this.state, event, { revision: this.state.revision + 1, at: this.given.now });
    this.all.push(event);
  }
}
