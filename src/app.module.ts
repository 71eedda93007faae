import { setTimeout } from 'node:timers/promises';
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
import { HistoryModule } from './history/history.module.js';
import { HistoryReadModel } from './history/history.projection.js';
import { Awaited } from './http/awaited.js';
import { HealthReports, type HealthReport } from './http/health.http.js';
import { HttpModule } from './http/http.module.js';
import { lagOf, type Lag } from './projecting/lag.js';
import { ReadFolder } from './projecting/read-folder.js';
import type { ReadModelStatus } from './projecting/served.js';
import { OfferLapses } from './registration/lapses.process.js';
import { RegistrationHandling } from './registration/registration.handler.js';
import { RegistrationReadModel } from './registration/registration.projection.js';
import { RegistrationModule } from './registration/registration.module.js';

/** The parts of the trade that this node serves. */
const areas = [ConveningModule, RegistrationModule, AgendaModule, HistoryModule];

/** What follows the log: started with the node, told of in its health, stopped with it. */
export const readModels = [ConveningReadModel, RegistrationReadModel, HistoryReadModel] as const;

/** What asks by itself when its time has come: started when the node serves, stopped before it stops. */
export const processes = [OfferLapses] as const;

/** What decides: a node that stops waits until they have answered. */
export const handlings = [ConveningHandling, RegistrationHandling] as const;

type ReadModel = InstanceType<(typeof readModels)[number]>;

/** How long counting what a read model lacks may take, in milliseconds. */
const patience = 2_000;

/** The read models' health, by the names of what can be read. */
class ReadModelsHealth extends HealthReports {
  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly models: readonly ReadModel[],
  ) {
    super();
  }

  override all(head?: bigint): Promise<readonly HealthReport[]> {
    return Promise.all(this.models.map((model) => this.one(model.status(), head)));
  }

  private async one({ name, serving, trouble, position, stopped, building }: ReadModelStatus, head: bigint | undefined): Promise<HealthReport> {
    const standing = async (at: bigint) => ({ position: `${at}`, ...(head !== undefined && { behind: await this.lag(at, head) }) });
    const details = {
      serving, trouble, ...(position !== undefined && (await standing(position))),
      stopped: stopped.map((each) => ({ ...each, position: `${each.position}` })),
      building: building && { ...building, ...(await standing(building.position)) },
    };
    return { name: `read model ${name}`, ready: serving && trouble === undefined, details };
  }

  /** Undefined: it could not be counted in time. */
  private lag(position: bigint, head: bigint): Promise<Lag | undefined> | Lag {
    if (position >= head) return { events: 0, seconds: 0 };
    return Promise.race([lagOf(this.store, position, this.clock.now()).catch(() => undefined), setTimeout(patience, undefined, { ref: false })]);
  }
}

/** The whole application. */
@Module({})
export class AppModule {
  static on({ store, keys, sealing, secret, operator, readFolder }: Ground, clock: Clock, awaited: Awaited): DynamicModule {
    const ground = [
      { provide: EventStore, useValue: store },
      { provide: Keys, useValue: keys },
      { provide: Sealing, useValue: sealing },
      { provide: Secret, useValue: secret },
      { provide: Operator, useValue: operator },
      { provide: Clock, useValue: clock },
      { provide: ReadFolder, useValue: readFolder },
      { provide: Awaited, useValue: awaited },
    ];
    const health = { provide: HealthReports, inject: [EventStore, Clock, ...readModels], useFactory: (log: EventStore, time: Clock, ...models: ReadModel[]) => new ReadModelsHealth(log, time, models) };
    return {
      module: AppModule,
      global: true,
      imports: [HttpModule, ...areas],
      providers: [...ground, health],
      exports: [...ground, health].map(({ provide }) => provide),
    };
  }
}
