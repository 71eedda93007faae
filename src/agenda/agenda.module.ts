import { Module } from '@nestjs/common';
import { ConveningModule } from '../convening/convening.module.js';
import { AgendaHttp } from './agenda.http.js';
import { AgendaQueries } from './agenda.queries.js';
import { DifferenceHttp } from './difference.http.js';
import { DifferenceQueries } from './difference.queries.js';
import { AgendaViews } from './views.queries.js';

/** What people read of a convening, in the forms in which they read it. */
@Module({ imports: [ConveningModule], providers: [AgendaViews, AgendaQueries, DifferenceQueries], controllers: [AgendaHttp, DifferenceHttp], exports: [AgendaQueries, AgendaViews] })
export class AgendaModule {}
