import { Injectable } from '@nestjs/common';
import { ConveningQueries, type View } from '../convening/convening.queries.js';
import { Refusal } from '../deciding/refusal.js';
import type { Meeting } from './meeting.rules.js';

/** What the programme says of a session. */
type InProgramme = 'planned' | 'cancelled' | 'missing';

const meetingOf: View<Meeting> = ({ phase, dates, zone, details }) => {
  if (phase === 'unplanned') throw new Error('a convening that was not planned says nothing of itself');
  return { phase, ...dates, zone, language: details.languages[0] ?? 'en' };
};

/** What decisions about registration must know of the convening: it comes with each command, as it is known here. */
@Injectable()
export class MeetingsQueries {
  constructor(private readonly convenings: ConveningQueries) {}

  /** `after`: the position that it must include; `then`: as it was at this instant (UTC with milliseconds). @throws Refusal unknown-convening; ReadFailure; StoreUnavailable */
  async meeting(convening: string, after: bigint, then?: string): Promise<Meeting> {
    if (then === undefined) return this.convenings.head(convening, after, meetingOf);
    const past = await this.convenings.asOf(convening, { instant: then }, meetingOf);
    if (!past) throw new Refusal('unknown-convening', { convening });
    return past.seen;
  }

  /** Of a session. @throws as `meeting` */
  inProgramme(convening: string, session: string, after: bigint): Promise<InProgramme> {
    return this.convenings.head(convening, after, ({ sessions }) => {
      const found = sessions.get(session);
      if (!found) return 'missing';
      return found.cancelled ? 'cancelled' : 'planned';
    });
  }
}
