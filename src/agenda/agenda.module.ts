import { Module } from '@nestjs/common';
import { ConveningModule } from '../convening/convening.module.js';
import { AgendaHttp } from './agenda.http.js';
import { AgendaQueries } from './agenda.queries.js';

/** What people read of a convening, in the forms in which they read it. */
@Module({ imports: [ConveningModule], providers: [AgendaQueries], controllers: [AgendaHttp] })
export class AgendaModule {}
