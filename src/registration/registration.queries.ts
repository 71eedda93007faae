import { Injectable } from '@nestjs/common';
import { Refusal } from '../deciding/refusal.js';
import type { Open, PersonId, Withheld } from '../event-store/personal.js';
import { Sealing } from '../event-store/sealing.js';
import type { Seen } from '../http/showing.js';
import { ReadFailure } from '../projecting/read-failure.js';
import type { CategoryKept, Spine } from './kept.rules.js';
import { registrationStream } from './registration.events.js';
import { RegistrationReadModel, type RegistrationProjector } from './registration.projection.js';
import type { Entry, Standing } from './registrations.events.js';
import type { RegistrationRow, StreamRow } from './rows.projection.js';

/** So long, in milliseconds, a read waits for this node to have read what it must include. */
const patience = 5_000;

/** What somebody who registered is told of it. */
export interface RegistrationAnswer {
  readonly id: string;
  /** By which it is found at the desk. */
  readonly code: string;
  readonly category: string;
  readonly status: Standing;
  /** Of who waits: place in the waiting list of the category, from 1. */
  readonly waitingPosition?: number;
}

/** What is known of a registration. */
export interface RegistrationRead extends RegistrationAnswer {
  readonly person: PersonId;
  /** Place in the order of registration, from 1. */
  readonly number: number;
  /** When it came (UTC). */
  readonly registered: string;
  /** Of those who came with one request. */
  readonly group?: string;
  /** What was filled in. */
  readonly entry: Entry | Withheld;
  /** Of an offer: until when the seat is kept (UTC). */
  readonly offeredUntil?: string;
  /** Sessions that it signed up for. */
  readonly sessions: readonly string[];
  /** Days on which the person was here, and since when (UTC). */
  readonly checkedIn: readonly { readonly day: string; readonly at: string }[];
  /** How many more forms came with the same address. */
  readonly repeats: number;
}

/** The registration for a convening, without those who are registered. */
export interface Prepared extends Spine {
  /** When it last changed (UTC). */
  readonly at: string;
}
export type { CategoryKept };

/** What is known of registrations. `after`: the position that the answer must include at least; 0n: whatever is known. */
@Injectable()
export class RegistrationQueries {
  constructor(private readonly readModel: RegistrationReadModel, private readonly sealing: Sealing) {}

  /** On what terms people register, with the categories and how many seats are taken. @throws Refusal no-registration; ReadFailure */
  async prepared(convening: string, after: bigint): Promise<Prepared> {
    await this.reached(convening, after);
    return this.readModel.read((projector) => {
      const { spine, at } = theStream(projector, convening);
      return { ...spine, at };
    });
  }

  /** What is told to who registered; `named`: an id or a code, also of a repeated form. @throws Refusal no-registration, unknown-registration; ReadFailure */
  async answer(convening: string, named: string, after: bigint): Promise<Seen<RegistrationAnswer>> {
    await this.reached(convening, after);
    return this.readModel.read((projector) => answerOf(projector, convening, named));
  }

  /** All that is known of one; `named`: an id or a code, also of a repeated form, which lead to the registration. @throws as `answer` */
  async registration(convening: string, named: string, after: bigint): Promise<Seen<RegistrationRead>> {
    await this.reached(convening, after);
    const found = this.readModel.read((projector) => {
      const { number, spine } = theStream(projector, convening);
      const row = projector.rows.registration(number, named) ?? projector.rows.registration(number, projector.rows.repeat(number, named)?.registration ?? '');
      return row && { row, upTo: spine.revision, position: positionOf(projector, convening, row) };
    });
    if (!found) throw new Refusal('unknown-registration', { registration: named });
    await this.sealing.find([found.row.entry.of]);
    const open = this.sealing.opener(registrationStream(convening));
    return { revision: found.row.held.revision, upTo: found.upTo, body: registrationRead(found.row, found.position, open) };
  }

  private async reached(convening: string, after: bigint): Promise<void> {
    await this.readModel.reached(after, patience);
    const stopped = this.readModel.stopped(registrationStream(convening));
    if (stopped) throw new ReadFailure('read-model-stopped', { revision: stopped.revision, position: String(stopped.position), type: stopped.type, why: stopped.why });
  }
}

/** @throws Refusal no-registration */
export const theStream = ({ rows }: RegistrationProjector, convening: string): StreamRow => {
  const found = rows.stream(registrationStream(convening));
  if (!found) throw new Refusal('no-registration');
  return found;
};

/** Place in the waiting list of who waits. */
const positionOf = (projector: RegistrationProjector, convening: string, { held: { standing, category, number } }: RegistrationRow): number | undefined =>
  standing === 'waiting' ? projector.waitingPosition(registrationStream(convening), category, number) : undefined;

const answerOf = (projector: RegistrationProjector, convening: string, named: string): Seen<RegistrationAnswer> => {
  const { number, spine } = theStream(projector, convening);
  const row = projector.rows.registration(number, named);
  if (row) {
    const { held: { code, category, standing, revision }, id } = row;
    const position = positionOf(projector, convening, row);
    return { revision, upTo: spine.revision, body: { id, code, category, status: standing, ...(position !== undefined && { waitingPosition: position }) } };
  }
  const repeat = projector.rows.repeat(number, named);
  if (!repeat) throw new Refusal('unknown-registration', { registration: named });
  const { code, category, standing } = repeat;
  // As if it waited behind those who came before it.
  const position = standing === 'waiting' ? projector.waitingPosition(registrationStream(convening), category, repeat.number + 1) : undefined;
  return { revision: repeat.revision, upTo: spine.revision, body: { id: repeat.repeat, code, category, status: standing, ...(position !== undefined && { waitingPosition: position }) } };
};

export const registrationRead = ({ id, held, at, group, entry }: RegistrationRow, position: number | undefined, open: Open): RegistrationRead => {
  const { person, code, category, number, standing, sessions, days, repeats, until } = held;
  return {
    id, code, category, status: standing, ...(position !== undefined && { waitingPosition: position }), person, number, registered: at, ...(group !== undefined && { group }),
    entry: open(entry), ...(until !== undefined && { offeredUntil: until }), sessions, checkedIn: days, repeats,
  };
};
