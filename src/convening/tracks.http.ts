import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AsOfQuery } from '../http/as-of.requests.js';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { Showing } from '../http/showing.js';
import { ConveningAsking, type Done } from './asking.http.js';
import { ConveningPath } from './convening.requests.js';
import { ProgrammeQueries, type TrackRead, type TracksRead } from './programme.queries.js';
import { OrderRequest } from './rooms.requests.js';
import { AddTrackRequest, ChangeTrackRequest, TrackPath } from './tracks.requests.js';

const subject = (track: string) => ({ kind: 'track', id: track });

/** The tracks of a convening. */
@ApiTags('tracks')
@ApiBearerAuth()
@Controller('convenings/:convening/tracks')
export class TracksHttp {
  constructor(
    private readonly asking: ConveningAsking,
    private readonly showing: Showing,
    private readonly programme: ProgrammeQueries,
  ) {}

  /** All tracks, in order. */
  @Get()
  list(@Param() { convening }: ConveningPath, @Query() query: AsOfQuery, @Exchanging() exchange: Exchange): Promise<TracksRead | undefined> {
    return this.showing.toOperator(exchange, query, (wanted) => this.programme.tracks(convening, wanted));
  }

  /** One track. */
  @Get(':track')
  read(@Param() { convening, track }: TrackPath, @Query() query: AsOfQuery, @Exchanging() exchange: Exchange): Promise<TrackRead | undefined> {
    return this.showing.toOperator(exchange, query, (wanted) => this.programme.track(convening, track, wanted));
  }

  /** Adds a track, last in order. */
  @Post()
  async add(@Param() { convening }: ConveningPath, @Body() { id, ...details }: AddTrackRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    const done = await this.asking.ask(exchange, convening, { type: 'AddTrack', data: { track: id, ...details } }, subject(id));
    void exchange.reply.header('Location', `/convenings/${convening}/tracks/${id}`);
    return done;
  }

  /** Changes what is named. */
  @Patch(':track')
  change(@Param() { convening, track }: TrackPath, @Body() to: ChangeTrackRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'ChangeTrack', data: { track, to } }, subject(track));
  }

  /** Takes the track away; no session may belong to it. */
  @Delete(':track')
  remove(@Param() { convening, track }: TrackPath, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'RemoveTrack', data: { track } }, subject(track));
  }

  /** The order in which tracks are told. */
  @Put('order')
  reorder(@Param() { convening }: ConveningPath, @Body() { order }: OrderRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, convening, { type: 'ReorderTracks', data: { order } });
  }
}
