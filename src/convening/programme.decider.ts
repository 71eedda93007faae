import type { Circumstances, Command, Part } from '../deciding/decider.js';
import type { Withheld } from '../event-store/personal.js';
import { same } from '../deciding/changes.js';
import type { Convening } from './convening.js';
import { inPlaceOf } from './order.rules.js';
import { sessionRead } from './programme-document.rules.js';
import type { ProgrammeEvent } from './programme.events.js';
import { refusalOfAll, unclearIn, type GivenProgramme, type GivenSession } from './programme-document.decider.js';
import { Draft, type Machine } from './programme-draft.decider.js';
import { Seats, takesBack } from './programme-seats.decider.js';
import { isRemovable, stands } from './sessions.rules.js';
import { slotOf } from './times.js';

/** So shall the whole programme be. `ids`: for appearances that have none and are new, as many as the document has without. */
export type SetProgramme = Command<'SetProgramme', { programme: GivenProgramme; ids: readonly string[] }>;
export type ProgrammeCommand = SetProgramme;

/**
 * From what is to what should be, in the fewest facts that tell it: all of them, or every reason why not. It is decided with the
 * decisions of the other parts (`machine`), on a copy, and is to be judged on what comes of it. In steps: others may have their turn in between. @throws Refusal
 */
export function* settingProgramme({ programme: wanted, ids }: SetProgramme['data'], convening: Readonly<Convening>, given: Circumstances, machine: Machine): Generator<undefined, Draft> {
  const unclear = yield* unclearIn(wanted, convening);
  if (unclear.length > 0) throw refusalOfAll(unclear);
  const draft = new Draft(convening, machine, given);
  setRooms(draft, wanted);
  setTracks(draft, wanted);
  yield;
  letSessionsGo(draft, wanted);
  const listed = { rooms: new Set(wanted.rooms?.map(({ id }) => id)), tracks: new Set(wanted.tracks?.map(({ id }) => id)) };
  const made = ids.values();
  for (const [index, session] of wanted.sessions.entries()) {
    yield;
    setSession(draft, session, `#/sessions/${index}`, listed, made);
  }
  if (draft.faults.length > 0) throw refusalOfAll(draft.faults);
  letPlacesGo(draft, listed);
  yield;
  setOrders(draft, wanted);
  if (draft.faults.length > 0) throw refusalOfAll(draft.faults);
  const { unfinished } = convening;
  if (unfinished) draft.tell({ type: 'ProgrammePartSet', data: { part: unfinished.of, of: unfinished.of } });
  return draft;
}

/** What was said of parts is true when the last of them begins: it comes at once or not at all. */
export const programmeEvolve: Part<Convening, never, ProgrammeEvent>['evolve'] = {
  ProgrammePartSet(convening, { part, of }) {
    if (part < of) convening.unfinished = { part, of };
    else delete convening.unfinished;
  },
};

interface Listed {
  readonly rooms: ReadonlySet<string>;
  readonly tracks: ReadonlySet<string>;
}

const setRooms = (draft: Draft, { rooms = [] }: GivenProgramme) => {
  for (const [index, { id: room, name, capacity, description }] of rooms.entries())
    if (draft.state.rooms.has(room)) draft.ask({ type: 'ChangeRoom', data: { room, to: { name, capacity: capacity ?? null, description: description ?? null } } }, `#/rooms/${index}`);
    else draft.ask({ type: 'AddRoom', data: { room, name, ...(capacity !== undefined && { capacity }), ...(description !== undefined && { description }) } }, `#/rooms/${index}`);
};

const setTracks = (draft: Draft, { tracks = [] }: GivenProgramme) => {
  for (const [index, { id: track, name, colour }] of tracks.entries())
    if (draft.state.tracks.has(track)) draft.ask({ type: 'ChangeTrack', data: { track, to: { name, colour: colour ?? null } } }, `#/tracks/${index}`);
    else draft.ask({ type: 'AddTrack', data: { track, name, ...(colour !== undefined && { colour }) } }, `#/tracks/${index}`);
};

/** Sessions that are not named. One whose people answered themselves is not cancelled by who may not know of it. */
const letSessionsGo = (draft: Draft, { sessions }: GivenProgramme) => {
  const named = new Set(sessions.map(({ id }) => id));
  for (const held of [...draft.state.sessions.values()]) {
    const { id: session, cancelled, appearances } = held;
    if (named.has(session)) continue;
    const answered = cancelled ? undefined : [...appearances.values()].find((seat) => stands(seat) && takesBack(seat, draft.given.asOf));
    if (isRemovable(held)) draft.ask({ type: 'RemoveSession', data: { session } }, '#/sessions');
    else if (answered) draft.refuse('#/sessions', 'answered-meanwhile', { session, appearance: answered.id, state: answered.state });
    else draft.ask({ type: 'CancelSession', data: { session } }, '#/sessions');
  }
};

const setSession = (draft: Draft, given: GivenSession, at: string, listed: Listed, ids: Iterator<string>): void => {
  const { id: session, slot, items = [], appearances = [], cancelled = false, track, ...rest } = given;
  const held = draft.state.sessions.get(session);
  const isListed = track === undefined || listed.tracks.has(track);
  // Most sessions stay as they were read: of those nothing is asked.
  if (held && isListed && (slot?.room === undefined || listed.rooms.has(slot.room)) && same(given, sessionRead(held, draft.given.open))) return;
  const since = draft.events.length;
  if (!isListed) draft.refuse(`${at}/track`, 'session-in-unknown-track', { session, track });
  if (!setDetails(draft, { ...rest, id: session, cancelled, ...(isListed && track !== undefined && { track }) }, at)) return;
  const seats = new Seats(draft, session, appearances, at, ids);
  seats.leave();
  if (slot?.room !== undefined && !listed.rooms.has(slot.room)) draft.refuse(`${at}/slot/room`, 'slot-in-unknown-room', { session, room: slot.room });
  else setSlot(draft, given, at);
  const refused = draft.faults.length;
  seats.set();
  for (const [index, { appearance }] of items.entries())
    if (appearance !== undefined && !seats.ids.has(appearance)) draft.refuse(`${at}/items/${index}/appearance`, 'item-of-unknown-appearance', { session, appearance });
  if (draft.faults.length === refused) draft.ask({ type: 'SetRunningOrder', data: { session, items } }, `${at}/items`);
  draft.settleItems(since);
  if (cancelled) draft.ask({ type: 'CancelSession', data: { session } }, `${at}/cancelled`);
};

/** Plans the session, or makes it say what the document says; whether it is there to be gone on with. */
const setDetails = (draft: Draft, { id: session, cancelled = false, notes, ...details }: Omit<GivenSession, 'slot' | 'items' | 'appearances'>, at: string): boolean => {
  const held = draft.state.sessions.get(session);
  const noted = noteOf(notes);
  if (!held) return draft.ask({ type: 'PlanSession', data: { ...details, session, ...(typeof noted === 'string' && { notes: noted }) } }, at);
  if (held.cancelled && !cancelled && !draft.ask({ type: 'ReinstateSession', data: { session } }, `${at}/cancelled`)) return false;
  const to = { ...nothingElse, ...details };
  return draft.ask({ type: 'ChangeSession', data: { session, to, ...(noted !== undefined && { notes: noted }) } }, at);
};

/** What is left out is none. */
const nothingElse = { subtitle: null, abstract: null, track: null, language: null, interpretation: [], audience: 'public', links: [] } as const;

/** Undefined: as they are. */
const noteOf = (notes: string | Withheld | undefined): string | null | undefined => (typeof notes === 'object' ? undefined : (notes ?? null));

const setSlot = (draft: Draft, { id: session, slot }: GivenSession, at: string): void => {
  const held = draft.state.sessions.get(session)?.slot;
  if (!slot) {
    if (held) draft.ask({ type: 'UnscheduleSession', data: { session } }, `${at}/slot`);
    return;
  }
  // Most sessions stay where they are, in the words in which they were read: then no calendar is asked.
  if (held && same(slotOf(held), slotOf(slot))) return;
  const reading = /^local-time-/;
  const before = draft.faults.length;
  draft.ask({ type: 'ScheduleSession', data: { session, slot } }, `${at}/slot`, { 'ends-before-it-starts': '/end' });
  const fault = draft.faults[before];
  if (fault && reading.test(fault.code)) draft.faults[before] = { ...fault, pointer: `${at}/slot/${fault.about?.['time'] === slot.start ? 'start' : 'end'}` };
};

/** Rooms and tracks that are not listed go, unless a session that is kept as cancelled has them. */
const letPlacesGo = (draft: Draft, { rooms, tracks }: Listed) => {
  const sessions = [...draft.state.sessions.values()];
  const used = { rooms: new Set(sessions.map(({ slot }) => slot?.room)), tracks: new Set(sessions.map(({ details }) => details.track)) };
  for (const room of [...draft.state.rooms.keys()]) if (!rooms.has(room) && !used.rooms.has(room)) draft.ask({ type: 'RemoveRoom', data: { room } }, '#/rooms');
  for (const track of [...draft.state.tracks.keys()]) if (!tracks.has(track) && !used.tracks.has(track)) draft.ask({ type: 'RemoveTrack', data: { track } }, '#/tracks');
};

/** One fact a list. Nothing was refused before: what is named is there. */
const setOrders = (draft: Draft, { rooms = [], tracks = [], sessions }: GivenProgramme) => {
  const orders = [['ReorderRooms', draft.state.rooms, rooms, '#/rooms'], ['ReorderTracks', draft.state.tracks, tracks, '#/tracks'], ['ReorderSessions', draft.state.sessions, sessions, '#/sessions']] as const;
  for (const [type, there, named, at] of orders) {
    const held = [...there.keys()];
    const order = inPlaceOf(held, named.map(({ id }) => id));
    if (!same(held, order)) draft.ask({ type, data: { order } }, at);
  }
};
