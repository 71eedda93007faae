import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ConveningModule } from '../convening/convening.module.js';
import { Checkpoints } from '../deciding/checkpoints.js';
import { Clock } from '../deciding/clock.js';
import { Codec } from '../event-store/codec.js';
import { EventStore } from '../event-store/event-store.js';
import { newId } from '../event-store/new-id.js';
import { MadePeople } from '../http/made-people.js';
import { Sealing } from '../event-store/sealing.js';
import { Addresses } from './addresses.http.js';
import { RegistrationCountsQueries } from './counts.queries.js';
import { RegistrationListsHttp } from './lists.http.js';
import { RegistrationListsQueries } from './lists.queries.js';
import { PastRegistrations } from './past.queries.js';
import { OfferLapses } from './lapses.process.js';
import { keptByThreads } from './kept.projection.js';
import { MeetingsQueries } from './meetings.queries.js';
import { OffersQueries } from './offers.queries.js';
import { RegisteredQueries } from './registered.queries.js';
import { RegistrationAsking } from './registration-asking.http.js';
import { registrationDecider } from './registration.decider.js';
import { registrationCatalogue, type RegistrationEvent } from './registration.events.js';
import { AskRegistrationHandler, RegistrationHandling } from './registration.handler.js';
import { RegistrationHttp } from './registration.http.js';
import { RegistrationReadModel } from './registration.projection.js';
import { RegistrationQueries } from './registration.queries.js';
import { ReadFolder } from '../projecting/read-folder.js';
import { RegistrationsHttp } from './registrations.http.js';

const pause = (milliseconds: number): Promise<void> => setTimeout(milliseconds, undefined, { ref: false });

/** Who comes: registration, seats, waiting lists and check-in. */
@Module({
  imports: [CqrsModule, ConveningModule],
  providers: [
    { provide: Codec, inject: [Sealing], useFactory: (sealing: Sealing) => new Codec(registrationCatalogue, sealing, newId) },
    {
      provide: RegistrationHandling,
      inject: [EventStore, Codec, Sealing, Clock, ReadFolder],
      useFactory: (store: EventStore, codec: Codec<RegistrationEvent>, sealing: Sealing, clock: Clock, { path: folder }: ReadFolder) =>
        new RegistrationHandling({ store, codec, sealing, decider: registrationDecider, clock, pause, checkpoints: new Checkpoints({ store, decider: registrationDecider, module: keptByThreads, folder: join(folder, 'checkpoints') }) }),
    },
    {
      provide: RegistrationReadModel,
      inject: [EventStore, Sealing, ReadFolder],
      useFactory: (store: EventStore, sealing: Sealing, { path: folder }: ReadFolder) => new RegistrationReadModel({ store, folder, sealing }),
    },
    { provide: MadePeople, inject: [Sealing], useFactory: (sealing: Sealing) => new MadePeople(sealing) },
    OffersQueries,
    OfferLapses,
    PastRegistrations,
    RegistrationQueries,
    RegistrationListsQueries,
    RegistrationCountsQueries,
    Addresses,
    AskRegistrationHandler,
    MeetingsQueries,
    RegisteredQueries,
    RegistrationAsking,
  ],
  controllers: [RegistrationHttp, RegistrationsHttp, RegistrationListsHttp],
  exports: [OfferLapses, RegistrationHandling, RegistrationListsQueries, RegistrationReadModel],
})
export class RegistrationModule {}
