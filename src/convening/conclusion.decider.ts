import type { Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { changed, same } from '../deciding/changes.js';
import type { ConclusionEvent, ReportedAttendance } from './conclusion.events.js';
import type { Convening } from './convening.js';
import { localDate } from './times.js';

/** On the last day or after. Again with other figures: corrects them, with a reason. */
export type ConcludeConvening = Command<'ConcludeConvening', { attendance?: ReportedAttendance }>;
export type CancelConvening = Command<'CancelConvening'>;
export type ConclusionCommand = ConcludeConvening | CancelConvening;

export const conclusion: Part<Convening, ConclusionCommand, ConclusionEvent> = {
  decide: {
    ConcludeConvening({ attendance: given = {} }, { phase, attendance: from, dates, zone }, { now, reason }) {
      if (phase === 'cancelled') throw new Refusal('convening-over');
      const attendance = changed<ReportedAttendance>({}, given);
      if (phase === 'planned') {
        if (localDate(now, zone) < dates.end) throw new Refusal('not-concluded', { end: dates.end });
        return [{ type: 'ConveningConcluded', data: { attendance } }];
      }
      if (same(from ?? {}, attendance)) return [];
      if (Object.keys(attendance).length === 0) throw new Refusal('attendance-missing');
      if (!reason) throw new Refusal('reason-required');
      return [{ type: 'ReportedAttendanceCorrected', data: { from: from ?? {}, to: attendance } }];
    },
    CancelConvening: (_, { id, phase }) => (phase === 'cancelled' ? [] : [{ type: 'ConveningCancelled', data: { convening: id } }]),
  },
  evolve: {
    ConveningConcluded: (convening, { attendance }) => void Object.assign(convening, { phase: 'concluded', attendance } satisfies Partial<Convening>),
    ReportedAttendanceCorrected: (convening, { to }) => void (convening.attendance = to),
    ConveningCancelled: (convening) => void (convening.phase = 'cancelled'),
  },
};
