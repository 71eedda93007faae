import { Injectable } from '@nestjs/common';
import { Refusal } from '../deciding/refusal.js';
import type { Open, PersonId, Withheld } from '../event-store/personal.js';
import type { Wanted } from '../http/as-of.js';
import { pageOf, type Following } from '../http/pages.js';
import type { PageQuery } from '../http/pages.requests.js';
import type { Seen } from '../http/showing.js';
import { AsOfQueries } from './as-of.queries.js';
import type { AppearanceState, Credit, Office, Role } from './appearances.events.js';
import type { Interval } from './availability.events.js';
import type { Appearance, Convening, Room, Session, Track } from './convening.js';
import { theRoom, theSession, theTrack } from './programme.rules.js';
import type { RoomDetails } from './rooms.events.js';
import type { Item } from './running-order.events.js';
import type { SessionDetails } from './sessions.events.js';
import type { Slot } from './slots.events.js';
import type { Text } from './texts.js';
import { slotOf } from './times.js';
import type { TrackDetails } from './tracks.events.js';

/** What has an id, and a revision of its own. */
interface Part {
  /** Unique in the convening. */
  readonly id: string;
  /** Of the last fact about it, as in its ETag. */
  readonly revision: number;
}

/** A room. */
export interface RoomRead extends RoomDetails, Part {}
/** All rooms, in order. */
export interface RoomsRead {
  readonly rooms: readonly RoomRead[];
}

/** A track. */
export interface TrackRead extends TrackDetails, Part {}
/** All tracks, in order. */
export interface TracksRead {
  readonly tracks: readonly TrackRead[];
}

/** Who appears in a session, or whose seat it is. */
export interface AppearanceRead {
  /** Unique in its session. */
  readonly id: string;
  /** What the person does in the session. */
  readonly role: Role;
  /** The person’s id; missing: nobody is named yet. */
  readonly person?: PersonId;
  /** What is printed of the person; of an office while nobody is named; `withheld` where the person was forgotten. */
  readonly credit?: Credit | Office | Withheld;
  /** For whom the person speaks. */
  readonly represents?: Text;
  readonly state: AppearanceState;
  /** The slot that the confirmation was given for. */
  readonly confirmedFor?: Slot;
  /** The session moved since, and the policy asks for a new confirmation. */
  readonly toBeReconfirmed?: true;
  /** The instant until which an answer is hoped for. */
  readonly answerBy?: string;
  /** Who gave the last answer, and in which revision of the convening. */
  readonly answered?: { readonly by: PersonId; readonly revision: number };
  /** The id of the appearance in whose place it stands. */
  readonly replaces?: string;
  /** The id of the appearance that stands in its place. */
  readonly replacedWith?: string;
}
/** One appearance. */
export interface OneAppearanceRead extends AppearanceRead {
  /** The session’s, as in the ETag. */
  readonly revision: number;
}
/** Who appears in a session, in the order in which they are printed. */
export interface AppearancesRead {
  readonly appearances: readonly AppearanceRead[];
  /** The session’s, as in the ETag. */
  readonly revision: number;
}

/** A session with all it has. */
export interface SessionRead extends SessionDetails, Part {
  /** For organisers only; `withheld` where their writer was forgotten. */
  readonly notes?: string | Withheld;
  /** Missing: it is not decided yet when. */
  readonly slot?: Slot;
  /** In running order. */
  readonly items: readonly Item[];
  /** In the order in which they are printed. */
  readonly appearances: readonly AppearanceRead[];
  readonly cancelled: boolean;
}
/** Sessions, in programme order, page by page. */
export interface SessionsRead extends Following {
  readonly sessions: readonly SessionRead[];
}

/** When people cannot take part; who is not listed always can. */
export interface AvailabilityRead {
  readonly availability: readonly { readonly person: PersonId; readonly unavailable: readonly Interval[] }[];
}

/** The parts of a convening as its organisers work on them, in the shapes in which they are planned. `wanted`: as it is, or as of when. */
@Injectable()
export class ProgrammeQueries {
  constructor(private readonly convenings: AsOfQueries) {}

  /** In order. @throws Refusal unknown-convening; ReadFailure */
  rooms(id: string, wanted: Wanted): Promise<Seen<RoomsRead>> {
    return this.whole(id, wanted, ({ rooms }) => ({ rooms: [...rooms].map(([room, held]) => partOf(room, held)) }));
  }

  /** @throws Refusal unknown-convening, unknown-room; ReadFailure */
  room(id: string, room: string, wanted: Wanted): Promise<Seen<RoomRead>> {
    return this.part(id, wanted, (convening) => partOf(room, theRoom(convening, room)));
  }

  /** In order. @throws Refusal unknown-convening; ReadFailure */
  tracks(id: string, wanted: Wanted): Promise<Seen<TracksRead>> {
    return this.whole(id, wanted, ({ tracks }) => ({ tracks: [...tracks].map(([track, held]) => partOf(track, held)) }));
  }

  /** @throws Refusal unknown-convening, unknown-track; ReadFailure */
  track(id: string, track: string, wanted: Wanted): Promise<Seen<TrackRead>> {
    return this.part(id, wanted, (convening) => partOf(track, theTrack(convening, track)));
  }

  /** In programme order. @throws Refusal unknown-convening; Problem; ReadFailure */
  sessions(id: string, page: PageQuery, wanted: Wanted): Promise<Seen<SessionsRead>> {
    return this.whole(id, wanted, ({ sessions }, open) => {
      const { entries, ...next } = pageOf([...sessions.values()], page);
      return { sessions: entries.map((session) => sessionOf(session, open)), ...next };
    });
  }

  /** @throws Refusal unknown-convening, unknown-session; ReadFailure */
  session(id: string, session: string, wanted: Wanted): Promise<Seen<SessionRead>> {
    return this.part(id, wanted, (convening, open) => sessionOf(theSession(convening, session), open));
  }

  /** In the order in which they are printed. Their revision is the session's. @throws Refusal unknown-convening, unknown-session; ReadFailure */
  appearances(id: string, session: string, wanted: Wanted): Promise<Seen<AppearancesRead>> {
    return this.part(id, wanted, (convening, open) => {
      const { appearances, revision } = theSession(convening, session);
      return { appearances: [...appearances.values()].map((appearance) => appearanceOf(appearance, open)), revision };
    });
  }

  /** @throws Refusal unknown-convening, unknown-session, unknown-appearance; ReadFailure */
  appearance(id: string, session: string, appearance: string, wanted: Wanted): Promise<Seen<OneAppearanceRead>> {
    return this.part(id, wanted, (convening, open) => {
      const { appearances, revision } = theSession(convening, session);
      const held = appearances.get(appearance);
      if (!held) throw new Refusal('unknown-appearance', { session, appearance });
      return { ...appearanceOf(held, open), revision };
    });
  }

  /** When people cannot take part; who is not listed always can. @throws Refusal unknown-convening; ReadFailure */
  availability(id: string, wanted: Wanted): Promise<Seen<AvailabilityRead>> {
    return this.whole(id, wanted, ({ unavailable }) => ({ availability: [...unavailable].map(([person, intervals]) => ({ person, unavailable: intervals })) }));
  }

  /** Of the whole convening: its revision is the stream's. */
  private whole<T>(id: string, wanted: Wanted, view: (convening: Readonly<Convening>, open: Open) => T): Promise<Seen<T>> {
    return this.convenings.show(id, wanted, (convening, open) => ({ revision: convening.revision, upTo: convening.revision, at: convening.at, body: view(convening, open) }));
  }

  /** Of a part that has a revision of its own. */
  private part<T extends { readonly revision: number }>(id: string, wanted: Wanted, view: (convening: Readonly<Convening>, open: Open) => T): Promise<Seen<T>> {
    return this.convenings.show(id, wanted, (convening, open) => {
      const body = view(convening, open);
      return { revision: body.revision, upTo: convening.revision, at: convening.at, body };
    });
  }
}

const partOf = <P extends Room | Track>(id: string, part: P): P & { readonly id: string } => ({ id, ...part });

/** Its slot without what is computed from it. */
const sessionOf = ({ id, details, notes, slot, items, appearances, cancelled, revision }: Session, open: Open): SessionRead => ({
  id,
  ...details,
  ...(notes && { notes: open(notes) }),
  ...(slot && { slot: slotOf(slot) }),
  items: [...items],
  appearances: [...appearances.values()].map((appearance) => appearanceOf(appearance, open)),
  cancelled,
  revision,
});

/** An office's seat has its credit too: without a name. */
const appearanceOf = ({ credit, office, published: _, revision: __, toBeReconfirmed, ...appearance }: Appearance, open: Open): AppearanceRead => {
  const printed = credit ? open(credit) : office;
  return { ...appearance, ...(printed && { credit: printed }), ...(toBeReconfirmed && { toBeReconfirmed }) };
};
