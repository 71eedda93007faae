import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Handling } from '../deciding/handling.js';
import { within } from '../deciding/within.js';
import type { Ended } from '../deciding/remembered.js';
import type { Asked, Look, Surroundings } from '../deciding/stream-queue.js';
import type { PersonId } from '../event-store/personal.js';
import type { Registrations } from './registration.js';
import type { RegistrationCommand } from './registration.decider.js';
import { registrationStream, type RegistrationEvent } from './registration.events.js';

export type { Ended };

/** The path of commands to the streams of registrations. Also the injection token. */
export class RegistrationHandling extends Handling<Registrations, RegistrationCommand, RegistrationEvent> {
  constructor(private readonly given: Surroundings<Registrations, RegistrationCommand, RegistrationEvent>) {
    super(given);
  }

  /** A newcomer's key is on the disk before the command stands in the queue: there each would wait for the key of the one before. */
  override async handle(stream: string, asked: Asked<RegistrationCommand>, look?: Look<Registrations, RegistrationEvent>): Promise<Ended> {
    // Where keys cannot be had in time, the queue meets the same trouble and says so in its own words.
    await within(asked.deadline - this.given.clock.now(), this.given.sealing.obtain(newcomers(asked.command)).catch(() => undefined), undefined);
    return super.handle(stream, asked, look);
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
