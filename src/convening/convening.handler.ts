import { Injectable } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Subject } from '../deciding/decider.js';
import { Handling } from '../deciding/handling.js';
import type { Ended } from '../deciding/remembered.js';
import type { Asked } from '../deciding/stream-queue.js';
import { Asking } from '../http/asking.js';
import type { Exchange } from '../http/exchange.js';
import type { Convening } from './convening.js';
import type { ConveningCommand } from './convening.decider.js';
import { conveningStream, type ConveningEvent } from './convening.events.js';

/** The path of commands to the streams of convenings. Also the injection token. */
export class ConveningHandling extends Handling<Convening, ConveningCommand, ConveningEvent> {}

/** Something is asked of a convening, on Nest's command bus. */
export class AskConvening {
  constructor(
    readonly convening: string,
    readonly asked: Asked<ConveningCommand>,
  ) {}
}

@CommandHandler(AskConvening)
export class AskConveningHandler implements ICommandHandler<AskConvening, Ended> {
  constructor(private readonly handling: ConveningHandling) {}

  /** @throws Refusal, Failure */
  execute({ convening, asked }: AskConvening): Promise<Ended> {
    return this.handling.handle(conveningStream(convening), asked);
  }
}

/** How it ended, as the body of the answer; the revision is the one in the ETag. */
export interface Done {
  readonly revision: number;
}

/** From a controller to the command bus and back. */
@Injectable()
export class ConveningAsking {
  constructor(
    private readonly bus: CommandBus,
    private readonly asking: Asking,
  ) {}

  /** `subject`: what the command is about, for If-Match and ETag; left out: the whole convening. @throws Problem, Refusal, Failure */
  async ask(exchange: Exchange, convening: string, command: ConveningCommand, subject?: Subject): Promise<Done> {
    const ended = await this.bus.execute<AskConvening, Ended>(new AskConvening(convening, this.asking.asked(exchange, command, subject)));
    return { revision: this.asking.answer(exchange, ended) };
  }
}
