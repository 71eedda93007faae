import { Module, type DynamicModule } from '@nestjs/common';
import { Operator } from './access/operator.js';
import { Secret } from './access/secret.js';
import { AgendaModule } from './agenda/agenda.module.js';
import { ConveningModule } from './convening/convening.module.js';
import { ConveningReadModel } from './convening/convening.projection.js';
import { Clock } from './deciding/clock.js';
import { EventStore } from './event-store/event-store.js';
import { Keys } from './event-store/keys.js';
import { Sealing } from './event-store/sealing.js';
import { HealthReports, type HealthReport } from './http/health.http.js';
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

/** The read models' health, by the names of what can be read. */
class ReadModelsHealth extends HealthReports {
  constructor(private readonly convenings: ConveningReadModel) {
    super();
  }

  override async all(): Promise<readonly HealthReport[]> {
    const { name, serving, trouble, position, head, stopped, building } = await this.convenings.status();
    const behind = position !== undefined && head !== undefined ? Number(head - position) : undefined;
    const details = { serving, trouble, position: position?.toString(), behind, stopped: stopped.map((each) => ({ ...each, position: each.position.toString() })), building: building && { ...building, position: building.position.toString() } };
    return [{ name: `read model ${name}`, ready: serving && trouble === undefined, details }];
  }
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
    const health = { provide: HealthReports, inject: [ConveningReadModel], useFactory: (convenings: ConveningReadModel) => new ReadModelsHealth(convenings) };
    return {
      module: AppModule,
      global: true,
      imports: [HttpModule, ConveningModule, AgendaModule],
      providers: [...ground, health],
      exports: [...ground, health].map(({ provide }) => provide),
    };
  }
}
