import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { EventStore } from '../event-store/event-store.js';
import { Asking } from './asking.js';
import { HealthHttp } from './health.http.js';
import { NothingIgnored } from './nothing-ignored.guard.js';
import { OperatorGuard } from './operator.guard.js';
import { BrowserPass } from '../access/browser-pass.js';
import { Operator } from '../access/operator.js';
import { Secret } from '../access/secret.js';
import { Clock } from '../deciding/clock.js';
import { Positions } from './positions.js';
import { Readers } from './readers.js';
import { Showing } from './showing.js';
import { Strangers } from './strangers.js';
import { ProblemsHttp } from './problems.http.js';

/** What every area's controllers stand on: who asks, what is asked, and how it is answered. */
@Global()
@Module({
  providers: [
    Asking,
    Showing,
    Readers,
    { provide: BrowserPass, inject: [Secret, Operator, Clock], useFactory: (secret: Secret, operator: Operator, clock: Clock) => new BrowserPass(secret, operator, clock) },
    Strangers,
    { provide: Positions, inject: [EventStore], useFactory: (store: EventStore) => new Positions(store) },
    { provide: APP_GUARD, useClass: OperatorGuard },
    { provide: APP_GUARD, useClass: NothingIgnored },
  ],
  controllers: [HealthHttp, ProblemsHttp],
  exports: [Asking, BrowserPass, Positions, Readers, Showing, Strangers],
})
export class HttpModule {}
