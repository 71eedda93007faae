import { Module, type DynamicModule } from '@nestjs/common';
import { Operator } from './access/operator.js';
import { Secret } from './access/secret.js';
import { ConveningModule } from './convening/convening.module.js';
import { Clock } from './deciding/clock.js';
import { EventStore } from './event-store/event-store.js';
import { Keys } from './event-store/keys.js';
import { Sealing } from './event-store/sealing.js';
import { HttpModule } from './http/http.module.js';
import { ReadFolder } from './projecting/read-folder.js';

/** What a node stands on: opened before the application is made, closed after it. */
export interface Ground {
  readonly store: EventStore;
  readonly keys: Keys;
  readonly sealing: Sealing;
  readonly secret: Secret;
  readonly operator: Operator;
  readonly clock: Clock;
  readonly readFolder: ReadFolder;
}

/** The whole application. */
@Module({})
export class AppModule {
  static on({ store, keys, sealing, secret, operator, clock, readFolder }: Ground): DynamicModule {
    const ground = [
      { provide: EventStore, useValue: store },
      { provide: Keys, useValue: keys },
      { provide: Sealing, useValue: sealing },
      { provide: Secret, useValue: secret },
      { provide: Operator, useValue: operator },
      { provide: Clock, useValue: clock },
      { provide: ReadFolder, useValue: readFolder },
    ];
    return { module: AppModule, global: true, imports: [HttpModule, ConveningModule], providers: ground, exports: ground.map(({ provide }) => provide) };
  }
}
