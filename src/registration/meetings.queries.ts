import { Injectable } from '@nestjs/common';
import { ConveningQueries } from '../convening/convening.queries.js';
import type { Meeting } from './meeting.rules.js';

/** What the programme says of a session. */
type InProgramme = 'planned' | 'cancelled' | 'missing';

/** What decisions about registration must know of the convening: it comes with each command, as it is known here. */
@Injectable()
export class MeetingsQueries {
  constructor(private readonly convenings: ConveningQueries) {}

  /** `after`: the position that it must include. @throws Refusal unknown-convening; ReadFailure; StoreUnavailable */
  meeting(convening: string, after: bigint): Promise<Meeting> {
    return this.convenings.head(convening, after, ({ phase, dates, zone, details }) => {
      if (phase === 'unplanned') throw new Error('a convening that was not planned says nothing of itself');
      return { phase, ...dates, zone, language: details.languages[0] ?? 'en' };
    });
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
