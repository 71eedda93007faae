import { Injectable } from '@nestjs/common';
import { Refusal } from '../deciding/refusal.js';
import type { Open, Withheld } from '../event-store/personal.js';
import { pageOf } from '../http/pages.js';
import type { PageQuery } from '../http/pages.requests.js';
import type { Seen } from '../http/showing.js';
import type { Credit, Office } from './appearances.events.js';
import type { Appearance, Convening, Room, Session, Track } from './convening.js';
import { ConveningQueries } from './convening.queries.js';
import { theRoom, theSession, theTrack } from './programme.rules.js';
import { slotOf } from './times.js';

/** The parts of a convening as its organisers work on them, in the shapes in which they are planned. `after`: the position that the answer must include. */
@Injectable()
export class ProgrammeQueries {
  constructor(private readonly convenings: ConveningQueries) {}

  /** In order. @throws Refusal unknown-convening; ReadFailure */
  rooms(id: string, after: bigint): Promise<Seen<object>> {
    return this.whole(id, after, ({ rooms }) => ({ rooms: [...rooms].map(([room, held]) => partOf(room, held)) }));
  }

  /** @throws Refusal unknown-convening, unknown-room; ReadFailure */
  room(id: string, room: string, after: bigint): Promise<Seen<object>> {
    return this.part(id, after, (convening) => partOf(room, theRoom(convening, room)));
  }

  /** In order. @throws Refusal unknown-convening; ReadFailure */
  tracks(id: string, after: bigint): Promise<Seen<object>> {
    return this.whole(id, after, ({ tracks }) => ({ tracks: [...tracks].map(([track, held]) => partOf(track, held)) }));
  }

  /** @throws Refusal unknown-convening, unknown-track; ReadFailure */
  track(id: string, track: string, after: bigint): Promise<Seen<object>> {
    return this.part(id, after, (convening) => partOf(track, theTrack(convening, track)));
  }

  /** In programme order. @throws Refusal unknown-convening; Problem; ReadFailure */
  sessions(id: string, page: PageQuery, after: bigint): Promise<Seen<object>> {
    return this.whole(id, after, ({ sessions }, open) => {
      const { entries, ...next } = pageOf([...sessions.values()], page);
      return { sessions: entries.map((session) => sessionOf(session, open)), ...next };
    });
  }

  /** @throws Refusal unknown-convening, unknown-session; ReadFailure */
  session(id: string, session: string, after: bigint): Promise<Seen<object>> {
    return this.part(id, after, (convening, open) => sessionOf(theSession(convening, session), open));
  }

  /** In the order in which they are printed. Their revision is the session's. @throws Refusal unknown-convening, unknown-session; ReadFailure */
  appearances(id: string, session: string, after: bigint): Promise<Seen<object>> {
    return this.part(id, after, (convening, open) => {
      const { appearances, revision } = theSession(convening, session);
      return { appearances: [...appearances.values()].map((appearance) => appearanceOf(appearance, open)), revision };
    });
  }

  /** @throws Refusal unknown-convening, unknown-session, unknown-appearance; ReadFailure */
  appearance(id: string, session: string, appearance: string, after: bigint): Promise<Seen<object>> {
    return this.part(id, after, (convening, open) => {
      const { appearances, revision } = theSession(convening, session);
      const held = appearances.get(appearance);
      if (!held) throw new Refusal('unknown-appearance', { session, appearance });
      return { ...appearanceOf(held, open), revision };
    });
  }

  /** When people cannot take part; who is not listed always can. @throws Refusal unknown-convening; ReadFailure */
  availability(id: string, after: bigint): Promise<Seen<object>> {
    return this.whole(id, after, ({ unavailable }) => ({ availability: [...unavailable].map(([person, intervals]) => ({ person, unavailable: intervals })) }));
  }

  /** Of the whole convening: its revision is the stream's. */
  private whole(id: string, after: bigint, view: (convening: Readonly<Convening>, open: Open) => object): Promise<Seen<object>> {
    return this.convenings.head(id, after, (convening, open) => ({ revision: convening.revision, upTo: convening.revision, body: view(convening, open) }));
  }

  /** Of a part that has a revision of its own. */
  private part(id: string, after: bigint, view: (convening: Readonly<Convening>, open: Open) => { readonly revision: number }): Promise<Seen<object>> {
    return this.convenings.head(id, after, (convening, open) => {
      const body = view(convening, open);
      return { revision: body.revision, upTo: convening.revision, body };
    });
  }
}

const partOf = <P extends Room | Track>(id: string, part: P): P & { readonly id: string } => ({ id, ...part });

/** Its slot without what is computed from it. */
const sessionOf = ({ id, details, notes, slot, items, appearances, cancelled, revision }: Session, open: Open) => ({
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
const appearanceOf = ({ credit, office, published: _, revision: __, toBeReconfirmed, ...appearance }: Appearance, open: Open) => {
  const printed: Credit | Office | Withheld | undefined = credit ? open(credit) : office;
  return { ...appearance, ...(printed && { credit: printed }), ...(toBeReconfirmed && { toBeReconfirmed }) };
};
