import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AsOfQuery } from '../http/as-of.requests.js';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { Showing } from '../http/showing.js';
import { AvailabilityPath, StateAvailabilityRequest } from './availability.requests.js';
import { ConveningAsking, type Done } from './asking.http.js';
import { ConveningPath } from './convening.requests.js';
import { ProgrammeQueries, type AvailabilityRead } from './programme.queries.js';

/** When people cannot take part. */
@ApiTags('availability')
@ApiBearerAuth()
@Controller('convenings/:convening/availability')
export class AvailabilityHttp {
  constructor(
    private readonly asking: ConveningAsking,
    private readonly showing: Showing,
    private readonly programme: ProgrammeQueries,
  ) {}

  /** When people cannot take part; who is not listed always can. */
  @Get()
  list(@Param() { convening }: ConveningPath, @Query() query: AsOfQuery, @Exchanging() exchange: Exchange): Promise<AvailabilityRead | undefined> {
    return this.showing.toOperator(exchange, query, (wanted) => this.programme.availability(convening, wanted));
  }

  /** When this person cannot take part: the whole list. */
  @Put(':person')
  state(@Param() { convening, person }: AvailabilityPath, @Body() { unavailable }: StateAvailabilityRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'StateAvailability', data: { person, unavailable } });
  }
}
