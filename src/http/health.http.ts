import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { EventStore } from '../event-store/event-store.js';
import { Exchanging, type Exchange } from './exchange.js';

/** What a part of the machinery says of its health. `ready` false: this node should not be asked now. `details`: for the operator. */
export interface HealthReport {
  readonly name: string;
  readonly ready: boolean;
  readonly details: object;
}

/** How this node is. */
export interface Health {
  readonly status: 'ok' | 'not-ready';
  /** The log, and each read model. */
  readonly parts?: readonly PartHealth[];
}

/** How a part of the machinery is. */
export interface PartHealth extends Pick<HealthReport, 'name' | 'ready'> {
  /** For the operator: positions, what stopped and why. */
  readonly details?: object;
}

/** Asks the parts of the machinery that stand above this floor how they are. Also the injection token. */
export abstract class HealthReports {
  abstract all(): Promise<readonly HealthReport[]>;
}

/** Whether this node is alive and ready. Details, which may name drafts, are told to the operator only. */
@ApiTags('operation')
@Controller('health')
export class HealthHttp {
  constructor(
    private readonly store: EventStore,
    private readonly reports: HealthReports,
  ) {}

  /** The process runs and answers. */
  @Get('live')
  @ApiOkResponse()
  live(): Health {
    return { status: 'ok' };
  }

  /** The log can be read and the read models serve; else 503. */
  @Get('ready')
  @ApiOkResponse()
  @ApiServiceUnavailableResponse()
  async ready(@Exchanging() { request, reply }: Exchange): Promise<Health> {
    const parts = [await this.log(), ...(await this.reports.all())];
    const ready = parts.every((part) => part.ready);
    if (!ready) void reply.status(503).header('Retry-After', '1');
    void reply.header('Cache-Control', 'no-store');
    const told = request.actor === undefined ? parts.map(({ name, ready: isReady }) => ({ name, ready: isReady })) : parts;
    return { status: ready ? 'ok' : 'not-ready', parts: told };
  }

  private async log(): Promise<HealthReport> {
    try {
      return { name: 'event log', ready: true, details: { log: this.store.logId, head: `${await this.store.head()}` } };
    } catch (error) {
      return { name: 'event log', ready: false, details: { why: error instanceof Error ? error.message : 'unreadable' } };
    }
  }
}
