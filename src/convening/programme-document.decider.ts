import { Refusal, refusals, type Facts, type RefusalCode, type RefusedAt } from '../deciding/refusal.js';
import type { PersonId, Withheld } from '../event-store/personal.js';
import type { AppearanceState, Role } from './appearances.events.js';
import type { Conflict } from './conflict.rules.js';
import type { Convening } from './convening.js';
import type { ConveningEvent } from './convening.events.js';
import type { GivenCredit } from './credits.rules.js';
import { placedBy, roomTaken, type Refusing } from './judgement.rules.js';
import { sortOf } from './permission.rules.js';
import type { GivenRoom } from './rooms.decider.js';
import type { GivenItem } from './running-order.decider.js';
import type { GivenSessionChange } from './sessions.decider.js';
import type { SessionKind } from './sessions.events.js';
import type { Slot } from './slots.events.js';
import { sessionOf } from './supposition.rules.js';
import type { GivenText } from './texts.js';
import type { GivenTrack } from './tracks.decider.js';

/** A seat as a document names it. Without an id it is found by person and role. State left out: as it is. */
export interface GivenSeat {
  readonly id?: string;
  readonly person?: PersonId;
  readonly role: Role;
  readonly state?: AppearanceState;
  readonly credit?: GivenCredit;
  readonly represents?: GivenText;
}

/** Fields that a document may leave out: what is left out is none. */
type Whole = { readonly [K in keyof GivenSessionChange]?: NonNullable<GivenSessionChange[K]> };

/** A session as a document names it. Without a slot it is unscheduled. */
export interface GivenSession extends Whole {
  readonly id: string;
  readonly kind: SessionKind;
  readonly title: GivenText;
  readonly notes?: string | Withheld;
  readonly slot?: Slot;
  readonly items?: readonly GivenItem[];
  readonly appearances?: readonly GivenSeat[];
  readonly cancelled?: boolean;
}

/** The whole programme. What it does not name is removed; the order of its lists is the order of the programme. */
export interface GivenProgramme {
  /** Whose programme it is: only compared. */
  readonly convening?: string;
  readonly rooms?: readonly (GivenRoom & { readonly id: string })[];
  readonly tracks?: readonly (GivenTrack & { readonly id: string })[];
  readonly sessions: readonly GivenSession[];
}

/** So many places are named at once. */
const mostErrors = 100;

export const refusedAt = (pointer: string, code: RefusalCode, about: Facts = {}): RefusedAt => ({
  pointer, code, detail: refusals[code].says, ...(Object.keys(about).length > 0 && { about }),
});

/** One refusal for all of these: of one kind, or of several. */
export const refusalOfAll = (errors: readonly RefusedAt[]): Refusal => {
  const [first, ...others] = errors;
  const code = first && others.every((other) => other.code === first.code) ? first.code : 'programme-refused';
  return new Refusal(code, others.length === 0 ? first?.about : {}, errors.slice(0, mostErrors));
};

/** What is wrong with a document whatever the convening is like, what makes it unclear what it means; in steps. */
export function* unclearIn({ convening: named, rooms = [], tracks = [], sessions }: GivenProgramme, { id }: Readonly<Convening>): Generator<undefined, readonly RefusedAt[]> {
  const unclear = [
    ...(named === undefined || named === id ? [] : [refusedAt('#/convening', 'other-convening', { convening: named })]),
    ...repeatedIn(rooms, '#/rooms'),
    ...repeatedIn(tracks, '#/tracks'),
    ...repeatedIn(sessions, '#/sessions'),
  ];
  for (const [index, { items = [], appearances = [] }] of sessions.entries()) {
    yield;
    unclear.push(...repeatedIn(appearances, `#/sessions/${index}/appearances`), ...repeatedIn(items, `#/sessions/${index}/items`));
  }
  return unclear;
}

const repeatedIn = (entries: readonly { readonly id?: string }[], at: string): RefusedAt[] => {
  const seen = new Map<string, number>();
  return entries.flatMap(({ id }, index) => {
    if (id === undefined) return [];
    const first = seen.get(id);
    if (first !== undefined) return [refusedAt(`${at}/${index}/id`, 'id-repeated', { id, first: `${at}/${first}/id` })];
    seen.set(id, index);
    return [];
  });
};

/** Where in the document the conflicts are that it would bring about. */
export const blockedIn =
  ({ sessions }: GivenProgramme): Refusing =>
  (conflicts, events) => {
    const places = new Map(sessions.map(({ id }, index) => [id, `#/sessions/${index}`]));
    const causes = [placedBy(events), new Set(events.filter((event) => sortOf(event) !== 'wording').map(sessionOf)), new Set(events.map(sessionOf))];
    return refusalOfAll(conflicts.map((conflict) => blockedAt(conflict, events, placeOf(conflict, places, conflict.rule === 'room-taken' ? causes : causes.slice(1)))));
  };

/** `causes`: the sessions that may have brought it about, the likeliest first: whose title changed as well did not take a room by that. */
const placeOf = ({ sessions }: Conflict, places: ReadonlyMap<string, string>, causes: readonly ReadonlySet<string | undefined>[]): string => {
  const blamed = causes.flatMap((cause) => sessions.filter((id) => cause.has(id))).find((id) => places.has(id));
  return places.get(blamed ?? '') ?? '#/sessions';
};

const blockedAt = (conflict: Conflict, events: readonly ConveningEvent[], at: string): RefusedAt =>
  conflict.rule === 'room-taken' ? refusedAt(`${at}/slot`, 'room-taken', roomTaken(conflict, events).about) : refusedAt(at, 'conflict-blocks', { conflicts: [conflict] });
