import { Module, type DynamicModule } from '@nestjs/common';
import { Operator } from './access/operator.js';
import { Secret } from './access/secret.js';
import { AgendaModule } from './agenda/agenda.module.js';
import { ConveningHandling } from './convening/convening.handler.js';
import { ConveningModule } from './convening/convening.module.js';
import { ConveningReadModel } from './convening/convening.projection.js';
import { Clock } from './deciding/clock.js';
import { EventStore } from './event-store/event-store.js';
import { Keys } from './event-store/keys.js';
import { Sealing } from './event-store/sealing.js';
import type { Ground } from './ground.js';
import { HealthReports, type HealthReport } from './http/health.http.js';
import { HttpModule } from './http/http.module.js';
import { ReadFolder } from './projecting/read-folder.js';

/** The parts of the trade that this node serves. */
const areas = [ConveningModule, AgendaModule];

/** What follows the log: started with the node, told of in its health, stopped with it. */
export const readModels = [ConveningReadModel] as const;

/** What decides: a node that stops waits until they have answered. */
export const handlings = [ConveningHandling] as const;

type ReadModel = InstanceType<(typeof readModels)[number]>;

/** The read models' health, by the names of what can be read. */
class ReadModelsHealth extends HealthReports {
  constructor(private readonly models: readonly ReadModel[]) {
    super();
  }

  override all(): Promise<readonly HealthReport[]> {
    return Promise.all(this.models.map(healthOf));
  }
}

const healthOf = async (model: ReadModel): Promise<HealthReport> => {
  const { name, serving, trouble, position, head, stopped, building } = await model.status();
  const behind = position !== undefined && head !== undefined ? Number(head - position) : undefined;
  const details = { serving, trouble, position: position?.toString(), behind, stopped: stopped.map((each) => ({ ...each, position: each.position.toString() })), building: building && { ...building, position: building.position.toString() } };
  return { name: `read model ${name}`, ready: serving && trouble === undefined, details };
};

/** The whole application. */
@Module({})
export class AppModule {
  static on({ store, keys, sealing, secret, operator, readFolder }: Ground, clock: Clock): DynamicModule {
    const ground = [
      { provide: EventStore, useValue: store },
      { provide: Keys, useValue: keys },
      { provide: Sealing, useValue: sealing },
      { provide: Secret, useValue: secret },
      { provide: Operator, useValue: operator },
      { provide: Clock, useValue: clock },
      { provide: ReadFolder, useValue: readFolder },
    ];
    const health = { provide: HealthReports, inject: [...readModels], useFactory: (...models: ReadModel[]) => new ReadModelsHealth(models) };
    return {
      module: AppModule,
      global: true,
      imports: [HttpModule, ...areas],
      providers: [...ground, health],
      exports: [...ground, health].map(({ provide }) => provide),
    };
  }
}
