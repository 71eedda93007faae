import { isWithheld, type Open, type Withheld } from '../event-store/personal.js';
import type { AppearanceState, Credit, Office, Role } from './appearances.events.js';
import type { Appearance, Convening, Session } from './convening.js';
import type { RoomDetails } from './rooms.events.js';
import type { Item } from './running-order.events.js';
import type { SessionDetails } from './sessions.events.js';
import type { Slot } from './slots.events.js';
import type { Text } from './texts.js';
import { slotOf } from './times.js';
import type { TrackDetails } from './tracks.events.js';

type Named<T> = { readonly id: string } & T;

/** A seat in the programme as it is read. */
export interface SeatRead {
  readonly id: string;
  readonly person?: string;
  readonly role: Role;
  readonly state: AppearanceState;
  readonly represents?: Text;
  readonly credit?: Credit | Office | Withheld;
}

/** A session in the programme as it is read. */
export interface ProgrammeSessionRead extends SessionDetails {
  readonly id: string;
  readonly notes?: string | Withheld;
  readonly slot?: Slot;
  readonly items: readonly Item[];
  readonly appearances: readonly SeatRead[];
  readonly cancelled: boolean;
}

/** The whole programme as one document: what is read can be asked for. */
export interface ProgrammeRead {
  readonly rooms: readonly Named<RoomDetails>[];
  readonly tracks: readonly Named<TrackDetails>[];
  readonly sessions: readonly ProgrammeSessionRead[];
}

/** The programme of a convening, for organisers, with personal values as they can be read. */
export const programmeOf = (convening: Readonly<Convening>, open: Open): ProgrammeRead => ({
  ...placesOf(convening), sessions: [...convening.sessions.values()].map((session) => sessionRead(session, open)),
});

/** The same as JSON, in parts: others may have their turn between them. */
export const programmeText = (convening: Readonly<Convening>, open: Open): Iterable<string> => jsonInParts({ ...placesOf(convening), sessions: sessionsRead(convening, open) });

function* sessionsRead({ sessions }: Readonly<Convening>, open: Open): Generator<ProgrammeSessionRead> {
  for (const session of sessions.values()) yield sessionRead(session, open);
}

/** The JSON of an object, in parts: of what it holds that can be gone through, however deep, entry by entry. */
export function* jsonInParts(value: object): Generator<string> {
  if (Symbol.iterator in value) {
    let before = '[';
    // Cast: what JSON has that can be gone through are lists.
    for (const entry of value as Iterable<unknown>) {
      yield before + JSON.stringify(entry);
      before = ',';
    }
    yield before === '[' ? '[]' : ']';
    return;
  }
  let before = '{';
  for (const [name, field] of Object.entries(value) as [string, unknown][]) {
    if (field === undefined) continue;
    yield `${before}${JSON.stringify(name)}:`;
    if (typeof field === 'object' && field !== null) yield* jsonInParts(field);
    else yield JSON.stringify(field);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

/** The rooms and tracks of a programme, as a document names them. */
export const placesOf = ({ rooms, tracks }: Readonly<Convening>): Omit<ProgrammeRead, 'sessions'> => ({
  rooms: [...rooms].map(([id, { revision: _, ...details }]) => ({ id, ...details })),
  tracks: [...tracks].map(([id, { revision: _, ...details }]) => ({ id, ...details })),
});

/** One session of it. */
export const sessionRead = ({ id, details, notes, slot, items, appearances, cancelled }: Session, open: Open): ProgrammeSessionRead => {
  const { links, ...said } = details;
  return {
    id, ...said, ...(notes && { notes: open(notes) }), ...(slot && { slot: slotOf(slot) }),
    items: [...items], appearances: [...appearances.values()].map((seat) => seatRead(seat, open)), links, cancelled,
  };
};

/** One seat of it. */
export const seatRead = ({ id, person, role, state, represents, credit, office }: Appearance, open: Open): SeatRead => {
  const opened = credit && open(credit);
  const printed = isWithheld(opened) ? { withheld: true as const } : (opened ?? office);
  return { id, ...(person !== undefined && { person }), role, state, ...(represents && { represents }), ...(printed && { credit: printed }) };
};
