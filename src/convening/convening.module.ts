import { setTimeout } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { newId } from '../event-store/new-id.js';
import { Clock } from '../deciding/clock.js';
import { Codec } from '../event-store/codec.js';
import { EventStore } from '../event-store/event-store.js';
import { Sealing } from '../event-store/sealing.js';
import { Moments } from '../http/as-of.js';
import { ReadFolder } from '../projecting/read-folder.js';
import { AnswersHttp } from './answers.http.js';
import { AppearancesHttp } from './appearances.http.js';
import { AsOfQueries } from './as-of.queries.js';
import { ConveningAsking } from './asking.http.js';
import { AvailabilityHttp } from './availability.http.js';
import { ConflictsHttp } from './conflicts.http.js';
import { ConflictsQueries } from './conflicts.queries.js';
import { CarryingOverQueries } from './carrying-over.queries.js';
import { conveningDecider } from './convening.decider.js';
import { conveningCatalogue, type ConveningEvent } from './convening.events.js';
import { AskConveningHandler, ConveningHandling } from './convening.handler.js';
import { ConveningReadModel } from './convening.projection.js';
import { ConveningQueries } from './convening.queries.js';
import { ConveningsHttp } from './convenings.http.js';
import { DetailsQueries } from './details.queries.js';
import { FrontHttp } from './front.http.js';
import { ProgrammeDocumentQueries } from './programme-document.queries.js';
import { ProgrammeHttp } from './programme.http.js';
import { ProgrammeQueries } from './programme.queries.js';
import { PublicationsHttp } from './publications.http.js';
import { RoomsHttp } from './rooms.http.js';
import { SessionsHttp } from './sessions.http.js';
import { TakingBackHttp } from './taking-back.http.js';
import { TakingBackQueries } from './taking-back.queries.js';
import { TracksHttp } from './tracks.http.js';

/** The meeting and its programme. */
@Module({
  imports: [CqrsModule],
  providers: [
    { provide: Codec, inject: [Sealing], useFactory: (sealing: Sealing) => new Codec(conveningCatalogue, sealing, newId) },
    {
      provide: ConveningHandling,
      inject: [EventStore, Codec, Sealing, Clock],
      useFactory: (store: EventStore, codec: Codec<ConveningEvent>, sealing: Sealing, clock: Clock) =>
        new ConveningHandling({ store, codec, sealing, decider: conveningDecider, clock, pause: (milliseconds) => setTimeout(milliseconds, undefined, { ref: false }) }),
    },
    {
      provide: ConveningReadModel,
      inject: [EventStore, Codec, ReadFolder],
      useFactory: (store: EventStore, codec: Codec<ConveningEvent>, { path: folder }: ReadFolder) => new ConveningReadModel({ store, folder, codec }),
    },
    AskConveningHandler,
    ConveningAsking,
    ConveningQueries,
    AsOfQueries,
    { provide: Moments, useExisting: AsOfQueries },
    DetailsQueries,
    CarryingOverQueries,
    ProgrammeQueries,
    ProgrammeDocumentQueries,
    ConflictsQueries,
    TakingBackQueries,
  ],
  controllers: [FrontHttp, ConveningsHttp, RoomsHttp, TracksHttp, SessionsHttp, AppearancesHttp, AnswersHttp, AvailabilityHttp, ConflictsHttp, PublicationsHttp, ProgrammeHttp, TakingBackHttp],
  exports: [ConveningHandling, ConveningQueries, AsOfQueries, Moments, ConveningReadModel],
})
export class ConveningModule {}
