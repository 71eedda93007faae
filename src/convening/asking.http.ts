import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Subject } from '../deciding/decider.js';
import { Asking, type Done } from '../http/asking.js';
import type { Exchange } from '../http/exchange.js';
import { AskConvening, type Ended } from './convening.handler.js';

export type { Done };

/** From a controller to the command bus and back. */
@Injectable()
export class ConveningAsking {
  constructor(
    private readonly bus: CommandBus,
    private readonly asking: Asking,
  ) {}

  /** `subject`: what the command is about, for If-Match and ETag; left out: the whole convening. @throws Problem, Refusal, Failure */
  async ask(exchange: Exchange, convening: string, command: AskConvening['asked']['command'], subject?: Subject): Promise<Done> {
    return { revision: (await this.askUntilEnded(exchange, convening, command, subject)).subjectRevision };
  }

  /** The same, with all that is known of how it ended. `tell`: is told how far it is, where it takes long. @throws Problem, Refusal, Failure */
  async askUntilEnded(exchange: Exchange, convening: string, command: AskConvening['asked']['command'], subject?: Subject, tell?: AskConvening['asked']['tell']): Promise<Ended> {
    const asked = await this.asking.asked(exchange, command, subject);
    const ended = await this.bus.execute(new AskConvening(convening, tell ? { ...asked, tell } : asked));
    this.asking.answer(exchange, ended);
    return ended;
  }
}
