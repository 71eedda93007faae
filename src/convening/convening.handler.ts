import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Handling } from '../deciding/handling.js';
import type { Ended } from '../deciding/remembered.js';
import type { Asked } from '../deciding/stream-queue.js';
import type { Convening } from './convening.js';
import type { ConveningCommand } from './convening.decider.js';
import { conveningStream, type ConveningEvent } from './convening.events.js';

export type { Ended };

/** The path of commands to the streams of convenings. Also the injection token. */
export class ConveningHandling extends Handling<Convening, ConveningCommand, ConveningEvent> {}

/** Something is asked of a convening, on Nest's command bus. */
export class AskConvening extends Command<Ended> {
  constructor(
    readonly convening: string,
    readonly asked: Asked<ConveningCommand>,
  ) {
    super();
  }
}

@CommandHandler(AskConvening)
export class AskConveningHandler implements ICommandHandler<AskConvening> {
  constructor(private readonly handling: ConveningHandling) {}

  /** @throws Refusal, Failure */
  execute({ convening, asked }: AskConvening): Promise<Ended> {
    return this.handling.handle(conveningStream(convening), asked);
  }
}
