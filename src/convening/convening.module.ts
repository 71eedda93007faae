import { setTimeout } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../deciding/clock.js';
import { Codec } from '../event-store/codec.js';
import { EventStore } from '../event-store/event-store.js';
import { Sealing } from '../event-store/sealing.js';
import { AnswersHttp } from './answers.http.js';
import { AppearancesHttp } from './appearances.http.js';
import { ConveningAsking } from './asking.http.js';
import { AvailabilityHttp } from './availability.http.js';
import { ConflictsHttp } from './conflicts.http.js';
import { conveningDecider } from './convening.decider.js';
import { conveningCatalogue } from './convening.events.js';
import { AskConveningHandler, ConveningHandling } from './convening.handler.js';
import { ConveningsHttp } from './convenings.http.js';
import { PublicationsHttp } from './publications.http.js';
import { RoomsHttp } from './rooms.http.js';
import { SessionsHttp } from './sessions.http.js';
import { TracksHttp } from './tracks.http.js';

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
  controllers: [ConveningsHttp, RoomsHttp, TracksHttp, SessionsHttp, AppearancesHttp, AnswersHttp, AvailabilityHttp, ConflictsHttp, PublicationsHttp],
  exports: [ConveningHandling],
})
export class ConveningModule {}
