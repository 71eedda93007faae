import { Injectable, Logger } from '@nestjs/common';
import { v5 as uuidv5 } from 'uuid';
import { Clock } from '../deciding/clock.js';
import { itself } from '../deciding/itself.js';
import { MeetingsQueries } from './meetings.queries.js';
import { OffersQueries, type Due } from './offers.queries.js';
import { registrationStream } from './registration.events.js';
import { RegistrationHandling } from './registration.handler.js';

/** A namespace of our own (RFC 9562, 6.5). */
const ofLapses = '0196f3c2-5a1e-7c40-9d2b-7f1f4b3a9e11';
/** How often it is looked at what is due, in milliseconds. */
const often = 1_000;
/** How long a command may wait, in milliseconds. */
const patience = 10_000;

/**
 * Seats that were kept and not taken up in time go to who waits next, though nobody asks. Any number of nodes may see the same offers lapse: the first
 * records it, and for the others there is nothing left to decide.
 */
@Injectable()
export class OfferLapses {
  private readonly log = new Logger(OfferLapses.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly offers: OffersQueries,
    private readonly meetings: MeetingsQueries,
    private readonly handling: RegistrationHandling,
    private readonly clock: Clock,
  ) {}

  /** Looks now, and goes on by itself. */
  start(): void {
    if (this.stopped) return;
    this.running = this.lapse()
      // It is looked at again: what is in the way now, reads and writes tell of.
      .catch((error: unknown) => this.log.warn(`Offers that are over could not be looked for: ${String(error)}`))
      .finally(() => {
        if (!this.stopped) this.timer = setTimeout(() => this.start(), often).unref();
      });
  }

  /** What is being asked is answered. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Asks for all that is due to be recorded. One that cannot be is asked for again. */
  async lapse(): Promise<void> {
    for (const due of this.offers.due(new Date(this.clock.now()).toISOString())) {
      try {
        await this.record(due);
      } catch (error) {
        this.log.warn(`Offers of ${due.convening} that are over could not be recorded: ${String(error)}`);
      }
    }
  }

  private async record({ convening, first }: Due): Promise<void> {
    const meeting = await this.meetings.meeting(convening, 0n);
    // Nobody moves up any more.
    if (meeting.phase !== 'planned') return;
    const commandId = uuidv5(`${convening}\n${first}`, ofLapses);
    await this.handling.handle(registrationStream(convening), { command: { type: 'LapseOffers', data: { meeting } }, commandId, correlationId: commandId, actor: itself, deadline: this.clock.now() + patience });
  }
}
