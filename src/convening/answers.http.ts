import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { idFor } from '../http/made-ids.js';
import { InviteAppearanceRequest, NameAppearanceRequest, RecordAttendanceRequest, ReplaceAppearanceRequest, SaidRequest } from './answers.requests.js';
import { AppearancePath } from './appearances.requests.js';
import { ConveningAsking, type Done } from './asking.http.js';

const subject = ({ session }: { session: string }) => ({ kind: 'session', id: session });

/** As facts hold instants: UTC with milliseconds. */
const utc = (instant: string) => new Date(instant).toISOString();

/** A step is about the seat in the address; when it was said is written in UTC. */
const stepOf = <B extends { given?: string }>({ session, appearance }: AppearancePath, { given, ...body }: B) => ({
  session, appearance, ...body, ...(given !== undefined && { given: utc(given) }),
});

/** What becomes of a seat, each step a resource of its own. ETag and If-Match are the session's. */
@ApiTags('appearances')
@ApiBearerAuth()
@Controller('convenings/:convening/sessions/:session/appearances/:appearance')
export class AnswersHttp {
  constructor(private readonly asking: ConveningAsking) {}

  /** The seat of an office gets a person. */
  @Post('naming')
  @HttpCode(200)
  name(@Param() path: AppearancePath, @Body() body: NameAppearanceRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, path.convening, { type: 'NameAppearance', data: stepOf(path, body) }, subject(path));
  }

  /** The invitation was sent; sent again, with another date to answer by. */
  @Post('invitation')
  @HttpCode(200)
  invite(@Param() path: AppearancePath, @Body() { answerBy, ...body }: InviteAppearanceRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    const data = { ...stepOf(path, body), ...(answerBy !== undefined && { answerBy: utc(answerBy) }) };
    return this.asking.ask(exchange, path.convening, { type: 'InviteAppearance', data }, subject(path));
  }

  /** The person comes: holds for the slot that the session has now. */
  @Post('confirmation')
  @HttpCode(200)
  confirm(@Param() path: AppearancePath, @Body() body: SaidRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, path.convening, { type: 'ConfirmAppearance', data: stepOf(path, body) }, subject(path));
  }

  /** The person comes, if all goes well. */
  @Post('tentative')
  @HttpCode(200)
  makeTentative(@Param() path: AppearancePath, @Body() body: SaidRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, path.convening, { type: 'MakeAppearanceTentative', data: stepOf(path, body) }, subject(path));
  }

  /** The person does not come. */
  @Post('decline')
  @HttpCode(200)
  decline(@Param() path: AppearancePath, @Body() body: SaidRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, path.convening, { type: 'DeclineAppearance', data: stepOf(path, body) }, subject(path));
  }

  /** After a yes, the person does not come after all. */
  @Post('withdrawal')
  @HttpCode(200)
  withdraw(@Param() path: AppearancePath, @Body() body: SaidRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, path.convening, { type: 'WithdrawAppearance', data: stepOf(path, body) }, subject(path));
  }

  /** Another stands in this seat's place: makes a seat, printed after this one. */
  @Post('replacement')
  async replace(@Param() path: AppearancePath, @Body() { with: { id, ...seat }, ...body }: ReplaceAppearanceRequest, @Exchanging() exchange: Exchange): Promise<Done & { id: string }> {
    const { convening, session } = path;
    const appearance = id ?? idFor(exchange);
    const data = { ...stepOf(path, body), with: { appearance, ...seat } };
    const done = await this.asking.ask(exchange, convening, { type: 'ReplaceAppearance', data }, subject(path));
    void exchange.reply.header('Location', `/convenings/${convening}/sessions/${session}/appearances/${appearance}`);
    return { id: appearance, ...done };
  }

  /** The organisers do without. */
  @Post('cancellation')
  @HttpCode(200)
  cancel(@Param() path: AppearancePath, @Body() body: SaidRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, path.convening, { type: 'CancelAppearance', data: stepOf(path, body) }, subject(path));
  }

  /** Whether the person was there. */
  @Post('attendance')
  @HttpCode(200)
  recordAttendance(@Param() path: AppearancePath, @Body() body: RecordAttendanceRequest, @Exchanging() exchange: Exchange): Promise<Done> {
    return this.asking.ask(exchange, path.convening, { type: 'RecordAttendance', data: stepOf(path, body) }, subject(path));
  }
}
