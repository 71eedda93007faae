import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import { BrowserPass } from '../access/browser-pass.js';
import { Operator } from '../access/operator.js';
import { Exchanging, type Exchange } from '../http/exchange.js';
import { AdmissionRequest, LeavingRequest } from './access.requests.js';
import { Door } from './door.http.js';

/** Where a browser shows the token once, and gives its pass back. */
@ApiExcludeController()
@Controller('access')
export class AccessHttp {
  constructor(private readonly operator: Operator, private readonly pass: BrowserPass, private readonly door: Door) {}

  /** With the right token the browser is led back, with a pass; else it may try again. */
  @Post()
  @HttpCode(303)
  @RouteConfig({ takesStrangers: true, takesForms: true })
  admit(@Body() { token, to }: AdmissionRequest, @Exchanging() { request, reply }: Exchange): Buffer | undefined {
    if (!this.operator.holds(token)) return this.door.shut({ request, reply }, to, true);
    void reply.header('Set-Cookie', this.pass.given(request.server.isSecure)).header('Location', to).header('Cache-Control', 'no-store');
    return undefined;
  }

  /** The browser's pass is gone. */
  @Post('leaving')
  @HttpCode(303)
  @RouteConfig({ takesStrangers: true, takesForms: true })
  leave(@Body() { to }: LeavingRequest, @Exchanging() { request, reply }: Exchange): undefined {
    void reply.header('Set-Cookie', this.pass.taken(request.server.isSecure)).header('Location', to).header('Cache-Control', 'no-store');
    return undefined;
  }
}
