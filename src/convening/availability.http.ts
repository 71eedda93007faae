import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { AvailabilityPath, StateAvailabilityRequest } from './availability.requests.js';
import { ConveningAsking, type Done } from './asking.http.js';

/** When people cannot take part. */
@ApiTags('availability')
@ApiBearerAuth()
@Controller('convenings/:convening/availability')
export class AvailabilityHttp {
  constructor(private readonly asking: ConveningAsking) {}

  /** When this person cannot take part: the whole list. */
  @Put(':person')
  state(@Param() { convening, person }: AvailabilityPath, @Body() { unavailable }: StateAvailabilityRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'StateAvailability', data: { person, unavailable } });
  }
}
