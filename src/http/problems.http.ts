import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { failures } from '../deciding/failure.js';
import { refusals } from '../deciding/refusal.js';
import { readFailures } from '../projecting/read-failure.js';
import { Problem, problems, type ProblemDescription } from './problems.js';

const all: ReadonlyMap<string, ProblemDescription> = new Map(Object.entries<ProblemDescription>({ ...problems, ...failures, ...readFailures, ...refusals }));

/** What a problem's `type` leads to. */
@ApiExcludeController()
@Controller('problems')
export class ProblemsHttp {
  @Get()
  list(): object[] {
    return [...all].map(([code, { status, says, solve }]) => ({ code, status, says, solve }));
  }

  @Get(':code')
  one(@Param('code') code: string): object {
    const row = all.get(code);
    if (!row) throw new Problem('not-found');
    const { status, says, solve } = row;
    return { code, status, says, solve };
  }
}
