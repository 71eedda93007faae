import { Module } from '@nestjs/common';
import { ConveningModule } from '../convening/convening.module.js';
import { EventStore } from '../event-store/event-store.js';
import { ReadFolder } from '../projecting/read-folder.js';
import { RegistrationModule } from '../registration/registration.module.js';
import { AccessHttp } from './access.http.js';
import { HistoryAnswers } from './answers.http.js';
import { ChangesHttp } from './changes.http.js';
import { Changes } from './changes.queries.js';
import { Door } from './door.http.js';
import { HistoryHttp } from './history.http.js';
import { HistoryReadModel } from './history.projection.js';
import { HistoryQueries } from './history.queries.js';
import { TimelineHttp } from './timeline.http.js';
import { TimelineQueries } from './timeline.queries.js';

/** What happened, told: the audit trail of convenings and of their registrations. */
@Module({
  imports: [ConveningModule, RegistrationModule],
  providers: [
    {
      provide: HistoryReadModel,
      inject: [EventStore, ReadFolder],
      useFactory: (store: EventStore, { path: folder }: ReadFolder) => new HistoryReadModel({ store, folder }),
    },
    HistoryQueries,
    TimelineQueries,
    Door,
    Changes,
    HistoryAnswers,
  ],
  controllers: [HistoryHttp, TimelineHttp, ChangesHttp, AccessHttp],
  exports: [HistoryReadModel],
})
export class HistoryModule {}
