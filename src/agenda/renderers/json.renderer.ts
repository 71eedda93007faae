import type { Agenda, AgendaDay, AgendaSession } from '../agenda.js';
import { toldAnew, type Told } from './told.js';

/** The agenda as it is (agenda.ts describes it), one line of JSON with its fields in a fixed order. */
export function* jsonParts({ days, unscheduled, ...rest }: Agenda, told: Told = toldAnew): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"days":[`;
  for (const [place, day] of days.entries()) yield* dayParts(day, place, told);
  yield '],"unscheduled":[';
  yield* sessionParts(unscheduled, told);
  yield ']}\n';
}

function* dayParts({ sessions, ...day }: AgendaDay, place: number, told: Told): Generator<string> {
  yield `${place ? ',' : ''}${JSON.stringify(day).slice(0, -1)},"sessions":[`;
  yield* sessionParts(sessions, told);
  yield ']}';
}

function* sessionParts(sessions: readonly AgendaSession[], told: Told): Generator<string> {
  for (const [place, session] of sessions.entries()) {
    if (place > 0) yield ',';
    yield told(session, 'json', () => JSON.stringify(session));
  }
}
