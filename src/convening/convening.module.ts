import { setTimeout } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../deciding/clock.js';
import { Codec } from '../event-store/codec.js';
import { EventStore } from '../event-store/event-store.js';
import { Sealing } from '../event-store/sealing.js';
import { ConveningAsking } from './asking.http.js';
import { conveningDecider } from './convening.decider.js';
import { conveningCatalogue } from './convening.events.js';
import { AskConveningHandler, ConveningHandling } from './convening.handler.js';
import { RoomsHttp } from './rooms.http.js';

/** The meeting and its programme. */
@Module({
  imports: [CqrsModule],
  providers: [
    {
      provide: ConveningHandling,
      inject: [EventStore, Sealing, Clock],
      useFactory: (store: EventStore, sealing: Sealing, clock: Clock) =>
        new ConveningHandling({ store, codec: new Codec(conveningCatalogue, sealing, uuidv7), sealing, decider: conveningDecider, clock, pause: setTimeout }),
    },
    AskConveningHandler,
    ConveningAsking,
  ],
  controllers: [RoomsHttp],
  exports: [ConveningHandling],
})
export class ConveningModule {}
