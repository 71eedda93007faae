import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AsOfQuery } from '../http/as-of.requests.js';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { Showing } from '../http/showing.js';
import { ConveningAsking, type Done } from './asking.http.js';
import { ConveningPath } from './convening.requests.js';
import { ProgrammeQueries, type RoomRead, type RoomsRead } from './programme.queries.js';
import { AddRoomRequest, ChangeRoomRequest, OrderRequest, RoomPath } from './rooms.requests.js';

const subject = (room: string) => ({ kind: 'room', id: room });

/** The rooms of a convening. */
@ApiTags('rooms')
@ApiBearerAuth()
@Controller('convenings/:convening/rooms')
export class RoomsHttp {
  constructor(
    private readonly asking: ConveningAsking,
    private readonly showing: Showing,
    private readonly programme: ProgrammeQueries,
  ) {}

  /** All rooms, in order. */
  @Get()
  list(@Param() { convening }: ConveningPath, @Query() query: AsOfQuery, @Exchanging() exchange: Exchange): Promise<RoomsRead | undefined> {
    return this.showing.toOperator(exchange, query, (wanted) => this.programme.rooms(convening, wanted));
  }

  /** One room. */
  @Get(':room')
  read(@Param() { convening, room }: RoomPath, @Query() query: AsOfQuery, @Exchanging() exchange: Exchange): Promise<RoomRead | undefined> {
    return this.showing.toOperator(exchange, query, (wanted) => this.programme.room(convening, room, wanted));
  }

  /** Adds a room, last in order. */
  @Post()
  async add(@Param() { convening }: ConveningPath, @Body() { id, ...details }: AddRoomRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    const done = await this.asking.ask(exchange, convening, { type: 'AddRoom', data: { room: id, ...details } }, subject(id));
    void exchange.reply.header('Location', `/convenings/${convening}/rooms/${id}`);
    return done;
  }

  /** Changes what is named. */
  @Patch(':room')
  change(@Param() { convening, room }: RoomPath, @Body() to: ChangeRoomRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'ChangeRoom', data: { room, to } }, subject(room));
  }

  /** Takes the room away; no session may be in it. */
  @Delete(':room')
  remove(@Param() { convening, room }: RoomPath, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'RemoveRoom', data: { room } }, subject(room));
  }

  /** The order in which rooms are told. */
  @Put('order')
  reorder(@Param() { convening }: ConveningPath, @Body() { order }: OrderRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'ReorderRooms', data: { order } });
  }
}
