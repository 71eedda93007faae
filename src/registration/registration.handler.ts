import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Handling } from '../deciding/handling.js';
import type { Ended } from '../deciding/remembered.js';
import type { Asked, Look, Surroundings } from '../deciding/stream-queue.js';
import type { PersonId } from '../event-store/personal.js';
import type { Registrations } from './registration.js';
import type { RegistrationCommand } from './registration.decider.js';
import { registrationStream, type RegistrationEvent } from './registration.events.js';

export type { Ended };

/** How long it is rested after keys were made: so many times as long as that took, and at most so many milliseconds. */
const restAfter = 4;
const longestRest = 100;

/** The path of commands to the streams of registrations. Also the injection token. */
export class RegistrationHandling extends Handling<Registrations, RegistrationCommand, RegistrationEvent> {
  private coming: PersonId[] = [];
  private made: Promise<void> | undefined;
  private restsUntil = 0;

  constructor(private readonly given: Surroundings<Registrations, RegistrationCommand, RegistrationEvent>) {
    super(given);
  }

  /** A newcomer's key is on the disk before the command stands in the queue: there each would wait for the key of the one before. */
  override async handle(stream: string, asked: Asked<RegistrationCommand>, look?: Look<Registrations, RegistrationEvent>): Promise<Ended> {
    await this.keysOf(newcomers(asked.command));
    return super.handle(stream, asked, look);
  }

  /**
   * Those who come in one turn of the event loop have their keys made in one go. Where keys are written by this thread, nobody is served meanwhile: in a rush those who come while
   * it rests after that share the next go. Who comes alone waits for nobody.
   */
  private keysOf(people: readonly PersonId[]): Promise<void> {
    if (people.length === 0) return Promise.resolve();
    this.coming.push(...people);
    this.made ??= new Promise((resolve, reject) => {
      const make = () => {
        const together = this.coming;
        this.coming = [];
        this.made = undefined;
        const begun = performance.now();
        // Where keys cannot be had, the queue meets the same trouble and says so in its own words.
        this.given.sealing.obtain(together).catch(() => undefined).then(() => {
          const ended = performance.now();
          this.restsUntil = ended + Math.min(longestRest, restAfter * (ended - begun));
          resolve();
        }, reject);
      };
      const rest = this.restsUntil - performance.now();
      if (rest > 0) setTimeout(make, rest);
      else setImmediate(make);
    });
    return this.made;
  }
}

/** Something is asked of the registration for a convening, on Nest's command bus. `look`: at what it left. */
export class AskRegistration extends Command<Ended> {
  constructor(
    readonly convening: string,
    readonly asked: Asked<RegistrationCommand>,
    readonly look?: Look<Registrations, RegistrationEvent>,
  ) {
    super();
  }
}

@CommandHandler(AskRegistration)
export class AskRegistrationHandler implements ICommandHandler<AskRegistration> {
  constructor(private readonly handling: RegistrationHandling) {}

  /** @throws Refusal, Failure */
  execute({ convening, asked, look }: AskRegistration): Promise<Ended> {
    return this.handling.handle(registrationStream(convening), asked, look);
  }
}

const newcomers = ({ type, data }: RegistrationCommand): readonly PersonId[] => {
  if (type === 'Register') return data.members.map(({ person }) => person);
  return type === 'SubstituteRegistration' ? [data.with.person] : [];
};
