import { setTimeout } from 'node:timers/promises';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { clockTolerance, EventStore } from '../event-store/event-store.js';
import { Awaited } from './awaited.js';
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
  /** `head`: the end of the log, where it is to be told how far each is from it. */
  abstract all(head?: bigint): Promise<readonly HealthReport[]>;
}

/** So long the store has to say where the log ends, in milliseconds: who asks for health wants an answer soon. */
const patience = 2_000;

/** Whether this node is alive and ready. Details, which may name drafts, are told to the operator only. */
@ApiTags('operation')
@Controller('health')
export class HealthHttp {
  constructor(
    private readonly store: EventStore,
    private readonly reports: HealthReports,
    private readonly awaited: Awaited,
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
    const end = await this.end();
    const known = typeof end === 'bigint';
    const log = { name: 'event log', ready: known, details: known ? { log: this.store.logId, head: `${end}` } : { why: end } };
    const parts = [log, ...this.clock(), ...(await this.reports.all(known && request.actor !== undefined ? end : undefined))];
    const ready = parts.every((part) => part.ready);
    if (!ready) void reply.status(503).header('Retry-After', '1');
    void reply.header('Cache-Control', 'no-store');
    const told = request.actor === undefined ? parts.map(({ name, ready: isReady }) => ({ name, ready: isReady })) : parts;
    return { status: ready ? 'ok' : 'not-ready', parts: told };
  }

  /** A node whose clock is off takes no changes, and goes on being read from. */
  private clock(): readonly HealthReport[] {
    const ahead = this.store.clockAhead;
    if (ahead === undefined) return [];
    return [{ name: 'clock', ready: true, details: { secondsAhead: Math.round(ahead / 100) / 10, refusesChanges: Math.abs(ahead) > clockTolerance } }];
  }

  /** Where the log ends, or why that is not known. */
  private async end(): Promise<bigint | string> {
    if (this.awaited.why !== undefined) return `This node waits for the event store: ${this.awaited.why}`;
    const late = setTimeout(patience, 'The event store does not answer.', { ref: false });
    return Promise.race([this.store.head().catch((error: unknown) => (error instanceof Error ? error.message : 'It cannot be read.')), late]);
  }
}
